package org.hyperhypo.kernels;

import static org.hyperhypo.kernels.Lanes.L;
import static org.hyperhypo.kernels.Lanes.S;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Activations over a block, and the loops of one multiplication or comparison. The choice of function is made once per row or block, never per vector.
final class Elementwise {
    private Elementwise() {
    }

    static void activate(Activation f, int rows, int columns, float[] x, int xOffset, int ldx, float[] y, int yOffset, int ldy) {
        boolean one = ldx == columns && ldy == columns;
        int count = one ? rows * columns : columns;
        for (int r = 0; r < (one ? 1 : rows); r++) {
            int from = xOffset + r * ldx;
            int to = yOffset + r * ldy;
            switch (f) {
                case Activation.Sigmoid _ -> Sigmoidal.sigmoid(count, x, from, y, to);
                case Activation.Tanh _ -> Sigmoidal.tanh(count, x, from, y, to);
                case Activation.Relu relu -> relu(count, relu.leak(), x, from, y, to);
                case Activation.Ada ada -> Sigmoidal.ada(count, ada.alpha(), ada.c(), ada.leak(), x, from, y, to);
            }
        }
    }

    static void activateBackward(Activation f, int rows, int columns, float[] x, float[] y, float[] dY, float[] dX, int offset, int ld) {
        boolean one = ld == columns;
        int count = one ? rows * columns : columns;
        for (int r = 0; r < (one ? 1 : rows); r++) {
            int at = offset + r * ld;
            switch (f) {
                case Activation.Sigmoid _ -> sigmoidBackward(count, y, dY, dX, at);
                case Activation.Tanh _ -> tanhBackward(count, y, dY, dX, at);
                case Activation.Relu relu -> reluBackward(count, relu.leak(), x, dY, dX, at);
                case Activation.Ada ada -> Sigmoidal.adaBackward(count, ada.alpha(), ada.c(), ada.leak(), x, dY, dX, at);
            }
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

    /// `y = x·g` for one row.
    static void multiply(int count, float[] x, int xOffset, float[] g, float[] y, int yOffset) {
        for (int i = 0; i < count; i++) {
            y[yOffset + i] = x[xOffset + i] * g[i];
        }
    }

    /// `dG += a·dH` for one row.
    static void multiplyAdd(int count, float[] a, int aOffset, float[] dH, int dhOffset, float[] dG) {
        for (int i = 0; i < count; i++) {
            dG[i] = Math.fma(a[aOffset + i], dH[dhOffset + i], dG[i]);
        }
    }
}
