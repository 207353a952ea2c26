package org.hyperhypo.experiments.cli;

import org.hyperhypo.experiments.recipe.RecipeOptions;
import picocli.CommandLine.Option;

/// How large the initial weights are.
final class FcScaleOption {
    @Option(names = "--fc-scale", paramLabel = "X",
            description = "Factor on the initial weights of the hidden FC layers; 2 makes hyper and hypo neurons (default: ${DEFAULT-VALUE}).")
    double factor = RecipeOptions.standard().fcScale();
}
