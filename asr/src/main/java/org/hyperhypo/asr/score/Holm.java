package org.hyperhypo.asr.score;

import java.util.Comparator;
import java.util.stream.IntStream;

/// Holm's correction for several comparisons.
public final class Holm {
    private Holm() {
    }

    /// Adjusted p values in the order given: with p sorted ascending, p̃ᵢ = max over j ≤ i of min(1, (m − j + 1)·pⱼ), j from 1.
    /// A contrast is significant at level α if its adjusted value is at most α.
    public static double[] adjust(double... p) {
        for (double x : p) {
            if (!(x >= 0 && x <= 1)) {
                throw new IllegalArgumentException("Holm: p value " + x + " is not between 0 and 1; leave contrasts without a test out");
            }
        }
        int[] order = IntStream.range(0, p.length).boxed().sorted(Comparator.comparingDouble(i -> p[i]))
                .mapToInt(Integer::intValue).toArray();
        var adjusted = new double[p.length];
        double largest = 0;
        for (int j = 0; j < p.length; j++) {
            largest = Math.max(largest, Math.min(1, (p.length - j) * p[order[j]]));
            adjusted[order[j]] = largest;
        }
        return adjusted;
    }
}
