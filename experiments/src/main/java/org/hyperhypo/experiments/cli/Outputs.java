package org.hyperhypo.experiments.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hyperhypo.experiments.UserError;

/// Makes room for what a command will write, before it computes for long.
final class Outputs {
    private Outputs() {
    }

    /// A file that may be there already; its folder is made where missing.
    static Path file(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new UserError(file + ": is a folder; give the name of the file to write");
        }
        folder(file.toAbsolutePath().getParent());
        return file;
    }

    static Path folder(Path folder) throws IOException {
        for (Path part = folder.toAbsolutePath(); part != null; part = part.getParent()) {
            if (Files.exists(part) && !Files.isDirectory(part)) {
                throw new UserError(part + ": is a file; a folder is to be made in its place, give another name");
            }
        }
        Files.createDirectories(folder);
        return folder;
    }
}
