package org.hyperhypo.kernels;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The SIMD kernels: checks the arguments once, then hands over to one class per idea.
///
/// Not loaded where jdk.incubator.vector is missing; [KernelInfo] sees to that.
final class VectorKernels implements Kernels {
    private static final Map<Integer, VectorKernels> BY_THREADS = new ConcurrentHashMap<>();

    private final Threads threads;

    private VectorKernels(int threads) {
        this.threads = new Threads(threads);
    }

    static VectorKernels of(int threads) {
        return BY_THREADS.computeIfAbsent(threads, VectorKernels::new);
    }

    @Override
    public String name() {
        return "vector" + 32 * Lanes.L + (threads() > 1 ? ", " + threads() + " threads" : "");
    }

    @Override
    public int threads() {
        return threads.count();
    }

    @Override
    public void gemm(Form form, int m, int n, int k, float alpha, float[] a, int aOffset, int lda, float[] b, int bOffset, int ldb,
                     boolean accumulate, float[] c, int cOffset, int ldc, Scratch scratch) {
        Door.sizes(m, n, k);
        Door.matrix("A", a, aOffset, form == Form.TN ? k : m, form == Form.TN ? m : k, lda);
        Door.matrix("B", b, bOffset, form == Form.NT ? n : k, form == Form.NT ? k : n, ldb);
        Door.matrix("C", c, cOffset, m, n, ldc);
        Door.apart("C", c, cOffset, m, n, ldc, "A", a, aOffset, form == Form.TN ? k : m, form == Form.TN ? m : k, lda);
        Door.apart("C", c, cOffset, m, n, ldc, "B", b, bOffset, form == Form.NT ? n : k, form == Form.NT ? k : n, ldb);
        product(form, m, n, k, alpha, a, aOffset, lda, b, bOffset, ldb, accumulate, null, c, cOffset, ldc, scratch);
    }

    private void product(Form form, int m, int n, int k, float alpha, float[] a, int aOffset, int lda, float[] b, int bOffset, int ldb,
                         boolean accumulate, float[] bias, float[] c, int cOffset, int ldc, Scratch scratch) {
        if (SkinnyParts.worth(form, m, n, k, alpha, threads)) {
            SkinnyParts.run(form, m, n, k, a, aOffset, lda, b, bOffset, ldb, accumulate, bias, c, cOffset, ldc, threads, scratch);
        } else {
            Gemm.run(form, m, n, k, alpha, a, aOffset, lda, b, bOffset, ldb, null, accumulate, bias, c, cOffset, ldc, threads, scratch);
        }
    }

    @Override
    public PackedMatrix packed(Form form, int n, int k) {
        return new PackedMatrix(form, n, k, Lanes.L);
    }

    @Override
    public void gemm(int m, float[] a, int aOffset, int lda, PackedMatrix b, boolean accumulate, float[] c, int cOffset, int ldc, Scratch scratch) {
        Door.packed(b, Lanes.L);
        Door.sizes(m, b.n(), b.k());
        Door.matrix("A", a, aOffset, m, b.k(), lda);
        Door.matrix("C", c, cOffset, m, b.n(), ldc);
        Door.apart("C", c, cOffset, m, b.n(), ldc, "A", a, aOffset, m, b.k(), lda);
        Gemm.product(m, 1f, a, aOffset, lda, b, accumulate, null, c, cOffset, ldc, scratch).run(threads, scratch);
    }

    @Override
    public void denseForward(int n, int in, int out, float[] x, int xOffset, int ldx, float[] weights, float[] bias,
                             float[] y, int yOffset, int ldy, Scratch scratch) {
        dense(n, in, out, x, xOffset, ldx, weights, bias, y, yOffset, ldy);
        product(Form.NT, n, out, in, 1f, x, xOffset, ldx, weights, 0, in, false, bias, y, yOffset, ldy, scratch);
    }

