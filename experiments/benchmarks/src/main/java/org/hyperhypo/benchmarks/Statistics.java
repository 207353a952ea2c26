package org.hyperhypo.benchmarks;

import java.util.Arrays;

/// The few statistics that the tables need.
final class Statistics {
    private Statistics() {
    }

    /// The middle value, or the mean of the two middle ones; NaN for none.
    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        return n == 0 ? Double.NaN : n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
    }

    /// Median of `a[i] / b[i]`: what happens to the machine in one round happens to both.
    static double medianRatio(double[] a, double[] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException("ratios of " + a.length + " and " + b.length + " rounds");
        }
        double[] ratios = new double[a.length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = a[i] / b[i];
        }
        return median(ratios);
    }

    /// (largest − smallest) / median.
    static double spread(double... values) {
        return (Arrays.stream(values).max().orElse(Double.NaN) - Arrays.stream(values).min().orElse(Double.NaN)) / median(values);
    }
}
