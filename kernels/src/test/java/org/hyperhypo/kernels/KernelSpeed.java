package org.hyperhypo.kernels;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;

/// A quick look at speed, one thread: median of interleaved rounds, in CPU time of the thread, so that a busy neighbour costs less.
/// Not a test; kernels/README.md has the command.
final class KernelSpeed {
    private static final int ROUNDS = Integer.getInteger("rounds", 7);
    private static final double ROUND_SECONDS = 0.05;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final boolean WALL = Boolean.getBoolean("wall");

    private static long now() {
        return WALL ? System.nanoTime() : THREADS.getCurrentThreadCpuTime();
    }

    private record Entry(String name, double flops, Runnable call) {
    }

    private final Kernels k = Kernels.best(Integer.getInteger("threads", 1));
    private final Scratch scratch = new Scratch();
    private final java.util.List<Entry> entries = new java.util.ArrayList<>();

    private KernelSpeed() {
    }

    private static float[] random(int size) {
        SplittableRandom random = new SplittableRandom(size);
        float[] x = new float[size];
        for (int i = 0; i < size; i++) {
            x[i] = (float) random.nextDouble() - 0.5f;
        }
        return x;
    }

    private void add(String name, double flops, Runnable call) {
        entries.add(new Entry(name, flops, call));
    }

    private void dense(int n, int in, int out) {
        float[] x = random(n * in);
        float[] w = random(out * in);
        float[] b = random(out);
        float[] y = random(n * out);
        float[] dX = new float[n * in];
        float[] dW = new float[out * in];
        double flops = 2.0 * n * in * out;
        String shape = n + "×" + in + "→" + out;
        add("dense forward   " + shape, flops, () -> k.denseForward(n, in, out, x, 0, in, w, b, y, 0, out, scratch));
        add("dense dX        " + shape, flops, () -> k.denseInputGradient(n, in, out, y, 0, out, w, false, dX, 0, in, scratch));
        add("dense dW        " + shape, flops, () -> {
            Arrays.fill(dW, 0);
            k.weightGradient(n, in, out, y, 0, out, x, 0, in, null, out, dW, scratch);
        });
        for (int percent : new int[] {5, 10, 20, 50}) {
            int r = out * percent / 100;
            int[] rows = IntStream.range(0, r).map(i -> (int) ((long) i * out / r)).toArray();
            add("dense dW " + percent + " %   " + shape, 2.0 * n * in * r, () -> k.weightGradient(n, in, out, y, 0, out, x, 0, in, rows, r, dW, scratch));
        }
    }

    private void packed(int n, int in, int out) {
        float[] x = random(n * in);
        float[] w = random(out * in);
        float[] b = random(out);
        float[] y = random(n * out);
        float[] dX = new float[n * in];
        PackedMatrix forward = k.packed(Kernels.Form.NT, out, in);
        PackedMatrix backward = k.packed(Kernels.Form.NN, in, out);
        forward.pack(w, 0, in);
        backward.pack(w, 0, in);
        double flops = 2.0 * n * in * out;
        String shape = n + "×" + in + "→" + out;
        add("packed forward  " + shape, flops, () -> k.denseForward(n, x, 0, in, forward, b, null, y, 0, out, null, 0, 0, scratch));
        add("packed sigmoid  " + shape, flops, () -> k.denseForward(n, x, 0, in, forward, b, new Activation.Sigmoid(), y, 0, out, y, 0, out, scratch));
        add("packed dX       " + shape, flops, () -> k.gemm(n, y, 0, out, backward, false, dX, 0, in, scratch));
        add("pack NT         " + in + "→" + out, w.length, () -> forward.pack(w, 0, in));
        add("pack NN         " + in + "→" + out, w.length, () -> backward.pack(w, 0, in));
    }

