package org.hyperhypo.kernels;

import static org.hyperhypo.kernels.Data.GUARD;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hyperhypo.kernels.Kernels.Form;

/// The one registry of cases. A new kernel is entered here once and so gets parity, reference, guard and allocation tests.
final class Cases {
    static final long SEED = Long.getLong("hyperhypo.seed", 20260714L);
    private static final int[][] GEMM_SHAPES = {
        {0, 5, 3}, {5, 0, 3}, {5, 3, 0}, {1, 1, 1}, {1, 33, 7}, {2, 16, 15}, {5, 31, 17}, {6, 32, 16}, {7, 17, 33}, {13, 64, 9},
        {14, 60, 24}, {25, 41, 20}, {4, 8, 300}, {13, 35, 259}, {19, 96, 31}, {3, 3, 520}, {391, 33, 3},
        {1, 70, 530}, {330, 19, 600}, {70, 100, 40}, {2, 300, 9}, {9, 75, 8}};
    private static final int[] COUNTS = {0, 1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 60, 101};

    private final List<Case> cases = new ArrayList<>();
    private long next = SEED;

    private Cases() {
    }

    static List<Case> all() {
        Cases c = new Cases();
        c.gemm();
        c.packed();
        c.dense();
        c.convolution();
        c.pooling();
        c.activations();
        c.softmax();
        c.updates();
        c.rest();
        return c.cases;
    }

    private Data data() {
        return new Data(next++);
    }

    private void add(String name, Data d, double errors, boolean hot, Case.Operation operation, ReferenceKernels.Reference reference) {
        cases.add(new Case(name, d, operation, errors, reference, hot));
    }

    private void gemm() {
        for (Form form : Form.values()) {
            for (int[] s : GEMM_SHAPES) {
                for (boolean accumulate : new boolean[] {false, true}) {
                    gemm(form, s[0], s[1], s[2], accumulate);
                }
            }
        }
    }

    private void gemm(Form form, int m, int n, int k, boolean accumulate) {
        Data d = data();
        int gap = d.below(3);
        int lda = (form == Form.TN ? m : k) + gap;
        int ldb = (form == Form.NT ? k : n) + d.below(3);
        int ldc = n + d.below(3);
        int a = d.array((form == Form.TN ? k : m) * lda);
        int b = d.array((form == Form.NT ? n : k) * ldb);
        int c = d.output(m * ldc);
        add("gemm " + form + " " + m + "×" + n + "×" + k + (accumulate ? " accumulate" : ""), d, k + 2, m == 25 || m == 2,
            (kernels, x, s) -> {
                kernels.gemm(form, m, n, k, x.f(a), GUARD, lda, x.f(b), GUARD, ldb, accumulate, x.f(c), GUARD, ldc, s);
                return 0;
            },
            (x, value, bound) -> ReferenceKernels.gemm(form, m, n, k, x.f(a), GUARD, lda, x.f(b), GUARD, ldb, accumulate, value, bound, GUARD, ldc));
    }

    private void packed() {
        for (int[] s : new int[][] {{0, 5, 3}, {1, 33, 7}, {5, 3, 0}, {1, 75, 530}, {4, 60, 24}, {16, 100, 40}, {7, 11, 1030}, {325, 41, 20}}) {
            for (Form form : new Form[] {Form.NN, Form.NT}) {
                packed(form, s[0], s[1], s[2]);
                scaled(form, s[0], s[1], s[2]);
            }
            scaled(Form.TN, s[0], s[1], s[2]);
            fused(s[0], s[2], s[1]);
        }
    }

