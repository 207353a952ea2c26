package org.hyperhypo.experiments.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hyperhypo.experiments.report.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparationTest {
    @TempDir
    private Path folder;

    @Test
    void aCorpusIsMadeApartAndTheFirstToBeWholeStays() throws IOException {
        RunFolder run = new RunFolder(folder.resolve("run"));
        Files.createDirectories(run.root());
        preparation(run, "mine", () -> { }).corpusAmongOthers();
        assertEquals("mine", Files.readString(run.data().resolve(".finished")));
        preparation(run, "late", () -> { }).corpusAmongOthers();
        assertEquals("mine", Files.readString(run.data().resolve(".finished")));

        RunFolder raced = new RunFolder(folder.resolve("raced"));
        Files.createDirectories(raced.root());
        preparation(raced, "slow", () -> write(raced.data(), "quick")).corpusAmongOthers();
        assertEquals("quick", Files.readString(raced.data().resolve(".finished")), "that of the other process");
        try (var left = Files.list(raced.root())) {
            assertEquals(List.of(raced.data()), left.toList(), "the own one is gone");
        }
    }

    @Test
    void aFolderOfSomethingElseIsNotReplaced() throws IOException {
        RunFolder run = new RunFolder(folder);
        Files.createDirectories(run.data());
        Files.writeString(run.data().resolve("precious"), "x");
        assertThrows(FileSystemException.class, () -> preparation(run, "mine", () -> { }).corpusAmongOthers());
        assertEquals("x", Files.readString(run.data().resolve("precious")));
    }

    private interface Step {
        void run() throws IOException;
    }

    /// A task that makes its corpus in the run's folder; `meanwhile` happens elsewhere while it does so.
    private Preparation preparation(RunFolder run, String mark, Step meanwhile) throws IOException {
        ToneTask tones = ToneTask.write(folder.resolve("tones"), 1);
        Task task = (Task) Proxy.newProxyInstance(Task.class.getClassLoader(), new Class<?>[] {Task.class}, (proxy, method, arguments) -> {
            if (method.getName().equals("prepare")) {
                RunFolder into = (RunFolder) arguments[0];
                if (!into.hasCorpus()) {
                    write(into.data(), mark);
                    meanwhile.run();
                }
                return into.data();
            }
            try {
                return method.invoke(tones, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
        return new Preparation(task, run, 1, new Progress(new PrintStream(new ByteArrayOutputStream()), false, System::nanoTime), Team.of(Share.ALL));
    }

    private void write(Path data, String mark) throws IOException {
        ToneTask.write(data, 1);
        Files.writeString(data.resolve(".finished"), mark);
    }
}
