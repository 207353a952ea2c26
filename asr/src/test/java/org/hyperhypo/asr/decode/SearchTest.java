package org.hyperhypo.asr.decode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.hyperhypo.asr.align.ForcedAligner;
import org.hyperhypo.asr.hmm.Alignment;
import org.hyperhypo.asr.hmm.Segment;
import org.hyperhypo.asr.hmm.SilenceRule;
import org.junit.jupiter.api.Test;

/// Pruning, retries, confidences, long utterances and speed, on a digit task of realistic size.
class SearchTest {
    private static final long SEED = 77;
    private static final Digits TASK = new Digits();

    @Test
    void decodedWordsAlignToTheDecodedPath() {
        System.out.println("SearchTest seed " + SEED);
        var decoder = new ViterbiDecoder(TASK.graph, DecoderOptions.exact(0.5, -3));
        var aligner = new ForcedAligner(TASK.states, TASK.lexicon, SilenceRule.everywhere(), 0.5);
        var random = new SplittableRandom(SEED);
        for (int frames : new int[] {60, 500, 3000}) {
            ScoreMatrix scores = TASK.utterance(random, frames, 6).scores();
            Hypothesis h = decoder.decode(scores);
            Alignment a = aligner.align(scores, h.text());
            assertEquals(h.score(), a.score() - 3 * h.words().size(), 1e-9 * Math.abs(h.score()));
            assertArrayEquals(a.states(), h.states());
            assertEquals(a.phones(), h.phones());
            assertEquals(a.words(), h.alignment().words());
            double acoustic = 0;
            for (int t = 0; t < frames; t++) {
                acoustic += scores.score(t, h.states()[t]);
            }
            assertEquals(acoustic, h.acousticScore(), 1e-9 * Math.abs(acoustic));
        }
    }

    @Test
    void plainlySpokenDigitsAreHeardWithTheirTimes() {
        var random = new SplittableRandom(SEED);
        var decoder = new ViterbiDecoder(TASK.graph, new DecoderOptions(0.5, -3, 40, 500));
        for (int trial = 0; trial < 20; trial++) {
            var u = TASK.utterance(random, 200, 0);
            Hypothesis h = decoder.decode(u.scores());
            assertEquals(u.alignment().words(), h.alignment().words());
            assertArrayEquals(u.alignment().states(), h.states());
            assertEquals(0, h.meanMargin());
            h.words().forEach(w -> assertEquals(1, w.confidence()));
        }
    }

    @Test
    void confidenceFallsWhereTheSoundDoesNotFitTheWord() {
        var u = TASK.utterance(new SplittableRandom(SEED), 200, 0);
        Segment first = u.alignment().words().getFirst();
        float[] x = u.scores().scores().clone();
        int states = TASK.states.size();
        for (int t = first.start(); t < first.end(); t++) {
            x[t * states + u.alignment().states()[t]] -= 2;
            // Some state that no digit has there is better by 2 − 1.
            x[t * states + (u.alignment().states()[t] + 7) % states] = -2;
        }
        Hypothesis h = new ViterbiDecoder(TASK.graph, DecoderOptions.exact(0.5, -3)).decode(new ScoreMatrix(200, states, x));
        assertEquals(u.alignment().words(), h.alignment().words());
        assertEquals(Math.exp(-1), h.words().getFirst().confidence(), 1e-6);
        assertEquals(1, h.words().getLast().confidence());
        assertEquals(-first.frames() / 200.0, h.meanMargin(), 1e-6);
    }

    @Test
    void wideBeamsFindTheExactPathAndNarrowOnesNeverABetterOne() {
        var random = new SplittableRandom(SEED + 1);
        var exact = new ViterbiDecoder(TASK.graph, DecoderOptions.exact(0.5, -3));
        var wide = new ViterbiDecoder(TASK.graph, new DecoderOptions(0.5, -3, 200, 100_000));
        var narrow = new ViterbiDecoder(TASK.graph, new DecoderOptions(0.5, -3, 4, 8));
        int worse = 0;
        for (int trial = 0; trial < 30; trial++) {
            ScoreMatrix scores = TASK.utterance(random, 150, 9).scores();
            Hypothesis best = exact.decode(scores);
            assertEquals(best.score(), wide.decode(scores).score());
            assertArrayEquals(best.states(), wide.decode(scores).states());
            double pruned = narrow.decode(scores).score();
            assertTrue(pruned <= best.score() + 1e-9);
            worse += pruned < best.score() - 1e-9 ? 1 : 0;
        }
        assertTrue(worse > 0, "the narrow beam was meant to lose something");
    }

