package org.hyperhypo.experiments.recipe;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hyperhypo.asr.corrupt.Condition;
import org.hyperhypo.asr.decode.DecodingGraph;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.asr.hmm.StateInventory;
import org.hyperhypo.experiments.Failure;
import org.hyperhypo.experiments.corpus.ConnectedDigits;
import org.hyperhypo.experiments.corpus.IsolatedWords;
import org.hyperhypo.experiments.report.Progress;

/// Connected digits of recorded speakers (see [ConnectedDigits]), one of them held out: the new speaker alone, and in noise, in rooms and over a bad channel.
public final class ConnectedDigitsTask implements Task {
    private final Path data;
    private final Surroundings surroundings;
    private final long seed;
    private final IsolatedWords words;
    private final ConnectedDigits digits;

    /// Reads all recordings.
    ///
    /// @param data         isolated words of at least three speakers, ids `<speaker>-<word>-<number>`
    /// @param noise, rooms folders of audio files, or null
    public ConnectedDigitsTask(Path data, Path noise, Path rooms, long seed) throws IOException {
        this.data = data;
        this.surroundings = new Surroundings(noise, rooms, 3);
        this.seed = seed;
        this.words = IsolatedWords.read(data);
        this.digits = new ConnectedDigits(words, seed);
    }

    public int speakers() {
        return digits.speakers().size();
    }

    @Override
    public String name() {
        return "fsdd";
    }

    @Override
    public boolean synthetic() {
        return false;
    }

    @Override
    public int rate() {
        return words.rate();
    }

    @Override
    public Path prepare(RunFolder run, int threads, Progress progress) throws IOException {
        try (Progress.Stage stage = progress.stage("corpus", digits.size())) {
            if (!digits.write(run.data(), data.resolve("lexicon.txt"), stage::step)) {
                stage.step(digits.size());
            }
        }
        return run.data();
    }

    @Override
    public Division division(int folds) {
        return new Division.HeldOutSpeaker(digits.speakers());
    }

    @Override
    public List<Failure> failures() {
        return words.failures();
    }

    @Override
    public DecodingGraph graph(StateInventory states, Lexicon lexicon) {
        return DecodingGraph.wordLoop(states, lexicon);
    }

    @Override
    public Domain training() throws IOException {
        return Surroundings.halfClean(surroundings.noise(Surroundings.TRAINING, rate(), 10, 15, 20, 25));
    }

    @Override
    public List<Domain> targets() throws IOException {
        return List.of(new Domain("speaker", "speaker", List.of(new Condition.Clean()), 100),
                new Domain("noise", "noise", surroundings.noise(Surroundings.TEST, rate(), 5, 10, 15), 101),
                new Domain("reverberation", "reverberation", surroundings.rooms(Surroundings.TEST, rate()), 102),
                Domain.clippedChannel());
    }

    @Override
    public List<Domain> tuning() throws IOException {
        return List.of(new Domain("tune-noise", "noise", surroundings.noise(Surroundings.TUNING, rate(), 5, 10, 15), 201),
                new Domain("tune-reverberation", "reverberation", surroundings.rooms(Surroundings.TUNING, rate()), 202),
                Domain.tuningChannel());
    }

    @Override
    public Map<String, String> describe() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("recipe", name());
        all.put("speech", "recorded; isolated digits put together");
        all.put("training speech", "half clean, half in noises of its own at 10 to 25 dB");
        all.put("corpus", data + ", seed " + seed);
        surroundings.describe(all);
        all.put("division", "a speaker held out of training in each, in turn " + String.join(", ", digits.speakers())
                + "; adapted on and scored with different recordings of that speaker");
        return all;
    }
}
