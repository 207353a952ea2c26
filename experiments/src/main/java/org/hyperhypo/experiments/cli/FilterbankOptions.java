package org.hyperhypo.experiments.cli;

import org.hyperhypo.experiments.model.FeatureSettings;
import org.hyperhypo.experiments.recipe.RecipeOptions;
import picocli.CommandLine.Option;

/// Which filters make the features.
final class FilterbankOptions {
    @Option(names = "--features", paramLabel = "KIND", description = "mel, mfcc or gammatone (default: ${DEFAULT-VALUE}).")
    String kind = RecipeOptions.standard().features().kind();

    @Option(names = "--bands", paramLabel = "N", description = "Filters (default: ${DEFAULT-VALUE}).")
    int bands = RecipeOptions.standard().features().bands();

    FeatureSettings settings(int rate, FeatureSettings.Cmvn cmvn) {
        return FeatureSettings.of(kind, bands, rate, cmvn);
    }
}
