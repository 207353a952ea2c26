package org.hyperhypo.kernels;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.FloatVector;

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

    /// FMA and nothing else: the top of every scale, measured between the others.
    private static float peak(int n) {
        FloatVector x = FloatVector.broadcast(Lanes.S, 0.9999f);
        FloatVector s0 = x;
        FloatVector s1 = x;
        FloatVector s2 = x;
        FloatVector s3 = x;
        FloatVector s4 = x;
        FloatVector s5 = x;
        FloatVector s6 = x;
        FloatVector s7 = x;
        FloatVector s8 = x;
        FloatVector s9 = x;
        for (int i = 0; i < n; i++) {
            s0 = s0.fma(x, x);
            s1 = s1.fma(x, x);
            s2 = s2.fma(x, x);
            s3 = s3.fma(x, x);
            s4 = s4.fma(x, x);
            s5 = s5.fma(x, x);
            s6 = s6.fma(x, x);
            s7 = s7.fma(x, x);
            s8 = s8.fma(x, x);
            s9 = s9.fma(x, x);
        }
        return s0.add(s1).add(s2).add(s3).add(s4).add(s5).add(s6).add(s7).add(s8).add(s9).lane(0);
    }

    public static void main(String[] args) {
        Kernels kernels = Kernels.best(Integer.getInteger("threads", 1));
        List<Entry> entries = new java.util.ArrayList<>();
        float[] keep = new float[1];
        entries.add(new Entry("peak", new Work(1e6 * 20 * Lanes.L, 0), () -> keep[0] += peak(1_000_000)));
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
