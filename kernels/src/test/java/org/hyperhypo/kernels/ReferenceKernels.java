package org.hyperhypo.kernels;

/// The definition of correct, in double precision: value and error scale Σ abs(a·b) of every element of the output array.
///
/// `value` starts as the output array before the call and `bound` as 0: what a reference does not touch must keep its bits.
final class ReferenceKernels {
    private ReferenceKernels() {
    }

    @FunctionalInterface
    interface Reference {
        void compute(Data d, double[] value, double[] bound);
    }

    static void set(double[] value, double[] bound, int at, double start) {
        value[at] = start;
        bound[at] = Math.abs(start);
    }

    static void add(double[] value, double[] bound, int at, double a, double b) {
        value[at] += a * b;
        bound[at] += Math.abs(a * b);
    }

    /// Rows 0, every, 2·every, … of C; the others are not looked at.
    static void gemm(Kernels.Form form, int m, int n, int k, int every, float[] a, int aOffset, int lda, float[] b, int bOffset, int ldb,
                     boolean accumulate, double[] c, double[] bound, int cOffset, int ldc) {
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                int at = cOffset + i * ldc + j;
                if (i % every != 0) {
                    bound[at] = Double.POSITIVE_INFINITY;
                    continue;
                }
                set(c, bound, at, accumulate ? c[at] : 0);
                for (int p = 0; p < k; p++) {
                    float left = a[aOffset + (form == Kernels.Form.TN ? p * lda + i : i * lda + p)];
                    float right = b[bOffset + (form == Kernels.Form.NT ? j * ldb + p : p * ldb + j)];
                    add(c, bound, at, left, right);
                }
            }
        }
    }

    /// What a convolution does at one (output element, filter, window element, input element).
    @FunctionalInterface
    interface Term {
        void at(int y, int f, int weight, int x);
    }

    static void convolution(ConvolutionShape s, int n, int xOffset, int sampleStride, int rowStride, Term term) {
        int y = 0;
        for (int sample = 0; sample < n; sample++) {
            for (int oh = 0; oh < s.outHeight(); oh++) {
                for (int ow = 0; ow < s.outWidth(); ow++) {
                    for (int f = 0; f < s.filters(); f++, y++) {
                        for (int i = 0; i < s.filterHeight(); i++) {
                            for (int j = 0; j < s.filterWidth(); j++) {
                                for (int c = 0; c < s.channels(); c++) {
                                    term.at(y, f, ((f * s.filterHeight() + i) * s.filterWidth() + j) * s.channels() + c,
                                        xOffset + sample * sampleStride + (oh + i) * rowStride + (ow + j) * s.channels() + c);
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    static double activation(Activation f, double x) {
        return switch (f) {
            case Activation.Sigmoid _ -> 1 / (1 + Math.exp(-x));
            case Activation.Tanh _ -> Math.tanh(x);
            case Activation.Relu(float leak) -> x > 0 ? x : leak * x;
            case Activation.Ada(float alpha, float c, float leak) -> x > 0 ? x * Math.exp(-alpha * x + c) : leak * x;
        };
    }

    static double slope(Activation f, double x, double y) {
        return switch (f) {
            case Activation.Sigmoid _ -> y * (1 - y);
            case Activation.Tanh _ -> 1 - y * y;
            case Activation.Relu(float leak) -> x > 0 ? 1 : leak;
            case Activation.Ada(float alpha, float c, float leak) -> x > 0 ? Math.exp(-alpha * x + c) * (1 - alpha * x) : leak;
        };
    }

    /// Softmax of one row of x.
    static double[] softmax(float[] x, int from, int columns) {
        double max = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < columns; c++) {
            max = Math.max(max, x[from + c]);
        }
        double sum = 0;
        double[] p = new double[columns];
        for (int c = 0; c < columns; c++) {
            p[c] = Math.exp(x[from + c] - max);
            sum += p[c];
        }
        for (int c = 0; c < columns; c++) {
            p[c] /= sum;
        }
        return p;
    }
}
