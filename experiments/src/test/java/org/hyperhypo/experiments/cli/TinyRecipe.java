package org.hyperhypo.experiments.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hyperhypo.experiments.Tiny;
import org.hyperhypo.experiments.recipe.ToneTask;
import org.hyperhypo.experiments.report.Csv;

/// `recipe commands` on a corpus of a few seconds, by one process and by others, which must come to the same results.
record TinyRecipe(Path corpus, Path launcher, Path plain) {
    private static final Set<String> TIMINGS = Set.of("seconds", "micros_before", "micros_after");

    /// Writes the corpus and a launcher, and runs it in this process.
    static TinyRecipe in(Path folder) throws IOException {
        Path corpus = folder.resolve("corpus");
        ToneTask.write(corpus, Tiny.seed("tiny recipe"));
        Path launcher = folder.resolve("hyperhypo");
        Files.writeString(launcher, "#!/bin/sh\nexec '" + Path.of(System.getProperty("java.home"), "bin", "java") + "' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
                + " -Xshare:auto -Xmx256m -Xss4m -Dhyperhypo.kernels=scalar --enable-native-access=ALL-UNNAMED -cp '" + System.getProperty("java.class.path")
                + "' " + Main.class.getName() + " \"$@\"\n");
        assertTrue(launcher.toFile().setExecutable(true));
        TinyRecipe tiny = new TinyRecipe(corpus, launcher, folder.resolve("plain"));
        CommandRun run = CommandRun.of(words("recipe", "commands", "--out", tiny.plain, tiny.options(), "--threads", 1));
        assertEquals(Main.SOME_FAILED, run.code(), "some recordings are broken: " + run.out() + run.err());
        return tiny;
    }

    /// Behind `--out RUN`.
    List<String> options() {
        return List.of("--data", corpus.toString(), "--quick", "--replicates", "1", "--layers", "2", "--width", "12", "--bands", "16", "--tail-share", "0.2");
    }

    /// A command line of words and lists of words.
    static Object[] words(Object... parts) {
        List<Object> words = new ArrayList<>();
        for (Object part : parts) {
            words.addAll(part instanceof List<?> list ? list : List.of(part));
        }
        return words.toArray();
    }

    /// The results have the same bytes as those of one process, timings apart.
    void assertSameResults(Path run) throws IOException {
        assertEquals(names(plain), names(run));
        for (String name : names(plain)) {
            Path expected = plain.resolve("results").resolve(name);
            Path found = run.resolve("results").resolve(name);
            if (Csv.read(expected).header().stream().anyMatch(TIMINGS::contains)) {
                assertEquals(withoutTimings(expected), withoutTimings(found), name);
            } else {
                assertEquals(Files.readString(expected), Files.readString(found), name);
            }
        }
        assertTrue(Files.exists(run.resolve("report.html")));
    }

    private static List<String> names(Path run) throws IOException {
        try (Stream<Path> files = Files.list(run.resolve("results"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static List<String> withoutTimings(Path file) throws IOException {
        Csv table = Csv.read(file);
        List<String> rows = new ArrayList<>(List.of(table.header().toString()));
        table.rows().forEach(row -> rows.add(table.header().stream().filter(column -> !TIMINGS.contains(column)).map(row::text).toList().toString()));
        return rows;
    }
}
