package org.hyperhypo.asr.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.api.Test;

/// Five thousand made-up words of 3 to 9 phones out of 40, a bigram trained on 20,000 sentences that follow a random chain.
class LargeVocabularyTest {
    private static final int WORDS = 5000;

    @Test
    void aBigramOfFiveThousandWordsRunsAtTwentyTimesRealTime() {
        long seed = 6;
        var random = new SplittableRandom(seed);
        var entries = new LinkedHashMap<String, List<List<String>>>();
        for (int w = 0; w < WORDS; w++) {
            var phones = new ArrayList<String>();
            for (int n = random.nextInt(3, 10); n > 0; n--) {
                phones.add("P" + random.nextInt(40));
            }
            entries.put("w" + w, List.of(phones));
        }
        var lexicon = Lexicon.of(entries);
        var states = new StateInventory(lexicon.phones(), Topology.standard());
        var text = new ArrayList<List<String>>();
        for (int i = 0; i < 20_000; i++) {
            text.add(sentence(random));
        }
        double start = SearchTest.cpuSeconds();
        NgramModel model = NgramTrainer.train(text, lexicon.words(), 2);
        var graph = DecodingGraph.ngram(states, lexicon, model, 1, true);
        System.out.printf("LargeVocabularyTest seed %d: %s, %s, made in %.1f s%n", seed, model, graph, SearchTest.cpuSeconds() - start);
        var decoder = new ViterbiDecoder(graph, new DecoderOptions(0.5, 0, 20, 3000));
        WordErrors errors = WordErrors.NONE;
        double best = 0;
        for (int round = 0; round < 4; round++) {
            List<String> words = sentence(random);
            Alignment wanted = FlatStart.align(40 * words.size(), words, lexicon, states, FlatStart.Options.standard());
            ScoreMatrix scores = noisy(random, wanted.states(), states.size());
            start = SearchTest.cpuSeconds();
            Hypothesis h = decoder.decode(scores);
            best = Math.max(best, wanted.frames() * 0.01 / (SearchTest.cpuSeconds() - start));
            errors = errors.add(EditDistance.count(words, h.text()));
        }
        System.out.printf("LargeVocabularyTest: %.0f × real time, %s%n", best, errors.line());
        assertEquals(0, errors.errors(), "the words stand out clearly");
        assertTrue(best > 20, best + " × real time");
    }

    /// Ten words, each one of 20 that may follow the one before.
    private static List<String> sentence(SplittableRandom random) {
        var words = new ArrayList<String>();
        int at = random.nextInt(WORDS);
        for (int i = 0; i < 10; i++) {
            words.add("w" + at);
            at = (int) ((at * 7919L + random.nextInt(20) * 104729L + 1) % WORDS);
        }
        return words;
    }

    /// The right state scores about −1, a few neighbours nearly as well, the rest −4 to −16.
    private static ScoreMatrix noisy(SplittableRandom random, int[] path, int states) {
        var x = new float[path.length * states];
        for (int t = 0; t < path.length; t++) {
            for (int s = 0; s < states; s++) {
                x[t * states + s] = (float) (-4 - 12 * random.nextDouble());
            }
            for (int k = 0; k < 5; k++) {
                x[t * states + random.nextInt(states)] = (float) (-1 - 2 * random.nextDouble());
            }
            x[t * states + path[t]] = (float) (-1 - random.nextDouble());
        }
        return new ScoreMatrix(path.length, states, x);
    }
}
