package org.hyperhypo.experiments.recipe.map;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.hyperhypo.experiments.Failure;
import org.hyperhypo.experiments.Jobs;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.recipe.Contrasts;
import org.hyperhypo.experiments.recipe.Domain;
import org.hyperhypo.experiments.recipe.Preparation;
import org.hyperhypo.experiments.recipe.Prepared;
import org.hyperhypo.experiments.recipe.Replicate;
import org.hyperhypo.experiments.recipe.RunFolder;
import org.hyperhypo.experiments.recipe.Share;
import org.hyperhypo.experiments.recipe.Task;
import org.hyperhypo.experiments.report.Csv;
import org.hyperhypo.experiments.report.Progress;
import org.hyperhypo.experiments.report.Report;
import org.hyperhypo.experiments.report.RunRecord;

/// Where do the paper's claims begin to hold? A grid of networks, each trained, searched for saturated neurons, pruned and adapted. [#run] is
/// the table of contents.
///
/// A cell is a network with a seed. Cells are independent: any number of processes may compute them, and whoever finds all of them done
/// writes tables and report.
public final class MapRecipe {
    /// The grid as it was run.
    public static final String GRID = "grid.csv";

    private final Task task;
    private final NetworkGrid grid;
    private final MapOptions options;
    private final RunFolder folder;
    private final int threads;
    private final Progress progress;
    private final List<Failure> failures = new ArrayList<>();
    private RunRecord record;

    public MapRecipe(Task task, NetworkGrid grid, MapOptions options, RunFolder folder, int threads, Progress progress) {
        this.task = task;
        this.grid = grid;
        this.options = options;
        this.folder = folder;
        this.threads = threads;
        this.progress = progress;
    }

    /// Items that failed while the rest went on; they are in the report too.
    public List<Failure> failures() {
        return List.copyOf(failures);
    }

    /// Computes this process's cells, and the report if no cell is missing then. With `resume`, and always where there are several shares, cells that
    /// were finished with the same options are not repeated.
    ///
    /// @return the cells that other processes have still to do
    public List<String> run(RunRecord begun, boolean resume, Share share) throws IOException {
        folder.requireOurs();
        boolean goOn = resume || share.of() > 1;
        record = goOn ? begun.withStagesOf(folder.root()) : begun;
        Preparation preparation = new Preparation(task, folder, threads, progress);
        preparation.corpus();
        if (!goOn) {
            folder.clear();
        }
        keepRecord(share);
        grid.table().write(folder.root().resolve(GRID));
        Prepared prepared = preparation.features(options.recipe().features());
        List<MapCell> cells = cells(prepared);
        List<MapCell> mine = IntStream.range(0, cells.size()).filter(share::owns).mapToObj(cells::get).toList();
        List<MapAlignment> alignments = mine.stream().map(MapCell::replicate).distinct().map(r -> new MapAlignment(r, prepared, options, folder)).toList();
        align(alignments);
        compute(mine, alignments);
        List<String> missing = cells.stream().filter(cell -> !folder.finished(cell.name(), cell.key(task.describe()))).map(MapCell::name).toList();
        if (missing.isEmpty()) {
            results(cells, prepared);
        }
        keepRecord(share);
        if (missing.isEmpty()) {
            Report.write(folder.root());
        }
        return missing;
    }

    /// All seeds of the first network, then of the next.
    private List<MapCell> cells(Prepared prepared) {
        List<MapCell> cells = new ArrayList<>();
        for (GridNetwork network : grid.networks()) {
            for (Replicate replicate : replicates()) {
                cells.add(new MapCell(network, replicate, prepared, options));
            }
        }
        return cells;
    }

    private List<Replicate> replicates() {
        return Replicate.of(options.seeds(), options.recipe().folds(), options.recipe().seed());
    }

    private void align(List<MapAlignment> alignments) throws IOException {
        try (Progress.Stage stage = progress.stage("alignment", alignments.stream().mapToInt(MapAlignment::steps).sum())) {
            List<Callable<Object>> jobs = new ArrayList<>();
            for (MapAlignment alignment : alignments) {
                jobs.add(() -> once(alignment.name(), alignment.key(task.describe()), stage, alignment.steps(), () -> alignment.run(stage::step)));
            }
            Jobs.run(threads, jobs);
        }
    }