    private void packed(Form form, int m, int n, int k) {
        boolean transposed = form == Form.NT;
        Data d = data();
        int lda = k + d.below(3);
        int ldb = (transposed ? k : n) + d.below(3);
        int ldc = n + d.below(3);
        int a = d.array(m * lda);
        int b = d.array((transposed ? n : k) * ldb);
        int c = d.output(m * ldc);
        // Pack another array, then take every row anew: both ways of packing are seen.
        int[] some = everyNth(transposed ? n : k, 2);
        int[] others = everyNth(transposed ? n : k, 1).length == 0 ? some
            : java.util.stream.IntStream.range(0, transposed ? n : k).filter(i -> Arrays.binarySearch(some, i) < 0).toArray();
        PackedMatrix[] vector = {Kernels.vector().orElseThrow().packed(form, n, k), Kernels.scalar().packed(form, n, k)};
        float[] zero = new float[d.f(b).length];
        add("packed " + form + " " + m + "×" + n + "×" + k, d, k + 2, m == 16 || m == 1, (kernels, x, s) -> {
            PackedMatrix matrix = vector[kernels == Kernels.scalar() ? 1 : 0];
            matrix.pack(m % 2 == 0 ? zero : x.f(b), GUARD, ldb);
            matrix.packRows(x.f(b), GUARD, ldb, some, some.length);
            matrix.packRows(x.f(b), GUARD, ldb, others, others.length);
            kernels.gemm(m, x.f(a), GUARD, lda, matrix, m % 2 == 1, x.f(c), GUARD, ldc, s);
            return 0;
        }, (x, value, bound) -> ReferenceKernels.gemm(form, m, n, k, x.f(a), GUARD, lda, x.f(b), GUARD, ldb, m % 2 == 1, value, bound, GUARD, ldc));
    }

    private void scaled(Form form, int m, int n, int k) {
        Data d = data();
        int lda = form == Form.TN ? m : k;
        int ldb = form == Form.NT ? k : n;
        int a = d.array(m * k);
        int b = d.array(n * k);
        int c = d.output(m * n);
        add("gemm " + form + " " + m + "×" + n + "×" + k + " alpha", d, k + 4, m == 16, (kernels, x, s) -> {
            kernels.gemm(form, m, n, k, -0.3f, x.f(a), GUARD, lda, x.f(b), GUARD, ldb, true, x.f(c), GUARD, n, s);
            return 0;
        }, (x, value, bound) -> {
            float[] scaled = x.f(a).clone();
            for (int i = 0; i < scaled.length; i++) {
                scaled[i] = -0.3f * scaled[i];
            }
            ReferenceKernels.gemm(form, m, n, k, scaled, GUARD, lda, x.f(b), GUARD, ldb, true, value, bound, GUARD, n);
        });
    }

    private void fused(int n, int in, int out) {
        Activation f = n % 2 == 0 ? new Activation.Relu(0.1f) : new Activation.Tanh();
        Data d = data();
        int x = d.array(n * in);
        int w = d.array(out * in);
        int bias = d.array(out);
        int z = d.output(n * out);
        int y = d.array(n * (out + 2));
        PackedMatrix[] matrices = {Kernels.vector().orElseThrow().packed(Form.NT, out, in), Kernels.scalar().packed(Form.NT, out, in)};
        for (boolean pack : new boolean[] {false, true}) {
            add("denseForward " + n + "×" + in + "→" + out + " with " + f + (pack ? " packed" : ""), d, in + 2, n == 16, (k, v, t) -> {
                if (pack) {
                    PackedMatrix matrix = matrices[k == Kernels.scalar() ? 1 : 0];
                    matrix.pack(v.f(w), GUARD, in);
                    k.denseForward(n, v.f(x), GUARD, in, matrix, v.f(bias), f, v.f(z), GUARD, out, v.f(y), GUARD, out + 2, t);
                } else {
                    k.denseForward(n, in, out, v.f(x), GUARD, in, v.f(w), v.f(bias), f, v.f(z), GUARD, out, v.f(y), GUARD, out + 2, t);
                }
                return 0;
            }, (v, value, bound) -> {
                for (int i = 0; i < n * out; i++) {
                    ReferenceKernels.set(value, bound, GUARD + i, v.f(bias)[i % out]);
                }
                ReferenceKernels.gemm(Form.NT, n, out, in, v.f(x), GUARD, in, v.f(w), pack ? GUARD : 0, in, true, value, bound, GUARD, out);
            });
        }
    }

