package org.hyperhypo.benchmarks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.hyperhypo.benchmarks.ForkResult.Answer;
import org.hyperhypo.benchmarks.Target.Measure;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final Target FASTER = new Target(3, "q", "ours", Measure.SPEED, "them", 1.0);
    private static final Target SHARE = new Target(3, "q", "ours", Measure.SHARE, "fma peak", 0.8);

    /// Ours takes `ours` seconds for 80 FLOPs, them 2 seconds, the peak 1 second for 100.
    private static ForkResult fork(int number, double ours, double others, double residual, double peak) {
        List<Series> series = List.of(new Series("fma peak", 100, 0, new double[] {peak, peak, peak}, 0, Double.NaN),
                new Series("ours", 80, 0, new double[] {ours, ours, ours}, 0, residual), new Series("them", 80, 0, new double[] {2, 2, 2}, 0, 0.1));
        return new ForkResult("PRODUCTS", number, others, "0 0 0", 1, List.of(), List.of(new Answer("q", "fma peak", series)));
    }

    private static List<ForkResult> forks(double... ours) {
        List<ForkResult> forks = new ArrayList<>();
        for (double seconds : ours) {
            forks.add(fork(forks.size() + 1, seconds, 0, 0.1, 1));
        }
        return forks;
    }

    @Test
    void fiveForksThatAgreeDecide() {
        assertEquals("reached", Verdict.of(FASTER, forks(1.9, 1.9, 1.8, 1.9, 1.9)).text());
        assertEquals("missed", Verdict.of(FASTER, forks(2.1, 2.1, 2.2, 2.1, 2.1)).text());
        assertEquals("reached (4 of 5 forks)", Verdict.of(FASTER, forks(1.9, 1.9, 1.9, 1.9, 2.1)).text());
    }

    @Test
    void theMedianForkDecidesNotTheBest() {
        Verdict verdict = Verdict.of(FASTER, forks(1.9, 1.95, 2.05, 2.1, 2.1));
        assertEquals("missed (2 of 5 forks)", verdict.text());
        assertEquals(2 / 2.05, verdict.median(), 1e-12);
    }

    @Test
    void fourForksOrForksThatDisagreeAreVoid() {
        assertTrue(Verdict.of(FASTER, forks(1, 1, 1, 1)).text().startsWith("void: 4 of 4 forks count"));
        assertTrue(Verdict.of(FASTER, forks(1, 1.3, 1, 1.3, 1)).text().startsWith("void: forks differ"));
    }

    @Test
    void aForkDoesNotCountIfOthersUsedTheProcessorOrThePeakWasLow() {
        List<ForkResult> forks = forks(1.9, 1.9, 1.9, 1.9, 1.9);
        ForkResult disturbed = fork(6, 3, 0.5, 0.1, 1);
        ForkResult slow = fork(7, 3, 0, 0.1, 1.2);
        forks.add(disturbed);
        forks.add(slow);
        assertFalse(Verdict.counts(disturbed, forks));
        assertFalse(Verdict.counts(slow, forks));
        Verdict verdict = Verdict.of(FASTER, forks);
        assertEquals("reached", verdict.text());
        assertEquals(5, verdict.values().length);
    }

    @Test
    void aWrongAnswerReachesNothing() {
        List<ForkResult> forks = forks(1, 1, 1, 1);
        forks.add(fork(5, 1, 0, 1.5, 1));
        assertEquals("wrong answer", Verdict.of(FASTER, forks).text());
    }

    @Test
    void shareComparesRatesAndSpeedComparesTimes() {
        assertArrayEquals(new double[] {0.8}, new double[] {SHARE.value(forks(1).getFirst().answers())}, 1e-12);
        assertEquals(2, FASTER.value(forks(1).getFirst().answers()), 1e-12);
        assertEquals(0.5, new Target(3, "q", "ours", Measure.COST, "them", 0.6).value(forks(1).getFirst().answers()), 1e-12);
        assertEquals(1, new Target(3, "q", "ours", Measure.SECONDS, null, 0.6).value(forks(1).getFirst().answers()), 1e-12);
    }

    /// The peak does 80 FLOPs in 0.8 s: 2.5 times as fast as them.
    @Test
    void aBoundThatThePeakForbidsIsSaidToBeSo() {
        assertEquals("missed; the FMA peak allows 2.50 ×", Verdict.of(new Target(3, "q", "ours", Measure.SPEED, "them", 3), forks(1, 1, 1, 1, 1)).text());
        assertEquals("missed", Verdict.of(new Target(3, "q", "ours", Measure.SPEED, "them", 2.4), forks(1, 1, 1, 1, 1)).text());
    }

    @Test
    void whatNobodyMeasuredIsNotMeasured() {
        assertEquals("not measured", Verdict.of(new Target(3, "q", "ours", Measure.SPEED, "nobody", 1), forks(1, 1, 1, 1, 1)).text());
        assertEquals("not measured", Verdict.of(new Target(3, "another", "ours", Measure.SPEED, "them", 1), forks(1, 1, 1, 1, 1)).text());
    }
}
