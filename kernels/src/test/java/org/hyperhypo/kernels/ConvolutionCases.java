package org.hyperhypo.kernels;

import static org.hyperhypo.kernels.Family.CONVOLUTION;

import java.util.Arrays;

/// Convolutions: forward, pooled and activated, gradients of filters and of the input, and one whole branch forward and backward.
final class ConvolutionCases {
    private static final ConvolutionShape[] SHAPES = {
        new ConvolutionShape(1, 1, 1, 1, 1, 1), new ConvolutionShape(1, 10, 5, 3, 4, 5), new ConvolutionShape(1, 8, 9, 16, 8, 4),
        new ConvolutionShape(1, 12, 7, 33, 3, 2), new ConvolutionShape(3, 6, 5, 17, 2, 3), new ConvolutionShape(2, 5, 4, 40, 3, 4),
        new ConvolutionShape(70, 4, 5, 5, 2, 4), new ConvolutionShape(1, 5, 5, 0, 2, 2),
        new ConvolutionShape(1, 12, 9, 6, 7, 5), new ConvolutionShape(1, 9, 11, 16, 9, 8)};
    private static final Activation RELU = new Activation.Relu(0);

    private final Cases c;
    private final int at;

    private ConvolutionCases(Cases c) {
        this.c = c;
        at = c.guard;
    }

    static void tests(Cases c) {
        ConvolutionCases v = new ConvolutionCases(c);
        for (ConvolutionShape shape : SHAPES) {
            for (int n : new int[] {0, 1, 5}) {
                for (int gap : n == 5 ? new int[] {0, 3} : new int[] {0}) {
                    int[] rows = gap == 0 ? null : Cases.everyNth(shape.filters(), 2);
                    boolean hot = n == 5 && shape.height() == 12;
                    String text = " " + shape + " n=" + n + " gap " + gap;
                    v.forward(text, shape, n, gap, gap == 0, hot);
                    v.filterGradient(text, shape, n, gap, rows, hot);
                    v.inputGradient(text, shape, n, gap, hot);
                    if (shape.filters() > 0) {
                        PoolShape pool = new PoolShape(shape.filters(), shape.outHeight(), shape.outWidth(),
                            Math.min(2, shape.outHeight()), Math.min(3, shape.outWidth()));
                        v.pooled(text, shape, pool, new Activation.Sigmoid(), n, gap, hot);
                    }
                }
            }
        }
    }

    /// The two branches of the TFCNN at the paper's size, and smaller ones as synthetic experiments use.
    static void benchmarks(Cases c) {
        ConvolutionCases v = new ConvolutionCases(c);
        v.branch("frequency", new ConvolutionShape(1, 40, 17, 200, 8, 17), 3, 1);
        v.branch("time", new ConvolutionShape(1, 40, 17, 75, 40, 8), 1, 5);
        v.branch("small frequency", new ConvolutionShape(1, 40, 17, 32, 8, 17), 3, 1);
        v.branch("small time", new ConvolutionShape(1, 40, 17, 16, 40, 8), 1, 5);
    }

    private void branch(String name, ConvolutionShape shape, int poolHeight, int poolWidth) {
        int n = 256;
        PoolShape pool = new PoolShape(shape.filters(), shape.outHeight(), shape.outWidth(), poolHeight, poolWidth);
        String text = " " + name + " branch, " + shape.filters() + " filters " + shape.filterHeight() + "×" + shape.filterWidth() + ", batch " + n;
        forward(text, shape, n, 0, true, false);
        pooled(text, shape, pool, RELU, n, 0, false);
        filterGradient(text, shape, n, 0, null, false);
        inputGradient(text, shape, n, 0, false);
        forwardAndBackward(text, shape, pool, n);
    }

    private static int rowStride(ConvolutionShape shape, int gap) {
        return shape.width() * shape.channels() + gap;
    }

    private static int sampleStride(ConvolutionShape shape, int gap) {
        return shape.height() * rowStride(shape, gap) + gap;
    }

    /// Input, filters and `outputs` floats for n samples.
    private static Work work(ConvolutionShape shape, int n, long outputs) {
        return new Work(shape.flops(n), 4.0 * ((long) n * sampleStride(shape, 0) + (long) shape.filters() * shape.filterSize() + outputs));
    }

    private void forward(String text, ConvolutionShape shape, int n, int gap, boolean withBias, boolean hot) {
        int rowStride = rowStride(shape, gap);
        int sampleStride = sampleStride(shape, gap);
        int f = shape.filters();
        Data d = c.data();
        int x = d.array(n * sampleStride);
        int w = d.array(f * shape.filterSize());
        int bias = d.array(f);
        int y = d.output(n * shape.outSize());
        c.add(CONVOLUTION, "convolutionForward" + text, work(shape, n, (long) n * shape.outSize()), d, shape.filterSize() + 2, hot,
            (k, v, t) -> {
                k.convolutionForward(shape, n, v.f(x), at, sampleStride, rowStride, v.f(w), withBias ? v.f(bias) : null, v.f(y), at, t);
                return 0;
            },
            (v, value, bound) -> {
                for (int i = 0; i < n * shape.outSize(); i++) {
                    ReferenceKernels.set(value, bound, at + i, withBias ? v.f(bias)[i % f] : 0);
                }
                ReferenceKernels.convolution(shape, n, at, sampleStride, rowStride,
                    (out, filter, weight, in) -> ReferenceKernels.add(value, bound, at + out, v.f(w)[weight], v.f(x)[in]));
            });
    }

