package org.hyperhypo.experiments.recipe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.hyperhypo.asr.audio.Wav;
import org.hyperhypo.asr.corrupt.Condition;
import org.hyperhypo.asr.data.DataDir;
import org.hyperhypo.asr.data.Utterance;
import org.hyperhypo.asr.decode.DecodingGraph;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.asr.hmm.StateInventory;
import org.hyperhypo.experiments.adapt.AdaptationPlan;
import org.hyperhypo.experiments.adapt.Arm;
import org.hyperhypo.experiments.adapt.Rates;
import org.hyperhypo.experiments.adapt.Regime;
import org.hyperhypo.experiments.adapt.UtteranceSelection;
import org.hyperhypo.experiments.neurons.Criterion;
import org.hyperhypo.experiments.neurons.Evidence;
import org.hyperhypo.experiments.prune.SweepPlan;
import org.hyperhypo.experiments.report.Progress;

/// A corpus of whistled words, three phones of one tone each, that a tiny recipe learns in a moment.
///
/// Five files are bad: one in each set is no sound file, one training utterance is too short for its words, and one test utterance is silent,
/// which only noise at a ratio to the speech cannot take.
public final class ToneTask implements Task {
    static final int RATE = 8000;
    static final List<String> BROKEN = List.of("dev-b-02", "test-c-03", "train-a-05");
    static final String SHORT = "train-d-00";
    static final String SILENT = "test-d-04";
    private static final Map<String, List<String>> WORDS = Map.of("ab", List.of("A", "B"), "bc", List.of("B", "C"), "ca", List.of("C", "A"));
    private static final Map<String, Double> HERTZ = Map.of("A", 500.0, "B", 1200.0, "C", 2600.0);

    private static final AdaptationPlan ARMS = new AdaptationPlan(new Arm.Budget(new Rates(new Rates.Family(0.03, 0.3, 0.03, 0.3, 0.3)), 1, 1, 2), false,
            Regime.SPEAKER_DISJOINT, 0.5, 1, List.of());

    private final Path corpus;

    private ToneTask(Path corpus) {
        this.corpus = corpus;
    }

    public static ToneTask write(Path corpus, long seed) throws IOException {
        set(corpus, "train", 4, 6, seed);
        set(corpus, "dev", 2, 4, seed);
        set(corpus, "test", 4, 5, seed);
        Files.writeString(corpus.resolve("lexicon.txt"), "ab A B\nbc B C\nca C A\n");
        for (String id : BROKEN) {
            Files.writeString(corpus.resolve("wav").resolve(id + ".wav"), "not a sound");
        }
        Wav.write(corpus.resolve("wav").resolve(SHORT + ".wav"), new float[700], RATE);
        Wav.write(corpus.resolve("wav").resolve(SILENT + ".wav"), new float[5000], RATE);
        return new ToneTask(corpus);
    }

    /// Everything as small as it can be and still be a recipe.
    static RecipeOptions options() {
        return new RecipeOptions(7, 2, 2, new RecipeOptions.Features("mel", 8, 2), new RecipeOptions.Net(3, 3, 2, 3, 3, 2, 2, 16, "sigmoid"),
                new RecipeOptions.Training(2, 1, 0.1, 0.9, 32, 1), new RecipeOptions.Training(1, 3, 0.1, 0.9, 32, 1), 2,
                new RecipeOptions.Search(new double[] {0.5, 1}, new double[] {0, -5}, 200, 500, 1), 0.125, 0.5, UtteranceSelection.Measure.PATH_SCORE,
                ARMS, new RecipeOptions.Training(1, 1, 0, 0.9, 32, 1),
                new SweepPlan(new double[] {0.25}, 2, new double[] {0.25}, 1, List.of(Criterion.OUT_NORM), 1), new Evidence.Effort(256, 32), 2);
    }

    private static void set(Path corpus, String name, int speakers, int each, long seed) throws IOException {
        List<Utterance> utterances = new ArrayList<>();
        Files.createDirectories(corpus.resolve("wav"));
        for (int s = 0; s < speakers; s++) {
            String speaker = name + "-" + (char) ('a' + s);
            for (int u = 0; u < each; u++) {
                String id = "%s-%02d".formatted(speaker, u);
                SplittableRandom random = new SplittableRandom(seed + id.hashCode());
                List<String> words = new ArrayList<>();
                for (int w = 0; w < 2 + u % 2; w++) {
                    words.add(List.of("ab", "bc", "ca").get(random.nextInt(3)));
                }
                Path wav = corpus.resolve("wav").resolve(id + ".wav");
                Wav.write(wav, whistle(words, 0.95 + 0.1 * s / speakers, random), RATE);
                utterances.add(new Utterance(id, speaker, wav, words));
            }
        }
        DataDir.write(corpus.resolve(name), corpus, utterances);
    }

    private static float[] whistle(List<String> words, double pitch, SplittableRandom random) {
        List<Float> samples = new ArrayList<>();
        tone(samples, 0, 0.08, random);
        for (String word : words) {
            for (String phone : WORDS.get(word)) {
                tone(samples, HERTZ.get(phone) * pitch, 0.07 + 0.03 * random.nextDouble(), random);
            }
            tone(samples, 0, 0.05, random);
        }
        float[] all = new float[samples.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = samples.get(i);
        }
        return all;
    }

    private static void tone(List<Float> samples, double hertz, double seconds, SplittableRandom random) {
        for (int i = 0; i < seconds * RATE; i++) {
            samples.add((float) ((hertz == 0 ? 0 : 0.2 * Math.sin(2 * Math.PI * hertz * i / RATE)) + 0.01 * (random.nextDouble() - 0.5)));
        }
    }

    @Override
    public String name() {
        return "tones";
    }

    @Override
    public boolean synthetic() {
        return true;
    }

    @Override
    public int rate() {
        return RATE;
    }

    @Override
    public Path prepare(RunFolder run, int threads, Progress progress) {
        return corpus;
    }

    @Override
    public DecodingGraph graph(StateInventory states, Lexicon lexicon) {
        return DecodingGraph.wordLoop(states, lexicon);
    }

    @Override
    public Domain training() {
        return new Domain("train", "source", List.of(new Condition.Clean()), 1);
    }

    @Override
    public List<Domain> targets() {
        return List.of(new Domain("noise", "noise", List.of(new Condition.ColouredNoise(-3, 0), new Condition.ColouredNoise(0, 3)), 1),
                new Domain("band", "channel", List.of(new Condition.Band(300, 2000)), 2));
    }

    @Override
    public List<Domain> tuning() {
        return List.of(new Domain("tune-noise", "noise", List.of(new Condition.ColouredNoise(-1, 6)), 3));
    }

    @Override
    public Map<String, String> describe() {
        return Map.of("speech", "synthetic", "corpus", "tones");
    }
}
