package org.hyperhypo.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// Writing that leaves a whole file: whenever the program or the machine stops, the name belongs to the old file or to the new one, complete.
final class AtomicFile {
    private AtomicFile() {
    }

    /// Writes the parts to `<file>.tmp`, flushes, and moves it to `file`.
    static void write(Path file, List<ByteBuffer> parts) {
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            try (FileChannel out = FileChannel.open(temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                for (ByteBuffer part : parts) {
                    while (part.hasRemaining()) {
                        out.write(part);
                    }
                }
                out.force(true);
            }
            move(temporary, file);
        } catch (IOException e) {
            ModelException error = new ModelException(file + ": cannot be written: " + e, e);
            try {
                Files.deleteIfExists(temporary);
            } catch (IOException left) {
                error.addSuppressed(left);
            }
            throw error;
        }
    }

    /// Gives a complete file its name, in place of one that has it, and waits until the name is on the disk.
    static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder = FileChannel.open(to.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException e) {
            // Only POSIX systems let a folder be opened and flushed; elsewhere the file system does it in its own time.
            if (to.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                throw e;
            }
        }
    }
}
