package org.hyperhypo.kernels;

import static org.hyperhypo.kernels.Family.STATISTICS;

import java.util.Arrays;

/// Sums, dots and statistics of columns: results in double or long, exactness in KernelContractTest.
final class StatisticsCases {
    private static final int BINS = 32;

    private final Cases c;
    private final int at;

    private StatisticsCases(Cases c) {
        this.c = c;
        at = c.guard;
    }

    static void tests(Cases c) {
        StatisticsCases s = new StatisticsCases(c);
        for (int count : Cases.COUNTS) {
            s.sums(count, count == 101);
            s.columns(3, count, 2, count == 101);
        }
        s.columns(170, 409, 0, true);
        s.sums(100_000, true);
    }

    static void benchmarks(Cases c) {
        StatisticsCases s = new StatisticsCases(c);
        s.sums(1 << 16, false);
        s.columns(256, 1024, 0, false);
    }

    private void sums(int count, boolean hot) {
        Data d = c.data();
        int x = d.array(count);
        int y = d.output(count);
        d.then(v -> v.doubles = new double[1][2]);
        c.add(STATISTICS, "sum and dot " + count, Work.memory(3L * count), d, 0, hot, (k, v, t) -> {
            v.doubles[0][0] = k.sum(v.f(x), at, count);
            v.doubles[0][1] = k.dot(count, v.f(x), at, v.f(y), at);
            return v.doubles[0][1];
        }, null);
    }

    /// The saliency pass: everything at once. Minima and maxima lie in `out`.
    private void columns(int rows, int columns, int gap, boolean hot) {
        int ld = columns + gap;
        Data d = c.data();
        int x = d.array(rows * ld, 1.2);
        int max = d.array(columns);
        int min = d.output(columns);
        d.then(v -> {
            Arrays.fill(v.f(min), Float.POSITIVE_INFINITY);
            Arrays.fill(v.f(max), Float.NEGATIVE_INFINITY);
            v.doubles = new double[2][columns];
            v.longs = new long[][] {new long[columns], new long[columns * BINS]};
        });
        c.add(STATISTICS, "columnStatistics " + rows + "×" + columns, Work.memory((long) rows * columns), d, 0, hot, (k, v, t) -> {
            k.columnStatistics(rows, columns, v.f(x), at, ld, 0.5f, v.doubles[0], v.doubles[1], v.longs[0], v.f(min), v.f(max), v.longs[1], BINS, -1f, 1f);
            return 0;
        }, null);
    }
}