    /// Penalties of both signs included, with which leaving a hub early would be easy to get wrong.
    @Test
    void droppingCandidatesEarlyChangesNothing() {
        var random = new SplittableRandom(SEED + 3);
        int lost = 0;
        for (int trial = 0; trial < 200; trial++) {
            DecodingGraph graph = trial % 2 == 0 ? TASK.graph : DecodingGraph.singleWord(TASK.states, TASK.lexicon);
            double beam = random.nextDouble(2, 30);
            double penalty = random.nextDouble(-10, 10);
            ScoreMatrix scores = TASK.utterance(random, 40, random.nextDouble(10)).scores();
            double expected = ReferenceBeam.score(graph, scores, 0.5, penalty, beam);
            var search = new TokenPassing(graph, 0.5, penalty);
            if (search.run(scores, beam, Integer.MAX_VALUE)) {
                assertEquals(expected, search.finalScore, 1e-9 * Math.abs(expected), "trial " + trial);
            } else {
                assertEquals(Double.NEGATIVE_INFINITY, expected, "trial " + trial);
                lost++;
            }
        }
        assertTrue(lost > 0 && lost < 100, lost + " of 200 lost");
    }

    @Test
    void noMoreTokensLiveThanAllowed() {
        ScoreMatrix scores = TASK.utterance(new SplittableRandom(SEED), 60, 9).scores();
        var search = new TokenPassing(TASK.graph, 0.5, -3);
        for (int most : new int[] {1, 7, 30}) {
            search.run(scores, Double.POSITIVE_INFINITY, most);
            // Words that begin with the same phone tie, and ties live.
            assertTrue(search.trace.size() <= 60 * (most + TASK.lexicon.words().size()), search.trace.size() + " tokens in 60 frames");
        }
        search.run(new ScoreMatrix(30, TASK.states.size(), scores.scores()), Double.POSITIVE_INFINITY, Integer.MAX_VALUE);
        assertTrue(search.trace.size() > 30 * 50, search.trace.size() + " tokens in 30 frames without a limit");
    }

    @Test
    void resultsDoNotDependOnTheUtterancesBefore() {
        var random = new SplittableRandom(SEED + 2);
        var options = new DecoderOptions(0.5, -3, 15, 60);
        var used = new ViterbiDecoder(TASK.graph, options);
        for (int trial = 0; trial < 20; trial++) {
            ScoreMatrix scores = TASK.utterance(random, 20 + 40 * (trial % 5), 8).scores();
            Hypothesis fresh = new ViterbiDecoder(TASK.graph, options).decode(scores);
            Hypothesis again = used.decode(scores);
            assertEquals(fresh.score(), again.score());
            assertArrayEquals(fresh.states(), again.states());
            assertEquals(fresh.words(), again.words());
        }
    }

    /// The single-word graph must end in the last state of a word; a beam of next to nothing runs into a dead end.
    @Test
    void lostSearchesAreRepeatedWithAWiderBeamAndThenNamed() {
        var graph = DecodingGraph.singleWord(TASK.states, TASK.lexicon);
        // Silence to the end: every word is worse by 2.5 per frame.
        var x = new float[60 * TASK.states.size()];
        Arrays.fill(x, -3);
        for (int t = 0; t < 60; t++) {
            x[t * TASK.states.size()] = -0.5f;
        }
        var scores = new ScoreMatrix(60, TASK.states.size(), x);
        Hypothesis exact = new ViterbiDecoder(graph, DecoderOptions.exact(1, 0)).decode(scores);
        Hypothesis retried = new ViterbiDecoder(graph, new DecoderOptions(1, 0, 4, 1000)).decode(scores);
        assertTrue(retried.beam() > 4 && retried.score() <= exact.score(), "" + retried);
        var e = assertThrows(DecodingException.class, () -> new ViterbiDecoder(graph, new DecoderOptions(1, 0, 0.01, 1000)).decode(scores));
        assertEquals(DecodingException.Reason.NO_PATH, e.reason());
        assertTrue(e.getMessage().contains("beam 0.01"), e.getMessage());
    }

