package org.hyperhypo.experiments.recipe;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.hyperhypo.asr.audio.AudioFiles;
import org.hyperhypo.asr.corrupt.Condition;
import org.hyperhypo.asr.data.Utterance;
import org.hyperhypo.asr.decode.DecodingGraph;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.asr.hmm.StateInventory;
import org.hyperhypo.experiments.Failure;
import org.hyperhypo.experiments.corpus.PhoneTranscripts;
import org.hyperhypo.experiments.report.Progress;

/// Networks that learned adults' speech listen to children: phone error rate with a loop of phones, activity, and how it shifts. Children are not
/// simply harder in this corpus and first-pass labels are mostly wrong, so nothing is adapted.
public final class ChildrenTask implements Task {
    private static final SequencedMap<String, List<String>> SETS = new LinkedHashMap<>();

    static {
        SETS.put("train", List.of("train_adult"));
        SETS.put("dev", List.of("dev_adult"));
        SETS.put("test", List.of("test_adult", "test_child"));
    }

    private final Path data;
    private PhoneTranscripts transcripts;
    private Division division;
    private int rate;

    /// @param data folder with the sets train_adult, dev_adult, test_adult and test_child and a lexicon
    public ChildrenTask(Path data) {
        this.data = data;
    }

    @Override
    public String name() {
        return "children";
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
        transcripts = PhoneTranscripts.read(data, SETS);
        PhoneTranscripts children = PhoneTranscripts.read(data, new LinkedHashMap<>(Map.of("test", List.of("test_child"))));
        division = new Division.Groups(children.sets().get("test").stream().map(Utterance::speaker).collect(Collectors.toSet()));
        rate = AudioFiles.read(transcripts.sets().get("train").getFirst().audio()).rate();
        transcripts.write(run.data());
        return run.data();
    }

    @Override
    public Division division(int folds) {
        return division;
    }

    @Override
    public List<Failure> failures() {
        return transcripts.failures();
    }

    @Override
    public DecodingGraph graph(StateInventory states, Lexicon lexicon) {
        return DecodingGraph.wordLoop(states, lexicon);
    }

    @Override
    public Domain training() {
        return new Domain("train", "source", List.of(new Condition.Clean()), 301);
    }

    @Override
    public List<Domain> targets() {
        return List.of(new Domain("children", "speaker", List.of(new Condition.Clean()), 100));
    }

    /// Other voices are not at hand; the decoder is tuned on adults, as they are and in noise.
    @Override
    public List<Domain> tuning() {
        return List.of(new Domain("tune-noise", "noise", List.of(new Condition.Clean(), new Condition.ColouredNoise(-2, 20)), 201));
    }

    @Override
    public Map<String, String> describe() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("recipe", name());
        all.put("speech", "recorded; every error rate counts phones");
        all.put("training speech", "adults, as recorded");
        all.put("corpus", data.toString());
        all.put("division", "source adults, target children; nothing is adapted");
        return all;
    }
}
