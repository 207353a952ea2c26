package org.hyperhypo.asr.decode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.hyperhypo.asr.align.ForcedAligner;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.asr.hmm.SilenceRule;
import org.hyperhypo.asr.hmm.StateInventory;
import org.hyperhypo.asr.hmm.Topology;
import org.junit.jupiter.api.Test;

class ViterbiDecoderTest {
    private static final Lexicon LEXICON = Lexicon.of(Map.of(
            "one", List.of(List.of("W", "N")), "a", List.of(List.of("AH"), List.of("W")), "no", List.of(List.of("N", "AH"))));
    private static final List<String> WORDS = List.of("one", "a", "no");

    private static StateInventory states(SplittableRandom random, int phoneStates, int silenceStates) {
        return new StateInventory(LEXICON.phones(), new Topology(
                random.doubles(phoneStates, 0.2, 0.8).boxed().toList(), random.doubles(silenceStates, 0.2, 0.8).boxed().toList()));
    }

    static ScoreMatrix random(SplittableRandom random, int frames, int states, double spread) {
        var x = new float[frames * states];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (-spread * random.nextDouble() * random.nextDouble());
        }
        return new ScoreMatrix(frames, states, x);
    }

    @Test
    void exactWordLoopEqualsTryingEverything() {
        long seed = 20261122;
        System.out.println("ViterbiDecoderTest word loop seed " + seed);
        var random = new SplittableRandom(seed);
        for (int trial = 0; trial < 120; trial++) {
            boolean silence = trial % 2 == 0;
            StateInventory states = states(random, 1 + trial % 2, 1 + trial % 3 / 2);
            int frames = 2 + random.nextInt(5);
            ScoreMatrix scores = random(random, frames, states.size(), 10);
            double scale = random.nextDouble(0.1, 2);
            double penalty = random.nextDouble(-2, 1);
            var oracle = new BruteForce(states, LEXICON, scores, scale, penalty);
            oracle.loop(WORDS, silence ? 0 : 1, 4, silence);
            var graph = DecodingGraph.wordLoop(states, LEXICON, WORDS, silence);
            Hypothesis h = new ViterbiDecoder(graph, DecoderOptions.exact(scale, penalty)).decode(scores);
            if (h.words().size() <= 4) {
                assertEquals(oracle.best, h.score(), 1e-9 * Math.max(1, Math.abs(oracle.best)), "trial " + trial);
                assertEquals(oracle.bestWords, h.text(), "trial " + trial);
                assertArrayEquals(oracle.bestPath, h.states(), "trial " + trial);
            } else {
                assertTrue(h.score() >= oracle.best - 1e-9, "trial " + trial);
            }
        }
    }

    @Test
    void exactSingleWordEqualsTryingEverything() {
        long seed = 7;
        System.out.println("ViterbiDecoderTest single word seed " + seed);
        var random = new SplittableRandom(seed);
        for (int trial = 0; trial < 60; trial++) {
            StateInventory states = states(random, 1 + trial % 2, 1);
            ScoreMatrix scores = random(random, 4 + random.nextInt(4), states.size(), 10);
            var oracle = new BruteForce(states, LEXICON, scores, 1, -1);
            oracle.loop(WORDS, 1, 1, true);
            Hypothesis h = new ViterbiDecoder(DecodingGraph.singleWord(states, LEXICON), DecoderOptions.exact(1, -1)).decode(scores);
            assertEquals(oracle.best, h.score(), 1e-9 * Math.max(1, Math.abs(oracle.best)), "trial " + trial);
            assertEquals(oracle.bestWords, h.text());
            assertArrayEquals(oracle.bestPath, h.states());
        }
    }

    @Test
    void forcedAlignmentEqualsTryingEverythingOverVariantsAndSilence() {
        long seed = 11;
        System.out.println("ViterbiDecoderTest alignment seed " + seed);
        var random = new SplittableRandom(seed);
        for (int trial = 0; trial < 80; trial++) {
            StateInventory states = states(random, 1 + trial % 2, 1);
            ScoreMatrix scores = random(random, 8 + random.nextInt(3), states.size(), 10);
            var words = List.of(WORDS.get(random.nextInt(3)), "a");
            var rule = new SilenceRule(random.nextInt(2) == 0, random.nextInt(2) == 0);
            var oracle = new BruteForce(states, LEXICON, scores, 0.7, 0);
            oracle.sequence(words, rule.atEnds(), rule.betweenWords(), 0);
            var alignment = new ForcedAligner(states, LEXICON, rule, 0.7).align(scores, words);
            assertEquals(oracle.best, alignment.score(), 1e-9 * Math.max(1, Math.abs(oracle.best)), "trial " + trial);
            assertArrayEquals(oracle.bestPath, alignment.states(), "trial " + trial);
            assertEquals(words, alignment.words().stream().map(s -> s.label()).toList());
        }
    }

    @Test
    void tooFewFramesNameBothNumbers() {
        var states = new StateInventory(LEXICON.phones(), Topology.standard());
        var decoder = new ViterbiDecoder(DecodingGraph.singleWord(states, LEXICON), DecoderOptions.exact(1, 0));
        var scores = new ScoreMatrix(2, states.size(), new float[2 * states.size()]);
        var e = assertThrows(DecodingException.class, () -> decoder.decode(scores));
        assertEquals(DecodingException.Reason.TOO_FEW_FRAMES, e.reason());
        assertTrue(e.getMessage().startsWith("2 frames") && e.getMessage().contains("takes 3"), e.getMessage());
    }
}
