package org.hyperhypo.experiments.recipe;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hyperhypo.asr.audio.AudioFiles;
import org.hyperhypo.asr.corrupt.Condition;
import org.hyperhypo.asr.data.DataDir;
import org.hyperhypo.asr.data.Utterance;
import org.hyperhypo.asr.decode.DecodingGraph;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.asr.hmm.StateInventory;
import org.hyperhypo.experiments.corpus.SyntheticDigits;
import org.hyperhypo.experiments.report.Progress;

/// Connected digits spoken by a synthesiser, carried to noise, rooms and a telephone line, all made here: the recipe that needs no data.
public final class DigitsTask implements Task {
    private static final int BABBLERS = 40;

    private final SyntheticDigits.Options options;
    private Path data;

    public DigitsTask(SyntheticDigits.Options options) {
        this.options = options;
    }

    @Override
    public String name() {
        return "digits";
    }

    @Override
    public boolean synthetic() {
        return true;
    }

    @Override
    public int rate() {
        return SyntheticDigits.RATE;
    }

    @Override
    public Path prepare(RunFolder run, int threads, Progress progress) throws IOException {
        data = run.data();
        int utterances = SyntheticDigits.plan(options).values().stream().mapToInt(List::size).sum();
        try (Progress.Stage stage = progress.stage("corpus", utterances)) {
            if (!SyntheticDigits.write(data, options, threads, step -> stage.step())) {
                stage.step(utterances);
            }
        }
        return data;
    }

    @Override
    public DecodingGraph graph(StateInventory states, Lexicon lexicon) {
        return DecodingGraph.wordLoop(states, lexicon);
    }

    @Override
    public Domain training() {
        return new Domain("train", "source", List.of(new Condition.Clean(), new Condition.Clean(), new Condition.ColouredNoise(-2, 25),
                new Condition.ColouredNoise(-4, 20)), 301);
    }

    @Override
    public List<Domain> targets() throws IOException {
        return List.of(
                new Domain("noise", "noise", List.of(new Condition.Babble("training speakers", speech("train"), 6, 8),
                        new Condition.ColouredNoise(-3, 8), new Condition.ColouredNoise(-5, 5)), 101),
                new Domain("reverberation", "reverberation", Rooms.forTests(rate()), 102),
                Domain.telephone(rate()));
    }

    @Override
    public List<Domain> tuning() throws IOException {
        return List.of(
                new Domain("tune-noise", "noise", List.of(new Condition.Babble("development speakers", speech("dev"), 3, 10),
                        new Condition.ColouredNoise(-1, 12)), 201),
                new Domain("tune-reverberation", "reverberation", Rooms.forTuning(rate()), 202),
                Domain.tuningChannel());
    }

    @Override
    public Map<String, String> describe() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("recipe", name());
        all.put("speech", "synthetic");
        all.put("training speech", "half clean, half with stationary noise at 20 or 25 dB");
        all.put("corpus", options.toString());
        return all;
    }

    /// Some utterances of a set, evenly spread over its speakers: what babble is made of.
    private List<float[]> speech(String set) throws IOException {
        List<Utterance> utterances = DataDir.read(data.resolve(set), data).utterances();
        List<float[]> chosen = new ArrayList<>();
        for (int i = 0; i < BABBLERS; i++) {
            chosen.add(AudioFiles.read(utterances.get(i * utterances.size() / BABBLERS).audio()).mono(rate()));
        }
        return chosen;
    }
}
