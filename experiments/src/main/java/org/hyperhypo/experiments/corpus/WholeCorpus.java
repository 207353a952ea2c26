package org.hyperhypo.experiments.corpus;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/// A corpus that is there as a whole or not at all.
///
/// Everything is made in `.partial` first, then moved to its place, then `.finished` is written with a mark that says what was made: a reader that
/// sees `.finished` sees a whole corpus.
final class WholeCorpus {
    private static final String FINISHED = ".finished";
    private static final String PARTIAL = ".partial";

    /// Makes all entries in a folder.
    interface Making {
        void into(Path folder) throws IOException;
    }

    private WholeCorpus() {
    }

    /// Makes the entries of `root`. Nothing is done where a corpus of the same mark is there already; an unfinished one or one of another mark is
    /// replaced, files from elsewhere are not. Returns true if it made one.
    static boolean make(Path root, String mark, List<String> entries, Making making) throws IOException {
        Path finished = root.resolve(FINISHED);
        Path partial = root.resolve(PARTIAL);
        if (Files.exists(finished) && Files.readString(finished).equals(mark)) {
            return false;
        }
        if (!Files.exists(finished) && !Files.exists(partial)) {
            for (String entry : entries) {
                if (Files.exists(root.resolve(entry))) {
                    throw new IOException(root.resolve(entry) + " is there, but not from an earlier run of this corpus; give another folder or remove it");
                }
            }
        }
        delete(partial);
        Files.createDirectories(partial);
        making.into(partial);
        Files.deleteIfExists(finished);
        for (String entry : entries) {
            delete(root.resolve(entry));
            Files.move(partial.resolve(entry), root.resolve(entry), StandardCopyOption.ATOMIC_MOVE);
        }
        Path part = partial.resolve(FINISHED);
        Files.writeString(part, mark);
        Files.move(part, finished, StandardCopyOption.ATOMIC_MOVE);
        delete(partial);
        return true;
    }

    private static void delete(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