    private void dense() {
        for (int[] s : new int[][] {{0, 3, 4}, {1, 1, 1}, {3, 17, 15}, {7, 33, 60}, {16, 9, 48}, {9, 270, 33}}) {
            int n = s[0];
            int in = s[1];
            int out = s[2];
            for (boolean withBias : new boolean[] {true, false}) {
                Data d = data();
                int x = d.array(n * (in + 2));
                int w = d.array(out * in);
                int bias = d.array(out);
                int y = d.output(n * (out + 1));
                add("denseForward " + n + "×" + in + "→" + out + (withBias ? "" : " without bias"), d, in + 2, n == 16,
                    (k, v, t) -> {
                        k.denseForward(n, in, out, v.f(x), GUARD, in + 2, v.f(w), withBias ? v.f(bias) : null, v.f(y), GUARD, out + 1, t);
                        return 0;
                    },
                    (v, value, bound) -> {
                        for (int i = 0; i < n; i++) {
                            for (int o = 0; o < out; o++) {
                                int at = GUARD + i * (out + 1) + o;
                                ReferenceKernels.set(value, bound, at, withBias ? v.f(bias)[o] : 0);
                                for (int p = 0; p < in; p++) {
                                    ReferenceKernels.add(value, bound, at, v.f(x)[GUARD + i * (in + 2) + p], v.f(w)[o * in + p]);
                                }
                            }
                        }
                    });
            }
            for (int every : new int[] {1, 3}) {
                denseGradients(n, in, out, every);
            }
        }
    }

    private static int[] everyNth(int out, int every) {
        return java.util.stream.IntStream.range(0, out).filter(i -> i % every == every / 2).toArray();
    }

    private void denseGradients(int n, int in, int out, int every) {
        int[] rows = every == 1 ? null : everyNth(out, every);
        int r = rows == null ? out : rows.length;
        Data d = data();
        int dOut = d.array(n * (out + 2));
        int x = d.array(n * (in + 1));
        int dW = d.output(out * in);
        add("weightGradient " + n + "×" + in + "→" + out + ", " + r + " rows", d, n + 2, n == 16,
            (k, v, t) -> {
                k.weightGradient(n, in, out, v.f(dOut), GUARD, out + 2, v.f(x), GUARD, in + 1, rows, r, v.f(dW), t);
                return 0;
            },
            (v, value, bound) -> {
                for (int q = 0; q < r; q++) {
                    int row = rows == null ? q : rows[q];
                    for (int j = 0; j < in; j++) {
                        ReferenceKernels.set(value, bound, row * in + j, value[row * in + j]);
                        for (int i = 0; i < n; i++) {
                            ReferenceKernels.add(value, bound, row * in + j, v.f(dOut)[GUARD + i * (out + 2) + row], v.f(x)[GUARD + i * (in + 1) + j]);
                        }
                    }
                }
            });
        Data e = data();
        int from = e.array(n * (out + 2));
        int dB = e.output(out);
        add("biasGradient " + n + "×" + out + ", " + r + " rows", e, n + 2, n == 16,
            (k, v, t) -> {
                k.biasGradient(n, out, v.f(from), GUARD, out + 2, rows, r, v.f(dB));
                return 0;
            },
            (v, value, bound) -> {
                for (int q = 0; q < r; q++) {
                    int row = rows == null ? q : rows[q];
                    ReferenceKernels.set(value, bound, row, value[row]);
                    for (int i = 0; i < n; i++) {
                        ReferenceKernels.add(value, bound, row, v.f(from)[GUARD + i * (out + 2) + row], 1);
                    }
                }
            });
        Data g = data();
        int dy = g.array(n * (out + 2));
        int w = g.array(out * in);
        int dX = g.output(n * (in + 1));
        add("denseInputGradient " + n + "×" + in + "←" + out + (every == 1 ? "" : " accumulate"), g, out + 2, n == 16,
            (k, v, t) -> {
                k.denseInputGradient(n, in, out, v.f(dy), GUARD, out + 2, v.f(w), every != 1, v.f(dX), GUARD, in + 1, t);
                return 0;
            },
            (v, value, bound) -> ReferenceKernels.gemm(Form.NN, n, in, out, v.f(dy), GUARD, out + 2, v.f(w), 0, in, every != 1, value, bound, GUARD, in + 1));
    }

