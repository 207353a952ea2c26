package org.hyperhypo.experiments.recipe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hyperhypo.asr.audio.AudioException;
import org.hyperhypo.asr.audio.AudioFiles;
import org.hyperhypo.asr.corrupt.Condition;
import org.hyperhypo.asr.data.Utterance;
import org.hyperhypo.asr.decode.DecodingGraph;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.asr.hmm.StateInventory;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.report.Progress;

/// Any corpus folder with Kaldi-style sets `train dev test` and a `lexicon.txt`, carried to recorded noise and rooms and a telephone line.
///
/// Of the recordings in the noise and room folders every second one (by name) is kept for tuning, the others are for the test. Without
/// these folders, coloured noise and simulated rooms take their place.
public final class FolderTask implements Task {
    private final Path data;
    private final Path noise;
    private final Path rooms;
    private int rate;
    private boolean singleWords;

    /// @param noise, rooms folders of audio files, or null
    public FolderTask(Path data, Path noise, Path rooms) {
        this.data = data;
        this.noise = noise;
        this.rooms = rooms;
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
        List<Utterance> train = CorpusFolder.read(data).set("train").utterances();
        singleWords = train.stream().allMatch(utterance -> utterance.words().size() == 1);
        rate = rate(train);
        return data;
    }

    /// Of the first recording that can be read; those that cannot are named with the features.
    private int rate(List<Utterance> utterances) throws AudioException {
        AudioException first = new AudioException(data.resolve("train").toString(), "no utterances; list recordings in wav.scp");
        int tried = 0;
        for (Utterance utterance : utterances) {
            try {
                return AudioFiles.read(utterance.audio()).rate();
            } catch (AudioException e) {
                first = tried++ == 0 ? e : first;
            }
        }
        throw first;
    }

    @Override
    public DecodingGraph graph(StateInventory states, Lexicon lexicon) {
        return singleWords ? DecodingGraph.singleWord(states, lexicon) : DecodingGraph.wordLoop(states, lexicon);
    }

    /// As many clean copies as noisy ones to choose from; the noises are those kept for tuning.
    @Override
    public Domain training() throws IOException {
        List<Condition> noisy = noise(1, 15, 20, 25);
        List<Condition> variants = new ArrayList<>(noisy);
        noisy.forEach(condition -> variants.add(new Condition.Clean()));
        return new Domain("train", "source", variants, 301);
    }

    @Override
    public List<Domain> targets() throws IOException {
        return List.of(new Domain("noise", "noise", noise(0, 10, 15), 101),
                new Domain("reverberation", "reverberation", rooms(0), 102),
                Domain.telephone(rate));
    }

    @Override
    public List<Domain> tuning() throws IOException {
        return List.of(new Domain("tune-noise", "noise", noise(1, 10, 15), 201),
                new Domain("tune-reverberation", "reverberation", rooms(1), 202),
                Domain.tuningChannel());
    }

    @Override
    public Map<String, String> describe() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("recipe", name());
        all.put("speech", "recorded");
        all.put("training speech", "half clean, half with the tuning noises at 15, 20 or 25 dB");
        all.put("corpus", data.toString());
        all.put("noise", noise == null ? "made here" : noise.toString());
        all.put("rooms", rooms == null ? "simulated" : rooms.toString());
        return all;
    }

    private List<Condition> noise(int which, double... snrs) throws IOException {
        List<Condition> variants = new ArrayList<>();
        for (double snr : snrs) {
            if (noise == null) {
                variants.add(new Condition.ColouredNoise(which == 0 ? -3 : -1, snr));
                variants.add(new Condition.ColouredNoise(which == 0 ? -6 : 0, snr));
            } else {
                for (Path file : half(noise, which)) {
                    variants.add(new Condition.RecordedNoise(name(file), AudioFiles.read(file).mono(rate), snr));
                }
            }
        }
        return variants;
    }

    private List<Condition> rooms(int which) throws IOException {
        if (rooms == null) {
            return which == 0 ? Rooms.forTests(rate) : Rooms.forTuning(rate);
        }
        List<Condition> variants = new ArrayList<>();
        for (Path file : half(rooms, which)) {
            variants.add(new Condition.Reverberation(name(file), AudioFiles.read(file).mono(rate), rate));
        }
        return variants;
    }

    private static List<Path> half(Path folder, int which) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(".flac") || file.toString().endsWith(".wav")).sorted().toList();
        }
        if (files.size() < 2) {
            throw new UserError(folder + ": " + files.size() + " .wav or .flac files; at least two are needed, one for the test and one for tuning");
        }
        return java.util.stream.IntStream.range(0, files.size()).filter(i -> i % 2 == which).mapToObj(files::get).toList();
    }

    private static String name(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.lastIndexOf('.'));
    }
}