    private static void dense(int n, int in, int out, float[] x, int xOffset, int ldx, float[] weights, float[] bias, float[] z, int zOffset, int ldz) {
        Door.sizes(n, in, out);
        Door.matrix("x", x, xOffset, n, in, ldx);
        Door.matrix("weights", weights, 0, out, in, in);
        Door.matrix("y", z, zOffset, n, out, ldz);
        Door.apart("y", z, zOffset, n, out, ldz, "x", x, xOffset, n, in, ldx);
        Door.apart("y", z, zOffset, n, out, ldz, "weights", weights, 0, out, in, in);
        bias(bias, out, z, zOffset, n, ldz);
    }

    private static void bias(float[] bias, int out, float[] z, int zOffset, int n, int ldz) {
        if (bias != null) {
            Door.run("bias", bias.length, 0, out);
            Door.apart("y", z, zOffset, n, out, ldz, "bias", bias, 0, 1, out, out);
        }
    }

    /// y = f(z), which may lie in place of z but not on what the layer reads.
    private static void activated(int n, int in, int out, float[] x, int xOffset, int ldx, float[] z, int zOffset, int ldz, float[] y, int yOffset, int ldy) {
        Door.matrix("y", y, yOffset, n, out, ldy);
        Door.sameOrApart("y", y, yOffset, ldy, "z", z, zOffset, ldz, n, out);
        Door.apart("y", y, yOffset, n, out, ldy, "x", x, xOffset, n, in, ldx);
    }

    @Override
    public void denseForward(int n, int in, int out, float[] x, int xOffset, int ldx, float[] weights, float[] bias, Activation f,
                             float[] z, int zOffset, int ldz, float[] y, int yOffset, int ldy, Scratch scratch) {
        dense(n, in, out, x, xOffset, ldx, weights, bias, z, zOffset, ldz);
        activated(n, in, out, x, xOffset, ldx, z, zOffset, ldz, y, yOffset, ldy);
        Door.apart("y", y, yOffset, n, out, ldy, "weights", weights, 0, out, in, in);
        if (n == 1) {
            product(Form.NT, n, out, in, 1f, x, xOffset, ldx, weights, 0, in, false, bias, z, zOffset, ldz, scratch);
            Elementwise.activate(f, n, out, z, zOffset, ldz, y, yOffset, ldy);
            return;
        }
        Product p = Gemm.product(Form.NT, n, out, in, 1f, x, xOffset, ldx, weights, 0, in, null, false, bias, z, zOffset, ldz, scratch);
        p.epilogue(f, y, yOffset, ldy);
        p.run(threads, scratch);
    }

    @Override
    public void denseForward(int n, float[] x, int xOffset, int ldx, PackedMatrix weights, float[] bias, Activation f,
                             float[] z, int zOffset, int ldz, float[] y, int yOffset, int ldy, Scratch scratch) {
        Door.packed(weights, Lanes.L);
        Door.sizes(n, weights.n(), weights.k());
        Door.matrix("x", x, xOffset, n, weights.k(), ldx);
        Door.matrix("z", z, zOffset, n, weights.n(), ldz);
        Door.apart("z", z, zOffset, n, weights.n(), ldz, "x", x, xOffset, n, weights.k(), ldx);
        bias(bias, weights.n(), z, zOffset, n, ldz);
        if (f != null) {
            activated(n, weights.k(), weights.n(), x, xOffset, ldx, z, zOffset, ldz, y, yOffset, ldy);
        }
        Product p = Gemm.product(n, 1f, x, xOffset, ldx, weights, false, bias, z, zOffset, ldz, scratch);
        p.epilogue(f, y, yOffset, ldy);
        p.run(threads, scratch);
    }

    @Override
    public void denseInputGradient(int n, int in, int out, float[] dOut, int dOffset, int ldd, float[] weights,
                                   boolean accumulate, float[] dX, int dxOffset, int lddx, Scratch scratch) {
        gemm(Form.NN, n, in, out, 1f, dOut, dOffset, ldd, weights, 0, in, accumulate, dX, dxOffset, lddx, scratch);
    }

