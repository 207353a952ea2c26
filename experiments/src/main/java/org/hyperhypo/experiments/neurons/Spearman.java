package org.hyperhypo.experiments.neurons;

import java.util.Comparator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// Rank correlation: Pearson's correlation of the ranks, ties sharing their mean rank.
public final class Spearman {
    private Spearman() {
    }

    /// NaN where one side does not vary or holds a NaN.
    public static double correlation(double[] x, double[] y) {
        if (x.length != y.length) {
            throw new IllegalArgumentException(x.length + " values against " + y.length);
        }
        if (DoubleStream.concat(DoubleStream.of(x), DoubleStream.of(y)).anyMatch(Double::isNaN)) {
            return Double.NaN;
        }
        double[] a = ranks(x);
        double[] b = ranks(y);
        double mean = (x.length - 1) / 2.0;
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (a[i] - mean) * (b[i] - mean);
            aa += (a[i] - mean) * (a[i] - mean);
            bb += (b[i] - mean) * (b[i] - mean);
        }
        return aa == 0 || bb == 0 ? Double.NaN : ab / Math.sqrt(aa * bb);
    }

    /// Rank of every value from 0 on; equal values share their mean rank.
    static double[] ranks(double[] values) {
        int[] order = IntStream.range(0, values.length).boxed().sorted(Comparator.comparingDouble(i -> values[i])).mapToInt(i -> i).toArray();
        double[] ranks = new double[values.length];
        for (int from = 0; from < order.length;) {
            int to = from;
            while (to < order.length && values[order[to]] == values[order[from]]) {
                to++;
            }
            for (int i = from; i < to; i++) {
                ranks[order[i]] = (from + to - 1) / 2.0;
            }
            from = to;
        }
        return ranks;
    }
}
