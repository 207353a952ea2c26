package org.hyperhypo.kernels;

import static org.hyperhypo.kernels.Family.ACTIVATION;

/// Non-linearities, their derivatives, exp and log.
final class ActivationCases {
    private static final Activation[] ALL = {new Activation.Sigmoid(), new Activation.Tanh(), new Activation.Relu(0f), new Activation.Relu(0.1f),
        new Activation.Ada(0.7f, 0.5f, 0.01f)};
    /// Errors of exp and its argument: a few ε of the value, and for ADA ε·abs(alpha·x) of it.
    private static final double ERRORS = 24;
    /// Three rows of many columns: more than one task of a call on several threads.
    private static final int LONG = 30_011;
    /// 64 MB an array.
    private static final int OUT_OF_CACHE = 1 << 24;

    private final Cases c;
    private final int at;

    private ActivationCases(Cases c) {
        this.c = c;
        at = c.guard;
    }

    static void tests(Cases c) {
        ActivationCases a = new ActivationCases(c);
        for (Activation f : ALL) {
            for (int columns : Cases.COUNTS) {
                for (int gap : new int[] {0, 3}) {
                    a.forward(f, 3, columns, gap, columns == 101);
                    a.backward(f, 3, columns, gap, columns == 101);
                }
            }
            boolean hot = f instanceof Activation.Relu;
            a.forward(f, 3, LONG, 1, hot);
            a.backward(f, 1, 3 * LONG, 0, hot);
            a.backward(f, 3, LONG, 2, false);
        }
        for (int count : Cases.COUNTS) {
            a.exp(count, count == 101);
            a.log(count, count == 101);
        }
        a.exp(3 * LONG, true);
        a.log(3 * LONG, false);
    }

    static void benchmarks(Cases c) {
        ActivationCases a = new ActivationCases(c);
        for (Activation f : new Activation[] {new Activation.Relu(0f), new Activation.Sigmoid(), new Activation.Tanh(), new Activation.Ada(1f, 1f, 0.01f)}) {
            a.forward(f, 256, 1024, 0, false);
            a.backward(f, 256, 1024, 0, false);
        }
        a.forward(new Activation.Relu(0f), 1, OUT_OF_CACHE, 0, false);
        a.backward(new Activation.Relu(0f), 1, OUT_OF_CACHE, 0, false);
        a.exp(1 << 16, false);
        a.log(1 << 16, false);
    }

    private void forward(Activation f, int rows, int columns, int gap, boolean hot) {
        int ld = columns + gap;
        Data d = c.data();
        int x = d.array(rows * ld, 12);
        int y = d.output(rows * ld);
        c.add(ACTIVATION, "activate " + f + " " + rows + "×" + columns + (gap > 0 ? " gap " + gap : ""), Work.memory(2L * rows * columns), d, ERRORS, hot,
            (k, v, t) -> {
                k.activate(f, rows, columns, v.f(x), at, ld, v.f(y), at, ld);
                return 0;
            },
            (v, value, bound) -> Cases.block(at, rows, columns, ld, i -> ReferenceKernels.set(value, bound, i, ReferenceKernels.activation(f, v.f(x)[i]))));
    }

    private void backward(Activation f, int rows, int columns, int gap, boolean hot) {
        int ld = columns + gap;
        Data d = c.data();
        int x = d.array(rows * ld, 4);
        int y = d.array(rows * ld, 1);
        int dY = d.array(rows * ld);
        int dX = d.output(rows * ld);
        c.add(ACTIVATION, "activateBackward " + f + " " + rows + "×" + columns + (gap > 0 ? " gap " + gap : ""), Work.memory(3L * rows * columns), d, ERRORS, hot,
            (k, v, t) -> {
                k.activateBackward(f, rows, columns, v.f(x), v.f(y), v.f(dY), v.f(dX), at, ld);
                return 0;
            },
            (v, value, bound) -> Cases.block(at, rows, columns, ld, i -> {
                ReferenceKernels.set(value, bound, i, v.f(dY)[i] * ReferenceKernels.slope(f, v.f(x)[i], v.f(y)[i]));
                bound[i] += Math.abs(v.f(dY)[i]);
            }));
    }

    /// FunctionsTest goes over the whole float range; here the bound is the one of `Kernels`, 1.2e-7 = 2.02 ε.
    private void exp(int count, boolean hot) {
        Data d = c.data();
        int x = d.array(count, 80);
        int y = d.output(count);
        c.add(ACTIVATION, "exp " + count, Work.memory(2L * count), d, 2.02, hot, (k, v, t) -> {
            k.exp(v.f(x), v.f(y), at, count);
            return 0;
        }, (v, value, bound) -> Cases.block(at, 1, count, 0, i -> ReferenceKernels.set(value, bound, i, Math.exp(v.f(x)[i]))));
    }

    /// Half of the arguments are negative: NaN.
    private void log(int count, boolean hot) {
        Data d = c.data();
        int x = d.array(count, 110);
        int y = d.output(count);
        c.add(ACTIVATION, "log " + count, Work.memory(2L * count), d, 2, hot, (k, v, t) -> {
            k.log(v.f(x), v.f(y), at, count);
            return 0;
        }, (v, value, bound) -> Cases.block(at, 1, count, 0, i -> ReferenceKernels.set(value, bound, i, Math.log(v.f(x)[i]))));
    }
}