    @Override
    public void denseInputGradient(int n, int in, int out, float[] dOut, int dOffset, int ldd, float[] weights, Activation f,
                                   float[] z, float[] y, float[] dY, float[] dZ, int offset, int ld, Scratch scratch) {
        Door.sizes(n, in, out);
        Door.matrix("dOut", dOut, dOffset, n, out, ldd);
        Door.matrix("weights", weights, 0, out, in, in);
        backward(f, n, in, out, dOut, dOffset, ldd, z, y, dY, dZ, offset, ld);
        Door.apart("dY", dY, offset, n, in, ld, "weights", weights, 0, out, in, in);
        Door.apart("dZ", dZ, offset, n, in, ld, "weights", weights, 0, out, in, in);
        if (Gemm.few(n, in)) {
            product(Form.NN, n, in, out, 1f, dOut, dOffset, ldd, weights, 0, in, false, null, dY, offset, ld, scratch);
            Elementwise.activateBackward(f, n, in, z, y, dY, dZ, offset, ld);
            return;
        }
        Product p = Gemm.product(Form.NN, n, in, out, 1f, dOut, dOffset, ldd, weights, 0, in, null, false, null, dY, offset, ld, scratch);
        p.epilogueBackward(f, z, y, dZ);
        p.run(threads, scratch);
    }

    @Override
    public void denseInputGradient(int n, float[] dOut, int dOffset, int ldd, PackedMatrix weights, Activation f,
                                   float[] z, float[] y, float[] dY, float[] dZ, int offset, int ld, Scratch scratch) {
        Door.packed(weights, Lanes.L);
        Door.sizes(n, weights.n(), weights.k());
        Door.matrix("dOut", dOut, dOffset, n, weights.k(), ldd);
        backward(f, n, weights.n(), weights.k(), dOut, dOffset, ldd, z, y, dY, dZ, offset, ld);
        Product p = Gemm.product(n, 1f, dOut, dOffset, ldd, weights, false, null, dY, offset, ld, scratch);
        p.epilogueBackward(f, z, y, dZ);
        p.run(threads, scratch);
    }

    private static void backward(Activation f, int n, int in, int out, float[] dOut, int dOffset, int ldd,
                                 float[] z, float[] y, float[] dY, float[] dZ, int offset, int ld) {
        Door.matrix(readsY(f) ? "y" : "z", readsY(f) ? y : z, offset, n, in, ld);
        Door.matrix("dY", dY, offset, n, in, ld);
        Door.matrix("dZ", dZ, offset, n, in, ld);
        Door.apart("dY", dY, offset, n, in, ld, "dOut", dOut, dOffset, n, out, ldd);
        Door.apart("dZ", dZ, offset, n, in, ld, "dOut", dOut, dOffset, n, out, ldd);
        Door.apart("dY", dY, offset, n, in, ld, readsY(f) ? "y" : "z", readsY(f) ? y : z, offset, n, in, ld);
    }

    private static boolean readsY(Activation f) {
        return f instanceof Activation.Sigmoid || f instanceof Activation.Tanh;
    }

    @Override
    public void weightGradient(int n, int in, int out, float[] dOut, int dOffset, int ldd, float[] x, int xOffset, int ldx,
                               int[] rows, int r, float[] dW, Scratch scratch) {
        Door.sizes(n, in, out);
        Door.chosen(rows, r, out);
        Door.matrix("dOut", dOut, dOffset, n, out, ldd);
        Door.matrix("x", x, xOffset, n, in, ldx);
        Door.matrix("dW", dW, 0, out, in, in);
        Door.apart("dW", dW, 0, out, in, in, "dOut", dOut, dOffset, n, out, ldd);
        Door.apart("dW", dW, 0, out, in, in, "x", x, xOffset, n, in, ldx);
        Gemm.run(Form.TN, r, in, n, 1f, dOut, dOffset, ldd, x, xOffset, ldx, rows, true, null, dW, 0, in, threads, scratch);
    }

    @Override
    public void biasGradient(int n, int out, float[] dOut, int dOffset, int ldd, int[] rows, int r, float[] dB) {
        Door.sizes(n, out, r);
        Door.chosen(rows, r, out);
        Door.matrix("dOut", dOut, dOffset, n, out, ldd);
        Door.run("dB", dB.length, 0, out);
        Door.apart("dB", dB, 0, 1, out, out, "dOut", dOut, dOffset, n, out, ldd);
        ColumnSums.biasGradient(n, dOut, dOffset, ldd, rows, r, dB, threads);
    }

