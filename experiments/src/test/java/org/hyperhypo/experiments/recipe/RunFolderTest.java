package org.hyperhypo.experiments.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hyperhypo.asr.corrupt.Condition;
import org.hyperhypo.experiments.Failure;
import org.hyperhypo.experiments.report.Csv;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// [RunFolder] and [ResultTables].
class RunFolderTest {
    private static final List<Domain> TARGETS = List.of(new Domain("noise", "noise", List.of(new Condition.ColouredNoise(0, 10)), 1),
            new Domain("band", "channel", List.of(new Condition.Band(300, 3000)), 2));

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
        for (String file : new String[] {"data/train/text", "notes.txt", "stages/a.json", "parts/deep/b.csv", "results/c.csv", "models/r1/d", "features/train/e",
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
    void partsOfAllReplicatesAndConditionsAreMergedAndOldPartsAreNot() throws IOException {
        RunFolder folder = new RunFolder(root);
        List<Replicate> replicates = Replicate.of(11, 2, 1).stream().filter(replicate -> replicate.number() != 3).toList();
        for (Replicate replicate : Replicate.of(11, 2, 1)) {
            parts(folder, replicate);
        }
        folder.writePart("adaptation-r1-elsewhere.csv", new Csv(AdaptationTable.COLUMNS));
        new ResultTables(folder, replicates, TARGETS, RecipeOptions.standard().arms(), 1).write(List.of(new Failure("features", "u7", "no sound, \"none\"")));

        List<String> order = replicates.stream().map(replicate -> String.valueOf(replicate.number())).toList();
        assertEquals(order, column("training", "replicate"), "by number: 11 comes last, and nothing is left of replicate 3");
        assertEquals(order.stream().flatMap(r -> java.util.stream.Stream.of(r + " ", r + " noise", r + " band")).toList(),
                Csv.read(root.resolve("results/saturation.csv")).rows().stream().map(row -> row.text("replicate") + " " + row.text("condition")).toList());
        assertEquals(List.of("no sound, \"none\""), column("failures", "reason"));

        Csv conditions = Csv.read(root.resolve("results/conditions.csv"));
        assertEquals(List.of("clean", "noise", "band"), column("conditions", "name"));
        // Each replicate: 10 words with 1 error when clean, and with 3 and 4 in the target conditions.
        assertEquals(List.of("10", "30", "40"), column("conditions", "wer"));
        assertEquals(List.of("1", "3", "4"), column("conditions", "wer_source_ratio"));
        assertEquals(List.of("100", "100", "100"), column("conditions", "words"));
        assertEquals(1, conditions.rows().getFirst().number("utterances"), "one utterance, tested by every replicate");
        Csv contrasts = Csv.read(root.resolve("results/contrasts.csv"));
        Csv.Row removal = contrasts.rows().stream().filter(row -> row.text("contrast").equals("removal-A0") && row.text("condition").equals("all")).findFirst().orElseThrow();
        assertEquals(-10, removal.number("difference"), 1e-6, "best removal has 2 errors in noise, nothing removed 3");
        assertEquals(10, removal.text("replicates").split(";").length);
    }

    private List<String> column(String table, String column) throws IOException {
        return Csv.read(root.resolve("results").resolve(table + ".csv")).rows().stream().map(row -> row.text(column)).toList();
    }

    /// One row in every part that a replicate leaves.
    private static void parts(RunFolder folder, Replicate replicate) {
        String name = replicate.name();
        for (String table : List.of("training", "alignment", "tuning", "neurons", "layers", "criteria", "shift", "cards", "compact", "removal")) {
            folder.writePart(table + "-" + name + ".csv", new Csv("replicate", "number").add(replicate.number(), 1));
        }
        folder.writePart("saturation-" + name + ".csv", new Csv("replicate", "condition").add(replicate.number(), ""));
        Csv removal = new Csv(Evaluation.UTTERANCE_COLUMNS);
        removal.add(replicate.number(), "clean", "none", 0, "u", "s", 10, 1, 0, 0, "SCCCCCCCCC");
        removal.add(replicate.number(), "noise", "none", 0, "u", "s", 10, 1, 1, 1, "SDCCCCCCCCI");
        removal.add(replicate.number(), "clean", "best removal", 0, "u", "s", 10, 9, 0, 0, "SSSSSSSSSC");
        removal.add(replicate.number(), "noise", "best removal", 0, "u", "s", 10, 1, 1, 0, "SDCCCCCCCC");
        folder.writePart("removal-utterances-" + name + ".csv", removal);
        for (Domain target : TARGETS) {
            String suffix = "-" + name + "-" + target.name() + ".csv";
            folder.writePart("adaptation" + suffix, new Csv("replicate", "condition").add(replicate.number(), target.name()));
            folder.writePart("selection" + suffix, new Csv("replicate", "condition").add(replicate.number(), target.name()));
            folder.writePart("confidence" + suffix, new Csv("replicate", "condition").add(replicate.number(), target.name()));
            folder.writePart("saturation" + suffix, new Csv("replicate", "condition").add(replicate.number(), target.name()));
            folder.writePart("adaptation-utterances" + suffix, new Csv(Evaluation.UTTERANCE_COLUMNS)
                    .add(replicate.number(), target.name(), "A0", 0, "u", "s", 10, 3, 0, target.name().equals("band") ? 1 : 0,
                            target.name().equals("band") ? "SSSCCCCCCCI" : "SSSCCCCCCC")
                    .add(replicate.number(), target.name(), "A1", 0, "u", "s", 10, 9, 0, 0, "SSSSSSSSSC"));
        }
    }
}
