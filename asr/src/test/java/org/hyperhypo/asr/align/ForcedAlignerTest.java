package org.hyperhypo.asr.align;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.hyperhypo.asr.decode.ChainAligner;
import org.hyperhypo.asr.decode.ScoreMatrix;
import org.hyperhypo.asr.hmm.Alignment;
import org.hyperhypo.asr.hmm.AlignmentException;
import org.hyperhypo.asr.hmm.FlatStart;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.asr.hmm.Segment;
import org.hyperhypo.asr.hmm.SilenceRule;
import org.hyperhypo.asr.hmm.StateInventory;
import org.hyperhypo.asr.hmm.Topology;
import org.junit.jupiter.api.Test;

class ForcedAlignerTest {
    private static final Lexicon LEXICON = Lexicon.of(Map.of("one", List.of(List.of("W", "AH", "N")), "two", List.of(List.of("T", "UW"))));
    private static final StateInventory STATES = new StateInventory(LEXICON.phones(), Topology.standard());

    private static ScoreMatrix random(long seed, int frames) {
        var random = new SplittableRandom(seed);
        var x = new float[frames * STATES.size()];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (-12 * random.nextDouble());
        }
        return new ScoreMatrix(frames, STATES.size(), x);
    }

    @Test
    void withoutVariantsAndSilenceItEqualsThePlainChain() {
        long seed = 31;
        System.out.println("ForcedAlignerTest seed " + seed);
        var aligner = new ForcedAligner(STATES, LEXICON, SilenceRule.nowhere(), 1);
        var words = List.of("one", "two", "one");
        int[] chain = FlatStart.align(24, words, LEXICON, STATES, FlatStart.Options.none()).states();
        double[] stay = Arrays.stream(chain).mapToDouble(STATES::logSelfLoop).toArray();
        double[] forward = Arrays.stream(chain).mapToDouble(STATES::logForward).toArray();
        for (int frames : new int[] {24, 25, 60, 1500}) {
            ScoreMatrix scores = random(seed + frames, frames);
            var plain = ChainAligner.align(scores, chain, stay, forward);
            Alignment alignment = aligner.align(scores, words);
            assertEquals(plain.score(), alignment.score(), 1e-9 * Math.abs(plain.score()));
            assertEquals(plain.score() / frames, alignment.meanScore(), 1e-9 * Math.abs(plain.score()));
            assertArrayEquals(Arrays.stream(plain.path()).map(i -> chain[i]).toArray(), alignment.states());
        }
    }

    /// Scores that name one state per frame: the alignment must follow them, with word, phone and silence times.
    @Test
    void timesOfWordsPhonesAndSilenceAreThoseOfThePath() {
        var wanted = FlatStart.align(50, List.of("one", "two"), LEXICON, STATES, new FlatStart.Options(0.1, 0.1));
        var x = new float[50 * STATES.size()];
        Arrays.fill(x, -20);
        for (int t = 0; t < 50; t++) {
            x[t * STATES.size() + wanted.states()[t]] = -1;
        }
        Alignment alignment = new ForcedAligner(STATES, LEXICON).align(new ScoreMatrix(50, STATES.size(), x), List.of("one", "two"));
        assertArrayEquals(wanted.states(), alignment.states());
        assertEquals(wanted.words(), alignment.words());
        assertEquals(wanted.phones(), alignment.phones());
        assertEquals(0, alignment.meanMargin());
    }

    @Test
    void aWordTwiceInARowIsTwoWords() {
        Alignment a = new ForcedAligner(STATES, LEXICON, SilenceRule.nowhere(), 1).align(random(1, 30), List.of("two", "two", "two"));
        assertEquals(List.of("two", "two", "two"), a.words().stream().map(Segment::label).toList());
        assertEquals(6, a.phones().size());
    }

    @Test
    void anUtteranceWithoutWordsIsSilence() {
        Alignment a = new ForcedAligner(STATES, LEXICON).align(random(2, 9), List.of());
        assertEquals(List.of(new Segment("SIL", 0, 9)), a.phones());
        assertEquals(List.of(), a.words());
    }

    @Test
    void tooFewFramesNameBothNumbersAndTheWords() {
        var aligner = new ForcedAligner(STATES, LEXICON);
        var e = assertThrows(AlignmentException.class, () -> aligner.align(random(3, 14), List.of("one", "two")));
        assertTrue(e.getMessage().contains("14 frames are fewer than the 15 states"), e.getMessage());
        assertTrue(e.getMessage().contains("\"one two\""), e.getMessage());
    }

    @Test
    void unknownWordsAreNamed() {
        var e = assertThrows(IllegalArgumentException.class, () -> new ForcedAligner(STATES, LEXICON).align(random(3, 30), List.of("six")));
        assertTrue(e.getMessage().contains("[six]"), e.getMessage());
    }
}
