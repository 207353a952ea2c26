package org.hyperhypo.kernels;

/// Optimizer steps, sums and statistics in plain loops. C2 turns the element-wise ones into SIMD code by itself, with the same bits,
/// so the SIMD kernels use them too.
final class ScalarUpdates {
    private ScalarUpdates() {
    }

    static void sgd(float[] p, float[] g, int from, int count, float rate, float decay) {
        for (int i = from; i < from + count; i++) {
            float gradient = Math.fma(decay, p[i], g[i]);
            p[i] = Math.fma(-rate, gradient, p[i]);
        }
    }

    static void momentum(float[] p, float[] g, float[] v, int from, int count, float rate, float momentum, float decay) {
        for (int i = from; i < from + count; i++) {
            float velocity = Math.fma(momentum, v[i], Math.fma(decay, p[i], g[i]));
            v[i] = velocity;
            p[i] = Math.fma(-rate, velocity, p[i]);
        }
    }

    static void nesterov(float[] p, float[] g, float[] v, int from, int count, float rate, float momentum, float decay) {
        for (int i = from; i < from + count; i++) {
            float gradient = Math.fma(decay, p[i], g[i]);
            float velocity = Math.fma(momentum, v[i], gradient);
            v[i] = velocity;
            p[i] = Math.fma(-rate, Math.fma(momentum, velocity, gradient), p[i]);
        }
    }

    static void adam(float[] p, float[] g, float[] m, float[] v, int from, int count, float rate, float beta1, float beta2,
                     float eps, float correction1, float correction2, float decay, boolean decoupled) {
        float keep = decoupled ? 1f - rate * decay : 1f;
        float pull = decoupled ? 0f : decay;
        float step = rate / correction1;
        float root = (float) Math.sqrt(correction2);
        float rest1 = 1f - beta1;
        float rest2 = 1f - beta2;
        for (int i = from; i < from + count; i++) {
            float parameter = keep * p[i];
            float gradient = Math.fma(pull, parameter, g[i]);
            float first = Math.fma(beta1, m[i], rest1 * gradient);
            float second = Math.fma(beta2, v[i], rest2 * gradient * gradient);
            m[i] = first;
            v[i] = second;
            p[i] = Math.fma(-step, first / ((float) Math.sqrt(second) / root + eps), parameter);
        }
    }

    static void add(int count, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < count; i++) {
            y[yOffset + i] += x[xOffset + i];
        }
    }

    static void axpy(int count, float alpha, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < count; i++) {
            y[yOffset + i] = Math.fma(alpha, x[xOffset + i], y[yOffset + i]);
        }
    }

    static double sum(float[] x, int from, int count) {
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

    static void columnStatistics(int rows, int columns, float[] x, int xOffset, int ldx, float threshold, double[] sum, double[] sumOfSquares,
                                 long[] active, float[] min, float[] max, long[] histogram, int bins, float low, float high) {
        float binsPerUnit = bins / (high - low);
        for (int r = 0; r < rows; r++) {
            int from = xOffset + r * ldx;
            for (int c = 0; c < columns && sum != null; c++) {
                sum[c] += x[from + c];
            }
            for (int c = 0; c < columns && sumOfSquares != null; c++) {
                sumOfSquares[c] += (double) x[from + c] * x[from + c];
            }
            for (int c = 0; c < columns && active != null; c++) {
                active[c] += x[from + c] > threshold ? 1 : 0;
            }
            for (int c = 0; c < columns && min != null; c++) {
                min[c] = Math.min(min[c], x[from + c]);
            }
            for (int c = 0; c < columns && max != null; c++) {
                max[c] = Math.max(max[c], x[from + c]);
            }
            for (int c = 0; c < columns && histogram != null; c++) {
                int bin = (int) ((x[from + c] - low) * binsPerUnit);
                histogram[c * bins + Math.clamp(bin, 0, bins - 1)]++;
            }
        }
    }
}
