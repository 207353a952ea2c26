package org.hyperhypo.experiments.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hyperhypo.experiments.report.Csv;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultTablesTest {
    private static final Map<String, String> KEY = Map.of("seed", "1");
    private static final Grid GRID = new Grid(KEY, 1, 11, List.of("train", "test"), List.of(new Grid.Target("noise", "noise", "hiss"),
            new Grid.Target("band", "channel", "narrow")), List.of(new Grid.Draws("A0", 1), new Grid.Draws("A1", 2)), 9, false);

    @TempDir
    private Path root;
    private RunFolder folder;

    @BeforeEach
    void everyCellIsFinished() {
        folder = new RunFolder(root);
        for (int r = 1; r <= 11; r++) {
            for (Cell cell : GRID.cells(r)) {
                leave(cell);
            }
        }
        folder.writePart(Preparation.featureFailures("train"), new Csv(ResultTables.FAILURES).add("features", "u7", "no sound, \"none\""));
        folder.writePart(Preparation.featureFailures("test"), new Csv(ResultTables.FAILURES));
    }

    @Test
    void partsAreMergedInTheOrderOfTheGrid() throws IOException {
        ResultTables tables = new ResultTables(folder, GRID);
        tables.write();
        assertEquals(List.of(), tables.missing());
        assertEquals(IntStream.rangeClosed(1, 11).mapToObj(String::valueOf).toList(), column("training", "replicate"), "by number: 11 comes last");
        assertEquals(IntStream.rangeClosed(1, 11).boxed().flatMap(r -> Stream.of("block 0", "block 1").map(block -> r + " " + block)).toList(), rows("removal", "item"));
        assertEquals(IntStream.rangeClosed(1, 11).boxed().flatMap(r -> Stream.of("", "noise", "noise", "noise", "band", "band", "band").map(c -> r + " " + c)).toList(),
                rows("saturation", "condition"), "of the neurons first, then of every draw of every arm");
        assertEquals(List.of("no sound, \"none\""), column("failures", "reason"));
        assertFalse(Files.exists(root.resolve("results/rates.csv")), "no rates were chosen");
    }

    @Test
    void conditionsAndContrastsCountEveryReplicate() throws IOException {
        new ResultTables(folder, GRID).write();
        Csv conditions = Csv.read(root.resolve("results/conditions.csv"));
        assertEquals(List.of("clean", "noise", "band"), column("conditions", "name"));
        // Each replicate: 10 words with 1 error when clean, and with 3 and 4 in the target conditions.
        assertEquals(List.of("10", "30", "40"), column("conditions", "wer"));
        assertEquals(List.of("1", "3", "4"), column("conditions", "wer_source_ratio"));
        assertEquals(List.of("110", "110", "110"), column("conditions", "words"));
        assertEquals(1, conditions.rows().getFirst().number("utterances"), "one utterance, tested by every replicate");
        Csv contrasts = Csv.read(root.resolve("results/contrasts.csv"));
        Csv.Row removal = contrasts.rows().stream().filter(row -> row.text("contrast").equals("removal-A0") && row.text("condition").equals("all")).findFirst().orElseThrow();
        assertEquals(-10, removal.number("difference"), 1e-6, "best removal has 2 errors in noise, nothing removed 3");
        assertEquals(11, removal.text("replicates").split(";").length);
    }

    @Test
    void whatIsMissingOrOfOtherOptionsIsNamedAndLeftOut() throws IOException {
        new ResultTables(folder, GRID).write();
        Files.delete(root.resolve("stages/tuning-r3.json"));
        folder.finish("adaptation-r3-noise-A1-1", Map.of("seed", "2"));
        for (int r = 1; r <= 11; r++) {
            Files.delete(root.resolve("stages/training-r" + r + ".json"));
        }
        ResultTables tables = new ResultTables(folder, GRID);
        tables.write();
        List<String> expected = IntStream.rangeClosed(1, 11).boxed().flatMap(r -> r == 3 ? Stream.of("training-r3", "tuning-r3", "adaptation-r3-noise-A1-1")
                : Stream.of("training-r" + r)).toList();
        assertEquals(expected, tables.missing());
        assertFalse(column("tuning", "replicate").contains("3"));
        assertEquals(11 * 7 - 1, rows("saturation", "condition").size());
        assertFalse(Files.exists(root.resolve("results/training.csv")), "nothing is left of an earlier merge");
        assertEquals(expected, Csv.read(root.resolve("results/failures.csv")).rows().stream().filter(row -> row.text("stage").equals("not finished"))
                .map(row -> row.text("item")).toList());
        assertTrue(tables.failures().stream().noneMatch(failure -> failure.stage().equals("not finished")));
    }

    @Test
    void aRunOfWhichNothingIsFinishedHasResultsWithoutRows() throws IOException {
        RunFolder empty = new RunFolder(root.resolve("empty"));
        ResultTables tables = new ResultTables(empty, GRID);
        tables.write();
        assertEquals(11 * GRID.cells(1).size(), tables.missing().size());
        assertEquals(List.of(), Csv.read(empty.results().resolve("conditions.csv")).rows());
    }

    @Test
    void aGridIsReadAsItWasWritten() throws IOException {
        GRID.write(folder);
        assertEquals(GRID, Grid.read(folder));
    }

    private List<String> column(String table, String column) throws IOException {
        return Csv.read(root.resolve("results").resolve(table + ".csv")).rows().stream().map(row -> row.text(column)).toList();
    }

    private List<String> rows(String table, String column) throws IOException {
        return Csv.read(root.resolve("results").resolve(table + ".csv")).rows().stream().map(row -> row.text("replicate") + " " + row.text(column)).toList();
    }

    /// One row in every part, and the marker.
    private void leave(Cell cell) {
        boolean arm = cell.stage() == Stage.ADAPTATION && !cell.item().isEmpty();
        for (String table : cell.stage().tables()) {
            boolean first = List.of("selection", "confidence", "removal-utterances").contains(table);
            if (cell.stage() == Stage.REMOVAL ? first == cell.item().equals(Grid.BEST) : cell.stage() != Stage.ADAPTATION || first != arm) {
                folder.writePart(cell.part(table), table.endsWith("utterances") ? utterances(cell)
                        : new Csv("replicate", "condition", "item").add(cell.replicate(), cell.condition(), (cell.item() + " " + cell.number()).strip()));
            }
        }
        folder.finish(cell.name(), KEY);
    }

    private static Csv utterances(Cell cell) {
        Csv table = new Csv(Evaluation.UTTERANCE_COLUMNS);
        int r = cell.replicate();
        if (cell.stage() == Stage.REMOVAL) {
            table.add(r, "clean", "none", 0, "u", "s", 10, 1, 0, 0, "SCCCCCCCCC");
            table.add(r, "noise", "none", 0, "u", "s", 10, 1, 1, 1, "SDCCCCCCCCI");
            table.add(r, "clean", "best removal", 0, "u", "s", 10, 9, 0, 0, "SSSSSSSSSC");
            return table.add(r, "noise", "best removal", 0, "u", "s", 10, 1, 1, 0, "SDCCCCCCCC");
        }
        if (cell.item().equals("A1")) {
            return table.add(r, cell.condition(), "A1", cell.number(), "u", "s", 10, 9, 0, 0, "SSSSSSSSSC");
        }
        int inserted = cell.condition().equals("band") ? 1 : 0;
        return table.add(r, cell.condition(), "A0", 0, "u", "s", 10, 3, 0, inserted, inserted == 1 ? "SSSCCCCCCCI" : "SSSCCCCCCC");
    }
}