    @Test
    void badScoresNameFrameAndState() {
        float[] x = TASK.utterance(new SplittableRandom(SEED), 40, 0).scores().scores();
        var decoder = new ViterbiDecoder(TASK.graph, DecoderOptions.exact(1, 0));
        double good = decoder.decode(new ScoreMatrix(40, TASK.states.size(), x)).score();
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            float[] y = x.clone();
            y[17 * TASK.states.size() + 4] = bad;
            var e = assertThrows(DecodingException.class, () -> decoder.decode(new ScoreMatrix(40, TASK.states.size(), y)));
            assertEquals(DecodingException.Reason.BAD_SCORE, e.reason());
            assertTrue(e.getMessage().contains("frame 17, state " + TASK.states.name(4)), e.getMessage());
        }
        Arrays.fill(x, 20 * TASK.states.size(), 21 * TASK.states.size(), Float.NEGATIVE_INFINITY);
        var e = assertThrows(DecodingException.class, () -> decoder.decode(new ScoreMatrix(40, TASK.states.size(), x)));
        assertEquals(DecodingException.Reason.NO_PATH, e.reason());
        assertTrue(e.getMessage().contains("ended at frame 20 of 40"), e.getMessage());
        assertEquals(good, decoder.decode(TASK.utterance(new SplittableRandom(SEED), 40, 0).scores()).score());
        assertThrows(IllegalArgumentException.class, () -> decoder.decode(new ScoreMatrix(1, 2, new float[2])));
    }

    @Test
    void kthLargestIsTheOneOfASortedList() {
        var random = new SplittableRandom(SEED);
        for (int trial = 0; trial < 2000; trial++) {
            double[] x = random.doubles(random.nextInt(1, 30)).map(d -> Math.floor(d * 10)).toArray();
            double[] sorted = x.clone();
            Arrays.sort(sorted);
            int k = random.nextInt(1, x.length + 1);
            assertEquals(sorted[x.length - k], Pruning.kthLargest(x, x.length, k));
        }
    }

    @Test
    void theSearchAllocatesNothingPerFrame() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().threadId();
        var search = new TokenPassing(TASK.graph, 0.5, -3);
        ScoreMatrix scores = TASK.utterance(new SplittableRandom(SEED), 400, 6).scores();
        for (int i = 0; i < 30; i++) {
            search.run(scores, 40, 1000);
        }
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 10; i++) {
            long before = threads.getThreadAllocatedBytes(id);
            search.run(scores, 40, 1000);
            least = Math.min(least, threads.getThreadAllocatedBytes(id) - before);
        }
        assertTrue(least < 1000, least + " bytes for 400 frames");
    }

    @Test
    void digitLoopsRunAtFiveHundredTimesRealTime() {
        var random = new SplittableRandom(SEED);
        List<ScoreMatrix> utterances = IntStream.range(0, 20).mapToObj(i -> TASK.utterance(random, 300, 8).scores()).toList();
        for (var options : List.of(DecoderOptions.exact(0.5, -3), new DecoderOptions(0.5, -3, 60, 2000))) {
            var decoder = new ViterbiDecoder(TASK.graph, options);
            double best = 0;
            for (int round = 0; round < 8; round++) {
                double start = cpuSeconds();
                utterances.forEach(decoder::decode);
                best = Math.max(best, 20 * 300 * 0.01 / (cpuSeconds() - start));
            }
            System.out.printf("SearchTest: %s, beam %s: %.0f × real time%n", TASK.graph, options.beam(), best);
            assertTrue(best > 500, best + " × real time");
        }
    }

    /// Time this thread computed, so that a busy machine does not fail the test.
    static double cpuSeconds() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
    }
}
