package org.hyperhypo.kernels;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// The one registry of cases. A kernel is entered once, in the class of its family, with small awkward shapes for the tests and large ones for the
/// benchmarks, and so gets parity, reference, guard, allocation, determinism and thread tests, and its line in the tables.
public final class Cases {
    static final long SEED = Long.getLong("hyperhypo.seed", 20260714L);
    /// Around the lanes of every width, and some whole lines.
    static final int[] COUNTS = {0, 1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 60, 101};
    private static final int GUARD = 37;
    /// Only cases of at most so many FLOPs: mutation testing runs them a thousand times.
    private static final double MOST_FLOPS = Double.parseDouble(System.getProperty("hyperhypo.flops", "Infinity"));

    /// Floats before and after each array; none for benchmarks.
    final int guard;
    private final List<Case> cases = new ArrayList<>();
    private long next = SEED;

    private Cases(int guard) {
        this.guard = guard;
    }

    /// The cases of the tests.
    static List<Case> all() {
        Cases c = new Cases(GUARD);
        ProductCases.tests(c);
        DenseCases.tests(c);
        ConvolutionCases.tests(c);
        PoolingCases.tests(c);
        ActivationCases.tests(c);
        SoftmaxCases.tests(c);
        UpdateCases.tests(c);
        ElementwiseCases.tests(c);
        StatisticsCases.tests(c);
        return c.cases.stream().filter(x -> x.work().flops() <= MOST_FLOPS).toList();
    }

    /// The cases of the benchmarks. Arrays are made only when a case is called.
    public static List<Case> benchmarks() {
        Cases c = new Cases(0);
        ProductCases.benchmarks(c);
        DenseCases.benchmarks(c);
        ConvolutionCases.benchmarks(c);
        PoolingCases.benchmarks(c);
        ActivationCases.benchmarks(c);
        SoftmaxCases.benchmarks(c);
        UpdateCases.benchmarks(c);
        ElementwiseCases.benchmarks(c);
        StatisticsCases.benchmarks(c);
        return c.cases;
    }

    /// The benchmark case of that name.
    public static Case benchmark(String name) {
        return benchmarks().stream().filter(c -> c.name().equals(name)).findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no benchmark case is called \"" + name + "\""));
    }

    Data data() {
        return new Data(next++, guard);
    }

    void add(Family family, String name, Work work, Data data, double errors, boolean hot, Case.Operation operation, ReferenceKernels.Reference reference) {
        cases.add(new Case(name, family, work, data, operation, errors, reference, hot));
    }

    /// Distance of the rows of a product that its reference computes: all in tests, five in a benchmark.
    int every(int rows) {
        return guard > 0 ? 1 : Math.max(1, rows / 4 - 1);
    }

    /// Numbers below `count`, one of `every`.
    static int[] everyNth(int count, int every) {
        return IntStream.range(0, count).filter(i -> i % every == every / 2).toArray();
    }

    /// Each index of a (rows, columns) block that begins at `from`.
    static void block(int from, int rows, int columns, int ld, java.util.function.IntConsumer at) {
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                at.accept(from + r * ld + c);
            }
        }
    }
}
