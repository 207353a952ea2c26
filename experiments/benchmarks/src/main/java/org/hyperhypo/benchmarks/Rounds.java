package org.hyperhypo.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/// Times contenders in turn: round after round, each for about as long, beginning with another one every time.
///
/// @param rounds      how many times each is timed
/// @param slotSeconds how long each is timed at least in a round; one call where a call takes longer
/// @param warmSeconds how long each runs before, in two passes, so that C2 has compiled what it will and has seen all of them
/// @param several     several threads: before each slot a rest, in which idle threads of the contender before stop spinning, and then the contender itself,
///                    not timed, because a core that rested starts slowly
record Rounds(int rounds, double slotSeconds, double warmSeconds, boolean several) {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int LEAST_CALLS = 2;
    /// A large product is interpreted at first, and compiled for good after 9 to 15 calls.
    private static final int WARM_CALLS = 15;
    private static final int MOST_WARM = 3;
    /// Longer than idle threads spin: libgomp's 300 000 turns are a few milliseconds, OpenBLAS's 2²⁶ ticks about 25.
    private static final int REST_MILLIS = 60;
    private static final double AWAKE_SECONDS = 0.1;
    /// How much longer a slot is with several threads.
    private static final int LONGER = 2;
    /// Stands for an infinite error, which JSON cannot hold.
    private static final double LARGEST = 1e9;

    List<Series> time(List<Contender> contenders, boolean check) {
        int n = contenders.size();
        double[] residuals = new double[n];
        for (int c = 0; c < n; c++) {
            residuals[c] = check ? Math.min(contenders.get(c).residual().getAsDouble(), LARGEST) : Double.NaN;
        }
        double[] once = new double[n];
        for (int pass = 0; pass < 2; pass++) {
            for (int c = 0; c < n; c++) {
                once[c] = warm(contenders.get(c).call());
            }
        }
        double[][] seconds = new double[n][rounds];
        double[] allocated = new double[n];
        java.util.Arrays.fill(allocated, Double.POSITIVE_INFINITY);
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < n; i++) {
                int c = (i + round) % n;
                int calls = (int) Math.max(1, Math.ceil((several ? LONGER : 1) * slotSeconds / once[c]));
                Runnable call = contenders.get(c).call();
                if (several) {
                    rest();
                    run(call, AWAKE_SECONDS);
                } else if (calls > 1) {
                    call.run();
                }
                long bytes = THREADS.getCurrentThreadAllocatedBytes();
                seconds[c][round] = seconds(call, calls);
                allocated[c] = Math.min(allocated[c], (double) (THREADS.getCurrentThreadAllocatedBytes() - bytes) / calls);
            }
        }
        List<Series> series = new ArrayList<>();
        for (int c = 0; c < n; c++) {
            Contender contender = contenders.get(c);
            series.add(new Series(contender.name(), contender.flops(), contender.bytes(), seconds[c], allocated[c], residuals[c]));
        }
        return series;
    }

    /// Runs until the time is over and returns what the last call took.
    private double warm(Runnable call) {
        long start = System.nanoTime();
        double last = 0;
        double past = 0;
        for (int calls = 0; past < warmSeconds / 2 || calls < LEAST_CALLS || calls < WARM_CALLS && past < MOST_WARM * warmSeconds; calls++) {
            last = seconds(call, 1);
            past = (System.nanoTime() - start) * 1e-9;
        }
        return Math.max(last, 1e-8);
    }

    private static double seconds(Runnable call, int calls) {
        long start = System.nanoTime();
        for (int i = 0; i < calls; i++) {
            call.run();
        }
        return (System.nanoTime() - start) * 1e-9 / calls;
    }

    private static void rest() {
        try {
            Thread.sleep(REST_MILLIS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// At least one call, until the time is over.
    private static void run(Runnable call, double seconds) {
        long start = System.nanoTime();
        do {
            call.run();
        } while ((System.nanoTime() - start) * 1e-9 < seconds);
    }
}
