package org.hyperhypo.kernels;

/// Every operation in plain loops, in the order that [Kernels] writes down: the twin to read and to compare with.
///
/// Runs on any JVM. The products are here, the rest in `ScalarMath`, `ScalarSoftmax`, `ScalarPooling` and `ScalarUpdates`.
public final class ScalarKernels implements Kernels {
    static final ScalarKernels INSTANCE = new ScalarKernels();

    private ScalarKernels() {
    }

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public int threads() {
        return 1;
    }

    @Override
    public void gemm(Form form, int m, int n, int k, float alpha, float[] a, int aOffset, int lda, float[] b, int bOffset, int ldb,
                     boolean accumulate, float[] c, int cOffset, int ldc, Scratch scratch) {
        // Steps from one element of a row of op(A), or of a column of op(B), to the next.
        int aRow = form == Form.TN ? 1 : lda;
        int aStep = form == Form.TN ? lda : 1;
        int bColumn = form == Form.NT ? ldb : 1;
        int bStep = form == Form.NT ? 1 : ldb;
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                int at = cOffset + i * ldc + j;
                float out = accumulate ? c[at] : 0f;
                for (int p = 0; p < k; p++) {
                    out = Math.fma(alpha * a[aOffset + i * aRow + p * aStep], b[bOffset + j * bColumn + p * bStep], out);
                }
                c[at] = out;
            }
        }
    }

    @Override
    public PackedMatrix packed(Form form, int n, int k) {
        return new PackedMatrix(form, n, k, 1);
    }

    @Override
    public void gemm(int m, float[] a, int aOffset, int lda, PackedMatrix b, boolean accumulate, float[] c, int cOffset, int ldc, Scratch scratch) {
        product(m, a, aOffset, lda, b, accumulate, null, c, cOffset, ldc);
    }

    private static void product(int m, float[] a, int aOffset, int lda, PackedMatrix b, boolean accumulate, float[] bias, float[] c, int cOffset, int ldc) {
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < b.n(); j++) {
                int at = cOffset + i * ldc + j;
                float out = accumulate ? c[at] : bias == null ? 0f : bias[j];
                for (int p = 0; p < b.k(); p++) {
                    out = Math.fma(a[aOffset + i * lda + p], b.panels[b.at(p, j)], out);
                }
                c[at] = out;
            }
        }
    }

    @Override
    public void denseForward(int n, int in, int out, float[] x, int xOffset, int ldx, float[] weights, float[] bias, Activation f,
                             float[] z, int zOffset, int ldz, float[] y, int yOffset, int ldy, Scratch scratch) {
        denseForward(n, in, out, x, xOffset, ldx, weights, bias, z, zOffset, ldz, scratch);
        activate(f, n, out, z, zOffset, ldz, y, yOffset, ldy);
    }

    @Override
    public void denseForward(int n, float[] x, int xOffset, int ldx, PackedMatrix weights, float[] bias, Activation f,
                             float[] z, int zOffset, int ldz, float[] y, int yOffset, int ldy, Scratch scratch) {
        product(n, x, xOffset, ldx, weights, false, bias, z, zOffset, ldz);
        if (f != null) {
            activate(f, n, weights.n(), z, zOffset, ldz, y, yOffset, ldy);
        }
    }

    @Override
    public void denseForward(int n, int in, int out, float[] x, int xOffset, int ldx, float[] weights, float[] bias,
                             float[] y, int yOffset, int ldy, Scratch scratch) {
        for (int i = 0; i < n; i++) {
            for (int o = 0; o < out; o++) {
                float sum = bias == null ? 0f : bias[o];
                for (int p = 0; p < in; p++) {
                    sum = Math.fma(x[xOffset + i * ldx + p], weights[o * in + p], sum);
                }
                y[yOffset + i * ldy + o] = sum;
            }
        }
    }

    @Override
    public void denseInputGradient(int n, int in, int out, float[] dOut, int dOffset, int ldd, float[] weights,
                                   boolean accumulate, float[] dX, int dxOffset, int lddx, Scratch scratch) {
        gemm(Form.NN, n, in, out, dOut, dOffset, ldd, weights, 0, in, accumulate, dX, dxOffset, lddx, scratch);
    }

    @Override
    public void denseInputGradient(int n, int in, int out, float[] dOut, int dOffset, int ldd, float[] weights, Activation f,
                                   float[] z, float[] y, float[] dY, float[] dZ, int offset, int ld, Scratch scratch) {
        denseInputGradient(n, in, out, dOut, dOffset, ldd, weights, false, dY, offset, ld, scratch);
        activateBackward(f, n, in, z, y, dY, dZ, offset, ld);
    }

    @Override
    public void denseInputGradient(int n, float[] dOut, int dOffset, int ldd, PackedMatrix weights, Activation f,
                                   float[] z, float[] y, float[] dY, float[] dZ, int offset, int ld, Scratch scratch) {
        gemm(n, dOut, dOffset, ldd, weights, false, dY, offset, ld, scratch);
        activateBackward(f, n, weights.n(), z, y, dY, dZ, offset, ld);
    }

    @Override
    public void weightGradient(int n, int in, int out, float[] dOut, int dOffset, int ldd, float[] x, int xOffset, int ldx,
                               int[] rows, int r, float[] dW, Scratch scratch) {
        for (int q = 0; q < r; q++) {
            int row = rows == null ? q : rows[q];
            for (int j = 0; j < in; j++) {
                float sum = dW[row * in + j];
                for (int i = 0; i < n; i++) {
                    sum = Math.fma(dOut[dOffset + i * ldd + row], x[xOffset + i * ldx + j], sum);
                }
                dW[row * in + j] = sum;
            }
        }
    }

    @Override
    public void biasGradient(int n, int out, float[] dOut, int dOffset, int ldd, int[] rows, int r, float[] dB) {
        for (int i = 0; i < n; i++) {
            for (int q = 0; q < r; q++) {
                int row = rows == null ? q : rows[q];
                dB[row] += dOut[dOffset + i * ldd + row];
            }
        }
    }

    @Override
    public void convolutionForward(ConvolutionShape shape, int n, float[] x, int xOffset, int sampleStride, int rowStride,
                                   float[] filters, float[] bias, float[] y, int yOffset, Scratch scratch) {
        int run = shape.filterWidth() * shape.channels();
        int to = yOffset;
        for (int s = 0; s < n; s++) {
            for (int oh = 0; oh < shape.outHeight(); oh++) {
                for (int ow = 0; ow < shape.outWidth(); ow++) {
                    int corner = xOffset + s * sampleStride + oh * rowStride + ow * shape.channels();
                    for (int f = 0; f < shape.filters(); f++) {
                        float sum = bias == null ? 0f : bias[f];
                        for (int i = 0; i < shape.filterHeight(); i++) {
                            for (int j = 0; j < run; j++) {
                                sum = Math.fma(x[corner + i * rowStride + j], filters[f * shape.filterSize() + i * run + j], sum);
                            }
                        }
                        y[to++] = sum;
                    }
                }
            }
        }
    }

    @Override
    public void convolutionForward(ConvolutionShape shape, PoolShape pool, Activation f, int n, float[] x, int xOffset, int sampleStride, int rowStride,
                                   float[] filters, float[] bias, float[] z, int zOffset, int ldz, float[] y, int yOffset, int ldy, byte[] argmax,
                                   Scratch scratch) {
        float[] one = scratch.values(shape.outSize());
        for (int s = 0; s < n; s++) {
            convolutionForward(shape, 1, x, xOffset + s * sampleStride, sampleStride, rowStride, filters, bias, one, 0, scratch);
            ScalarPooling.forward(pool, 1, one, 0, z, zOffset + s * ldz, ldz, argmax, s * pool.outSize());
        }
        activate(f, n, pool.outSize(), z, zOffset, ldz, y, yOffset, ldy);
    }

    @Override
    public void convolutionFilterGradient(ConvolutionShape shape, int n, float[] x, int xOffset, int sampleStride, int rowStride,
                                          float[] dY, int dyOffset, int[] rows, int r, float[] dFilters, Scratch scratch) {
        int run = shape.filterWidth() * shape.channels();
        for (int s = 0; s < n; s++) {
            for (int oh = 0; oh < shape.outHeight(); oh++) {
                for (int ow = 0; ow < shape.outWidth(); ow++) {
                    int corner = xOffset + s * sampleStride + oh * rowStride + ow * shape.channels();
                    int from = dyOffset + s * shape.outSize() + (oh * shape.outWidth() + ow) * shape.filters();
                    for (int q = 0; q < r; q++) {
                        int f = rows == null ? q : rows[q];
                        for (int i = 0; i < shape.filterHeight(); i++) {
                            for (int j = 0; j < run; j++) {
                                int at = f * shape.filterSize() + i * run + j;
                                dFilters[at] = Math.fma(dY[from + f], x[corner + i * rowStride + j], dFilters[at]);
                            }
                        }
                    }
                }
            }
        }
    }

    @Override
    public void convolutionInputGradient(ConvolutionShape shape, int n, float[] dY, int dyOffset, float[] filters,
                                         float[] dX, int dxOffset, int sampleStride, int rowStride, Scratch scratch) {
        int run = shape.filterWidth() * shape.channels();
        int from = dyOffset;
        for (int s = 0; s < n; s++) {
            for (int oh = 0; oh < shape.outHeight(); oh++) {
                for (int ow = 0; ow < shape.outWidth(); ow++) {
                    int corner = dxOffset + s * sampleStride + oh * rowStride + ow * shape.channels();
                    for (int f = 0; f < shape.filters(); f++) {
                        float d = dY[from++];
                        for (int i = 0; i < shape.filterHeight(); i++) {
                            for (int j = 0; j < run; j++) {
                                int at = corner + i * rowStride + j;
                                dX[at] = Math.fma(d, filters[f * shape.filterSize() + i * run + j], dX[at]);
                            }
                        }
                    }
                }
            }
        }
    }

    @Override
    public void maxPoolForward(PoolShape shape, int n, float[] x, int xOffset, float[] y, int yOffset, int ldy, byte[] argmax) {
        ScalarPooling.forward(shape, n, x, xOffset, y, yOffset, ldy, argmax, 0);
    }

    @Override
    public void maxPoolBackward(PoolShape shape, int n, float[] dY, int dyOffset, int lddy, byte[] argmax, float[] dX, int dxOffset) {
        ScalarPooling.backward(shape, n, dY, dyOffset, lddy, argmax, 0, dX, dxOffset);
    }

    @Override
    public void activate(Activation f, int rows, int columns, float[] x, int xOffset, int ldx, float[] y, int yOffset, int ldy) {
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                float value = x[xOffset + r * ldx + c];
                y[yOffset + r * ldy + c] = switch (f) {
                    case Activation.Sigmoid _ -> ScalarMath.sigmoid(value);
                    case Activation.Tanh _ -> ScalarMath.tanh(value);
                    case Activation.Relu(float leak) -> ScalarMath.relu(value, leak);
                    case Activation.Ada(float alpha, float shift, float leak) -> ScalarMath.ada(value, alpha, shift, leak);
                };
            }
        }
    }

    @Override
    public void activateBackward(Activation f, int rows, int columns, float[] x, float[] y, float[] dY, float[] dX, int offset, int ld) {
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                int at = offset + r * ld + c;
                dX[at] = dY[at] * switch (f) {
                    case Activation.Sigmoid _ -> y[at] * (1f - y[at]);
                    case Activation.Tanh _ -> Math.fma(-y[at], y[at], 1f);
                    case Activation.Relu(float leak) -> x[at] > 0f ? 1f : leak;
                    case Activation.Ada(float alpha, float shift, float leak) -> ScalarMath.adaSlope(x[at], alpha, shift, leak);
                };
            }
        }
    }

    @Override
    public void scaleColumns(int rows, int columns, float[] x, int xOffset, int ldx, float[] g, float[] y, int yOffset, int ldy) {
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                y[yOffset + r * ldy + c] = x[xOffset + r * ldx + c] * g[c];
            }
        }
    }

    @Override
    public void gateGradient(int rows, int columns, float[] a, int aOffset, int lda, float[] dH, int dhOffset, int lddh, float[] dG) {
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                dG[c] = Math.fma(a[aOffset + r * lda + c], dH[dhOffset + r * lddh + c], dG[c]);
            }
        }
    }

    @Override
    public void exp(float[] x, float[] y, int from, int count) {
        for (int i = from; i < from + count; i++) {
            y[i] = ScalarMath.exp(x[i]);
        }
    }

    @Override
    public void log(float[] x, float[] y, int from, int count) {
        for (int i = from; i < from + count; i++) {
            y[i] = ScalarMath.log(x[i]);
        }
    }

    @Override
    public void logSoftmax(int rows, int columns, float[] x, int xOffset, int ldx, float[] y, int yOffset, int ldy, Scratch scratch) {
        ScalarSoftmax.logSoftmax(rows, columns, x, xOffset, ldx, y, yOffset, ldy, scratch);
    }

    @Override
    public double softmaxCrossEntropy(int rows, int columns, float[] x, int xOffset, int ldx, int[] labels, float scale,
                                      float[] dX, int dxOffset, int lddx, Scratch scratch) {
        return ScalarSoftmax.crossEntropy(rows, columns, x, xOffset, ldx, labels, scale, dX, dxOffset, lddx, scratch);
    }

    @Override
    public void sgd(float[] p, float[] g, int from, int count, float rate, float decay) {
        ScalarUpdates.sgd(p, g, from, count, rate, decay);
    }

    @Override
    public void momentum(float[] p, float[] g, float[] v, int from, int count, float rate, float momentum, float decay, boolean nesterov) {
        ScalarUpdates.momentum(p, g, v, from, count, rate, momentum, decay, nesterov);
    }

    @Override
    public void adam(float[] p, float[] g, float[] m, float[] v, int from, int count, float rate, float beta1, float beta2,
                     float eps, float correction1, float correction2, float decay, boolean decoupled) {
        ScalarUpdates.adam(p, g, m, v, from, count, rate, beta1, beta2, eps, correction1, correction2, decay, decoupled);
    }

    private static float rate(float rate, float[] factors, int row) {
        return factors == null ? rate : rate * factors[row];
    }

    @Override
    public void sgd(float[] p, float[] g, int length, int[] rows, int r, float[] factors, float rate, float decay) {
        for (int q = 0; q < r; q++) {
            int row = rows == null ? q : rows[q];
            ScalarUpdates.sgd(p, g, row * length, length, rate(rate, factors, row), decay);
        }
    }

    @Override
    public void momentum(float[] p, float[] g, float[] v, int length, int[] rows, int r, float[] factors, float rate, float momentum, float decay,
                         boolean nesterov) {
        for (int q = 0; q < r; q++) {
            int row = rows == null ? q : rows[q];
            ScalarUpdates.momentum(p, g, v, row * length, length, rate(rate, factors, row), momentum, decay, nesterov);
        }
    }

    @Override
    public void adam(float[] p, float[] g, float[] m, float[] v, int length, int[] rows, int r, float[] factors, float rate, float beta1, float beta2,
                     float eps, float correction1, float correction2, float decay, boolean decoupled) {
        for (int q = 0; q < r; q++) {
            int row = rows == null ? q : rows[q];
            ScalarUpdates.adam(p, g, m, v, row * length, length, rate(rate, factors, row), beta1, beta2, eps, correction1, correction2, decay, decoupled);
        }
    }

    @Override
    public void fill(float[] x, int from, int count, float value) {
        java.util.Arrays.fill(x, from, from + count, value);
    }

    @Override
    public void add(int count, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < count; i++) {
            y[yOffset + i] += x[xOffset + i];
        }
    }

    @Override
    public void axpy(int count, float alpha, float[] x, int xOffset, float[] y, int yOffset) {
        for (int i = 0; i < count; i++) {
            y[yOffset + i] = Math.fma(alpha, x[xOffset + i], y[yOffset + i]);
        }
    }

    @Override
    public double sum(float[] x, int from, int count) {
        return ScalarStatistics.sum(x, from, count);
    }

    @Override
    public double dot(int count, float[] x, int xOffset, float[] y, int yOffset) {
        return ScalarStatistics.dot(count, x, xOffset, y, yOffset);
    }

    @Override
    public void columnStatistics(int rows, int columns, float[] x, int xOffset, int ldx, float threshold, double[] sum, double[] sumOfSquares,
                                 long[] active, float[] min, float[] max, long[] histogram, int bins, float low, float high) {
        ScalarStatistics.columns(rows, 0, columns, x, xOffset, ldx, threshold, sum, sumOfSquares, active, min, max, histogram, bins, low, high);
    }
}
