package org.hyperhypo.kernels;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// The kernel calls of adapting a small network of convolutions and dense layers, in the order in which an adaptation meets them: frozen convolutions
/// first, then some neurons with packed weights, other neurons, then everything. Prints how long each stage allocates.
///
/// [FreshJvmTest] runs it in a JVM of its own, because what C2 makes of a kernel depends on what ran before.
final class TrainingCalls {
    private static final int N = 64;
    private static final int WIDTH = 96;
    private static final int QUIET = 20;
    private static final int MOST_STEPS = 6000;
    private static final Activation SIGMOID = new Activation.Sigmoid();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Kernels k = Kernels.vector().orElseThrow();
    private final Scratch scratch = new Scratch();
    private final Branch[] branches = {
        new Branch(new ConvolutionShape(1, 40, 17, 32, 8, 17), 3, 1), new Branch(new ConvolutionShape(1, 40, 17, 16, 40, 8), 1, 5)};
    private final float[] x = random(N * 680, 1);
    private final float[] weights = random(WIDTH * WIDTH, 2);
    private final float[] bias = random(WIDTH, 3);
    private final float[] h = random(N * WIDTH, 4);
    private final float[] y = new float[N * WIDTH];
    private final float[] dX = new float[N * WIDTH];
    private final float[] dW = new float[WIDTH * WIDTH];
    private final PackedMatrix forward = k.packed(Kernels.Form.NT, WIDTH, WIDTH);
    private final PackedMatrix backward = k.packed(Kernels.Form.NN, WIDTH, WIDTH);

    private static float[] random(int size, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextDouble() - 0.5f;
        }
        return values;
    }

    private TrainingCalls() {
        forward.pack(weights, 0, WIDTH);
        backward.pack(weights, 0, WIDTH);
    }

    private static final class Branch {
        private final ConvolutionShape shape;
        private final PoolShape pool;
        private final float[] filters;
        private final float[] bias;
        private final int[] all;
        private final float[] dFilters;
        private final float[] dY;
        private final float[] z;
        private final byte[] winners;

        private Branch(ConvolutionShape shape, int poolHeight, int poolWidth) {
            this.shape = shape;
            pool = new PoolShape(shape.filters(), shape.outHeight(), shape.outWidth(), poolHeight, poolWidth);
            filters = random(shape.filters() * shape.filterSize(), 5);
            bias = random(shape.filters(), 6);
            all = IntStream.range(0, shape.filters()).toArray();
            dFilters = new float[filters.length];
            dY = random(N * shape.outSize(), 7);
            z = new float[N * pool.outSize()];
            winners = new byte[z.length];
        }
    }

    private void convolutions(boolean learn) {
        for (Branch b : branches) {
            int size = b.pool.outSize();
            k.convolutionForward(b.shape, b.pool, SIGMOID, N, x, 0, 680, 17, b.filters, b.bias, b.z, 0, size, b.z, 0, size, b.winners, scratch);
            if (learn) {
                k.convolutionFilterGradient(b.shape, N, x, 0, 680, 17, b.dY, 0, b.all, b.all.length, b.dFilters, scratch);
            }
        }
    }

    private void dense(boolean packed, int[] rows) {
        if (packed) {
            k.denseForward(N, h, 0, WIDTH, forward, bias, SIGMOID, y, 0, WIDTH, y, 0, WIDTH, scratch);
            k.gemm(N, y, 0, WIDTH, backward, false, dX, 0, WIDTH, scratch);
            forward.packRows(weights, 0, WIDTH, rows, rows.length);
            backward.packRows(weights, 0, WIDTH, rows, rows.length);
        } else {
            k.denseForward(N, WIDTH, WIDTH, h, 0, WIDTH, weights, bias, SIGMOID, y, 0, WIDTH, y, 0, WIDTH, scratch);
            k.denseInputGradient(N, WIDTH, WIDTH, y, 0, WIDTH, weights, false, dX, 0, WIDTH, scratch);
        }
        Arrays.fill(dW, 0);
        k.weightGradient(N, WIDTH, WIDTH, h, 0, WIDTH, h, 0, WIDTH, rows, rows.length, dW, scratch);
    }

    /// Repeats a step until [#QUIET] in a row have allocated nothing; prints how many it took, and the bytes of the last if it never came to that.
    private static void untilWarm(String stage, Runnable step) {
        int quiet = 0;
        int steps = 0;
        long bytes = 0;
        while (quiet < QUIET && steps < MOST_STEPS) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            step.run();
            bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
            quiet = bytes == 0 ? quiet + 1 : 0;
            steps++;
        }
        System.out.println(stage + ": " + (quiet == QUIET ? 0 : bytes) + " bytes after " + steps + " steps");
    }

    public static void main(String[] args) {
        TrainingCalls calls = new TrainingCalls();
        int[] tenth = IntStream.range(0, 10).map(i -> 9 * i + i % 2).toArray();
        int[] fifth = IntStream.range(0, 20).map(i -> 4 * i + i % 3).toArray();
        int[] all = IntStream.range(0, WIDTH).toArray();
        untilWarm("frozen convolutions", () -> calls.convolutions(false));
        untilWarm("some neurons", () -> calls.dense(true, tenth));
        untilWarm("other neurons", () -> calls.dense(true, fifth));
        untilWarm("everything", () -> {
            calls.convolutions(true);
            calls.dense(false, all);
        });
        untilWarm("some neurons again", () -> calls.dense(true, tenth));
    }
}
