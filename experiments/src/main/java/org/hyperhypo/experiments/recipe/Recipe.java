package org.hyperhypo.experiments.recipe;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hyperhypo.asr.data.DataDir;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.asr.hmm.StateInventory;
import org.hyperhypo.experiments.Failure;
import org.hyperhypo.experiments.Jobs;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.model.AcousticModel;
import org.hyperhypo.experiments.model.FeatureExtraction;
import org.hyperhypo.experiments.model.FeatureExtraction.Corruption;
import org.hyperhypo.experiments.model.FeatureFolder;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.model.FeatureSettings;
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
    private CorpusFolder corpus;
    private FeatureSettings settings;
    private Lexicon lexicon;
    private StateInventory states;

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
        corpus = CorpusFolder.read(task.prepare(folder, threads, progress));
        if (!resume) {
            folder.clear();
        }
        withTimes().write(folder.root());
        lexicon = corpus.lexicon();
        states = AcousticModel.inventory(lexicon.phones().names(), 3);
        settings = FeatureSettings.of(options.features().kind(), options.features().bands(), task.rate(), FeatureSettings.Cmvn.SPEAKER);

        Map<String, FeatureSet> sets = features();
        List<Replicate> replicates = Replicate.of(options.replicates(), options.folds(), options.seed());
        List<ReplicateRun> runs = new ArrayList<>();
        for (Replicate replicate : replicates) {
            runs.add(new ReplicateRun(replicate, task, options, folder, settings, lexicon, states, corpus.root(), sets));
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

    /// Features of the training speech, of the clean sets, of the corrupted copies of the test set, and of the corrupted development speech for tuning.
    private Map<String, FeatureSet> features() throws IOException {
        List<Domain> targets = task.targets();
        List<Domain> tuning = task.tuning();
        Map<String, DataDir> data = corpus.sets();
        int total = data.get("train").utterances().size() + data.get("dev").utterances().size() * (1 + tuning.size())
                + data.get("test").utterances().size() * (1 + targets.size());
        Map<String, FeatureSet> sets = new LinkedHashMap<>();
        try (Progress.Stage stage = progress.stage("features", total)) {
            Domain training = task.training();
            sets.put("train", features("train", data.get("train"), training.corruption(), training.description(), stage));
            for (String set : List.of("dev", "test")) {
                sets.put(set, features(set, data.get(set), Corruption.NONE, "", stage));
            }
            for (Domain domain : tuning) {
                sets.put("dev." + domain.name(), features("dev." + domain.name(), data.get("dev"), domain.corruption(), domain.description(), stage));
            }
            for (Domain domain : targets) {
                sets.put("test." + domain.name(), features("test." + domain.name(), data.get("test"), domain.corruption(), domain.description(), stage));
            }
        }
        return aligned(sets);
    }

    private FeatureSet features(String name, DataDir data, Corruption corruption, String description, Progress.Stage stage) throws IOException {
        Map<String, String> key = new LinkedHashMap<>(settings.describe());
        key.putAll(task.describe());
        key.put("corruption", description);
        if (folder.finished("features-" + name, key)) {
            stage.step(data.utterances().size());
            return FeatureFolder.read(folder.features(name)).set();
        }
        FeatureExtraction.Result result = FeatureExtraction.extract(data, settings, corruption, threads, stage::step);
        failures.addAll(result.failures().stream().map(f -> new Failure("features of " + name, f.item(), f.reason())).toList());
        if (result.set().size() == 0) {
            throw new UserError(corpus.root().resolve(name) + ": none of " + data.utterances().size() + " utterances could be read; the first: "
                    + (result.failures().isEmpty() ? "there are none" : result.failures().getFirst()));
        }
        FeatureFolder.write(folder.features(name), result.set(), settings);
        if (result.failures().isEmpty()) {
            folder.finish("features-" + name, key);
        }
        return result.set();
    }

    /// Test sets of all conditions must hold the same utterances, frame by frame; one that failed in any of them leaves all.
    private static Map<String, FeatureSet> aligned(Map<String, FeatureSet> sets) {
        Map<String, FeatureSet> result = new LinkedHashMap<>(sets);
        for (String prefix : List.of("dev", "test")) {
            List<FeatureSet> family = sets.entrySet().stream().filter(e -> e.getKey().equals(prefix) || e.getKey().startsWith(prefix + "."))
                    .map(Map.Entry::getValue).toList();
            java.util.Set<String> common = new java.util.HashSet<>(family.getFirst().entries().stream().map(FeatureSet.Entry::id).toList());
            family.forEach(set -> common.retainAll(set.entries().stream().map(FeatureSet.Entry::id).toList()));
            sets.forEach((name, set) -> {
                if (name.equals(prefix) || name.startsWith(prefix + ".")) {
                    result.put(name, set.where(entry -> common.contains(entry.id())));
                }
            });
        }
        return result;
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
