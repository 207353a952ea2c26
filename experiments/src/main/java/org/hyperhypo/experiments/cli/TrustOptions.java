package org.hyperhypo.experiments.cli;

import org.hyperhypo.experiments.adapt.UtteranceSelection;
import org.hyperhypo.experiments.recipe.RecipeOptions;
import picocli.CommandLine.Option;

/// Whom to believe when there are no transcripts.
final class TrustOptions {
    @Option(names = "--trust", paramLabel = "P",
            description = "Share of each speaker's adaptation utterances that is trusted (default: ${DEFAULT-VALUE}).")
    double share = RecipeOptions.standard().trustShare();

    @Option(names = "--measure", paramLabel = "NAME",
            description = "Confidence that ranks the utterances: path_score, free_loop, output_gap, posterior_gap, negative_entropy or "
                    + "activation_entropy (default: ${DEFAULT-VALUE}).")
    UtteranceSelection.Measure measure = RecipeOptions.standard().trust();
}
