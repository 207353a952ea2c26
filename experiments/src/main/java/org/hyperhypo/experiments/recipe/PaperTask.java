package org.hyperhypo.experiments.recipe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hyperhypo.asr.corrupt.Condition;
import org.hyperhypo.asr.data.DataDir;
import org.hyperhypo.asr.data.Utterance;
import org.hyperhypo.asr.decode.DecodingGraph;
import org.hyperhypo.asr.decode.Grammar;
import org.hyperhypo.asr.decode.LexiconTree;
import org.hyperhypo.asr.decode.NgramModel;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.asr.hmm.StateFile;
import org.hyperhypo.asr.hmm.StateInventory;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.report.Progress;

/// The paper's protocol on corpora that the user holds: a source corpus with state alignments made elsewhere, and target domains that were recorded, each
/// with a test set and speech to adapt on.
public final class PaperTask implements Task {
    private final Path data;
    private final Path alignments;
    private final Path arpa;
    private final Map<String, Path> tests;
    private final Map<String, Path> adaptations;
    private final Map<String, DataDir> recordings = new LinkedHashMap<>();
    private final Set<String> adaptation = new HashSet<>();
    private int rate;

    /// @param data        source corpus: train, dev, test, lexicon.txt
    /// @param alignments  folder of alignment.txt and states.txt, or the former
    /// @param arpa        n-gram model, or null for a loop of all words
    /// @param tests       data folders of the target domains by name
    /// @param adaptations unlabelled speech of some or all of them; from the others' tests folds of speakers are taken
    public PaperTask(Path data, Path alignments, Path arpa, Map<String, Path> tests, Map<String, Path> adaptations) {
        this.data = data;
        this.alignments = Files.isDirectory(alignments) ? alignments.resolve("alignment.txt") : alignments;
        this.arpa = arpa;
        this.tests = new LinkedHashMap<>(tests);
        this.adaptations = Map.copyOf(adaptations);
        adaptations.keySet().stream().filter(name -> !tests.containsKey(name)).findFirst().ifPresent(name -> {
            throw new UserError("--adapt " + name + ": there is no --target of that name; the targets are " + String.join(", ", tests.keySet()));
        });
        for (String name : tests.keySet()) {
            if (!name.matches("[A-Za-z0-9_-]+")) {
                throw new UserError("--target " + name + ": names are made of letters, digits, _ and -, because files are named for them");
            }
        }
        for (Path file : arpa == null ? List.of(this.alignments) : List.of(this.alignments, arpa)) {
            if (!Files.isRegularFile(file)) {
                throw new UserError(file + ": no such file" + (file.equals(arpa) ? "; give an ARPA file, or leave --arpa out for a loop of all words"
                        : "; give the alignments of the training speech, as hyperhypo align writes or imports them"));
            }
        }
    }

    @Override
    public String name() {
        return "paper";
    }

    @Override
    public boolean synthetic() {
        return false;
    }

    @Override
    public int rate() {
        return rate;
    }

    @Override
    public Path prepare(RunFolder run, int threads, Progress progress) throws IOException {
        rate = CorpusFolder.read(data).rate();
        recordings.clear();
        adaptation.clear();
        for (Map.Entry<String, Path> test : tests.entrySet()) {
            Set<String> ids = new HashSet<>();
            List<Utterance> all = new ArrayList<>();
            read(test.getValue(), true, ids, all);
            if (adaptations.containsKey(test.getKey())) {
                int before = all.size();
                read(adaptations.get(test.getKey()), false, ids, all);
                all.subList(before, all.size()).forEach(utterance -> adaptation.add(utterance.id()));
            }
            all.sort(Comparator.comparing(Utterance::id));
            recordings.put(test.getKey(), new DataDir(all, Map.of(), List.of()));
        }
        List<Path> scored = new ArrayList<>(tests.values());
        scored.addAll(List.of(data.resolve("dev"), data.resolve("test")));
        for (Path test : scored) {
            for (Utterance utterance : DataDir.read(test, test.startsWith(data) ? data : null).utterances()) {
                if (adaptation.contains(utterance.id())) {
                    throw new UserError(test + ": utterance \"" + utterance.id() + "\" has the id of one that is adapted on; speech that is scored must not be, and other speech needs another id");
                }
            }
        }
        return data;
    }

    private static void read(Path folder, boolean words, Set<String> ids, List<Utterance> all) throws IOException {
        List<Utterance> utterances = DataDir.read(folder, null, new DataDir.Options(words, 0)).utterances();
        if (utterances.isEmpty()) {
            throw new UserError(folder + ": no utterances");
        }
        for (Utterance utterance : utterances) {
            if (!ids.add(utterance.id())) {
                throw new UserError(folder + ": utterance \"" + utterance.id() + "\" is in the test set of the same target too; speech that is scored must not be adapted on");
            }
        }
        all.addAll(utterances);
    }

    @Override
    public Division division(int folds) {
        return new Division.Given(adaptation);
    }

    @Override
    public StateInventory states(Lexicon lexicon) {
        Path named = alignments.toAbsolutePath().resolveSibling("states.txt");
        return Files.exists(named) ? StateFile.read(named) : Task.super.states(lexicon);
    }

    @Override
    public Optional<Path> alignments() {
        return Optional.of(alignments);
    }

    @Override
    public Optional<DataDir> recordings(Domain target) {
        return Optional.of(recordings.get(target.name()));
    }

    @Override
    public Grammar graph(StateInventory states, Lexicon lexicon) {
        return arpa == null ? DecodingGraph.wordLoop(states, lexicon) : LexiconTree.of(states, lexicon, NgramModel.readArpa(arpa), 1, true);
    }

    @Override
    public Domain training() {
        return new Domain("train", "source", List.of(new Condition.Clean()), 301);
    }

    @Override
    public List<Domain> targets() {
        return tests.keySet().stream().map(name -> new Domain(name, "recorded", List.of(new Condition.Clean()), 100)).toList();
    }

    /// Made here, so that the targets stay unseen.
    @Override
    public List<Domain> tuning() {
        return List.of(new Domain("tune-noise", "noise", List.of(new Condition.ColouredNoise(-1, 12), new Condition.ColouredNoise(-4, 15)), 201),
                new Domain("tune-reverberation", "reverberation", Rooms.forTuning(rate), 202), Domain.tuningChannel());
    }

    @Override
    public Map<String, String> describe() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("recipe", name());
        all.put("speech", "recorded");
        all.put("training speech", "as it is");
        all.put("corpus", data.toString());
        all.put("alignments", alignments.toString());
        all.put("language model", arpa == null ? "loop of all words" : arpa.toString());
        tests.forEach((name, folder) -> all.put("target " + name, folder + (adaptations.containsKey(name) ? ", adapted on " + adaptations.get(name) : "")));
        return all;
    }
}
