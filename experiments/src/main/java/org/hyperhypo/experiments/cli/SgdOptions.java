package org.hyperhypo.experiments.cli;

import org.hyperhypo.experiments.recipe.RecipeOptions;
import picocli.CommandLine.Option;

/// Stochastic gradient descent; the defaults depend on what is trained.
final class SgdOptions {
    @Option(names = "--epochs", paramLabel = "N", description = "Passes over the frames (default: ${DEFAULT-VALUE}).")
    int epochs;

    @Option(names = "--rate", paramLabel = "X", description = "Learning rate (default: ${DEFAULT-VALUE}).")
    double rate;

    @Option(names = "--momentum", paramLabel = "X", description = "Momentum (default: ${DEFAULT-VALUE}).")
    double momentum;

    @Option(names = "--batch", paramLabel = "N", description = "Frames in a batch (default: ${DEFAULT-VALUE}).")
    int batch;

    @Option(names = "--frame-share", paramLabel = "P", description = "Share of the frames visited in each pass (default: ${DEFAULT-VALUE}).")
    double share;

    SgdOptions(RecipeOptions.Training defaults) {
        epochs = defaults.epochs();
        rate = defaults.rate();
        momentum = defaults.momentum();
        batch = defaults.batch();
        share = defaults.share();
    }
}