    @Override
    public void convolutionForward(ConvolutionShape shape, int n, float[] x, int xOffset, int sampleStride, int rowStride,
                                   float[] filters, float[] bias, float[] y, int yOffset, Scratch scratch) {
        convolution(shape, n, "x", x, xOffset, sampleStride, rowStride, "y", y, yOffset);
        Door.matrix("filters", filters, 0, shape.filters(), shape.filterSize(), shape.filterSize());
        if (bias != null) {
            Door.run("bias", bias.length, 0, shape.filters());
        }
        Convolution.forward(shape, n, x, xOffset, sampleStride, rowStride, filters, bias, y, yOffset, threads, scratch);
    }

    @Override
    public void convolutionForward(ConvolutionShape shape, PoolShape pool, Activation f, int n, float[] x, int xOffset, int sampleStride, int rowStride,
                                   float[] filters, float[] bias, float[] z, int zOffset, int ldz, float[] y, int yOffset, int ldy, byte[] argmax,
                                   Scratch scratch) {
        Door.sizes(n, 0, 0);
        Door.pool(shape, pool);
        Door.input("x", shape, n, x, xOffset, sampleStride, rowStride);
        Door.matrix("filters", filters, 0, shape.filters(), shape.filterSize(), shape.filterSize());
        if (bias != null) {
            Door.run("bias", bias.length, 0, shape.filters());
        }
        Door.matrix("z", z, zOffset, n, pool.outSize(), ldz);
        Door.matrix("y", y, yOffset, n, pool.outSize(), ldy);
        Door.sameOrApart("y", y, yOffset, ldy, "z", z, zOffset, ldz, n, pool.outSize());
        apart(shape, n, "x", x, xOffset, sampleStride, rowStride, "z", z, zOffset, pool.outSize(), ldz);
        apart(shape, n, "x", x, xOffset, sampleStride, rowStride, "y", y, yOffset, pool.outSize(), ldy);
        Door.run("argmax", argmax.length, 0, n * pool.outSize());
        Convolution.forward(shape, pool, f, n, x, xOffset, sampleStride, rowStride, filters, bias, z, zOffset, ldz, y, yOffset, ldy, argmax, threads, scratch);
    }

    private static void convolution(ConvolutionShape shape, int n, String xName, float[] x, int xOffset, int sampleStride, int rowStride,
                                    String yName, float[] y, int yOffset) {
        Door.sizes(n, 0, 0);
        Door.input(xName, shape, n, x, xOffset, sampleStride, rowStride);
        Door.matrix(yName, y, yOffset, n, shape.outSize(), shape.outSize());
        apart(shape, n, xName, x, xOffset, sampleStride, rowStride, yName, y, yOffset, shape.outSize(), shape.outSize());
    }

    /// A convolution's input, or its gradient, as one run of floats; the other array has `size` floats a sample.
    private static void apart(ConvolutionShape shape, int n, String xName, float[] x, int xOffset, int sampleStride, int rowStride,
                              String yName, float[] y, int yOffset, int size, int ldy) {
        int span = (n - 1) * sampleStride + (shape.height() - 1) * rowStride + shape.width() * shape.channels();
        Door.apart(yName, y, yOffset, n, size, ldy, xName, x, xOffset, n == 0 ? 0 : 1, span, span);
    }

    @Override
    public void convolutionFilterGradient(ConvolutionShape shape, int n, float[] x, int xOffset, int sampleStride, int rowStride,
                                          float[] dY, int dyOffset, int[] rows, int r, float[] dFilters, Scratch scratch) {
        convolution(shape, n, "x", x, xOffset, sampleStride, rowStride, "dY", dY, dyOffset);
        Door.chosen(rows, r, shape.filters());
        Door.matrix("dFilters", dFilters, 0, shape.filters(), shape.filterSize(), shape.filterSize());
        Convolution.filterGradient(shape, n, x, xOffset, sampleStride, rowStride, dY, dyOffset, rows, r, dFilters, threads, scratch);
    }

