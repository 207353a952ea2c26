package org.hyperhypo.kernels;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;

/// A quick look at the speed of the registry's benchmark cases while working on a kernel: median of interleaved rounds, in CPU time of the thread,
/// so that a busy neighbour costs less. Not a test; kernels/README.md has the command. Figures to publish come from experiments/benchmarks.
final class KernelSpeed {
    private static final int ROUNDS = Integer.getInteger("rounds", 7);
    private static final double ROUND_SECONDS = 0.05;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final boolean WALL = Boolean.getBoolean("wall");

    private record Entry(String name, Work work, Runnable call) {
    }

    private KernelSpeed() {
    }

    private static long now() {
        return WALL ? System.nanoTime() : THREADS.getCurrentThreadCpuTime();
    }

    /// Seconds of one call, `ROUNDS` times for every entry.
    private static double[][] measure(List<Entry> entries) {
        double[][] seconds = new double[entries.size()][ROUNDS];
        for (int round = -4; round < ROUNDS; round++) {
            for (int e = 0; e < entries.size(); e++) {
                Runnable call = entries.get(e).call;
                long start = now();
                int calls = 0;
                double elapsed;
                do {
                    call.run();
                    calls++;
                    elapsed = (now() - start) * 1e-9;
                } while (elapsed < (round < 0 ? 3 * ROUND_SECONDS : ROUND_SECONDS));
                if (round >= 0) {
                    seconds[e][round] = elapsed / calls;
                }
            }
        }
        return seconds;
    }

    private static void print(Entry entry, double[] seconds) {
        Arrays.sort(seconds);
        double median = seconds[ROUNDS / 2];
        System.out.printf("%-78s %9.1f µs  %7.1f GFLOP/s (best %6.1f)  %6.1f GB/s%n", entry.name, median * 1e6,
            entry.work.flops() / median * 1e-9, entry.work.flops() / seconds[0] * 1e-9, entry.work.bytes() / median * 1e-9);
    }

    public static void main(String[] args) {
        Kernels kernels = Kernels.best(Integer.getInteger("threads", 1));
        List<Entry> entries = new java.util.ArrayList<>();
        float[] keep = new float[1];
        entries.add(new Entry("peak", new Work(FmaPeak.flops(1_000_000), 0), () -> keep[0] += FmaPeak.run(1_000_000)));
        float[] from = new float[1 << 24];
        float[] to = new float[1 << 24];
        entries.add(new Entry("copy, out of cache", Work.memory(2L << 24), () -> System.arraycopy(from, 0, to, 0, from.length)));
        for (Case c : Cases.benchmarks()) {
            if (c.name().matches(".*(" + (args.length > 0 ? args[0] : "") + ").*")) {
                entries.add(new Entry(c.name(), c.work(), c.call(kernels)));
            }
        }
        double[][] seconds = measure(entries);
        System.out.println(KernelInfo.current().text());
        for (int e = 0; e < entries.size(); e++) {
            print(entries.get(e), seconds[e]);
        }
    }
}