    private void convolution() {
        ConvolutionShape[] shapes = {
            new ConvolutionShape(1, 1, 1, 1, 1, 1), new ConvolutionShape(1, 10, 5, 3, 4, 5), new ConvolutionShape(1, 8, 9, 16, 8, 4),
            new ConvolutionShape(1, 12, 7, 33, 3, 2), new ConvolutionShape(3, 6, 5, 17, 2, 3), new ConvolutionShape(2, 5, 4, 40, 3, 4),
            new ConvolutionShape(70, 4, 5, 5, 2, 4), new ConvolutionShape(1, 5, 5, 0, 2, 2),
            new ConvolutionShape(1, 12, 9, 6, 7, 5), new ConvolutionShape(1, 9, 11, 16, 9, 8)};
        for (ConvolutionShape shape : shapes) {
            for (int n : new int[] {0, 1, 5}) {
                for (int gap : n == 5 ? new int[] {0, 3} : new int[] {0}) {
                    convolution(shape, n, gap);
                }
            }
        }
    }

    private void convolution(ConvolutionShape shape, int n, int gap) {
        int rowStride = shape.width() * shape.channels() + gap;
        int sampleStride = shape.height() * rowStride + gap;
        int f = shape.filters();
        int[] rows = gap == 0 ? null : everyNth(f, 2);
        int r = rows == null ? f : rows.length;
        boolean hot = n == 5 && shape.height() == 12;
        String text = " " + shape + " n=" + n + " gap " + gap;
        Data d = data();
        int x = d.array(n * sampleStride);
        int w = d.array(f * shape.filterSize());
        int bias = d.array(f);
        int y = d.output(n * shape.outSize());
        add("convolutionForward" + text, d, shape.filterSize() + 2, hot,
            (k, v, t) -> {
                k.convolutionForward(shape, n, v.f(x), GUARD, sampleStride, rowStride, v.f(w), gap == 0 ? v.f(bias) : null, v.f(y), GUARD, t);
                return 0;
            },
            (v, value, bound) -> {
                for (int i = 0; i < n * shape.outSize(); i++) {
                    ReferenceKernels.set(value, bound, GUARD + i, gap == 0 ? v.f(bias)[i % f] : 0);
                }
                ReferenceKernels.convolution(shape, n, GUARD, sampleStride, rowStride,
                    (at, filter, weight, in) -> ReferenceKernels.add(value, bound, GUARD + at, v.f(w)[weight], v.f(x)[in]));
            });
        pooled(shape, n, gap, rowStride, sampleStride, hot);
        Data g = data();
        int gx = g.array(n * sampleStride);
        int gy = g.array(n * shape.outSize());
        int dF = g.output(f * shape.filterSize());
        add("convolutionFilterGradient" + text + ", " + r + " rows", g, n * shape.positions() + 2, hot,
            (k, v, t) -> {
                k.convolutionFilterGradient(shape, n, v.f(gx), GUARD, sampleStride, rowStride, v.f(gy), GUARD, rows, r, v.f(dF), t);
                return 0;
            },
            (v, value, bound) -> {
                for (int q = 0; q < r * shape.filterSize(); q++) {
                    int at = (rows == null ? q / shape.filterSize() : rows[q / shape.filterSize()]) * shape.filterSize() + q % shape.filterSize();
                    ReferenceKernels.set(value, bound, at, value[at]);
                }
                ReferenceKernels.convolution(shape, n, GUARD, sampleStride, rowStride, (at, filter, weight, in) -> {
                    if (rows == null || Arrays.binarySearch(rows, filter) >= 0) {
                        ReferenceKernels.add(value, bound, weight, v.f(gy)[GUARD + at], v.f(gx)[in]);
                    }
                });
            });
        Data h = data();
        int hy = h.array(n * shape.outSize());
        int hw = h.array(f * shape.filterSize());
        int dX = h.output(n * sampleStride);
        add("convolutionInputGradient" + text, h, f * shape.filterSize() + 2, hot,
            (k, v, t) -> {
                k.convolutionInputGradient(shape, n, v.f(hy), GUARD, v.f(hw), v.f(dX), GUARD, sampleStride, rowStride, t);
                return 0;
            },
            (v, value, bound) -> {
                for (int i = 0; i < n * sampleStride; i++) {
                    bound[GUARD + i] = Math.abs(value[GUARD + i]);
                }
                ReferenceKernels.convolution(shape, n, GUARD, sampleStride, rowStride,
                    (at, filter, weight, in) -> ReferenceKernels.add(value, bound, in, v.f(hy)[GUARD + at], v.f(hw)[weight]));
            });
    }