    @Override
    public void convolutionInputGradient(ConvolutionShape shape, int n, float[] dY, int dyOffset, float[] filters,
                                         float[] dX, int dxOffset, int sampleStride, int rowStride, Scratch scratch) {
        convolution(shape, n, "dX", dX, dxOffset, sampleStride, rowStride, "dY", dY, dyOffset);
        Door.matrix("filters", filters, 0, shape.filters(), shape.filterSize(), shape.filterSize());
        Convolution.inputGradient(shape, n, dY, dyOffset, filters, dX, dxOffset, sampleStride, rowStride, threads, scratch);
    }

    @Override
    public void maxPoolForward(PoolShape shape, int n, float[] x, int xOffset, float[] y, int yOffset, int ldy, byte[] argmax) {
        Door.sizes(n, 0, 0);
        Door.matrix("x", x, xOffset, n, shape.inSize(), shape.inSize());
        Door.matrix("y", y, yOffset, n, shape.outSize(), ldy);
        Door.run("argmax", argmax.length, 0, n * shape.outSize());
        Door.apart("y", y, yOffset, n, shape.outSize(), ldy, "x", x, xOffset, n, shape.inSize(), shape.inSize());
        Pooling.forward(shape, n, x, xOffset, y, yOffset, ldy, argmax, threads);
    }

    @Override
    public void maxPoolBackward(PoolShape shape, int n, float[] dY, int dyOffset, int lddy, byte[] argmax, float[] dX, int dxOffset) {
        Door.sizes(n, 0, 0);
        Door.matrix("dX", dX, dxOffset, n, shape.inSize(), shape.inSize());
        Door.matrix("dY", dY, dyOffset, n, shape.outSize(), lddy);
        Door.run("argmax", argmax.length, 0, n * shape.outSize());
        Door.apart("dX", dX, dxOffset, n, shape.inSize(), shape.inSize(), "dY", dY, dyOffset, n, shape.outSize(), lddy);
        Pooling.backward(shape, n, dY, dyOffset, lddy, argmax, dX, dxOffset, threads);
    }

    @Override
    public void activate(Activation f, int rows, int columns, float[] x, int xOffset, int ldx, float[] y, int yOffset, int ldy) {
        block("x", rows, columns, x, xOffset, ldx, "y", y, yOffset, ldy);
        Door.sameOrApart("y", y, yOffset, ldy, "x", x, xOffset, ldx, rows, columns);
        Elementwise.activate(f, rows, columns, x, xOffset, ldx, y, yOffset, ldy, threads);
    }

    private static void block(String xName, int rows, int columns, float[] x, int xOffset, int ldx, String yName, float[] y, int yOffset, int ldy) {
        Door.sizes(rows, columns, 0);
        Door.matrix(xName, x, xOffset, rows, columns, ldx);
        Door.matrix(yName, y, yOffset, rows, columns, ldy);
    }

    @Override
    public void activateBackward(Activation f, int rows, int columns, float[] x, float[] y, float[] dY, float[] dX, int offset, int ld) {
        block(readsY(f) ? "y" : "x", rows, columns, readsY(f) ? y : x, offset, ld, "dY", dY, offset, ld);
        Door.matrix("dX", dX, offset, rows, columns, ld);
        Elementwise.activateBackward(f, rows, columns, x, y, dY, dX, offset, ld, threads);
    }

    @Override
    public void scaleColumns(int rows, int columns, float[] x, int xOffset, int ldx, float[] g, float[] y, int yOffset, int ldy) {
        block("x", rows, columns, x, xOffset, ldx, "y", y, yOffset, ldy);
        Door.sameOrApart("y", y, yOffset, ldy, "x", x, xOffset, ldx, rows, columns);
        Door.run("g", g.length, 0, columns);
        Door.apart("y", y, yOffset, rows, columns, ldy, "g", g, 0, 1, columns, columns);
        Elementwise.scaleColumns(rows, columns, x, xOffset, ldx, g, y, yOffset, ldy, threads);
    }

