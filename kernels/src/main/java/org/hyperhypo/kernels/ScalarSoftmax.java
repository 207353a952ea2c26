package org.hyperhypo.kernels;

/// Softmax in plain loops. The sum of a row runs in 16 lanes, whatever the machine's vectors are, and ends in a written tree.
final class ScalarSoftmax {
    /// Lanes of the sum: the widest vector of today, and a multiple of every narrower one.
    static final int LANES = 16;

    private ScalarSoftmax() {
    }

    static void logSoftmax(int rows, int columns, float[] x, int xOffset, int ldx, float[] y, int yOffset, int ldy, Scratch scratch) {
        float[] lanes = scratch.c(LANES);
        for (int r = 0; r < rows; r++) {
            int from = xOffset + r * ldx;
            float max = max(x, from, columns);
            java.util.Arrays.fill(lanes, 0, LANES, 0f);
            for (int c = 0; c < columns; c++) {
                lanes[c % LANES] += ScalarMath.expHeld(x[from + c] - max);
            }
            float logSum = ScalarMath.log(tree(lanes, 0));
            for (int c = 0; c < columns; c++) {
                y[yOffset + r * ldy + c] = (x[from + c] - max) - logSum;
            }
        }
    }

    static double crossEntropy(int rows, int columns, float[] x, int xOffset, int ldx, int[] labels, float scale,
                               float[] dX, int dxOffset, int lddx, Scratch scratch) {
        float[] lanes = scratch.c(LANES);
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
            java.util.Arrays.fill(lanes, 0, LANES, 0f);
            for (int c = 0; c < columns; c++) {
                float e = ScalarMath.expHeld(x[from + c] - max);
                dX[to + c] = e;
                lanes[c % LANES] += e;
            }
            float sum = tree(lanes, 0);
            loss += StrictMath.log(sum) - margin;
            float share = scale / sum;
            for (int c = 0; c < columns; c++) {
                dX[to + c] *= share;
            }
            dX[to + label] -= scale;
        }
        return scale * loss;
    }

    static float max(float[] x, int from, int count) {
        float max = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            max = Math.max(max, x[from + i]);
        }
        return max;
    }

    /// Sum of 16 lanes in halves: lane i takes lane i + 8, then i + 4, i + 2, i + 1.
    static float tree(float[] lanes, int from) {
        for (int half = LANES / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                lanes[from + i] += lanes[from + i + half];
            }
        }
        return lanes[from];
    }
}
