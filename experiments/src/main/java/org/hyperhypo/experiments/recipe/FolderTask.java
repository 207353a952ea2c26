package org.hyperhypo.experiments.recipe;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hyperhypo.asr.corrupt.Condition;
import org.hyperhypo.asr.decode.DecodingGraph;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.asr.hmm.StateInventory;
import org.hyperhypo.experiments.report.Progress;

/// Any corpus folder with Kaldi-style sets `train dev test` and a `lexicon.txt`, carried to recorded noise and rooms and a telephone line.
///
/// Of the kinds of recordings in the noise and room folders every second one is kept for tuning, the others are for the test ([Surroundings]).
public final class FolderTask implements Task {
    private final Path data;
    private final Surroundings surroundings;
    private final boolean every;
    private int rate;
    private boolean singleWords;

    /// @param noise, rooms folders of audio files, or null
    /// @param every  six target conditions in place of three
    public FolderTask(Path data, Path noise, Path rooms, boolean every) {
        this.data = data;
        this.surroundings = new Surroundings(noise, rooms, 2);
        this.every = every;
    }

    @Override
    public String name() {
        return data.getFileName().toString();
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
        CorpusFolder corpus = CorpusFolder.read(data);
        singleWords = corpus.set("train").utterances().stream().allMatch(utterance -> utterance.words().size() == 1);
        rate = corpus.rate();
        return data;
    }

    @Override
    public DecodingGraph graph(StateInventory states, Lexicon lexicon) {
        return singleWords ? DecodingGraph.singleWord(states, lexicon) : DecodingGraph.wordLoop(states, lexicon);
    }

    /// Half of it clean; the noises are those kept for tuning.
    @Override
    public Domain training() throws IOException {
        return Surroundings.halfClean(surroundings.noise(Surroundings.TUNING, rate, 15, 20, 25));
    }

    @Override
    public List<Domain> targets() throws IOException {
        List<Condition> rooms = surroundings.rooms(Surroundings.TEST, rate);
        List<Domain> targets = new ArrayList<>(List.of(new Domain("noise", "noise", surroundings.noise(Surroundings.TEST, rate, 10, 15), 101),
                new Domain("reverberation", "reverberation", rooms, 102), Domain.telephone(rate)));
        if (every) {
            targets.add(new Domain("strong-noise", "noise", surroundings.noise(Surroundings.TEST, rate, 0, 5), 104));
            targets.add(Domain.clippedChannel());
            Condition noisyRoom = new Condition.Chain(List.of(new Condition.OneOf(rooms), new Condition.OneOf(surroundings.noise(Surroundings.TEST, rate, 10, 15))));
            targets.add(new Domain("noisy-room", "noise and reverberation", List.of(noisyRoom), 106));
        }
        return targets;
    }

    @Override
    public List<Domain> tuning() throws IOException {
        return List.of(new Domain("tune-noise", "noise", surroundings.noise(Surroundings.TUNING, rate, 10, 15), 201),
                new Domain("tune-reverberation", "reverberation", surroundings.rooms(Surroundings.TUNING, rate), 202),
                Domain.tuningChannel());
    }

    @Override
    public Map<String, String> describe() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("recipe", name());
        all.put("speech", "recorded");
        all.put("training speech", "half clean, half with the tuning noises at 15, 20 or 25 dB");
        all.put("corpus", data.toString());
        surroundings.describe(all);
        return all;
    }
}
