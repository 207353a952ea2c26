package org.hyperhypo.kernels;

import static org.hyperhypo.kernels.Family.DENSE;

import org.hyperhypo.kernels.Kernels.Form;

/// Dense layers: forward with and without bias, activation and packing; gradients of input, of weights and of biases, whole and of chosen rows.
final class DenseCases {
    private static final int[][] SHAPES = {{0, 3, 4}, {1, 1, 1}, {3, 17, 15}, {7, 33, 60}, {16, 9, 48}, {9, 270, 33}, {1, 260, 301}};
    private static final int[][] FUSED = {{0, 3, 5}, {1, 7, 33}, {5, 0, 3}, {1, 530, 75}, {4, 24, 60}, {16, 40, 100}, {7, 1030, 11}, {325, 20, 41}};
    private static final int[][] LARGE = {{256, 1024, 1024}, {256, 1024, 3000}, {256, 2350, 1024}};

    private final Cases c;
    private final int at;

    private DenseCases(Cases c) {
        this.c = c;
        at = c.guard;
    }

    static void tests(Cases c) {
        DenseCases d = new DenseCases(c);
        for (int[] s : SHAPES) {
            d.forward(s[0], s[1], s[2], true, 2);
            d.forward(s[0], s[1], s[2], false, 2);
            for (int every : new int[] {1, 3}) {
                int[] rows = every == 1 ? null : Cases.everyNth(s[2], every);
                d.weightGradient(s[0], s[1], s[2], rows, "", 2);
                d.biasGradient(s[0], s[2], rows);
                d.inputGradient(s[0], s[1], s[2], every != 1, 2);
            }
        }
        d.biasGradient(300, 301, null);
        d.biasGradient(300, 301, Cases.everyNth(301, 1));
        for (int[] s : FUSED) {
            Activation f = s[0] % 2 == 0 ? new Activation.Relu(0.1f) : new Activation.Tanh();
            d.fused(s[0], s[1], s[2], f, false, 2);
            d.fused(s[0], s[1], s[2], f, true, 2);
            d.fusedBackward(s[0], s[1], s[2], s[0] % 2 == 0 ? new Activation.Sigmoid() : new Activation.Ada(0.7f, 0.5f, 0.01f), false, 1);
            d.fusedBackward(s[0], s[1], s[2], f, true, 0);
        }
    }

    static void benchmarks(Cases c) {
        DenseCases d = new DenseCases(c);
        for (int[] s : LARGE) {
            d.forward(s[0], s[1], s[2], true, 0);
            d.fused(s[0], s[1], s[2], new Activation.Sigmoid(), false, 0);
            d.fused(s[0], s[1], s[2], new Activation.Sigmoid(), true, 0);
            d.inputGradient(s[0], s[1], s[2], false, 0);
            d.fusedBackward(s[0], s[1], s[2], new Activation.Sigmoid(), false, 0);
            d.fusedBackward(s[0], s[1], s[2], new Activation.Sigmoid(), true, 0);
            d.weightGradient(s[0], s[1], s[2], null, "", 0);
        }
        for (int[] s : new int[][] {{256, 1024, 1024}, {256, 384, 256}}) {
            for (int percent : new int[] {5, 10, 20, 50, 100}) {
                int[] rows = new int[s[2] * percent / 100];
                for (int i = 0; i < rows.length; i++) {
                    rows[i] = (int) ((long) i * s[2] / rows.length);
                }
                d.weightGradient(s[0], s[1], s[2], rows, " masked " + percent + " %", 0);
            }
        }
    }

    private static String shape(int n, int in, int out) {
        return " " + n + "×" + in + "→" + out;
    }

    private void forward(int n, int in, int out, boolean withBias, int gap) {
        Data d = c.data();
        int x = d.array(n * (in + gap));
        int w = d.array(out * in);
        int bias = d.array(out);
        int y = d.output(n * (out + gap));
        c.add(DENSE, "denseForward" + shape(n, in, out) + (withBias ? "" : " without bias"), Work.product(n, out, in, false), d, in + 2, n == 16,
            (k, v, t) -> {
                k.denseForward(n, in, out, v.f(x), at, in + gap, v.f(w), withBias ? v.f(bias) : null, v.f(y), at, out + gap, t);
                return 0;
            },
            (v, value, bound) -> layer(n, in, out, v.f(x), in + gap, v.f(w), 0, withBias ? v.f(bias) : null, value, bound, out + gap));
    }

    private void layer(int n, int in, int out, float[] x, int ldx, float[] w, int wOffset, float[] bias, double[] value, double[] bound, int ldy) {
        Cases.block(at, n, out, ldy, i -> ReferenceKernels.set(value, bound, i, bias == null ? 0 : bias[(i - at) % ldy]));
        ReferenceKernels.gemm(Form.NT, n, out, in, c.every(n), x, at, ldx, w, wOffset, in, true, value, bound, at, ldy);
    }

