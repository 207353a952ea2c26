package org.hyperhypo.benchmarks;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Numbers to compute with, the same in every process.
public final class Numbers {
    /// ε/2 of float: the largest relative error of one rounding.
    static final double UNIT = 0x1p-24;

    private Numbers() {
    }

    /// Uniform in [−1, 1).
    static float[] random(int size, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] x = new float[size];
        for (int i = 0; i < size; i++) {
            x[i] = (float) random.nextDouble(-1, 1);
        }
        return x;
    }

    static float[] transposed(int rows, int columns, float[] x) {
        float[] y = new float[x.length];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                y[c * rows + r] = x[r * columns + c];
            }
        }
        return y;
    }

    /// `count` of `of` row numbers, evenly spread, ascending.
    static int[] spread(int count, int of) {
        return IntStream.range(0, count).map(i -> (int) ((long) i * of / count)).toArray();
    }

    static int[] labels(int count, int classes, long seed) {
        return new SplittableRandom(seed).ints(count, 0, classes).toArray();
    }

    /// At most `most` places in [0, size), first and last among them.
    static int[] sample(int size, int most) {
        int count = Math.min(size, most);
        return IntStream.range(0, count).map(i -> count == 1 ? 0 : (int) ((long) i * (size - 1) / (count - 1))).toArray();
    }

    /// Error of `value` in units of `tolerance`; infinite where value is not a number.
    static double error(double value, double expected, double tolerance) {
        double error = Math.abs(value - expected) / Math.max(tolerance, Double.MIN_NORMAL);
        return Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
    }
}
