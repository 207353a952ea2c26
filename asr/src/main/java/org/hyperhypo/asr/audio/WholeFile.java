package org.hyperhypo.asr.audio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Writes files that are there whole or not at all: first under a temporary name beside the target, then moved.
public final class WholeFile {
    private WholeFile() {
    }

    public static void write(Path file, byte[] content) throws IOException {
        Path part = prepare(file, content);
        publish(part, file);
    }

    /// Writes the temporary file only; [#publish] gives it its name. For sets of files that belong together.
    public static Path prepare(Path file, byte[] content) throws IOException {
        Path part = file.resolveSibling("." + file.getFileName() + "." + Long.toHexString(System.nanoTime()) + "-"
            + Thread.currentThread().threadId() + ".part");
        try {
            Files.write(part, content);
        } catch (IOException e) {
            delete(part, e);
            throw e;
        }
        return part;
    }

    public static void publish(Path part, Path file) throws IOException {
        try {
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            delete(part, e);
            throw e;
        }
    }

    private static void delete(Path part, IOException because) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException second) {
            because.addSuppressed(second);
        }
    }
}
