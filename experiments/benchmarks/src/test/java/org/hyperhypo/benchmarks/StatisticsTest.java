package org.hyperhypo.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class StatisticsTest {
    @Test
    void medianIsTheMiddleOrTheMeanOfTheTwoInTheMiddle() {
        assertEquals(2, Statistics.median(3, 1, 2));
        assertEquals(2.5, Statistics.median(4, 1, 3, 2));
        assertEquals(7, Statistics.median(7));
        assertTrue(Double.isNaN(Statistics.median()));
    }

    @Test
    void medianDoesNotSortItsArgument() {
        double[] values = {3, 1, 2};
        Statistics.median(values);
        assertEquals(3, values[0]);
    }

    /// The machine is half as fast in every second round.
    @Test
    void ratioOfRoundsSurvivesAMachineThatSlowsDown() {
        double[] a = {1, 2, 1, 2, 1};
        double[] b = {2, 4, 2, 4, 2};
        assertEquals(0.5, Statistics.medianRatio(a, b));
        assertThrows(IllegalArgumentException.class, () -> Statistics.medianRatio(a, new double[3]));
    }

    @Test
    void spreadIsRelativeToTheMedian() {
        assertEquals(0.2, Statistics.spread(9, 10, 11), 1e-12);
        assertEquals(0, Statistics.spread(5));
    }
}
