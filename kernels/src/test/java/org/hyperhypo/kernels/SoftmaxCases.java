package org.hyperhypo.kernels;

import static org.hyperhypo.kernels.Family.SOFTMAX;

/// Log-softmax, and softmax with cross entropy and gradient.
final class SoftmaxCases {
    private final Cases c;
    private final int at;

    private SoftmaxCases(Cases c) {
        this.c = c;
        at = c.guard;
    }

    static void tests(Cases c) {
        SoftmaxCases s = new SoftmaxCases(c);
        for (int columns : Cases.COUNTS) {
            if (columns > 0) {
                s.logSoftmax(4, columns, 1, columns == 101);
                s.crossEntropy(4, columns, 1, columns == 101);
            }
        }
        s.logSoftmax(140, 523, 0, false);
        s.crossEntropy(140, 523, 0, true);
        s.logSoftmax(0, 5, 0, false);
        s.crossEntropy(0, 5, 0, false);
    }

    static void benchmarks(Cases c) {
        SoftmaxCases s = new SoftmaxCases(c);
        for (int columns : new int[] {60, 3000}) {
            s.logSoftmax(256, columns, 0, false);
            s.crossEntropy(256, columns, 0, false);
        }
    }

    private void logSoftmax(int rows, int columns, int gap, boolean hot) {
        int ld = columns + gap;
        Data d = c.data();
        int x = d.array(rows * ld, 20);
        int y = d.output(rows * ld);
        c.add(SOFTMAX, "logSoftmax " + rows + "×" + columns, Work.memory(2L * rows * columns), d, 40 + columns, hot, (k, v, t) -> {
            k.logSoftmax(rows, columns, v.f(x), at, ld, v.f(y), at, ld, t);
            return 0;
        }, (v, value, bound) -> {
            for (int r = 0; r < rows; r++) {
                int from = at + r * ld;
                double[] p = ReferenceKernels.softmax(v.f(x), from, columns);
                for (int i = 0; i < columns; i++) {
                    ReferenceKernels.set(value, bound, from + i, Math.log(p[i]));
                    bound[from + i] += 1;
                }
            }
        });
    }

    /// Labels of all kinds: somewhere, ignored, first, last.
    private void crossEntropy(int rows, int columns, int gap, boolean hot) {
        int ld = columns + gap;
        Data d = c.data();
        int x = d.array(rows * ld, 20);
        int dX = d.output(rows * ld);
        d.then(v -> {
            v.ints = new int[rows];
            for (int r = 0; r < rows; r++) {
                v.ints[r] = r == 1 ? -1 : r == 2 ? 0 : r == 3 ? columns - 1 : v.below(columns);
            }
            v.doubles = new double[1][1];
        });
        c.add(SOFTMAX, "softmaxCrossEntropy " + rows + "×" + columns, Work.memory(2L * rows * columns), d, 40 + columns, hot, (k, v, t) -> {
            v.doubles[0][0] = k.softmaxCrossEntropy(rows, columns, v.f(x), at, ld, v.ints, 0.25f, v.f(dX), at, ld, t);
            return v.doubles[0][0];
        }, (v, value, bound) -> {
            for (int r = 0; r < rows; r++) {
                int from = at + r * ld;
                int label = v.ints[r];
                double[] p = ReferenceKernels.softmax(v.f(x), from, columns);
                for (int i = 0; i < columns; i++) {
                    ReferenceKernels.set(value, bound, from + i, label < 0 ? 0 : 0.25 * (p[i] - (label == i ? 1 : 0)));
                    bound[from + i] += label < 0 ? 0 : p[i];
                }
            }
        });
    }
}
