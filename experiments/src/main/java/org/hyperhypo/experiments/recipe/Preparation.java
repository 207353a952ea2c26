package org.hyperhypo.experiments.recipe;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
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
import org.hyperhypo.experiments.report.Csv;
import org.hyperhypo.experiments.report.Progress;
import org.hyperhypo.experiments.train.AlignmentFile;

/// From a task to features: its corpus, and every set of it in every domain. What an earlier run with the same options left is not made again.
public final class Preparation {
    /// The part that names recordings without use for the corpus, and training utterances without labels where these were given.
    private static final String CORPUS_FAILURES = "failures-corpus.csv";

    private final Task task;
    private final RunFolder folder;
    private final int threads;
    private final Progress progress;
    private final Team team;
    private CorpusFolder corpus;
    private FeatureSettings settings;

    public Preparation(Task task, RunFolder folder, int threads, Progress progress, Team team) {
        this.task = task;
        this.folder = folder;
        this.threads = threads;
        this.progress = progress;
        this.team = team;
    }

    /// Makes or checks the corpus.
    public void corpus() throws IOException {
        corpus = CorpusFolder.read(task.prepare(folder, threads, progress));
    }

    /// The same beside other processes that may be making it too: each makes its own, and the first to have it whole gives it its place.
    public void corpusAmongOthers() throws IOException {
        if (!folder.hasCorpus()) {
            RunFolder own = new RunFolder(folder.root().resolve(".corpus-" + ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime())));
            try {
                task.prepare(own, threads, progress);
                if (own.hasCorpus()) {
                    Files.move(own.data(), folder.data(), StandardCopyOption.ATOMIC_MOVE);
                }
            } catch (FileSystemException e) {
                // The folder is not empty: another was quicker.
                if (!folder.hasCorpus()) {
                    throw e;
                }
            } finally {
                RunFolder.delete(own.root());
            }
        }
        corpus();
    }

    /// One set of utterances in one domain.
    private record Source(String name, DataDir data, Corruption corruption, String description) {
    }

    /// The training speech, the clean sets, the corrupted development speech for tuning, and the target domains: recordings of their own, or corrupted copies of
    /// the test set.
    private List<Source> sources() throws IOException {
        Map<String, DataDir> data = corpus.sets();
        List<Source> sources = new ArrayList<>();
        Domain training = task.training();
        sources.add(new Source("train", data.get("train"), training.corruption(), training.description()));
        for (String set : List.of("dev", "test")) {
            sources.add(new Source(set, data.get(set), Corruption.NONE, ""));
        }
        for (Domain domain : task.tuning()) {
            sources.add(new Source("dev." + domain.name(), data.get("dev"), domain.corruption(), domain.description()));
        }
        for (Domain domain : task.targets()) {
            sources.add(new Source("test." + domain.name(), task.recordings(domain).orElse(data.get("test")), domain.corruption(), domain.description()));
        }
        return sources;
    }

    /// Features of every set in every domain: first this process's share, then, if `all` are wanted, what the others have made or left.
    ///
    /// @return null if not all are wanted
    public Prepared features(RecipeOptions.Features kind, boolean all) throws IOException {
        settings = FeatureSettings.of(kind.kind(), kind.bands(), task.rate(), FeatureSettings.Cmvn.SPEAKER);
        List<Source> sources = sources();
        Map<String, FeatureSet> sets = new LinkedHashMap<>();
        sources.forEach(source -> sets.put(source.name, null));
        try (Progress.Stage stage = progress.stage("features", sources.stream().mapToInt(source -> source.data.utterances().size()).sum())) {
            team.together(() -> {
                for (int i = 0; i < sources.size(); i++) {
                    if (team.share().owns(i)) {
                        sets.put(sources.get(i).name, features(sources.get(i), stage));
                    }
                }
            });
            if (!all) {
                return null;
            }
            team.together(() -> {
                for (Source source : sources) {
                    if (sets.get(source.name) == null) {
                        sets.put(source.name, features(source, stage));
                    }
                }
            });
        }
        Lexicon lexicon = corpus.lexicon();
        StateInventory states = task.states(lexicon);
        Map<String, FeatureSet> copies = new LinkedHashMap<>(sets);
        for (Domain target : task.targets()) {
            if (task.recordings(target).isPresent()) {
                copies.remove("test." + target.name());
            }
        }
        sets.putAll(aligned(copies));
        Csv failures = new Csv(ResultTables.FAILURES);
        task.failures().forEach(f -> failures.add(f.stage(), f.item(), f.reason()));
        int[] labels = labels(sets.get("train"), states, failures);
        folder.writePart(CORPUS_FAILURES, failures);
        return new Prepared(corpus.root(), settings, lexicon, states, task.graph(states, lexicon), sets, labels);
    }

    private int[] labels(FeatureSet train, StateInventory states, Csv failures) throws IOException {
        if (task.alignments().isEmpty()) {
            return null;
        }
        Path file = task.alignments().orElseThrow();
        AlignmentFile.Labels labels = AlignmentFile.read(file, train, states);
        labels.missing().forEach(id -> failures.add("alignment", id, file + " has no line for it; it is not trained on"));
        return labels.perFrame();
    }

    private FeatureSet features(Source source, Progress.Stage stage) throws IOException {
        Map<String, String> key = new LinkedHashMap<>(settings.describe());
        key.putAll(task.describe());
        key.put("corruption", source.description);
        String marker = "features-" + source.name;
        if (folder.finished(marker, key)) {
            stage.step(source.data.utterances().size());
            return FeatureFolder.read(folder.features(source.name)).set();
        }
        FeatureExtraction.Result result = FeatureExtraction.extract(source.data, settings, source.corruption, threads, stage::step);
        if (result.set().size() == 0) {
            throw new UserError(corpus.root().resolve(source.name) + ": none of " + source.data.utterances().size() + " utterances could be read; the first: "
                    + (result.failures().isEmpty() ? "there are none" : result.failures().getFirst()));
        }
        FeatureFolder.write(folder.features(source.name), result.set(), settings);
        Csv failures = new Csv(ResultTables.FAILURES);
        result.failures().forEach(f -> failures.add("features of " + source.name, f.item(), f.reason()));
        folder.writePart(featureFailures(source.name), failures);
        folder.finish(marker, key);
        return result.set();
    }

    /// What a run's corpus lacks and which utterances of its sets have no features, from the parts that say so.
    public static List<Failure> failures(RunFolder folder, Collection<String> sets) {
        List<Failure> failures = new ArrayList<>(folder.readFailures(CORPUS_FAILURES));
        sets.forEach(set -> failures.addAll(folder.readFailures(featureFailures(set))));
        return failures;
    }

    static String featureFailures(String set) {
        return "failures-features-" + set + ".csv";
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
