package org.hyperhypo.experiments.recipe;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hyperhypo.experiments.Failure;
import org.hyperhypo.experiments.Jobs;
import org.hyperhypo.experiments.report.Progress;
import org.hyperhypo.experiments.report.Report;
import org.hyperhypo.experiments.report.RunRecord;

/// The whole experiment on one corpus: train, find hyper and hypo neurons, remove them, adapt them, and compare. [#run] is its table of contents.
public final class Recipe {
    private final Task task;
    private final RecipeOptions options;
    private final RunFolder folder;
    private final int threads;
    private final Progress progress;
    private final List<Failure> failures = new ArrayList<>();
    private RunRecord record;

    public Recipe(Task task, RecipeOptions options, RunFolder folder, int threads, Progress progress) {
        this.task = task;
        this.options = options;
        this.folder = folder;
        this.threads = threads;
        this.progress = progress;
    }

    /// Items that failed while the rest went on; they are in the report too.
    public List<Failure> failures() {
        return List.copyOf(failures);
    }

    /// Runs all stages. With `resume`, stages that an interrupted run with the same options finished are not repeated.
    public void run(RunRecord begun, boolean resume) throws IOException {
        folder.requireOurs();
        record = resume ? begun.withStagesOf(folder.root()) : begun;
        Preparation preparation = new Preparation(task, folder, threads, progress);
        preparation.corpus();
        if (!resume) {
            folder.clear();
        }
        withTimes().write(folder.root());
        Prepared prepared = preparation.features(options.features());
        failures.addAll(prepared.failures());
        List<Replicate> replicates = Replicate.of(options.replicates(), task.division(options.folds()), options.seed());
        List<ReplicateRun> runs = new ArrayList<>();
        for (Replicate replicate : replicates) {
            runs.add(new ReplicateRun(replicate, prepared, options, folder));
        }
        stage("training", runs, ReplicateRun::train);
        stage("tuning", runs, ReplicateRun::tune);
        stage("neurons", runs, ReplicateRun::analyse);
        stage("removal", runs, ReplicateRun::remove);
        if (!options.arms().grid().isEmpty()) {
            stage("rates", runs, ReplicateRun::chooseRates);
        }
        adaptation(runs);
        results(runs);
        withTimes().write(folder.root());
        Report.write(folder.root());
    }

    private interface Step {
        void run(ReplicateRun replicate, Runnable progress) throws IOException;
    }

    private void stage(String name, List<ReplicateRun> runs, Step step) throws IOException {
        try (Progress.Stage stage = progress.stage(name, (long) runs.size() * runs.getFirst().steps(name))) {
            List<Callable<Object>> jobs = new ArrayList<>();
            for (ReplicateRun run : runs) {
                jobs.add(() -> {
                    String marker = name + "-" + run.replicate().name();
                    if (folder.finished(marker, key())) {
                        stage.step(run.steps(name));
                    } else {
                        step.run(run, stage::step);
                        folder.finish(marker, key());
                    }
                    return name;
                });
            }
            Jobs.run(threads, jobs);
        }
        withTimes().write(folder.root());
    }

    private void adaptation(List<ReplicateRun> runs) throws IOException {
        List<Domain> targets = task.targets();
        try (Progress.Stage stage = progress.stage("adaptation", (long) runs.size() * targets.size() * runs.getFirst().steps("adaptation"))) {
            List<Callable<Object>> jobs = new ArrayList<>();
            for (Domain target : targets) {
                for (ReplicateRun run : runs) {
                    jobs.add(() -> {
                        String marker = "adaptation-" + run.replicate().name() + "-" + target.name();
                        if (folder.finished(marker, key())) {
                            stage.step(run.steps("adaptation"));
                        } else {
                            run.adapt(target.name(), stage::step);
                            folder.finish(marker, key());
                        }
                        return marker;
                    });
                }
            }
            Jobs.run(threads, jobs);
        }
    }

    /// Merges the parts into the tables of `results/` and adds conditions, contrasts, intervals and failures.
    private void results(List<ReplicateRun> runs) throws IOException {
        List<Domain> targets = task.targets();
        runs.forEach(run -> failures.addAll(run.failures(targets)));
        new ResultTables(folder, runs.stream().map(ReplicateRun::replicate).toList(), targets, options.arms(), options.seed()).write(failures);
    }

    private Map<String, String> key() {
        Map<String, String> key = new LinkedHashMap<>(task.describe());
        key.putAll(options.describe());
        return key;
    }

    private RunRecord withTimes() {
        RunRecord timed = record;
        for (Map.Entry<String, Double> stage : progress.seconds().entrySet()) {
            timed = timed.withStage(stage.getKey(), stage.getValue());
        }
        return timed;
    }
}
