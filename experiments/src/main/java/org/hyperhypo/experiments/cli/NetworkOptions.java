package org.hyperhypo.experiments.cli;

import org.hyperhypo.experiments.recipe.RecipeOptions;
import org.hyperhypo.experiments.recipe.SourceTraining;
import org.hyperhypo.experiments.train.Architecture;
import picocli.CommandLine.Option;

/// Sizes of the network; its convolutions are those of the recipe.
final class NetworkOptions {
    /// Where the convolutions come from.
    RecipeOptions.Net convolutions = RecipeOptions.standard().net();

    @Option(names = "--layers", paramLabel = "N", description = "Hidden FC layers (default: ${DEFAULT-VALUE}).")
    int layers = RecipeOptions.standard().net().hidden();

    @Option(names = "--width", paramLabel = "N", description = "Neurons of each hidden FC layer (default: ${DEFAULT-VALUE}).")
    int width = RecipeOptions.standard().net().width();

    @Option(names = "--activation", paramLabel = "NAME", description = "sigmoid, tanh, relu or ada (default: ${DEFAULT-VALUE}).")
    String activation = RecipeOptions.standard().net().activation();

    @Option(names = "--context", paramLabel = "N", description = "Frames of context on either side (default: ${DEFAULT-VALUE}).")
    int context = RecipeOptions.standard().features().context();

    RecipeOptions.Net net() {
        RecipeOptions.Net n = convolutions;
        return new RecipeOptions.Net(n.frequencyFilters(), n.frequencyHeight(), n.frequencyPool(), n.timeFilters(), n.timeWidth(), n.timePool(),
                layers, width, activation);
    }

    Architecture architecture() {
        return SourceTraining.architecture(new RecipeOptions.Features("", 0, context), net());
    }
}
