package org.hyperhypo.experiments.recipe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.hyperhypo.experiments.Failure;
import org.hyperhypo.experiments.report.Csv;

/// Merges what the finished cells of a run left into `results/`, and adds what needs all of them: conditions, contrasts, failures.
///
/// Rows stand in the order of the grid, whoever made them. A cell that is not finished is a row in the table of failures; what others left of the same
/// table is shown without it.
final class ResultTables {
    static final String[] CONDITIONS = {"name", "kind", "description", "words", "utterances", "wer", "wer_source_ratio"};
    static final String[] FAILURES = {"stage", "item", "reason"};
    private static final List<String> MERGED = List.of("training", "alignment", "tuning", "neurons", "layers", "criteria", "shift", "cards", "saturation",
            "compact", "removal", "adaptation", "selection", "confidence", "rates");

    private final RunFolder folder;
    private final Grid grid;
    private final List<List<Cell>> finished = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();

    ResultTables(RunFolder folder, Grid grid) {
        this.folder = folder;
        this.grid = grid;
        for (int r = 1; r <= grid.replicates(); r++) {
            List<Cell> cells = grid.cells(r);
            finished.add(cells.stream().filter(cell -> folder.finished(cell.name(), grid.key())).toList());
            cells.stream().filter(cell -> !finished.getLast().contains(cell)).map(Cell::name).forEach(missing::add);
        }
    }

    /// Names of the cells that are not finished.
    List<String> missing() {
        return List.copyOf(missing);
    }

    /// What failed while the rest went on, in the order of the grid.
    List<Failure> failures() {
        List<Failure> failures = new ArrayList<>(Preparation.failures(folder, grid.sets()));
        finished.forEach(cells -> cells.forEach(cell -> failures.addAll(folder.readFailures(cell.failures()))));
        return failures;
    }

    void write() throws IOException {
        Files.createDirectories(folder.results());
        for (String name : MERGED) {
            Path file = folder.results().resolve(name + ".csv");
            Csv table = merged(name);
            if (table == null) {
                Files.deleteIfExists(file);
            } else {
                table.write(file);
            }
        }
        Contrasts contrasts = contrasts();
        contrasts.table().write(folder.results().resolve("contrasts.csv"));
        contrasts.intervals(arms()).write(folder.results().resolve("intervals.csv"));
        conditions().write(folder.results().resolve("conditions.csv"));
        Csv failed = new Csv(FAILURES);
        failures().forEach(failure -> failed.add(failure.stage(), failure.item(), failure.reason()));
        missing.forEach(cell -> failed.add("not finished", cell, "no share has done it yet"));
        failed.write(folder.results().resolve("failures.csv"));
    }

    private List<String> arms() {
        return grid.arms().stream().map(Grid.Draws::arm).toList();
    }

    private Contrasts contrasts() {
        Contrasts contrasts = new Contrasts(grid.seed());
        for (int r = 0; r < grid.replicates(); r++) {
            parts("removal-utterances", finished.get(r)).forEach(contrasts::add);
            parts("adaptation-utterances", finished.get(r)).forEach(contrasts::add);
        }
        for (String[] pair : Contrasts.ARMS) {
            contrasts.compare(pair[0] + "-" + pair[1], pair[0], pair[1]);
        }
        contrasts.compare("removal-A0", "best removal", "none");
        for (String arm : arms()) {
            if (!arm.equals(Grid.NOTHING)) {
                contrasts.compare(arm + "-" + Grid.NOTHING, arm, Grid.NOTHING);
            }
        }
        return contrasts;
    }

    private Csv conditions() {
        Map<String, Sum> sums = new LinkedHashMap<>();
        add(sums, "removal-utterances", "none", Set.of(ReplicateRun.CLEAN));
        add(sums, "adaptation-utterances", Grid.NOTHING, Set.copyOf(grid.targets().stream().map(Grid.Target::name).toList()));
        double clean = sums.containsKey(ReplicateRun.CLEAN) ? sums.get(ReplicateRun.CLEAN).wer() : Double.NaN;
        Csv table = new Csv(CONDITIONS);
        List<Grid.Target> all = new ArrayList<>(List.of(new Grid.Target(ReplicateRun.CLEAN, "source", "as it is")));
        all.addAll(grid.targets());
        for (Grid.Target condition : all) {
            Sum sum = sums.get(condition.name());
            if (sum != null) {
                table.add(condition.name(), condition.kind(), condition.description(), sum.words, sum.utterances.size(), sum.wer(),
                        condition.name().equals(ReplicateRun.CLEAN) ? 1 : sum.wer() / clean);
            }
        }
        return table;
    }

    /// Errors and words of a condition over all replicates.
    private static final class Sum {
        private double errors;
        private double words;
        private final Set<String> utterances = new HashSet<>();

        double wer() {
            return 100 * errors / words;
        }
    }

    private void add(Map<String, Sum> sums, String table, String arm, Set<String> conditions) {
        for (List<Cell> cells : finished) {
            for (Csv part : parts(table, cells)) {
                for (Csv.Row row : part.rows()) {
                    if (row.text("arm").equals(arm) && conditions.contains(row.text("condition"))) {
                        Sum sum = sums.computeIfAbsent(row.text("condition"), condition -> new Sum());
                        sum.errors += row.number("sub") + row.number("del") + row.number("ins");
                        sum.words += row.number("words");
                        sum.utterances.add(row.text("utterance"));
                    }
                }
            }
        }
    }

    /// The parts of a table one below the other, of every replicate in the order of its cells; null where there is none. Parts that an earlier run with
    /// other options left behind are not looked at.
    private Csv merged(String table) {
        List<Csv> parts = IntStream.range(0, grid.replicates()).boxed().flatMap(r -> parts(table, finished.get(r)).stream()).toList();
        if (parts.isEmpty()) {
            return null;
        }
        Csv merged = new Csv(parts.getFirst().header());
        parts.forEach(part -> part.rows().forEach(row -> merged.add(row.cells().toArray())));
        return merged;
    }

    private List<Csv> parts(String table, List<Cell> cells) {
        return cells.stream().filter(cell -> cell.stage().tables().contains(table)).map(cell -> cell.part(table)).filter(part -> Files.exists(folder.part(part)))
                .map(folder::readPart).toList();
    }
}
