package org.hyperhypo.experiments.cli;

import org.hyperhypo.experiments.recipe.RecipeOptions;
import picocli.CommandLine.Option;

/// How many neurons are hypo, and how many hyper.
final class TailOption {
    @Option(names = {"--share", "--tail-share"}, paramLabel = "P",
            description = "Share of each FC layer taken as hypo, and as hyper, when adapting (default: ${DEFAULT-VALUE}).")
    double share = RecipeOptions.standard().tailShare();
}
