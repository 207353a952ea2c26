package org.hyperhypo.experiments.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
    @TempDir
    private Path root;

    @Test
    void aStageIsFinishedForExactlyTheOptionsItRanWith() throws IOException {
        RunFolder folder = new RunFolder(root);
        Map<String, String> options = RecipeOptions.standard().describe();
        assertFalse(folder.finished("training-r1", options));
        folder.finish("training-r1", options);
        assertTrue(folder.finished("training-r1", options));
        assertFalse(folder.finished("training-r2", options));
        Map<String, String> turned = new java.util.LinkedHashMap<>();
        options.keySet().stream().sorted(java.util.Comparator.reverseOrder()).forEach(option -> turned.put(option, options.get(option)));
        assertTrue(folder.finished("training-r1", turned), "the order of options does not matter");
        for (String option : options.keySet()) {
            Map<String, String> other = new java.util.HashMap<>(options);
            other.put(option, options.get(option) + " and more");
            assertFalse(folder.finished("training-r1", other), option);
        }
        Files.writeString(root.resolve("stages/training-r1.json"), "{ half a mark");
        assertFalse(folder.finished("training-r1", options));
    }

    @Test
    void everyNumberOfTheOptionsIsDescribed() {
        String described = RecipeOptions.standard().describe().toString();
        for (var component : RecipeOptions.class.getRecordComponents()) {
            assertTrue(described.contains(component.getName() + "="), component.getName());
            if (component.getType().isRecord()) {
                for (var inner : component.getType().getRecordComponents()) {
                    assertTrue(described.contains("\"" + inner.getName() + "\""), component.getName() + "." + inner.getName());
                }
            }
        }
        assertTrue(described.contains("-15"), "the grid of penalties: " + described);
    }

    @Test
    void clearingLeavesTheCorpusAndWhatIsNotOurs() throws IOException {
        RunFolder folder = new RunFolder(root);
        for (String file : new String[] {"data/train/text", "notes.txt", "stages/a.json", "shares/0of2.json", "grid.json", "parts/deep/b.csv", "results/c.csv", "models/r1/d", "cells/x/f", "features/train/e",
            "run.json", "report.html", "results.json"}) {
            Files.createDirectories(root.resolve(file).getParent());
            Files.writeString(root.resolve(file), "x");
        }
        folder.clear();
        try (var left = Files.walk(root)) {
            assertEquals(List.of("data/train/text", "notes.txt"), left.filter(Files::isRegularFile).map(file -> root.relativize(file).toString()).sorted().toList());
        }
        try (var left = Files.list(root)) {
            assertEquals(2, left.count(), "empty folders go too");
        }
        folder.clear();
    }

    @Test
    void aModelFileIsWrittenWholeOrNotAtAll() throws IOException {
        RunFolder folder = new RunFolder(root);
        Replicate replicate = new Replicate(1, 1, 0, 2);
        folder.writeModel(replicate, "m", file -> Files.writeString(file, "first"));
        assertThrows(UncheckedIOException.class, () -> folder.writeModel(replicate, "m", file -> {
            Files.writeString(file, "half of the sec");
            throw new IOException("the disk is full");
        }));
        assertEquals("first", Files.readString(folder.model(replicate, "m")));
        try (var left = Files.list(root.resolve("models/r1"))) {
            assertEquals(1, left.count());
        }
    }
}
