package org.hyperhypo.experiments.recipe.map;

import java.util.SplittableRandom;
import org.hyperhypo.experiments.neurons.Spearman;

/// Rank correlation with a permutation test.
///
/// @param p share of permutations with a correlation at least as far from 0, the observed one counted as one of them
record RankTest(double correlation, double p) {
    static final int PERMUTATIONS = 9_999;

    /// NaN where one side does not vary.
    static RankTest of(double[] x, double[] y, long seed) {
        double observed = Spearman.correlation(x, y);
        if (Double.isNaN(observed)) {
            return new RankTest(Double.NaN, Double.NaN);
        }
        SplittableRandom random = new SplittableRandom(seed);
        double[] shuffled = y.clone();
        int asFar = 1;
        for (int k = 0; k < PERMUTATIONS; k++) {
            for (int i = shuffled.length - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                double kept = shuffled[i];
                shuffled[i] = shuffled[j];
                shuffled[j] = kept;
            }
            // Equal orders may differ by rounding.
            asFar += Math.abs(Spearman.correlation(x, shuffled)) >= Math.abs(observed) - 1e-12 ? 1 : 0;
        }
        return new RankTest(observed, asFar / (PERMUTATIONS + 1.0));
    }
}