    /// Its argmax and z are compared with the three operations one after the other in KernelContractTest.
    private void pooled(ConvolutionShape shape, int n, int gap, int rowStride, int sampleStride, boolean hot) {
        if (shape.filters() == 0) {
            return;
        }
        int f = shape.filters();
        PoolShape pool = new PoolShape(f, shape.outHeight(), shape.outWidth(), Math.min(2, shape.outHeight()), Math.min(3, shape.outWidth()));
        int ld = pool.outSize() + gap;
        Data d = data();
        int x = d.array(n * sampleStride);
        int w = d.array(f * shape.filterSize());
        int bias = d.array(f);
        int z = d.output(n * ld);
        int y = d.array(n * ld);
        d.bytes = new byte[n * pool.outSize() + GUARD];
        Activation sigmoid = new Activation.Sigmoid();
        add("convolutionForward pooled " + shape + " n=" + n + " gap " + gap, d, 0, hot, (k, v, t) -> {
            k.convolutionForward(shape, pool, sigmoid, n, v.f(x), GUARD, sampleStride, rowStride, v.f(w), v.f(bias),
                v.f(z), GUARD, ld, v.f(y), GUARD, ld, v.bytes, t);
            return 0;
        }, null);
    }

    private void pooling() {
        PoolShape[] shapes = {new PoolShape(1, 1, 1, 1, 1), new PoolShape(32, 9, 1, 3, 1), new PoolShape(16, 1, 11, 1, 5), new PoolShape(19, 7, 5, 2, 2),
            new PoolShape(48, 4, 4, 2, 3)};
        for (PoolShape shape : shapes) {
            for (int n : new int[] {0, 1, 4}) {
                int ld = shape.outSize() + 5;
                boolean hot = n == 4 && shape.channels() == 32;
                Data d = data();
                int x = d.array(n * shape.inSize());
                int y = d.output(n * ld);
                d.bytes = new byte[n * shape.outSize() + GUARD];
                Arrays.fill(d.bytes, (byte) 99);
                // Equal values, so that "first wins" is seen.
                for (int i = 0; i < d.f(x).length; i++) {
                    d.f(x)[i] = Math.round(d.below(5) - 2);
                }
                add("maxPoolForward " + shape + " n=" + n, d, 0, hot, (k, v, t) -> {
                    k.maxPoolForward(shape, n, v.f(x), GUARD, v.f(y), GUARD, ld, v.bytes);
                    return 0;
                }, (v, value, bound) -> pool(shape, n, (window, xAt, index) -> {
                    int at = GUARD + window / shape.outSize() * ld + window % shape.outSize();
                    value[at] = index == 0 ? v.f(x)[GUARD + xAt] : Math.max(value[at], v.f(x)[GUARD + xAt]);
                }));
                Data b = data();
                int dY = b.array(n * ld);
                int dX = b.output(n * shape.inSize());
                b.bytes = new byte[n * shape.outSize() + GUARD];
                for (int i = 0; i < b.bytes.length; i++) {
                    b.bytes[i] = (byte) b.below(shape.poolHeight() * shape.poolWidth());
                }
                add("maxPoolBackward " + shape + " n=" + n, b, 0, hot, (k, v, t) -> {
                    k.maxPoolBackward(shape, n, v.f(dY), GUARD, ld, v.bytes, v.f(dX), GUARD);
                    return 0;
                }, (v, value, bound) -> {
                    Arrays.fill(value, GUARD, GUARD + n * shape.inSize(), 0);
                    pool(shape, n, (window, xAt, index) -> {
                        if (v.bytes[window] == index) {
                            value[GUARD + xAt] = v.f(dY)[GUARD + window / shape.outSize() * ld + window % shape.outSize()];
                        }
                    });
                });
            }
        }
    }

