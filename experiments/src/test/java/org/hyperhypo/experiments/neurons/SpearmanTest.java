package org.hyperhypo.experiments.neurons;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SpearmanTest {
    @Test
    void withoutTiesItIsOneMinusSixTimesTheSquaredRankDifferences() {
        // Ranks 1 2 3 4 5 against 2 1 4 3 5: Σd² = 4, 1 − 6·4 / (5·24) = 0.8.
        assertEquals(0.8, Spearman.correlation(new double[] {10, 20, 30, 40, 50}, new double[] {-1, -2, 7, 6, 1e9}), 1e-15);
        assertEquals(1, Spearman.correlation(new double[] {1, 2, 3}, new double[] {1, 8, 27}), 1e-15);
        assertEquals(-1, Spearman.correlation(new double[] {1, 2, 3}, new double[] {5, 4, Double.NEGATIVE_INFINITY}), 1e-15);
    }

    @Test
    void tiesShareTheirMeanRank() {
        // Ranks 1, 2.5, 2.5, 4 against 1 2 3 4: covariance 4.5, variances 4.5 and 5.
        assertEquals(4.5 / Math.sqrt(4.5 * 5), Spearman.correlation(new double[] {0, 7, 7, 9}, new double[] {1, 2, 3, 4}), 1e-15);
        // Ranks 2 2 2 4 against 1.5 1.5 3.5 3.5: covariance 2, variances 3 and 4.
        assertEquals(2 / Math.sqrt(12), Spearman.correlation(new double[] {5, 5, 5, 6}, new double[] {1, 1, 2, 2}), 1e-15);
    }

    @Test
    void whatDoesNotVaryOrIsNotANumberHasNoCorrelation() {
        assertTrue(Double.isNaN(Spearman.correlation(new double[] {3, 3, 3}, new double[] {1, 2, 3})));
        assertTrue(Double.isNaN(Spearman.correlation(new double[0], new double[0])));
        assertTimeoutPreemptively(Duration.ofSeconds(5),
                () -> assertTrue(Double.isNaN(Spearman.correlation(new double[] {1, Double.NaN, 3}, new double[] {1, 2, 3}))));
        assertThrows(IllegalArgumentException.class, () -> Spearman.correlation(new double[1], new double[2]));
    }
}