    private void convolution(int n, ConvolutionShape s, int poolHeight, int poolWidth) {
        int row = s.width() * s.channels();
        int sample = s.height() * row;
        float[] x = random(n * sample);
        float[] w = random(s.filters() * s.filterSize());
        float[] b = random(s.filters());
        float[] y = random(n * s.outSize());
        float[] dX = new float[n * sample];
        float[] dF = new float[w.length];
        PoolShape pool = new PoolShape(s.filters(), s.outHeight(), s.outWidth(), poolHeight, poolWidth);
        float[] pooled = random(n * pool.outSize());
        byte[] winners = new byte[pooled.length];
        String shape = n + "×" + s.filters() + "@" + s.filterHeight() + "×" + s.filterWidth();
        add("conv forward    " + shape, s.flops(n), () -> k.convolutionForward(s, n, x, 0, sample, row, w, b, y, 0, scratch));
        add("conv pool act   " + shape, s.flops(n), () -> k.convolutionForward(s, pool, new Activation.Relu(0), n, x, 0, sample, row, w, b, pooled, 0, pool.outSize(), pooled, 0, pool.outSize(), winners, scratch));
        add("conv dFilters   " + shape, s.flops(n), () -> {
            Arrays.fill(dF, 0);
            k.convolutionFilterGradient(s, n, x, 0, sample, row, y, 0, null, s.filters(), dF, scratch);
        });
        add("conv dX         " + shape, s.flops(n), () -> {
            Arrays.fill(dX, 0);
            k.convolutionInputGradient(s, n, y, 0, w, dX, 0, sample, row, scratch);
        });
        add("pool forward    " + shape, y.length, () -> k.maxPoolForward(pool, n, y, 0, pooled, 0, pool.outSize(), winners));
        add("pool backward   " + shape, y.length, () -> k.maxPoolBackward(pool, n, pooled, 0, pool.outSize(), winners, y, 0));
    }

    private void elementwise() {
        float[] x = random(256 * 256);
        float[] y = new float[x.length];
        float[] g = new float[x.length];
        for (Activation f : new Activation[] {new Activation.Sigmoid(), new Activation.Tanh(), new Activation.Relu(0), new Activation.Ada(1, 1, 0.01f)}) {
            add("activate 256×256 " + f.getClass().getSimpleName(), x.length, () -> k.activate(f, 256, 256, x, 0, 256, y, 0, 256));
        }
        add("backward 256×256 Sigmoid", x.length, () -> k.activateBackward(new Activation.Sigmoid(), 256, 256, x, x, y, g, 0, 256));
        add("exp 65536", x.length, () -> k.exp(x, y, 0, x.length));
        int[] labels = IntStream.range(0, 256).map(i -> i % 60).toArray();
        float[] logits = random(256 * 3000);
        float[] d = new float[logits.length];
        add("softmax CE 256×60", 256 * 60, () -> k.softmaxCrossEntropy(256, 60, logits, 0, 60, labels, 1f, d, 0, 60, scratch));
        add("softmax CE 256×3000", 256 * 3000, () -> k.softmaxCrossEntropy(256, 3000, logits, 0, 3000, labels, 1f, d, 0, 3000, scratch));
        float[] m = new float[x.length];
        float[] v = new float[x.length];
        add("momentum 65536", x.length, () -> k.momentum(y, x, m, 0, x.length, 1e-3f, 0.9f, 0f, false));
        add("adam 65536", x.length, () -> k.adam(y, x, m, v, 0, x.length, 1e-3f, 0.9f, 0.999f, 1e-8f, 0.1f, 0.001f, 0f, false));
    }

    private void run(String filter) {
        entries.removeIf(e -> !e.name.matches(".*(" + filter + ").*") && !e.name.equals("peak"));
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
        System.out.println(KernelInfo.current().text());
        for (int e = 0; e < entries.size(); e++) {
            Arrays.sort(seconds[e]);
            double median = seconds[e][ROUNDS / 2];
            System.out.printf("%-34s %9.1f µs  %7.1f G/s   best %7.1f G/s%n", entries.get(e).name, median * 1e6, entries.get(e).flops / median * 1e-9,
                entries.get(e).flops / seconds[e][0] * 1e-9);
        }
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
        KernelSpeed s = new KernelSpeed();
        float[] keep = new float[1];
        s.add("peak", 1e6 * 20 * Lanes.L, () -> keep[0] += peak(1_000_000));
        s.packed(256, 1024, 1024);
        s.packed(512, 1024, 1024);
        s.packed(256, 1024, 3000);
        s.packed(1, 1024, 1024);
        s.packed(4, 1024, 1024);
        s.packed(16, 1024, 1024);
        s.dense(4, 1024, 1024);
        s.dense(256, 384, 256);
        s.dense(256, 256, 256);
        s.dense(256, 256, 60);
        s.convolution(256, new ConvolutionShape(1, 40, 17, 32, 8, 17), 3, 1);
        s.convolution(256, new ConvolutionShape(1, 40, 17, 16, 40, 8), 1, 5);
        s.elementwise();
        s.dense(256, 1024, 1024);
        s.dense(256, 2350, 1024);
        s.dense(256, 1024, 3000);
        s.dense(1, 1024, 1024);
        s.dense(16, 1024, 1024);
        s.convolution(256, new ConvolutionShape(1, 40, 17, 200, 8, 17), 3, 1);
        s.convolution(256, new ConvolutionShape(1, 40, 17, 75, 40, 8), 1, 5);
        s.run(args.length > 0 ? args[0] : "");
    }
}