    @FunctionalInterface
    private interface PoolTerm {
        void at(int window, int x, int index);
    }

    private static void pool(PoolShape s, int n, PoolTerm term) {
        for (int w = 0; w < n * s.outSize(); w++) {
            int c = w % s.channels();
            int ow = w / s.channels() % s.outWidth();
            int oh = w / s.channels() / s.outWidth() % s.outHeight();
            for (int i = 0; i < s.poolHeight() * s.poolWidth(); i++) {
                int row = oh * s.poolHeight() + i / s.poolWidth();
                int column = ow * s.poolWidth() + i % s.poolWidth();
                term.at(w, w / s.outSize() * s.inSize() + (row * s.width() + column) * s.channels() + c, i);
            }
        }
    }

    private void activations() {
        Activation[] all = {new Activation.Sigmoid(), new Activation.Tanh(), new Activation.Relu(0f), new Activation.Relu(0.1f),
            new Activation.Ada(0.7f, 0.5f, 0.01f)};
        for (Activation f : all) {
            for (int columns : COUNTS) {
                for (int gap : new int[] {0, 3}) {
                    int rows = 3;
                    int ld = columns + gap;
                    boolean hot = columns == 101;
                    // Errors of exp and its argument: a few ε of the value, and for ADA ε·abs(alpha·x) of it.
                    double errors = 24;
                    Data d = data();
                    int x = d.array(rows * ld, 12);
                    int y = d.output(rows * ld);
                    add("activate " + f + " 3×" + columns + " gap " + gap, d, errors, hot, (k, v, t) -> {
                        k.activate(f, rows, columns, v.f(x), GUARD, ld, v.f(y), GUARD, ld);
                        return 0;
                    }, (v, value, bound) -> block(rows, columns, ld, at -> ReferenceKernels.set(value, bound, at, ReferenceKernels.activation(f, v.f(x)[at]))));
                    Data b = data();
                    int bx = b.array(rows * ld, 4);
                    int by = b.array(rows * ld, 1);
                    int dY = b.array(rows * ld);
                    int dX = b.output(rows * ld);
                    add("activateBackward " + f + " 3×" + columns + " gap " + gap, b, errors, hot, (k, v, t) -> {
                        k.activateBackward(f, rows, columns, v.f(bx), v.f(by), v.f(dY), v.f(dX), GUARD, ld);
                        return 0;
                    }, (v, value, bound) -> block(rows, columns, ld, at -> {
                        ReferenceKernels.set(value, bound, at, v.f(dY)[at] * ReferenceKernels.slope(f, v.f(bx)[at], v.f(by)[at]));
                        bound[at] += Math.abs(v.f(dY)[at]);
                    }));
                }
            }
        }
    }

