package org.hyperhypo.benchmarks;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.BrokenBarrierException;
import org.hyperhypo.kernels.FmaPeak;

/// What the machine can do at most, measured in the same rounds as everything else.
final class Limits {
    /// About a millisecond; several threads take ten, so that waking them does not count.
    private static final int STEPS = 200_000;
    static final int OUT_OF_CACHE = 1 << 24;

    private static volatile float sink;

    private Limits() {
    }

    static String peakName(int threads) {
        return threads == 1 ? "fma peak" : "fma peak, " + threads + " threads";
    }

    /// A loop of nothing but fused multiply-adds, on every one of `threads` threads.
    static Contender peak(int threads) {
        int steps = threads == 1 ? STEPS : 10 * STEPS;
        Runnable loop = () -> sink = FmaPeak.run(steps);
        return new Contender(peakName(threads), threads * FmaPeak.flops(steps), 0, threads == 1 ? loop : together(threads, loop), () -> Double.NaN);
    }

    /// Runs `work` on `threads` threads at once, the caller included, and returns when all are done.
    private static Runnable together(int threads, Runnable work) {
        CyclicBarrier start = new CyclicBarrier(threads);
        CyclicBarrier end = new CyclicBarrier(threads);
        for (int i = 1; i < threads; i++) {
            Thread.ofPlatform().daemon().start(() -> {
                while (true) {
                    await(start);
                    work.run();
                    await(end);
                }
            });
        }
        return () -> {
            await(start);
            work.run();
            await(end);
        };
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }

    static String copyName(int floats) {
        return "copy of " + (floats >= 1 << 20 ? (floats >> 20) + " M" : (floats >> 10) + " k") + " floats";
    }

    /// Copies an array of `floats`: System.arraycopy, which may write past the caches, or a plain loop, whichever is faster here.
    /// Bytes count once for reading and once for writing.
    static Contender copy(int floats) {
        float[] from = Numbers.random(floats, 1);
        float[] to = new float[floats];
        Runnable arraycopy = () -> System.arraycopy(from, 0, to, 0, floats);
        Runnable loop = () -> loop(from, to);
        int calls = Math.max(5, OUT_OF_CACHE / floats);
        Runnable faster = seconds(arraycopy, calls) <= seconds(loop, calls) ? arraycopy : loop;
        return new Contender(copyName(floats), 0, 8.0 * floats, faster, () -> Double.NaN);
    }

    /// The plain loop, for comparison: its stores first read the lines that they overwrite, so memory moves half as much again as is counted.
    static Contender copyByLoop(int floats) {
        float[] from = Numbers.random(floats, 1);
        float[] to = new float[floats];
        return new Contender(copyName(floats) + ", plain loop", 0, 8.0 * floats, () -> loop(from, to), () -> Double.NaN);
    }

    private static void loop(float[] from, float[] to) {
        for (int i = 0; i < from.length; i++) {
            to[i] = from[i];
        }
    }

    /// The best of many calls, the first half of them not counted.
    private static double seconds(Runnable call, int calls) {
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < 2 * calls; i++) {
            long start = System.nanoTime();
            call.run();
            best = i < calls ? best : Math.min(best, (System.nanoTime() - start) * 1e-9);
        }
        return best;
    }
}
