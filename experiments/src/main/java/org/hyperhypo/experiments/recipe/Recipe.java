package org.hyperhypo.experiments.recipe;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hyperhypo.experiments.Failure;
import org.hyperhypo.experiments.Jobs;
import org.hyperhypo.experiments.report.Progress;
import org.hyperhypo.experiments.report.Report;
import org.hyperhypo.experiments.report.RunRecord;

/// The whole experiment on one corpus: train, find hyper and hypo neurons, remove them, adapt them, and compare. [#stages] is its table of contents.
///
/// A run is a [Grid] of cells, which leave files. One process does all of it, the ranks of an MPI job deal every stage out and wait for each other, and
/// the tasks of a job array do a [Share] each on a folder that all see: the files are the same.
public final class Recipe {
    private final Task task;
    private final RecipeOptions options;
    private final RunFolder folder;
    private final int threads;
    private final Progress progress;
    private final Team team;
    private final Preparation preparation;
    private Grid grid;
    private List<ReplicateRun> runs;

    public Recipe(Task task, RecipeOptions options, RunFolder folder, int threads, Progress progress, Team team) {
        this.task = task;
        this.options = options;
        this.folder = folder;
        this.threads = threads;
        this.progress = progress;
        this.team = team;
        this.preparation = new Preparation(task, folder, threads, progress, team);
    }

    /// Runs all stages; the first process writes the results. With `resume`, cells that an interrupted run with the same options finished are not repeated.
    ///
    /// @return what failed while the rest went on
    public List<Failure> run(RunRecord begun, boolean resume) throws IOException {
        RunRecord record = resume ? begun.withStagesOf(folder.root()) : begun;
        team.together(() -> {
            if (team.first()) {
                folder.requireOurs();
                preparation.corpus();
                if (!resume) {
                    folder.clear();
                }
                timed(record).write(folder.root());
            }
        });
        if (!team.first()) {
            preparation.corpus();
        }
        stages(Stage.ADAPTATION, () -> {
            if (team.first()) {
                timed(record).write(folder.root());
            }
        });
        List<Failure> failures = new ArrayList<>();
        team.together(() -> {
            if (team.first()) {
                failures.addAll(results());
            }
        });
        return failures;
    }

    /// Does one share of the stages up to `last`, and no results: [RunMerge] makes them of all shares. Other processes may do other shares, or the same,
    /// at the same time or at another; what is finished is not repeated.
    public void share(RunRecord begun, Stage last) throws IOException {
        folder.requireOurs();
        RunMerge.requireSame(folder, key());
        ShareRecords records = new ShareRecords(folder, team.share());
        RunRecord record = records.resumed(begun);
        records.write(timed(record));
        preparation.corpusAmongOthers();
        stages(last, () -> records.write(timed(record)));
    }

    private interface Step {
        void run() throws IOException;
    }

    /// @param after what is done at the end of every stage
    private void stages(Stage last, Step after) throws IOException {
        Prepared prepared = preparation.features(options.features(), last != Stage.FEATURES);
        after.run();
        if (last == Stage.FEATURES) {
            return;
        }
        grid = Grid.of(key(), options, List.copyOf(prepared.sets().keySet()), task.targets());
        if (team.first()) {
            grid.write(folder);
        }
        runs = Replicate.of(options.replicates(), task.division(options.folds()), options.seed()).stream()
                .map(replicate -> new ReplicateRun(replicate, prepared, options, folder, grid)).toList();
        for (Stage stage : Stage.values()) {
            if (stage.compareTo(last) <= 0 && !grid.groups(stage).isEmpty()) {
                stage(stage);
                after.run();
            }
        }
    }

    /// Does this process's cells of a stage, groups beside each other, and waits for the others'.
    private void stage(Stage stage) throws IOException {
        List<Grid.Group> own = own(stage);
        int steps = own.stream().mapToInt(group -> group.cells().stream().mapToInt(run(group)::steps).sum()).sum();
        try (Progress.Stage shown = progress.stage(stage.label(), steps)) {
            List<Callable<Object>> jobs = new ArrayList<>();
            for (Grid.Group group : own) {
                jobs.add(() -> {
                    ReplicateRun.Work work = run(group).work(group);
                    for (Cell cell : group.cells()) {
                        run(group).finish(cell, work, shown::step);
                    }
                    return group;
                });
            }
            team.together(() -> Jobs.run(threads, jobs));
        }
    }

    /// The groups of which this process has cells, with these cells alone. A replicate's first stages are all one share's, because they need each other;
    /// from then on dealing goes on where that of the stage before ended.
    private List<Grid.Group> own(Stage stage) {
        int dealt = EnumSet.range(Stage.NEURONS, Stage.ADAPTATION).stream().filter(other -> other.compareTo(stage) < 0)
                .mapToInt(other -> grid.groups(other).size()).sum();
        Share share = team.share().before(dealt);
        List<Grid.Group> groups = grid.groups(stage);
        List<Grid.Group> own = new ArrayList<>();
        for (int g = 0; g < groups.size(); g++) {
            List<Cell> cells = new ArrayList<>();
            for (int c = 0; c < groups.get(g).cells().size(); c++) {
                if (share.owns(g, groups.size(), c)) {
                    cells.add(groups.get(g).cells().get(c));
                }
            }
            if (!cells.isEmpty()) {
                own.add(groups.get(g).with(cells));
            }
        }
        return own;
    }

    private ReplicateRun run(Grid.Group group) {
        return runs.get(group.replicate() - 1);
    }

    private List<Failure> results() throws IOException {
        ResultTables tables = new ResultTables(folder, grid);
        tables.write();
        Report.write(folder.root());
        return tables.failures();
    }

    private Map<String, String> key() {
        Map<String, String> key = new LinkedHashMap<>(task.describe());
        key.putAll(options.describe());
        return key;
    }

    private RunRecord timed(RunRecord record) {
        RunRecord timed = record;
        for (Map.Entry<String, Double> stage : progress.seconds().entrySet()) {
            timed = timed.withStage(stage.getKey(), stage.getValue());
        }
        return timed;
    }
}
