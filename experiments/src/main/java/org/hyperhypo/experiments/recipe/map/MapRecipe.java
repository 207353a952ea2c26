package org.hyperhypo.experiments.recipe.map;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hyperhypo.experiments.Failure;
import org.hyperhypo.experiments.Jobs;
import org.hyperhypo.experiments.recipe.Preparation;
import org.hyperhypo.experiments.recipe.Prepared;
import org.hyperhypo.experiments.recipe.Replicate;
import org.hyperhypo.experiments.recipe.RunFolder;
import org.hyperhypo.experiments.recipe.Task;
import org.hyperhypo.experiments.recipe.Team;
import org.hyperhypo.experiments.report.Progress;
import org.hyperhypo.experiments.report.Report;
import org.hyperhypo.experiments.report.RunRecord;

/// Where do the paper's claims begin to hold? A grid of networks, each trained, searched for saturated neurons, pruned and adapted. [#compute] is
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
    private final Team team;
    private final Preparation preparation;
    private final List<Failure> failures = new ArrayList<>();
    private RunRecord record;

    public MapRecipe(Task task, NetworkGrid grid, MapOptions options, RunFolder folder, int threads, Progress progress, Team team) {
        this.task = task;
        this.grid = grid;
        this.options = options;
        this.folder = folder;
        this.threads = threads;
        this.progress = progress;
        this.team = team;
        this.preparation = new Preparation(task, folder, threads, progress, team);
    }

    /// Items that failed while the rest went on; they are in the report too.
    public List<Failure> failures() {
        return List.copyOf(failures);
    }

    /// Computes all cells, alone or with the other ranks of an MPI job, and the report. With `resume`, cells that were finished with the same options are
    /// not repeated.
    ///
    /// @return cells that are not done: none, if all went well
    public List<String> run(RunRecord begun, boolean resume) throws IOException {
        record = resume ? begun.withStagesOf(folder.root()) : begun;
        team.together(() -> {
            if (team.first()) {
                folder.requireOurs();
                preparation.corpus();
                if (!resume) {
                    folder.clear();
                }
                key().write(folder);
                keepRecord();
            }
        });
        if (!team.first()) {
            preparation.corpus();
        }
        return compute();
    }

    /// Computes one share of the cells, and the report if no cell is missing then. Other processes may do other shares, or the same, at the same time or at
    /// another; what is finished is not repeated.
    ///
    /// @return the cells that other processes have still to do
    public List<String> share(RunRecord begun) throws IOException {
        folder.requireOurs();
        key().require(folder);
        record = begun.withStagesOf(folder.root());
        keepRecord();
        preparation.corpusAmongOthers();
        return compute();
    }

    private MapKey key() {
        return MapKey.of(task, options);
    }

    private List<String> compute() throws IOException {
        if (team.first()) {
            grid.table().write(folder.root().resolve(GRID));
        }
        Prepared prepared = preparation.features(options.recipe().features(), true);
        List<MapCell> cells = cells(prepared);
        List<MapCell> mine = own(cells);
        List<MapAlignment> alignments = replicates().stream().map(r -> new MapAlignment(r, prepared, options, folder)).toList();
        List<MapAlignment> needed = alignments.stream().filter(alignment -> mine.stream().anyMatch(cell -> cell.replicate().equals(alignment.replicate()))).toList();
        align(own(alignments), needed);
        train(mine, needed);
        List<String> missing = cells.stream().filter(cell -> !folder.finished(cell.name(), cell.key(task.describe()))).map(MapCell::name).toList();
        team.together(() -> {
            if (team.first() && missing.isEmpty()) {
                failures.addAll(results(cells, prepared, alignments));
            }
            if (team.first()) {
                keepRecord();
            }
            if (team.first() && missing.isEmpty()) {
                Report.write(folder.root());
            }
        });
        return missing;
    }

    private <T> List<T> own(List<T> all) {
        return IntStream.range(0, all.size()).filter(team.share()::owns).mapToObj(all::get).toList();
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

    /// First this process's part, then what it needs and no other has made.
    private void align(List<MapAlignment> own, List<MapAlignment> needed) throws IOException {
        try (Progress.Stage stage = progress.stage("alignment", Stream.concat(own.stream(), needed.stream()).mapToInt(MapAlignment::steps).sum())) {
            for (List<MapAlignment> some : List.of(own, needed)) {
                List<Callable<Object>> jobs = new ArrayList<>();
                for (MapAlignment alignment : some) {
                    jobs.add(() -> once(alignment.name(), alignment.key(task.describe()), stage, alignment.steps(), () -> alignment.run(stage::step)));
                }
                team.together(() -> Jobs.run(threads, jobs));
            }
        }
    }

    private void train(List<MapCell> cells, List<MapAlignment> alignments) throws IOException {
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
                    result.write(MapResultTables.files(folder, cell));
                    // A network that cannot be trained ends before its last step.
                    stage.step(cell.steps() - done[0]);
                }));
            }
            team.together(() -> Jobs.run(threads, jobs));
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

    private List<Failure> results(List<MapCell> cells, Prepared prepared, List<MapAlignment> alignments) throws IOException {
        List<Failure> failed = new ArrayList<>(Preparation.failures(folder, prepared.sets().keySet()));
        alignments.forEach(alignment -> failed.addAll(alignment.failures()));
        return new MapResultTables(folder, options, grid, cells, threads).write(task.targets(), failed);
    }

    /// The first share speaks for all; another one only until the first has begun.
    private void keepRecord() throws IOException {
        if (team.share().index() == 0 || !Files.exists(folder.root().resolve(RunRecord.FILE))) {
            RunRecord timed = record;
            for (Map.Entry<String, Double> stage : progress.seconds().entrySet()) {
                timed = timed.withStage(stage.getKey(), stage.getValue());
            }
            timed.write(folder.root());
        }
    }
}
