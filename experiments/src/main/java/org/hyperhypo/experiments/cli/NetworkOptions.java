package org.hyperhypo.experiments.cli;

import org.hyperhypo.experiments.recipe.RecipeOptions;
import org.hyperhypo.experiments.recipe.SourceTraining;
import org.hyperhypo.experiments.train.Architecture;
import picocli.CommandLine.Option;

/// Sizes of the network; its convolutions are those of the standard recipe.
final class NetworkOptions {
    @Option(names = "--layers", paramLabel = "N", description = "Hidden FC layers (default: ${DEFAULT-VALUE}).")
    private int layers = RecipeOptions.standard().net().hidden();

    @Option(names = "--width", paramLabel = "N", description = "Neurons of each hidden FC layer (default: ${DEFAULT-VALUE}).")
    private int width = RecipeOptions.standard().net().width();

    @Option(names = "--activation", paramLabel = "NAME", description = "sigmoid, tanh, relu or ada (default: ${DEFAULT-VALUE}).")
    String activation = RecipeOptions.standard().net().activation();

    @Option(names = "--context", paramLabel = "N", description = "Frames of context on either side (default: ${DEFAULT-VALUE}).")
    int context = RecipeOptions.standard().features().context();

    RecipeOptions.Net net() {
        RecipeOptions.Net n = RecipeOptions.standard().net();
        return new RecipeOptions.Net(n.frequencyFilters(), n.frequencyHeight(), n.frequencyPool(), n.timeFilters(), n.timeWidth(), n.timePool(),
                layers, width, activation);
    }

    Architecture architecture() {
        return SourceTraining.architecture(new RecipeOptions.Features("", 0, context), net());
    }
}
