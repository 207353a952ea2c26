package org.hyperhypo.asr.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SplittableRandom;
import org.hyperhypo.asr.hmm.Alignment;
import org.hyperhypo.asr.hmm.FlatStart;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.asr.hmm.StateInventory;
import org.hyperhypo.asr.hmm.Topology;
import org.hyperhypo.asr.score.EditDistance;
import org.hyperhypo.asr.score.WordErrors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Made-up words of 3 to 9 phones out of 40, and an n-gram model trained on sentences that follow a random chain.
class LargeVocabularyTest {
    private final SplittableRandom random = new SplittableRandom(6);
    private int vocabulary;
    private Lexicon lexicon;
    private StateInventory states;

    private void language(int words) {
        vocabulary = words;
        var entries = new LinkedHashMap<String, List<List<String>>>();
        for (int w = 0; w < words; w++) {
            var phones = new ArrayList<String>();
            for (int n = random.nextInt(3, 10); n > 0; n--) {
                phones.add("P" + random.nextInt(40));
            }
            entries.put("w" + w, List.of(phones));
        }
        lexicon = Lexicon.of(entries);
        states = new StateInventory(lexicon.phones(), Topology.standard());
    }

    private String arpa(int sentences, int order) {
        var text = new ArrayList<List<String>>();
        for (int i = 0; i < sentences; i++) {
            text.add(sentence());
        }
        return NgramTrainer.arpa(text, lexicon.words(), order);
    }

    @Test
    void aBigramOfFiveThousandWordsRunsAtTwentyTimesRealTime() throws IOException {
        language(5000);
        NgramModel model = NgramModelTest.parse(arpa(20_000, 2));
        double speed = decode(model, new DecoderOptions(0.5, 0, 20, 3000), 4);
        assertTrue(speed > 20, speed + " × real time");
    }

    /// Takes about a minute and is run on demand: `mvn -pl asr test -Dtest=LargeVocabularyTest "-Dtest.jvm=-Dhyperhypo.large=true -Xmx2g"`.
    @Test
    void aTrigramOfTwentyThousandWordsFitsIntoTwoGigabytes(@TempDir Path folder) throws IOException {
        Assumptions.assumeTrue(Boolean.getBoolean("hyperhypo.large"), "skipped: the 20,000-word trigram (give -Dhyperhypo.large=true)");
        language(20_000);
        Path file = Files.writeString(folder.resolve("large.arpa"), arpa(120_000, 3));
        double start = SearchTest.cpuSeconds();
        NgramModel model = NgramModel.readArpa(file);
        System.out.printf("LargeVocabularyTest: %d MB of ARPA read in %.1f s%n", Files.size(file) >> 20, SearchTest.cpuSeconds() - start);
        double speed = decode(model, new DecoderOptions(0.5, 0, 20, 3000), 8);
        decode(model, new DecoderOptions(0.5, 0, 60, 10_000), 4);
        System.gc();
        var runtime = Runtime.getRuntime();
        System.out.printf("LargeVocabularyTest: %d MB in use afterwards, at most %d MB allowed%n",
                runtime.totalMemory() - runtime.freeMemory() >> 20, runtime.maxMemory() >> 20);
        Path status = Path.of("/proc/self/status");
        if (Files.exists(status)) {
            Files.readAllLines(status).stream().filter(l -> l.startsWith("VmHWM")).forEach(System.out::println);
        }
        assertTrue(speed > 1, speed + " × real time");
    }

    /// Decodes sentences with made-up scores and returns the best speed, in CPU time.
    private double decode(NgramModel model, DecoderOptions options, int sentences) {
        double start = SearchTest.cpuSeconds();
        var tree = LexiconTree.of(states, lexicon, model, 1, true);
        System.out.printf("LargeVocabularyTest: %s; %s, made in %.1f s%n", model, tree, SearchTest.cpuSeconds() - start);
        var decoder = tree.decoder(options);
        WordErrors errors = WordErrors.NONE;
        double best = 0;
        for (int i = 0; i < sentences; i++) {
            List<String> words = sentence();
            Alignment wanted = FlatStart.align(40 * words.size(), words, lexicon, states, FlatStart.Options.standard());
            ScoreMatrix scores = noisy(wanted.states(), states.size());
            start = SearchTest.cpuSeconds();
            TreeDecoder.Result r = decoder.decode(scores, TreeDecoder.LATTICE_BEAM);
            best = Math.max(best, wanted.frames() * 0.01 / (SearchTest.cpuSeconds() - start));
            errors = errors.add(EditDistance.count(words, r.best().text()));
            if (i == sentences - 1) {
                System.out.printf("LargeVocabularyTest: %.0f × real time, %.0f tokens a frame, %s; lattice: %s%n", best, decoder.meanActive(),
                        errors.line(), r.lattice());
            }
        }
        assertEquals(0, errors.errors(), "the words stand out clearly");
        return best;
    }

    /// Ten words, each one of 20 that may follow the one before.
    private List<String> sentence() {
        var words = new ArrayList<String>();
        int at = random.nextInt(vocabulary);
        for (int i = 0; i < 10; i++) {
            words.add("w" + at);
            at = (int) ((at * 7919L + random.nextInt(20) * 104729L + 1) % vocabulary);
        }
        return words;
    }

    /// The right state scores about −1, a few others nearly as well, the rest −4 to −16.
    private ScoreMatrix noisy(int[] path, int size) {
        var x = new float[path.length * size];
        for (int t = 0; t < path.length; t++) {
            for (int s = 0; s < size; s++) {
                x[t * size + s] = (float) (-4 - 12 * random.nextDouble());
            }
            for (int k = 0; k < 5; k++) {
                x[t * size + random.nextInt(size)] = (float) (-1 - 2 * random.nextDouble());
            }
            x[t * size + path[t]] = (float) (-1 - random.nextDouble());
        }
        return new ScoreMatrix(path.length, size, x);
    }
}