    /// Its argmax and z are compared with the three operations one after the other in KernelContractTest.
    private void pooled(String text, ConvolutionShape shape, PoolShape pool, Activation f, int n, int gap, boolean hot) {
        int rowStride = rowStride(shape, gap);
        int sampleStride = sampleStride(shape, gap);
        int ld = pool.outSize() + gap;
        Data d = c.data();
        int x = d.array(n * sampleStride);
        int w = d.array(shape.filters() * shape.filterSize());
        int bias = d.array(shape.filters());
        int z = d.output(n * ld);
        int y = d.array(n * ld);
        d.then(v -> v.bytes = new byte[n * pool.outSize() + at]);
        c.add(CONVOLUTION, "convolutionForward pooled" + text, work(shape, n, 2L * n * pool.outSize()), d, 0, hot, (k, v, t) -> {
            k.convolutionForward(shape, pool, f, n, v.f(x), at, sampleStride, rowStride, v.f(w), v.f(bias), v.f(z), at, ld, v.f(y), at, ld, v.bytes, t);
            return 0;
        }, null);
    }

    private void filterGradient(String text, ConvolutionShape shape, int n, int gap, int[] rows, boolean hot) {
        int rowStride = rowStride(shape, gap);
        int sampleStride = sampleStride(shape, gap);
        int f = shape.filters();
        int size = shape.filterSize();
        int r = rows == null ? f : rows.length;
        Data d = c.data();
        int x = d.array(n * sampleStride);
        int dY = d.array(n * shape.outSize());
        int dF = d.output(f * size);
        Work all = work(shape, n, (long) n * shape.outSize() + (long) f * size);
        Work work = new Work(f == 0 ? 0 : all.flops() * r / f, all.bytes());
        c.add(CONVOLUTION, "convolutionFilterGradient" + text + ", " + r + " rows", work, d, n * shape.positions() + 2, hot,
            (k, v, t) -> {
                k.convolutionFilterGradient(shape, n, v.f(x), at, sampleStride, rowStride, v.f(dY), at, rows, r, v.f(dF), t);
                return 0;
            },
            (v, value, bound) -> {
                for (int q = 0; q < r * size; q++) {
                    int i = (rows == null ? q / size : rows[q / size]) * size + q % size;
                    ReferenceKernels.set(value, bound, i, value[i]);
                }
                ReferenceKernels.convolution(shape, n, at, sampleStride, rowStride, (out, filter, weight, in) -> {
                    if (rows == null || Arrays.binarySearch(rows, filter) >= 0) {
                        ReferenceKernels.add(value, bound, weight, v.f(dY)[at + out], v.f(x)[in]);
                    }
                });
            });
    }

    private void inputGradient(String text, ConvolutionShape shape, int n, int gap, boolean hot) {
        int rowStride = rowStride(shape, gap);
        int sampleStride = sampleStride(shape, gap);
        Data d = c.data();
        int dY = d.array(n * shape.outSize());
        int w = d.array(shape.filters() * shape.filterSize());
        int dX = d.output(n * sampleStride);
        c.add(CONVOLUTION, "convolutionInputGradient" + text, work(shape, n, (long) n * (shape.outSize() + sampleStride(shape, 0))), d,
            shape.filters() * shape.filterSize() + 2, hot,
            (k, v, t) -> {
                k.convolutionInputGradient(shape, n, v.f(dY), at, v.f(w), v.f(dX), at, sampleStride, rowStride, t);
                return 0;
            },
            (v, value, bound) -> {
                for (int i = 0; i < n * sampleStride; i++) {
                    bound[at + i] = Math.abs(value[at + i]);
                }
                ReferenceKernels.convolution(shape, n, at, sampleStride, rowStride,
                    (out, filter, weight, in) -> ReferenceKernels.add(value, bound, in, v.f(dY)[at + out], v.f(w)[weight]));
            });
    }

    /// What training does with a first layer: fused forward pass; back through activation and pooling; gradients of filters and bias.
    private void forwardAndBackward(String text, ConvolutionShape shape, PoolShape pool, int n) {
        int f = shape.filters();
        int row = rowStride(shape, 0);
        int sample = sampleStride(shape, 0);
        int size = pool.outSize();
        Data d = c.data();
        int x = d.array(n * sample);
        int w = d.array(f * shape.filterSize());
        int bias = d.array(f);
        int z = d.array(n * size);
        int y = d.array(n * size);
        int dy = d.array(n * size);
        int dz = d.array(n * size);
        int dConvolved = d.array(n * shape.outSize());
        int dBias = d.array(f);
        int dF = d.output(f * shape.filterSize());
        d.then(v -> v.bytes = new byte[n * size]);
        Work one = work(shape, n, 0);
        c.add(CONVOLUTION, "convolution forward and backward" + text,
            new Work(2 * one.flops(), 2 * one.bytes() + 4.0 * n * (6L * size + 2L * shape.outSize())), d, 0, false, (k, v, t) -> {
                k.convolutionForward(shape, pool, RELU, n, v.f(x), at, sample, row, v.f(w), v.f(bias), v.f(z), at, size, v.f(y), at, size, v.bytes, t);
                k.activateBackward(RELU, n, size, v.f(z), v.f(y), v.f(dy), v.f(dz), at, size);
                k.maxPoolBackward(pool, n, v.f(dz), at, size, v.bytes, v.f(dConvolved), at);
                k.convolutionFilterGradient(shape, n, v.f(x), at, sample, row, v.f(dConvolved), at, null, f, v.f(dF), t);
                k.biasGradient(n * shape.positions(), f, v.f(dConvolved), at, f, null, f, v.f(dBias));
                return 0;
            }, null);
    }
}
