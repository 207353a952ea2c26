package org.hyperhypo.kernels;

/// Sums and statistics in plain loops. What is a sum over an array runs in double in a written order: pieces of 2¹⁵ floats, four chains in each.
final class ScalarStatistics {
    /// Floats of one piece of a sum; pieces are added in order.
    static final int PIECE = 1 << 15;

    private ScalarStatistics() {
    }

    static double sum(float[] x, int from, int count) {
        double sum = 0;
        for (int i = 0; i < count; i += PIECE) {
            sum += piece(x, from + i, Math.min(PIECE, count - i));
        }
        return sum;
    }

    static double piece(float[] x, int from, int count) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = from;
        int end = from + count;
        for (; i + 3 < end; i += 4) {
            s0 += x[i];
            s1 += x[i + 1];
            s2 += x[i + 2];
            s3 += x[i + 3];
        }
        s0 += i < end ? x[i] : 0;
        s1 += i + 1 < end ? x[i + 1] : 0;
        s2 += i + 2 < end ? x[i + 2] : 0;
        return (s0 + s1) + (s2 + s3);
    }

    static double dot(int count, float[] x, int xOffset, float[] y, int yOffset) {
        double sum = 0;
        for (int i = 0; i < count; i += PIECE) {
            sum += piece(Math.min(PIECE, count - i), x, xOffset + i, y, yOffset + i);
        }
        return sum;
    }

    static double piece(int count, float[] x, int xOffset, float[] y, int yOffset) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 3 < count; i += 4) {
            s0 += (double) x[xOffset + i] * y[yOffset + i];
            s1 += (double) x[xOffset + i + 1] * y[yOffset + i + 1];
            s2 += (double) x[xOffset + i + 2] * y[yOffset + i + 2];
            s3 += (double) x[xOffset + i + 3] * y[yOffset + i + 3];
        }
        s0 += i < count ? (double) x[xOffset + i] * y[yOffset + i] : 0;
        s1 += i + 1 < count ? (double) x[xOffset + i + 1] * y[yOffset + i + 1] : 0;
        s2 += i + 2 < count ? (double) x[xOffset + i + 2] * y[yOffset + i + 2] : 0;
        return (s0 + s1) + (s2 + s3);
    }

    /// Columns [first, end) of [Kernels#columnStatistics].
    static void columns(int rows, int first, int end, float[] x, int xOffset, int ldx, float threshold, double[] sum, double[] sumOfSquares,
                        long[] active, float[] min, float[] max, long[] histogram, int bins, float low, float high) {
        for (int r = 0; r < rows; r++) {
            int from = xOffset + r * ldx;
            if (sum != null) {
                add(first, end, x, from, sum);
            }
            if (sumOfSquares != null) {
                addSquares(first, end, x, from, sumOfSquares);
            }
            if (active != null) {
                count(first, end, x, from, threshold, active);
            }
            if (min != null) {
                minimum(first, end, x, from, min);
            }
            if (max != null) {
                maximum(first, end, x, from, max);
            }
            if (histogram != null) {
                histogram(first, end, x, from, histogram, bins, low, bins / (high - low));
            }
        }
    }

    private static void add(int first, int end, float[] x, int from, double[] sum) {
        for (int c = first; c < end; c++) {
            sum[c] += x[from + c];
        }
    }

    private static void addSquares(int first, int end, float[] x, int from, double[] sum) {
        for (int c = first; c < end; c++) {
            sum[c] += (double) x[from + c] * x[from + c];
        }
    }

    private static void count(int first, int end, float[] x, int from, float threshold, long[] active) {
        for (int c = first; c < end; c++) {
            active[c] += x[from + c] > threshold ? 1 : 0;
        }
    }

    private static void minimum(int first, int end, float[] x, int from, float[] min) {
        for (int c = first; c < end; c++) {
            min[c] = Math.min(min[c], x[from + c]);
        }
    }

    private static void maximum(int first, int end, float[] x, int from, float[] max) {
        for (int c = first; c < end; c++) {
            max[c] = Math.max(max[c], x[from + c]);
        }
    }

    private static void histogram(int first, int end, float[] x, int from, long[] histogram, int bins, float low, float binsPerUnit) {
        for (int c = first; c < end; c++) {
            int bin = (int) ((x[from + c] - low) * binsPerUnit);
            histogram[c * bins + Math.clamp(bin, 0, bins - 1)]++;
        }
    }
}