    /// With its activation; the reference checks z, the bits of y are compared with the twin's.
    private void fused(int n, int in, int out, Activation f, boolean pack, int gap) {
        Data d = c.data();
        int x = d.array(n * in);
        int w = d.array(out * in);
        int bias = d.array(out);
        int z = d.output(n * out);
        int y = d.array(n * (out + gap));
        c.add(DENSE, "denseForward" + shape(n, in, out) + " with " + f + (pack ? " packed" : ""),
            new Work(2.0 * n * in * out, 4.0 * (n * in + out * in + 2 * n * out)), d, in + 2, n == 16,
            (k, v, t) -> {
                if (pack) {
                    PackedMatrix matrix = v.packedOnce(k, Form.NT, out, in, v.f(w), at, in);
                    k.denseForward(n, v.f(x), at, in, matrix, v.f(bias), f, v.f(z), at, out, v.f(y), at, out + gap, t);
                } else {
                    k.denseForward(n, in, out, v.f(x), at, in, v.f(w), v.f(bias), f, v.f(z), at, out, v.f(y), at, out + gap, t);
                }
                return 0;
            },
            (v, value, bound) -> layer(n, in, out, v.f(x), in, v.f(w), pack ? at : 0, v.f(bias), value, bound, out));
    }

    private void inputGradient(int n, int in, int out, boolean accumulate, int gap) {
        Data d = c.data();
        int dy = d.array(n * (out + gap));
        int w = d.array(out * in);
        int dX = d.output(n * (in + gap));
        c.add(DENSE, "denseInputGradient " + n + "×" + in + "←" + out + (accumulate ? " accumulate" : ""), Work.product(n, in, out, accumulate), d, out + 2,
            n == 16,
            (k, v, t) -> {
                k.denseInputGradient(n, in, out, v.f(dy), at, out + gap, v.f(w), accumulate, v.f(dX), at, in + gap, t);
                return 0;
            },
            (v, value, bound) -> ReferenceKernels.gemm(Form.NN, n, in, out, c.every(n), v.f(dy), at, out + gap, v.f(w), 0, in, accumulate, value, bound, at, in + gap));
    }

    /// With the activation before the layer; the reference checks dY, the bits of dZ are compared with the twin's and in KernelContractTest.
    private void fusedBackward(int n, int in, int out, Activation f, boolean pack, int gap) {
        int ld = in + gap;
        Data d = c.data();
        int dOut = d.array(n * (out + gap));
        int w = d.array(out * in);
        int z = d.array(n * ld, 4);
        int y = d.array(n * ld, 1);
        int dY = d.output(n * ld);
        int dZ = d.array(n * ld);
        c.add(DENSE, "denseInputGradient " + n + "×" + in + "←" + out + " through " + f + (pack ? " packed" : ""),
            new Work(2.0 * n * in * out, 4.0 * (n * out + out * in + 3 * n * in)), d, out + 2, n == 16,
            (k, v, t) -> {
                if (pack) {
                    PackedMatrix matrix = v.packedOnce(k, Form.NN, in, out, v.f(w), 0, in);
                    k.denseInputGradient(n, v.f(dOut), at, out + gap, matrix, f, v.f(z), v.f(y), v.f(dY), v.f(dZ), at, ld, t);
                } else {
                    k.denseInputGradient(n, in, out, v.f(dOut), at, out + gap, v.f(w), f, v.f(z), v.f(y), v.f(dY), v.f(dZ), at, ld, t);
                }
                return 0;
            },
            (v, value, bound) -> ReferenceKernels.gemm(Form.NN, n, in, out, c.every(n), v.f(dOut), at, out + gap, v.f(w), 0, in, false, value, bound, at, ld));
    }

    private void weightGradient(int n, int in, int out, int[] rows, String text, int gap) {
        int r = rows == null ? out : rows.length;
        Data d = c.data();
        int dOut = d.array(n * (out + gap));
        int x = d.array(n * (in + gap));
        int dW = d.output(out * in);
        c.add(DENSE, "weightGradient" + shape(n, in, out) + text + ", " + r + " rows", Work.product(r, in, n, true), d, n + 2, n == 16,
            (k, v, t) -> {
                k.weightGradient(n, in, out, v.f(dOut), at, out + gap, v.f(x), at, in + gap, rows, r, v.f(dW), t);
                return 0;
            },
            (v, value, bound) -> {
                for (int q = 0; q < r; q++) {
                    int row = rows == null ? q : rows[q];
                    for (int j = 0; j < in; j++) {
                        ReferenceKernels.set(value, bound, row * in + j, value[row * in + j]);
                        for (int i = 0; i < n; i++) {
                            ReferenceKernels.add(value, bound, row * in + j, v.f(dOut)[at + i * (out + gap) + row], v.f(x)[at + i * (in + gap) + j]);
                        }
                    }
                }
            });
    }

    private void biasGradient(int n, int out, int[] rows) {
        int r = rows == null ? out : rows.length;
        Data d = c.data();
        int from = d.array(n * (out + 2));
        int dB = d.output(out);
        c.add(DENSE, "biasGradient " + n + "×" + out + ", " + r + " rows", Work.memory((long) n * r), d, n + 2, n == 16,
            (k, v, t) -> {
                k.biasGradient(n, out, v.f(from), at, out + 2, rows, r, v.f(dB));
                return 0;
            },
            (v, value, bound) -> {
                for (int q = 0; q < r; q++) {
                    int row = rows == null ? q : rows[q];
                    ReferenceKernels.set(value, bound, row, value[row]);
                    for (int i = 0; i < n; i++) {
                        ReferenceKernels.add(value, bound, row, v.f(from)[at + i * (out + 2) + row], 1);
                    }
                }
            });
    }
}
