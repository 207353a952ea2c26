package org.hyperhypo.kernels;

import static org.hyperhypo.kernels.Lanes.L;
import static org.hyperhypo.kernels.Lanes.S;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Activations over a block, and the loops of one multiplication or comparison. The choice of function is made once per block, never per vector.
final class Elementwise {
    /// The loop of one function. A call through an interface, because C2 would inline the loops of a switch into one method and then box vectors:
    /// together they have more vector calls than one method may hold.
    private interface Forward {
        void run(Activation f, int count, float[] x, int xOffset, float[] y, int yOffset);
    }

    private interface Backward {
        void run(Activation f, int count, float[] x, float[] y, float[] dY, float[] dX, int at);
    }

    private static final Forward SIGMOID = (_, count, x, from, y, to) -> Sigmoidal.sigmoid(count, x, from, y, to);
    private static final Forward TANH = (_, count, x, from, y, to) -> Sigmoidal.tanh(count, x, from, y, to);
    private static final Forward RELU = (f, count, x, from, y, to) -> relu(count, ((Activation.Relu) f).leak(), x, from, y, to);
    private static final Forward ADA = (f, count, x, from, y, to) -> {
        Activation.Ada ada = (Activation.Ada) f;
        Sigmoidal.ada(count, ada.alpha(), ada.c(), ada.leak(), x, from, y, to);
    };
    private static final Backward SIGMOID_BACKWARD = (_, count, _, y, dY, dX, at) -> sigmoidBackward(count, y, dY, dX, at);
    private static final Backward TANH_BACKWARD = (_, count, _, y, dY, dX, at) -> tanhBackward(count, y, dY, dX, at);
    private static final Backward RELU_BACKWARD = (f, count, x, _, dY, dX, at) -> reluBackward(count, ((Activation.Relu) f).leak(), x, dY, dX, at);
    private static final Backward ADA_BACKWARD = (f, count, x, _, dY, dX, at) -> {
        Activation.Ada ada = (Activation.Ada) f;
        Sigmoidal.adaBackward(count, ada.alpha(), ada.c(), ada.leak(), x, dY, dX, at);
    };

    private Elementwise() {
    }

    private static Forward forward(Activation f) {
        return switch (f) {
            case Activation.Sigmoid _ -> SIGMOID;
            case Activation.Tanh _ -> TANH;
            case Activation.Relu _ -> RELU;
            case Activation.Ada _ -> ADA;
        };
    }

    private static Backward backward(Activation f) {
        return switch (f) {
            case Activation.Sigmoid _ -> SIGMOID_BACKWARD;
            case Activation.Tanh _ -> TANH_BACKWARD;
            case Activation.Relu _ -> RELU_BACKWARD;
            case Activation.Ada _ -> ADA_BACKWARD;
        };
    }

    static void activate(Activation f, int rows, int columns, float[] x, int xOffset, int ldx, float[] y, int yOffset, int ldy, Threads threads) {
        Parts p = Parts.of(x, xOffset, ldx, y, yOffset, ldy);
        p.f = f;
        p.columns = columns;
        if (rows == 1 || ldx == columns && ldy == columns) {
            p.run(rows * columns, 1, threads, null,
                (q, from, to, _) -> activate(q.f, 1, to - from, q.x, q.xOffset + from, 0, q.y, q.yOffset + from, 0));
        } else {
            p.run(rows, Math.max(1, columns), threads, null, (q, from, to, _) -> activate(q.f, to - from, q.columns,
                q.x, q.xOffset + from * q.ldx, q.ldx, q.y, q.yOffset + from * q.ldy, q.ldy));
        }
    }

    static void activate(Activation f, int rows, int columns, float[] x, int xOffset, int ldx, float[] y, int yOffset, int ldy) {
        Forward loop = forward(f);
        boolean one = ldx == columns && ldy == columns;
        int count = one ? rows * columns : columns;
        for (int r = 0; r < (one ? 1 : rows); r++) {
            loop.run(f, count, x, xOffset + r * ldx, y, yOffset + r * ldy);
        }
    }

    static void activateBackward(Activation f, int rows, int columns, float[] x, float[] y, float[] dY, float[] dX, int offset, int ld, Threads threads) {
        Parts p = Parts.of(x, offset, ld, y, offset, ld);
        p.f = f;
        p.g = dY;
        p.d = dX;
        p.columns = columns;
        if (rows == 1 || ld == columns) {
            p.run(rows * columns, 1, threads, null,
                (q, from, to, _) -> activateBackward(q.f, 1, to - from, q.x, q.y, q.g, q.d, q.xOffset + from, 0));
        } else {
            p.run(rows, Math.max(1, columns), threads, null,
                (q, from, to, _) -> activateBackward(q.f, to - from, q.columns, q.x, q.y, q.g, q.d, q.xOffset + from * q.ldx, q.ldx));
        }
    }

