package org.hyperhypo.experiments.recipe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hyperhypo.experiments.Failure;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.report.Csv;
import org.hyperhypo.experiments.report.Json;

/// Where a run keeps its files, and which stages are done.
///
/// ```
/// runs/digits/run.json            what was run, with what, how long
///             grid.json           all cells of the run
///             shares/             the same of each share, where several processes do one each
///             data/               the corpus (synthetic) and lexicon
///             features/<set>/     Kaldi archives
///             models/<replicate>/ alignment, trained, pruned and compacted networks
///             cells/<network>/    of the map: one network each
///             parts/              tables of one cell each, merged at the end
///             results/            the tables the report is made from
///             stages/             a marker per finished cell
///             report.html
/// ```
/// Every file is written whole or not at all, so that processes that do the same work at the same time do no harm.
public record RunFolder(Path root) {
    public Path data() {
        return root.resolve("data");
    }

    public Path features(String set) {
        return root.resolve("features").resolve(set);
    }

    public Path model(Replicate replicate, String name) {
        return root.resolve("models").resolve(replicate.name()).resolve(name);
    }

    public Path part(String name) {
        return root.resolve("parts").resolve(name);
    }

    /// The record of one share.
    Path share(Share share) {
        return shares().resolve(share + ".json");
    }

    public Path shares() {
        return root.resolve("shares");
    }

    public Path results() {
        return root.resolve("results");
    }

    /// Whether the cell was finished with exactly these options, in whatever order.
    public boolean finished(String cell, Map<String, String> options) {
        try {
            return Files.readString(marker(cell)).equals(Json.text(new TreeMap<>(options)));
        } catch (IOException e) {
            return false;
        }
    }

    public void finish(String cell, Map<String, String> options) {
        write(marker(cell), () -> Json.write(marker(cell), new TreeMap<>(options)));
    }

    /// Writes a model file of a replicate, whole or not at all.
    public void writeModel(Replicate replicate, String name, Writer writer) {
        writeWhole(model(replicate, name), writer);
    }

    /// Has a file written under a name of this process, then gives it its own.
    public static void writeWhole(Path file, Writer writer) {
        Path part = file.resolveSibling("." + file.getFileName() + "." + ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime()));
        write(file, () -> {
            try {
                writer.write(part);
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        });
    }

    public interface Writer {
        void write(Path file) throws IOException;
    }

    public void writePart(String name, Csv table) {
        write(part(name), () -> table.write(part(name)));
    }

    public Csv readPart(String name) {
        try {
            return Csv.read(part(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What failed according to a part with [ResultTables#FAILURES]; nothing where there is none.
    public List<Failure> readFailures(String part) {
        return !Files.exists(part(part)) ? List.of()
                : readPart(part).rows().stream().map(row -> new Failure(row.text("stage"), row.text("item"), row.text("reason"))).toList();
    }

    /// Refuses a folder that holds something else than a run: starting one there would remove files of the same names.
    public void requireOurs() throws IOException {
        if (!Files.exists(root) || Files.exists(root.resolve("run.json")) || Files.exists(shares()) || hasCorpus()) {
            return;
        }
        try (Stream<Path> files = Files.list(root)) {
            if (files.findAny().isPresent()) {
                throw new UserError(root + ": not empty and not the folder of a run (no run.json); choose another with --out");
            }
        }
    }

    /// Whether a corpus was made here.
    boolean hasCorpus() {
        return Files.exists(data().resolve(".finished"));
    }

    /// Removes what an earlier run left, except the corpus, which is checked by its own marker.
    public void clear() {
        for (String old : new String[] {"stages", "parts", "results", "models", "cells", "features", "shares", "grid.json", "run.json", "report.html", "results.json"}) {
            delete(root.resolve(old));
        }
    }

    private Path marker(String cell) {
        return root.resolve("stages").resolve(cell + ".json");
    }

    private interface Writing {
        void run() throws IOException;
    }

    private static void write(Path file, Writing writing) {
        try {
            Files.createDirectories(file.getParent());
            writing.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Removes a file or folder with all that is in it.
    static void delete(Path tree) {
        if (!Files.exists(tree)) {
            return;
        }
        try {
            Files.walkFileTree(tree, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
                    Files.delete(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