    @Override
    public void gateGradient(int rows, int columns, float[] a, int aOffset, int lda, float[] dH, int dhOffset, int lddh, float[] dG) {
        block("a", rows, columns, a, aOffset, lda, "dH", dH, dhOffset, lddh);
        Door.run("dG", dG.length, 0, columns);
        Door.apart("dG", dG, 0, 1, columns, columns, "a", a, aOffset, rows, columns, lda);
        Door.apart("dG", dG, 0, 1, columns, columns, "dH", dH, dhOffset, rows, columns, lddh);
        ColumnSums.gateGradient(rows, columns, a, aOffset, lda, dH, dhOffset, lddh, dG, threads);
    }

    @Override
    public void exp(float[] x, float[] y, int from, int count) {
        Door.run("x", x.length, from, count);
        Door.run("y", y.length, from, count);
        Exp.run(count, x, from, y, from, threads);
    }

    @Override
    public void log(float[] x, float[] y, int from, int count) {
        Door.run("x", x.length, from, count);
        Door.run("y", y.length, from, count);
        Log.run(count, x, from, y, from, threads);
    }

    @Override
    public void logSoftmax(int rows, int columns, float[] x, int xOffset, int ldx, float[] y, int yOffset, int ldy, Scratch scratch) {
        block("x", rows, columns, x, xOffset, ldx, "y", y, yOffset, ldy);
        Door.sameOrApart("y", y, yOffset, ldy, "x", x, xOffset, ldx, rows, columns);
        Softmax.logSoftmax(rows, columns, x, xOffset, ldx, y, yOffset, ldy, threads, scratch);
    }

    @Override
    public double softmaxCrossEntropy(int rows, int columns, float[] x, int xOffset, int ldx, int[] labels, float scale,
                                      float[] dX, int dxOffset, int lddx, Scratch scratch) {
        block("x", rows, columns, x, xOffset, ldx, "dX", dX, dxOffset, lddx);
        Door.sameOrApart("dX", dX, dxOffset, lddx, "x", x, xOffset, ldx, rows, columns);
        Door.labels(labels, rows, columns);
        return Softmax.crossEntropy(rows, columns, x, xOffset, ldx, labels, scale, dX, dxOffset, lddx, threads, scratch);
    }

    @Override
    public void sgd(float[] p, float[] g, int from, int count, float rate, float decay) {
        Door.run("p, g", Math.min(p.length, g.length), from, count);
        Door.distinct("p, g", p, g, null, null);
        Updates.sgd(p, g, rate, decay).run(from, count, threads);
    }

    @Override
    public void momentum(float[] p, float[] g, float[] v, int from, int count, float rate, float momentum, float decay, boolean nesterov) {
        Door.run("p, g, v", Math.min(p.length, Math.min(g.length, v.length)), from, count);
        Door.distinct("p, g, v", p, g, v, null);
        Updates.momentum(p, g, v, rate, momentum, decay, nesterov).run(from, count, threads);
    }

    @Override
    public void adam(float[] p, float[] g, float[] m, float[] v, int from, int count, float rate, float beta1, float beta2,
                     float eps, float correction1, float correction2, float decay, boolean decoupled) {
        Door.run("p, g, m, v", Math.min(Math.min(p.length, g.length), Math.min(m.length, v.length)), from, count);
        Door.distinct("p, g, m, v", p, g, m, v);
        Updates.adam(p, g, m, v, rate, beta1, beta2, eps, correction1, correction2, decay, decoupled).run(from, count, threads);
    }

    private static void rows(String names, int size, int length, int[] rows, int r, float[] factors) {
        Door.sizes(length, r, 0);
        Door.run("rows", rows == null ? r : rows.length, 0, r);
        int end = rows == null || r == 0 ? r : rows[r - 1] + 1;
        Door.matrix(names, size, 0, end, length, length);
        Door.chosen(rows, r, end);
        if (factors != null) {
            Door.run("factors", factors.length, 0, end);
        }
    }