    private static void block(int rows, int columns, int ld, java.util.function.IntConsumer at) {
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                at.accept(GUARD + r * ld + c);
            }
        }
    }

    private void softmax() {
        for (int columns : COUNTS) {
            if (columns == 0) {
                continue;
            }
            int rows = 4;
            int ld = columns + 1;
            Data d = data();
            int x = d.array(rows * ld, 20);
            int y = d.output(rows * ld);
            add("logSoftmax 4×" + columns, d, 40, columns == 101, (k, v, t) -> {
                k.logSoftmax(rows, columns, v.f(x), GUARD, ld, v.f(y), GUARD, ld, t);
                return 0;
            }, (v, value, bound) -> block(rows, columns, ld, at -> {
                int from = GUARD + (at - GUARD) / ld * ld;
                ReferenceKernels.set(value, bound, at, Math.log(ReferenceKernels.softmax(v.f(x), from, columns)[at - from]));
                bound[at] += 1;
            }));
            Data g = data();
            int gx = g.array(rows * ld, 20);
            int dX = g.output(rows * ld);
            g.ints = new int[] {g.below(columns), -1, 0, columns - 1};
            g.doubles = new double[1];
            add("softmaxCrossEntropy 4×" + columns, g, 40, columns == 101, (k, v, t) -> {
                v.doubles[0] = k.softmaxCrossEntropy(rows, columns, v.f(gx), GUARD, ld, v.ints, 0.25f, v.f(dX), GUARD, ld, t);
                return v.doubles[0];
            }, (v, value, bound) -> block(rows, columns, ld, at -> {
                int row = (at - GUARD) / ld;
                int from = GUARD + row * ld;
                double p = ReferenceKernels.softmax(v.f(gx), from, columns)[at - from];
                ReferenceKernels.set(value, bound, at, v.ints[row] < 0 ? 0 : 0.25 * (p - (v.ints[row] == at - from ? 1 : 0)));
                bound[at] += v.ints[row] < 0 ? 0 : p;
            }));
        }
    }

    private void updates() {
        for (int count : COUNTS) {
            for (boolean flag : new boolean[] {false, true}) {
                Data d = data();
                int p = d.output(count);
                int g = d.array(count);
                int m = d.array(count, 1);
                int v = d.array(count, 1);
                for (int i = 0; i < d.f(v).length; i++) {
                    d.f(v)[i] = Math.abs(d.f(v)[i]);
                }
                boolean hot = count == 101;
                add("sgd " + count, d, 4, hot, (k, x, t) -> {
                    k.sgd(x.f(p), x.f(g), GUARD, count, 0.1f, 0.01f);
                    return 0;
                }, (x, value, bound) -> block(1, count, 0, i -> {
                    double step = x.f(g)[i] + 0.01f * value[i];
                    bound[i] = Math.abs(value[i]) + 0.1 * Math.abs(x.f(g)[i]);
                    value[i] -= 0.1f * step;
                }));
                add("momentum " + count + (flag ? " Nesterov" : ""), d, 8, hot, (k, x, t) -> {
                    k.momentum(x.f(p), x.f(g), x.f(m), GUARD, count, 0.1f, 0.9f, 0.01f, flag);
                    return 0;
                }, (x, value, bound) -> block(1, count, 0, i -> {
                    double gradient = x.f(g)[i] + 0.01f * value[i];
                    double velocity = 0.9f * x.f(m)[i] + gradient;
                    bound[i] = Math.abs(value[i]) + Math.abs(x.f(g)[i]) + Math.abs(x.f(m)[i]);
                    value[i] -= 0.1f * (flag ? gradient + 0.9f * velocity : velocity);
                }));
                add("adam " + count + (flag ? " decoupled" : ""), d, 16, hot, (k, x, t) -> {
                    k.adam(x.f(p), x.f(g), x.f(m), x.f(v), GUARD, count, 0.01f, 0.9f, 0.999f, 1e-6f, 0.19f, 0.002f, 0.05f, flag);
                    return 0;
                }, (x, value, bound) -> block(1, count, 0, i -> {
                    double start = flag ? value[i] * (1 - 0.01f * 0.05f) : value[i];
                    double gradient = x.f(g)[i] + (flag ? 0 : 0.05f * start);
                    double first = 0.9f * x.f(m)[i] + (1 - 0.9f) * gradient;
                    double second = 0.999f * x.f(v)[i] + (1 - 0.999f) * gradient * gradient;
                    double scale = 0.01f / 0.19f / (Math.sqrt(second) / Math.sqrt(0.002f) + 1e-6f);
                    bound[i] = Math.abs(value[i]) + scale * (Math.abs(x.f(m)[i]) + Math.abs(x.f(g)[i]) + Math.abs(start));
                    value[i] = start - scale * first;
                }));
            }
        }
    }

    private void rest() {
        for (int count : COUNTS) {
            boolean hot = count == 101;
            Data d = data();
            int x = d.array(count, 110);
            int y = d.output(count);
            add("exp " + count, d, 2, hot, (k, v, t) -> {
                k.exp(v.f(x), v.f(y), GUARD, count);
                return 0;
            }, null);
            add("log " + count, d, 2, false, (k, v, t) -> {
                k.log(v.f(x), v.f(y), GUARD, count);
                return 0;
            }, (v, value, bound) -> block(1, count, 0, i -> ReferenceKernels.set(value, bound, i, Math.log(v.f(x)[i]))));
            add("fill " + count, d, 0, hot, (k, v, t) -> {
                k.fill(v.f(y), GUARD, count, 3);
                return 0;
            }, (v, value, bound) -> Arrays.fill(value, GUARD, GUARD + count, 3));
            add("add " + count, d, 1, hot, (k, v, t) -> {
                k.add(count, v.f(x), GUARD, v.f(y), GUARD);
                return 0;
            }, (v, value, bound) -> block(1, count, 0, i -> {
                bound[i] = Math.abs(value[i]) + Math.abs(v.f(x)[i]);
                value[i] += v.f(x)[i];
            }));
            add("axpy " + count, d, 1, hot, (k, v, t) -> {
                k.axpy(count, -1.5f, v.f(x), GUARD, v.f(y), GUARD);
                return 0;
            }, (v, value, bound) -> block(1, count, 0, i -> {
                bound[i] = Math.abs(value[i]) + 2 * Math.abs(v.f(x)[i]);
                value[i] -= 1.5 * v.f(x)[i];
            }));
            Data s = data();
            int sx = s.array(count);
            int sy = s.array(count);
            s.doubles = new double[2];
            add("sum and dot " + count, s, 0, hot, (k, v, t) -> {
                v.doubles[0] = k.sum(v.f(sx), GUARD, count);
                v.doubles[1] = k.dot(count, v.f(sx), GUARD, v.f(sy), GUARD);
                return v.doubles[1];
            }, null);
            gates(count);
        }
    }

    private void gates(int columns) {
        int rows = 3;
        int ld = columns + 2;
        boolean hot = columns == 101;
        Data d = data();
        int x = d.array(rows * ld);
        int g = d.array(columns);
        int y = d.output(rows * ld);
        add("scaleColumns 3×" + columns, d, 1, hot, (k, v, t) -> {
            k.scaleColumns(rows, columns, v.f(x), GUARD, ld, v.f(g), v.f(y), GUARD, ld);
            return 0;
        }, (v, value, bound) -> block(rows, columns, ld, at -> ReferenceKernels.set(value, bound, at, (double) v.f(x)[at] * v.f(g)[(at - GUARD) % ld])));
        Data e = data();
        int a = e.array(rows * ld);
        int dH = e.array(rows * ld);
        int dG = e.output(columns);
        add("gateGradient 3×" + columns, e, 5, hot, (k, v, t) -> {
            k.gateGradient(rows, columns, v.f(a), GUARD, ld, v.f(dH), GUARD, ld, v.f(dG));
            return 0;
        }, (v, value, bound) -> {
            for (int c = 0; c < columns; c++) {
                bound[c] = Math.abs(value[c]);
            }
            block(rows, columns, ld, at -> ReferenceKernels.add(value, bound, (at - GUARD) % ld, v.f(a)[at], v.f(dH)[at]));
        });
    }
}
