package org.hyperhypo.kernels;

import static org.hyperhypo.kernels.Lanes.L;
import static org.hyperhypo.kernels.Lanes.S;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Softmax with vectors: the steps and the order of [ScalarSoftmax].
final class Softmax {
    private Softmax() {
    }

    static void logSoftmax(int rows, int columns, float[] x, int xOffset, int ldx, float[] y, int yOffset, int ldy, Scratch scratch) {
        float[] work = scratch.c(ScalarSoftmax.LANES);
        float[] terms = scratch.a(columns);
        for (int r = 0; r < rows; r++) {
            int from = xOffset + r * ldx;
            float max = max(x, from, columns);
            Exp.shifted(columns, x, from, max, terms, 0);
            float logSum = (float) StrictMath.log(Lanes.sum(terms, 0, columns, work));
            subtract(columns, x, from, max, logSum, y, yOffset + r * ldy);
        }
    }

    static double crossEntropy(int rows, int columns, float[] x, int xOffset, int ldx, int[] labels, float scale,
                               float[] dX, int dxOffset, int lddx, Scratch scratch) {
        float[] work = scratch.c(ScalarSoftmax.LANES);
        double loss = 0;
        for (int r = 0; r < rows; r++) {
            int from = xOffset + r * ldx;
            int to = dxOffset + r * lddx;
            int label = labels[r];
            if (label < 0) {
                java.util.Arrays.fill(dX, to, to + columns, 0f);
                continue;
            }
            float max = max(x, from, columns);
            float margin = x[from + label] - max;
            Exp.shifted(columns, x, from, max, dX, to);
            float sum = Lanes.sum(dX, to, columns, work);
            loss += StrictMath.log(sum) - margin;
            scale(columns, scale / sum, dX, to);
            dX[to + label] -= scale;
        }
        return scale * loss;
    }

    /// The order of a maximum does not matter, so lanes may be reduced as the machine likes.
    private static float max(float[] x, int from, int count) {
        float max = Float.NEGATIVE_INFINITY;
        int i = 0;
        if (count >= L) {
            FloatVector best = FloatVector.fromArray(S, x, from);
            for (i = L; i + L <= count; i += L) {
                best = best.max(FloatVector.fromArray(S, x, from + i));
            }
            max = best.reduceLanes(VectorOperators.MAX);
        }
        for (; i < count; i++) {
            max = Math.max(max, x[from + i]);
        }
        return max;
    }

    private static void subtract(int count, float[] x, int xOffset, float max, float logSum, float[] y, int yOffset) {
        for (int i = 0; i < count; i++) {
            y[yOffset + i] = (x[xOffset + i] - max) - logSum;
        }
    }

    private static void scale(int count, float factor, float[] x, int from) {
        for (int i = from; i < from + count; i++) {
            x[i] *= factor;
        }
    }
}
