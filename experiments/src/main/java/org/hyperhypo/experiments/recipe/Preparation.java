package org.hyperhypo.experiments.recipe;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hyperhypo.asr.data.DataDir;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.asr.hmm.StateInventory;
import org.hyperhypo.experiments.Failure;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.model.FeatureExtraction;
import org.hyperhypo.experiments.model.FeatureExtraction.Corruption;
import org.hyperhypo.experiments.model.FeatureFolder;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.model.FeatureSettings;
import org.hyperhypo.experiments.report.Progress;
import org.hyperhypo.experiments.train.AlignmentFile;

/// From a task to features: its corpus, and every set of it in every domain. What an earlier run with the same options left is not made again.
public final class Preparation {
    private final Task task;
    private final RunFolder folder;
    private final int threads;
    private final Progress progress;
    private final List<Failure> failures = new ArrayList<>();
    private CorpusFolder corpus;
    private FeatureSettings settings;

    public Preparation(Task task, RunFolder folder, int threads, Progress progress) {
        this.task = task;
        this.folder = folder;
        this.threads = threads;
        this.progress = progress;
    }

    /// Makes or checks the corpus.
    public void corpus() throws IOException {
        corpus = CorpusFolder.read(task.prepare(folder, threads, progress));
        failures.addAll(task.failures());
    }

    /// Features of the training speech, of the clean sets, of the corrupted copies of the test set, and of the corrupted development speech for tuning.
    public Prepared features(RecipeOptions.Features kind) throws IOException {
        settings = FeatureSettings.of(kind.kind(), kind.bands(), task.rate(), FeatureSettings.Cmvn.SPEAKER);
        List<Domain> targets = task.targets();
        List<Domain> tuning = task.tuning();
        Map<String, DataDir> data = corpus.sets();
        int total = data.get("train").utterances().size() + data.get("dev").utterances().size() * (1 + tuning.size())
                + data.get("test").utterances().size() + targets.stream().mapToInt(target -> speech(target).utterances().size()).sum();
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
                sets.put("test." + domain.name(), features("test." + domain.name(), speech(domain), domain.corruption(), domain.description(), stage));
            }
        }
        Lexicon lexicon = corpus.lexicon();
        StateInventory states = task.states(lexicon);
        Map<String, FeatureSet> copies = new LinkedHashMap<>(sets);
        targets.stream().filter(target -> task.recordings(target).isPresent()).forEach(target -> copies.remove("test." + target.name()));
        sets.putAll(aligned(copies));
        return new Prepared(corpus.root(), settings, lexicon, states, task.graph(states, lexicon), sets, labels(sets.get("train"), states), failures);
    }

    private DataDir speech(Domain target) {
        return task.recordings(target).orElse(corpus.set("test"));
    }

    private int[] labels(FeatureSet train, StateInventory states) throws IOException {
        if (task.alignments().isEmpty()) {
            return null;
        }
        AlignmentFile.Labels labels = AlignmentFile.read(task.alignments().orElseThrow(), train, states);
        labels.missing().forEach(id -> failures.add(new Failure("alignment", id, task.alignments().orElseThrow() + " has no line for it; it is not trained on")));
        return labels.perFrame();
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
            Set<String> common = new HashSet<>(family.getFirst().entries().stream().map(FeatureSet.Entry::id).toList());
            family.forEach(set -> common.retainAll(set.entries().stream().map(FeatureSet.Entry::id).toList()));
            sets.forEach((name, set) -> {
                if (name.equals(prefix) || name.startsWith(prefix + ".")) {
                    result.put(name, set.where(entry -> common.contains(entry.id())));
                }
            });
        }
        return result;
    }
}