    @Override
    public void sgd(float[] p, float[] g, int length, int[] rows, int r, float[] factors, float rate, float decay) {
        rows("p, g", Math.min(p.length, g.length), length, rows, r, factors);
        Door.distinct("p, g", p, g, factors, null);
        Updates.sgd(p, g, rate, decay).run(length, rows, r, factors, threads);
    }

    @Override
    public void momentum(float[] p, float[] g, float[] v, int length, int[] rows, int r, float[] factors, float rate, float momentum, float decay,
                         boolean nesterov) {
        rows("p, g, v", Math.min(p.length, Math.min(g.length, v.length)), length, rows, r, factors);
        Door.distinct("p, g, v", p, g, v, factors);
        Updates.momentum(p, g, v, rate, momentum, decay, nesterov).run(length, rows, r, factors, threads);
    }

    @Override
    public void adam(float[] p, float[] g, float[] m, float[] v, int length, int[] rows, int r, float[] factors, float rate, float beta1, float beta2,
                     float eps, float correction1, float correction2, float decay, boolean decoupled) {
        rows("p, g, m, v", Math.min(Math.min(p.length, g.length), Math.min(m.length, v.length)), length, rows, r, factors);
        Door.distinct("p, g, m, v", p, g, m, v);
        Updates.adam(p, g, m, v, rate, beta1, beta2, eps, correction1, correction2, decay, decoupled).run(length, rows, r, factors, threads);
    }

    @Override
    public void fill(float[] x, int from, int count, float value) {
        Door.run("x", x.length, from, count);
        Elementwise.fill(x, from, count, value, threads);
    }

    @Override
    public void add(int count, float[] x, int xOffset, float[] y, int yOffset) {
        Door.run("x", x.length, xOffset, count);
        Door.run("y", y.length, yOffset, count);
        Door.sameOrApart("y", y, yOffset, count, "x", x, xOffset, count, 1, count);
        Elementwise.add(count, x, xOffset, y, yOffset, threads);
    }

    @Override
    public void axpy(int count, float alpha, float[] x, int xOffset, float[] y, int yOffset) {
        Door.run("x", x.length, xOffset, count);
        Door.run("y", y.length, yOffset, count);
        Door.sameOrApart("y", y, yOffset, count, "x", x, xOffset, count, 1, count);
        Elementwise.axpy(count, alpha, x, xOffset, y, yOffset, threads);
    }

    @Override
    public double sum(float[] x, int from, int count) {
        Door.run("x", x.length, from, count);
        return Statistics.sum(x, from, count, threads);
    }

    @Override
    public double dot(int count, float[] x, int xOffset, float[] y, int yOffset) {
        Door.run("x", x.length, xOffset, count);
        Door.run("y", y.length, yOffset, count);
        return Statistics.dot(count, x, xOffset, y, yOffset, threads);
    }

    @Override
    public void columnStatistics(int rows, int columns, float[] x, int xOffset, int ldx, float threshold, double[] sum, double[] sumOfSquares,
                                 long[] active, float[] min, float[] max, long[] histogram, int bins, float low, float high) {
        Door.sizes(rows, columns, 0);
        Door.matrix("x", x, xOffset, rows, columns, ldx);
        columnResults(columns, sum, sumOfSquares, active, min, max, histogram, bins);
        Statistics.columns(rows, columns, x, xOffset, ldx, threshold, sum, sumOfSquares, active, min, max, histogram, bins, low, high, threads);
    }

    private static void columnResults(int columns, double[] sum, double[] sumOfSquares, long[] active, float[] min, float[] max, long[] histogram, int bins) {
        Door.run("sum", sum == null ? columns : sum.length, 0, columns);
        Door.run("sumOfSquares", sumOfSquares == null ? columns : sumOfSquares.length, 0, columns);
        Door.run("active", active == null ? columns : active.length, 0, columns);
        Door.run("min", min == null ? columns : min.length, 0, columns);
        Door.run("max", max == null ? columns : max.length, 0, columns);
        if (histogram != null) {
            Door.matrix("histogram", histogram.length, 0, columns, bins, bins);
        }
    }
}
