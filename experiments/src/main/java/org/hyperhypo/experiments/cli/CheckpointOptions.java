package org.hyperhypo.experiments.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hyperhypo.engine.Trainer;
import picocli.CommandLine.Option;

/// A run that may be stopped and goes on.
final class CheckpointOptions {
    @Option(names = "--checkpoints", paramLabel = "FOLDER", description = "Keep checkpoints here, and go on from the last one if there is any; removed when the"
            + " model is written.")
    private Path folder;

    @Option(names = "--checkpoint-steps", defaultValue = "500", paramLabel = "N", description = "Steps between checkpoints (default: ${DEFAULT-VALUE}).")
    private int steps;

    Trainer.Execution execution() {
        return folder == null ? Trainer.Execution.standard() : Trainer.Execution.standard().withCheckpoints(folder, steps);
    }

    void remove() throws IOException {
        if (folder != null) {
            for (String name : new String[] {"checkpoint.safetensors", "previous.safetensors"}) {
                Files.deleteIfExists(folder.resolve(name));
            }
        }
    }
}