    private void compute(List<MapCell> cells, List<MapAlignment> alignments) throws IOException {
        Map<Replicate, MapAlignment.Labels> labels = new LinkedHashMap<>();
        for (MapAlignment alignment : alignments) {
            labels.put(alignment.replicate(), alignment.read());
        }
        try (Progress.Stage stage = progress.stage("networks", cells.stream().mapToInt(MapCell::steps).sum())) {
            List<Callable<Object>> jobs = new ArrayList<>();
            for (MapCell cell : cells) {
                jobs.add(() -> once(cell.name(), cell.key(task.describe()), stage, cell.steps(), () -> {
                    int[] done = new int[1];
                    CellResult result = cell.run(labels.get(cell.replicate()), () -> {
                        done[0]++;
                        stage.step();
                    });
                    result.write(files(cell));
                    // A network that cannot be trained ends before its last step.
                    stage.step(cell.steps() - done[0]);
                }));
            }
            Jobs.run(threads, jobs);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private String once(String marker, Map<String, String> key, Progress.Stage stage, int steps, Work work) throws IOException {
        if (folder.finished(marker, key)) {
            stage.step(steps);
        } else {
            work.run();
            folder.finish(marker, key);
        }
        return marker;
    }

    private Path files(MapCell cell) {
        return folder.root().resolve("cells").resolve(cell.name());
    }

    private void results(List<MapCell> cells, Prepared prepared) throws IOException {
        Files.createDirectories(folder.results());
        Csv all = new Csv(CellResult.COLUMNS);
        Csv layers = new Csv(Saturation.COLUMNS);
        Csv failed = new Csv(CellResult.FAILURES);
        prepared.failures().forEach(f -> failed.add(f.stage(), f.item(), f.reason()));
        for (Replicate replicate : replicates()) {
            append(failed, new MapAlignment(replicate, prepared, options, folder).failures());
        }
        for (MapCell cell : cells) {
            append(all, Csv.read(files(cell).resolve("cell.csv")));
            append(layers, Csv.read(files(cell).resolve("layers.csv")));
            append(failed, Csv.read(files(cell).resolve("failures.csv")));
        }
        failed.rows().forEach(row -> failures.add(new Failure(row.text("stage"), row.text("item"), row.text("reason"))));
        Map<String, Csv> tables = new LinkedHashMap<>(new MapTables(options.recipe().seed()).fill(entries(cells)).all());
        tables.put("map-cells", all);
        tables.put("map-layers", layers);
        tables.put("failures", failed);
        tables.put("conditions", conditions());
        for (Map.Entry<String, Csv> table : tables.entrySet()) {
            table.getValue().write(folder.results().resolve(table.getKey() + ".csv"));
        }
    }

    /// The networks of which at least one seed could be trained.
    private List<MapTables.Entry> entries(List<MapCell> cells) {
        List<Callable<MapTables.Entry>> jobs = new ArrayList<>();
        for (GridNetwork network : grid.networks()) {
            jobs.add(() -> entry(network, cells.stream().filter(cell -> cell.network().equals(network)).toList()));
        }
        List<MapTables.Entry> entries = Jobs.run(threads, jobs).stream().filter(entry -> !entry.cells().rows().isEmpty()).toList();
        if (entries.isEmpty()) {
            throw new UserError(folder.root() + ": none of the " + grid.networks().size() + " networks could be trained; the first: " + failures.getLast());
        }
        return entries;
    }

    private MapTables.Entry entry(GridNetwork network, List<MapCell> seeds) throws IOException {
        Csv summary = new Csv(CellResult.COLUMNS);
        WordRates rates = new WordRates();
        Contrasts contrasts = new Contrasts(options.recipe().seed());
        for (MapCell cell : seeds) {
            append(summary, Csv.read(files(cell).resolve("cell.csv")));
            Csv utterances = Csv.read(files(cell).resolve("utterances.csv"));
            rates.add(utterances);
            contrasts.add(utterances);
        }
        MapContrast.ALL.forEach(contrast -> contrasts.compare(contrast.name(), contrast.a(), contrast.b()));
        return new MapTables.Entry(network, summary, rates, contrasts.table());
    }

    private Csv conditions() throws IOException {
        Csv table = new Csv("name", "kind", "description");
        for (Domain target : task.targets()) {
            table.add(target.name(), target.kind(), target.description());
        }
        return table;
    }

    private static void append(Csv table, Csv more) {
        more.rows().forEach(row -> table.add(row.cells().toArray()));
    }

    /// The first share speaks for all; another one only until the first has begun.
    private void keepRecord(Share share) throws IOException {
        if (share.index() == 0 || !Files.exists(folder.root().resolve(RunRecord.FILE))) {
            RunRecord timed = record;
            for (Map.Entry<String, Double> stage : progress.seconds().entrySet()) {
                timed = timed.withStage(stage.getKey(), stage.getValue());
            }
            timed.write(folder.root());
        }
    }
}
