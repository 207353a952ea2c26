package org.hyperhypo.kernels;

import static org.hyperhypo.kernels.Lanes.L;
import static org.hyperhypo.kernels.Lanes.S;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Softmax with vectors: the steps and the order of [ScalarSoftmax]. A row passes three times and stays in the first-level cache: its maximum, then exp
/// and its sum, then the result. Parts are rows.
final class Softmax {
    private Softmax() {
    }

    static void logSoftmax(int rows, int columns, float[] x, int xOffset, int ldx, float[] y, int yOffset, int ldy, Threads threads, Scratch scratch) {
        Parts p = Parts.of(x, xOffset, ldx, y, yOffset, ldy);
        p.columns = columns;
        p.run(rows, Math.max(1, columns), threads, scratch, (q, from, to, s) -> {
            float[] lanes = s.c(ScalarSoftmax.LANES);
            float[] terms = s.a(q.columns);
            for (int r = from; r < to; r++) {
                logSoftmax(q.columns, q.x, q.xOffset + r * q.ldx, q.y, q.yOffset + r * q.ldy, terms, lanes);
            }
        });
    }

    private static void logSoftmax(int columns, float[] x, int from, float[] y, int to, float[] terms, float[] lanes) {
        float max = max(x, from, columns);
        float logSum = ScalarMath.log(Exp.shiftedAndSum(columns, x, from, max, terms, 0, lanes));
        for (int i = 0; i < columns; i++) {
            y[to + i] = (x[from + i] - max) - logSum;
        }
    }

    static double crossEntropy(int rows, int columns, float[] x, int xOffset, int ldx, int[] labels, float scale,
                               float[] dX, int dxOffset, int lddx, Threads threads, Scratch scratch) {
        Parts p = Parts.of(x, xOffset, ldx, dX, dxOffset, lddx);
        p.columns = columns;
        p.numbers = labels;
        p.value = scale;
        p.results(2 * rows);
        p.run(rows, Math.max(1, columns), threads, scratch, (q, from, to, s) -> {
            float[] lanes = s.c(ScalarSoftmax.LANES);
            for (int r = from; r < to; r++) {
                int at = q.xOffset + r * q.ldx;
                int label = q.numbers[r];
                float max = label < 0 ? 0f : max(q.x, at, q.columns);
                q.results[2 * r] = label < 0 ? 0 : q.x[at + label] - max;
                q.results[2 * r + 1] = gradient(q.columns, q.x, at, max, label, q.value, q.y, q.yOffset + r * q.ldy, lanes);
            }
        });
        return scale * loss(rows, p.results);
    }

    /// Sum of −ln of the labels' probabilities, from each row's margin to its maximum and its sum of exp, rows ascending.
    private static double loss(int rows, double[] results) {
        double loss = 0;
        for (int r = 0; r < rows; r++) {
            loss += StrictMath.log(results[2 * r + 1]) - results[2 * r];
        }
        return loss;
    }

    /// Sets one row of dX; its sum of exp, or 1 where the label says to ignore it.
    private static float gradient(int columns, float[] x, int from, float max, int label, float scale, float[] dX, int to, float[] lanes) {
        if (label < 0) {
            java.util.Arrays.fill(dX, to, to + columns, 0f);
            return 1f;
        }
        float sum = Exp.shiftedAndSum(columns, x, from, max, dX, to, lanes);
        scale(columns, scale / sum, dX, to);
        dX[to + label] -= scale;
        return sum;
    }

    /// The order of a maximum does not matter, so lanes may be reduced as the machine likes. A NaN may be passed over here, unlike in the twin: its exp
    /// spoils the row's sum, and so the row, in any case.
    private static float max(float[] x, int from, int count) {
        float max = Float.NEGATIVE_INFINITY;
        int i = 0;
        if (count >= 2 * L) {
            FloatVector even = FloatVector.fromArray(S, x, from);
            FloatVector odd = FloatVector.fromArray(S, x, from + L);
            for (i = 2 * L; i + 2 * L <= count; i += 2 * L) {
                even = greater(even, FloatVector.fromArray(S, x, from + i));
                odd = greater(odd, FloatVector.fromArray(S, x, from + i + L));
            }
            max = even.max(odd).reduceLanes(VectorOperators.MAX);
        }
        for (; i < count; i++) {
            max = Math.max(max, x[from + i]);
        }
        return max;
    }

    private static FloatVector greater(FloatVector a, FloatVector b) {
        return a.blend(b, b.compare(VectorOperators.GT, a));
    }

    private static void scale(int count, float factor, float[] x, int from) {
        for (int i = from; i < from + count; i++) {
            x[i] *= factor;
        }
    }
}