    static void activateBackward(Activation f, int rows, int columns, float[] x, float[] y, float[] dY, float[] dX, int offset, int ld) {
        Backward loop = backward(f);
        boolean one = ld == columns;
        int count = one ? rows * columns : columns;
        for (int r = 0; r < (one ? 1 : rows); r++) {
            loop.run(f, count, x, y, dY, dX, offset + r * ld);
        }
    }

    private static void relu(int count, float leak, float[] x, int xOffset, float[] y, int yOffset) {
        int i = 0;
        for (; i + L <= count; i += L) {
            FloatVector v = FloatVector.fromArray(S, x, xOffset + i);
            v.mul(leak).blend(v, v.compare(VectorOperators.GT, 0f)).intoArray(y, yOffset + i);
        }
        for (; i < count; i++) {
            y[yOffset + i] = ScalarMath.relu(x[xOffset + i], leak);
        }
    }

    private static void reluBackward(int count, float leak, float[] x, float[] dY, float[] dX, int offset) {
        FloatVector one = FloatVector.broadcast(S, 1f);
        FloatVector leaks = FloatVector.broadcast(S, leak);
        int i = 0;
        for (; i + L <= count; i += L) {
            FloatVector slope = leaks.blend(one, FloatVector.fromArray(S, x, offset + i).compare(VectorOperators.GT, 0f));
            FloatVector.fromArray(S, dY, offset + i).mul(slope).intoArray(dX, offset + i);
        }
        for (; i < count; i++) {
            dX[offset + i] = dY[offset + i] * (x[offset + i] > 0f ? 1f : leak);
        }
    }

    // The loops below are plain: C2 makes SIMD code of them by itself.

    private static void sigmoidBackward(int count, float[] y, float[] dY, float[] dX, int offset) {
        for (int i = offset; i < offset + count; i++) {
            dX[i] = dY[i] * (y[i] * (1f - y[i]));
        }
    }

    private static void tanhBackward(int count, float[] y, float[] dY, float[] dX, int offset) {
        for (int i = offset; i < offset + count; i++) {
            dX[i] = dY[i] * Math.fma(-y[i], y[i], 1f);
        }
    }

    /// `y[r, c] = x[r, c]·g[c]`; parts are rows.
    static void scaleColumns(int rows, int columns, float[] x, int xOffset, int ldx, float[] g, float[] y, int yOffset, int ldy, Threads threads) {
        Parts p = Parts.of(x, xOffset, ldx, y, yOffset, ldy);
        p.g = g;
        p.columns = columns;
        p.run(rows, Math.max(1, columns), threads, null, (q, from, to, _) -> {
            for (int r = from; r < to; r++) {
                multiply(q.columns, q.x, q.xOffset + r * q.ldx, q.g, q.y, q.yOffset + r * q.ldy);
            }
        });
    }

    private static void multiply(int count, float[] x, int xOffset, float[] g, float[] y, int yOffset) {
        for (int i = 0; i < count; i++) {
            y[yOffset + i] = x[xOffset + i] * g[i];
        }
    }

    static void fill(float[] x, int from, int count, float value, Threads threads) {
        Parts p = Parts.of(x, from, 0, null, 0, 0);
        p.value = value;
        p.run(count, 1, threads, null, (q, first, end, _) -> java.util.Arrays.fill(q.x, q.xOffset + first, q.xOffset + end, q.value));
    }

    static void add(int count, float[] x, int xOffset, float[] y, int yOffset, Threads threads) {
        Parts.of(x, xOffset, 0, y, yOffset, 0).run(count, 1, threads, null,
            (q, from, to, _) -> add(to - from, q.x, q.xOffset + from, q.y, q.yOffset + from));
    }

    private static void add(int count, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < count; i++) {
            y[yOffset + i] += x[xOffset + i];
        }
    }

    static void axpy(int count, float alpha, float[] x, int xOffset, float[] y, int yOffset, Threads threads) {
        Parts p = Parts.of(x, xOffset, 0, y, yOffset, 0);
        p.value = alpha;
        p.run(count, 1, threads, null, (q, from, to, _) -> axpy(to - from, q.value, q.x, q.xOffset + from, q.y, q.yOffset + from));
    }

    private static void axpy(int count, float alpha, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < count; i++) {
            y[yOffset + i] = Math.fma(alpha, x[xOffset + i], y[yOffset + i]);
        }
    }
}
