package org.hyperhypo.kernels;

import java.util.Optional;

/// Every operation of the module. Two implementations: [ScalarKernels], the readable twin, and the SIMD kernels.
///
/// **Order promise.** An output of a product starts from its own value (accumulate), 0 (set) or its bias, and then does
/// `out = fma(a_k, b_k, out)` for k ascending. So neither blocking, vector width, the number of threads nor a choice of rows changes a bit, and both
/// implementations give the same bits for everything below.
///
/// **Arguments.** A matrix is row-major: element (i, j) of `a` is `a[aOffset + i·lda + j]`. Sizes may be 0. Input and output must not
/// overlap unless a method says so. A bad shape or an overlap is an `IllegalArgumentException` from the SIMD kernels before anything is written.
/// NaN and infinity propagate as in the written formula.
///
/// Methods may be called from several threads, each with its own [Scratch].
public sealed interface Kernels permits ScalarKernels, VectorKernels {

    /// Which operands of a product are read transposed: N as stored, T transposed; first A, then B.
    enum Form { NN, NT, TN }

    /// The fastest kernels that this JVM can run, or those that `-Dhyperhypo.kernels=scalar|vector` asks for; [KernelInfo#current] says why.
    static Kernels best() {
        return KernelInfo.chosen();
    }

    /// The same on `threads` threads, the caller included: products and convolutions are cut into parts that small helpers take. Same bits.
    ///
    /// Helpers are daemons, shared by all who ask for the same number; 1, or scalar kernels, need none.
    static Kernels best(int threads) {
        if (threads < 1 || threads > 1024) {
            throw new IllegalArgumentException("kernels for " + threads + " threads; use 1 to 1024");
        }
        return KernelInfo.chosen(threads);
    }

    /// The scalar twin.
    static Kernels scalar() {
        return ScalarKernels.INSTANCE;
    }

    /// The SIMD kernels, empty where the JVM lacks the module jdk.incubator.vector.
    static Optional<Kernels> vector() {
        return KernelInfo.vector();
    }

    /// "scalar", or "vector" with its width, and the threads if there are several.
    String name();

    /// Threads that one call may use, the caller included.
    int threads();

    /// `C = op(A)·op(B)`, or `C += op(A)·op(B)` when `accumulate`: [#gemm(Form, int, int, int, float, float[], int, int, float[], int, int, boolean, float[], int, int, Scratch)] with `alpha = 1`.
    default void gemm(Form form, int m, int n, int k, float[] a, int aOffset, int lda, float[] b, int bOffset, int ldb,
                      boolean accumulate, float[] c, int cOffset, int ldc, Scratch scratch) {
        gemm(form, m, n, k, 1f, a, aOffset, lda, b, bOffset, ldb, accumulate, c, cOffset, ldc, scratch);
    }

    /// `C = alpha·op(A)·op(B)`, or `C += …` when `accumulate`. Each element of A is multiplied by alpha first: `out = fma(alpha·a_k, b_k, out)`.
    ///
    /// | form | A | B | C |
    /// |---|---|---|---|
    /// | NN | (m, k) | (k, n) | (m, n) |
    /// | NT | (m, k) | (n, k) | (m, n) |
    /// | TN | (k, m) | (k, n) | (m, n) |
    ///
    /// `k = 0` leaves C (accumulate) or clears it. 2·m·n·k FLOPs.
    void gemm(Form form, int m, int n, int k, float alpha, float[] a, int aOffset, int lda, float[] b, int bOffset, int ldb,
              boolean accumulate, float[] c, int cOffset, int ldc, Scratch scratch);

    /// Room for a B of that form and size in these kernels' own order: [PackedMatrix#pack] fills it.
    PackedMatrix packed(Form form, int n, int k);

    /// `C = A·B`, or `C += A·B` when `accumulate`, with a packed B. Same bits as [#gemm] with the array that was packed.
    ///
    /// | A (m, b.k()) | C (m, b.n()) |
    ///
    /// With weights (out, in) packed as NT it is a dense layer without bias, packed as NN the gradient of its input.
    void gemm(int m, float[] a, int aOffset, int lda, PackedMatrix b, boolean accumulate, float[] c, int cOffset, int ldc, Scratch scratch);

    /// A dense layer with its activation: `z = bias + x·weightsᵀ; y = f(z)`, f while z is still in the cache.
    ///
    /// Arrays as in [#denseForward]; z (n, out) and y (n, out) may be one array with the same offset and leading dimension. Sets both.
    void denseForward(int n, int in, int out, float[] x, int xOffset, int ldx, float[] weights, float[] bias, Activation f,
                      float[] z, int zOffset, int ldz, float[] y, int yOffset, int ldy, Scratch scratch);

    /// The same with weights packed as NT. `f` may be null: then z alone is set and y is not read.
    void denseForward(int n, float[] x, int xOffset, int ldx, PackedMatrix weights, float[] bias, Activation f,
                      float[] z, int zOffset, int ldz, float[] y, int yOffset, int ldy, Scratch scratch);

    /// A dense layer: `y = bias + x·weightsᵀ`.
    ///
    /// | x (n, in) | weights (out, in) | bias (out) or null for 0 | y (n, out) |
    ///
    /// Sets y. 2·n·in·out FLOPs.
    void denseForward(int n, int in, int out, float[] x, int xOffset, int ldx, float[] weights, float[] bias,
                      float[] y, int yOffset, int ldy, Scratch scratch);

    /// Gradient of a dense layer's input: `dX = dOut·weights`, or `dX += …` when `accumulate`.
    ///
    /// | dOut (n, out) | weights (out, in) | dX (n, in) |
    ///
    /// 2·n·in·out FLOPs.
    void denseInputGradient(int n, int in, int out, float[] dOut, int dOffset, int ldd, float[] weights,
                            boolean accumulate, float[] dX, int dxOffset, int lddx, Scratch scratch);

    /// The same with the activation before the layer: `dY = dOut·weights; dZ = dY·f′`, f′ while dY is still in the cache.
    ///
    /// | dOut (n, out) | weights (out, in) | z, y = f(z), dY, dZ (n, in), all with the same offset and leading dimension |
    ///
    /// Sigmoid and tanh read y, ReLU and ADA read z; the other may be null. Sets dY and dZ, which may be one array. Same bits as the two operations.
    void denseInputGradient(int n, int in, int out, float[] dOut, int dOffset, int ldd, float[] weights, Activation f,
                            float[] z, float[] y, float[] dY, float[] dZ, int offset, int ld, Scratch scratch);

    /// The same with weights packed as NN.
    void denseInputGradient(int n, float[] dOut, int dOffset, int ldd, PackedMatrix weights, Activation f,
                            float[] z, float[] y, float[] dY, float[] dZ, int offset, int ld, Scratch scratch);

    /// Gradient of the weights of chosen neurons: `dW[rows, :] += dOut[:, rows]ᵀ·x`, k over the batch.
    ///
    /// | dOut (n, out) | x (n, in) | dW (out, in) contiguous | rows: ascending, the first `r` count; null with r = out means all |
    ///
    /// Adds; rows not listed are neither read nor written. 2·n·r·in FLOPs.
    void weightGradient(int n, int in, int out, float[] dOut, int dOffset, int ldd, float[] x, int xOffset, int ldx,
                        int[] rows, int r, float[] dW, Scratch scratch);

    /// Gradient of the biases of chosen neurons: `dB[row] += Σ_i dOut[i, row]`, i ascending.
    ///
    /// Adds; `rows` as in [#weightGradient]. A convolution's bias passes `n·positions` rows with `out = ldd = filters`.
    void biasGradient(int n, int out, float[] dOut, int dOffset, int ldd, int[] rows, int r, float[] dB);

    /// Valid convolution with stride 1: `y[s, oh, ow, f] = bias[f] + Σ_{i,j,c} filters[f, i, j, c]·x[s, oh+i, ow+j, c]`, k over (i, j, c).
    ///
    /// | x: element (s, h, w, c) at `xOffset + s·sampleStride + h·rowStride + w·C + c` | filters (F, fh, fw, C) | bias (F) or null | y (n, OH, OW, F) contiguous |
    ///
    /// Sets y. `shape.flops(n)` FLOPs, no copy of the input.
    void convolutionForward(ConvolutionShape shape, int n, float[] x, int xOffset, int sampleStride, int rowStride,
                            float[] filters, float[] bias, float[] y, int yOffset, Scratch scratch);

    /// Convolution, max pooling and activation: `z = maxPool(convolution(x) + bias); y = f(z)`. Outputs before pooling are never written to memory.
    ///
    /// | pool: channels, height, width = filters, OH, OW of `shape` | z, y (n, pooled OH, OW, F) contiguous within a sample, samples `ldz`, `ldy` apart | argmax as in [#maxPoolForward] |
    ///
    /// Same bits as the three operations one after the other. z and y may be one array. Sets z, y and argmax.
    void convolutionForward(ConvolutionShape shape, PoolShape pool, Activation f, int n, float[] x, int xOffset, int sampleStride, int rowStride,
                            float[] filters, float[] bias, float[] z, int zOffset, int ldz, float[] y, int yOffset, int ldy, byte[] argmax, Scratch scratch);

    /// Gradient of chosen filters: `dFilters[f, i, j, c] += Σ_{s,oh,ow} dY[s, oh, ow, f]·x[s, oh+i, ow+j, c]`, k over (s, oh, ow).
    ///
    /// Adds; `rows` (filter numbers) as in [#weightGradient]; x and dY laid out as in [#convolutionForward].
    void convolutionFilterGradient(ConvolutionShape shape, int n, float[] x, int xOffset, int sampleStride, int rowStride,
                                   float[] dY, int dyOffset, int[] rows, int r, float[] dFilters, Scratch scratch);

    /// Gradient of a convolution's input: `dX[s, oh+i, ow+j, c] += dY[s, oh, ow, f]·filters[f, i, j, c]`.
    ///
    /// Adds, and the caller clears: each element takes its terms over (oh, ow, f) ascending. dX is laid out as x in [#convolutionForward].
    void convolutionInputGradient(ConvolutionShape shape, int n, float[] dY, int dyOffset, float[] filters,
                                  float[] dX, int dxOffset, int sampleStride, int rowStride, Scratch scratch);

    /// Max pooling over channels-last x: `y = max` of each window, `argmax` = its number in the window (row · poolWidth + column).
    ///
    /// | x (n, H, W, C) contiguous | y: sample s at `yOffset + s·ldy`, (OH, OW, C) contiguous within | argmax (n, OH, OW, C) |
    ///
    /// Sets y and argmax. The first maximum wins; a later value replaces it only if `>`, so a NaN stays only if it comes first.
    void maxPoolForward(PoolShape shape, int n, float[] x, int xOffset, float[] y, int yOffset, int ldy, byte[] argmax);

    /// Gradient of max pooling: dX is dY at each window's winner and 0 elsewhere.
    ///
    /// Sets all of dX (n, H, W, C); dY laid out as y in [#maxPoolForward].
    void maxPoolBackward(PoolShape shape, int n, float[] dY, int dyOffset, int lddy, byte[] argmax, float[] dX, int dxOffset);

    /// `y = f(x)` over a (rows, columns) block. Sets y; y may be x with the same offset and leading dimension.
    void activate(Activation f, int rows, int columns, float[] x, int xOffset, int ldx, float[] y, int yOffset, int ldy);

    /// `dX = dY·f′`, all four arrays with the same offset and leading dimension.
    ///
    /// Sigmoid and tanh read y = f(x) and not x (which may be null); ReLU and ADA read x and not y (which may be null). Sets dX; dX may be dY.
    void activateBackward(Activation f, int rows, int columns, float[] x, float[] y, float[] dY, float[] dX, int offset, int ld);

    /// `y[r, c] = x[r, c]·g[c]`: one gate per neuron. Sets y; y may be x with the same offset and leading dimension.
    void scaleColumns(int rows, int columns, float[] x, int xOffset, int ldx, float[] g, float[] y, int yOffset, int ldy);

    /// Gradient of gates: `dG[c] += Σ_r a[r, c]·dH[r, c]`, r ascending with fma. Adds.
    void gateGradient(int rows, int columns, float[] a, int aOffset, int lda, float[] dH, int dhOffset, int lddh, float[] dG);

    /// `y[i] = exp(x[i])` for i in [from, from + count): own polynomial, error below 0.94 ulp for every float. y may be x.
    void exp(float[] x, float[] y, int from, int count);

    /// `y[i] = ln(x[i])` for i in [from, from + count): own series, error below 0.86 ulp for every float; −∞ for ±0, NaN below 0. y may be x.
    void log(float[] x, float[] y, int from, int count);

    /// `y[r, c] = x[r, c] − max_r − ln Σ_c exp(x[r, c] − max_r)`.
    ///
    /// The sum runs in 16 lanes (column c in lane c mod 16, ascending) that are then added in halves: 8, 4, 2, 1. Sets y; y may be x.
    void logSoftmax(int rows, int columns, float[] x, int xOffset, int ldx, float[] y, int yOffset, int ldy, Scratch scratch);

    /// Softmax, cross entropy and gradient in one: `dX[r, c] = scale·(softmax(x_r)[c] − [c = label_r])`; returns `scale·Σ_r −ln softmax(x_r)[label_r]`.
    ///
    /// A negative label ignores its row: dX row 0, no loss. With `scale = 1/rows` the result is the mean loss. Lane order as in [#logSoftmax],
    /// loss summed in double over r ascending. Sets dX; dX may be x.
    double softmaxCrossEntropy(int rows, int columns, float[] x, int xOffset, int ldx, int[] labels, float scale,
                               float[] dX, int dxOffset, int lddx, Scratch scratch);

    /// `g' = g + decay·p; p −= rate·g'` for indices in [from, from + count) of both arrays.
    void sgd(float[] p, float[] g, int from, int count, float rate, float decay);

    /// `g' = g + decay·p; v = momentum·v + g'; p −= rate·v`, or with Nesterov `p −= rate·(g' + momentum·v)`.
    void momentum(float[] p, float[] g, float[] v, int from, int count, float rate, float momentum, float decay, boolean nesterov);

    /// Adam: `m = β₁m + (1−β₁)g'; v = β₂v + (1−β₂)g'²; p −= (rate/correction1)·m / (√v/√correction2 + eps)`.
    ///
    /// `correction1 = 1 − β₁ᵗ`, `correction2 = 1 − β₂ᵗ` at step t ≥ 1. Decay is added to the gradient (`g' = g + decay·p`), or with
    /// `decoupled` (AdamW) multiplies p by `1 − rate·decay` first.
    void adam(float[] p, float[] g, float[] m, float[] v, int from, int count, float rate, float beta1, float beta2,
              float eps, float correction1, float correction2, float decay, boolean decoupled);

    /// The [sgd step][#sgd(float[], float[], int, int, float, float)] for chosen rows of a matrix, each at its own rate: one call serves a mask.
    ///
    /// | p, g (…, length) contiguous | rows: ascending, the first `r` count; null means rows 0 … r − 1 | factors: one for every row of p, or null for 1 |
    ///
    /// Row o learns at `rate·factors[o]`, one rounding: the same bits as a call for that row alone with that rate. Rows not listed keep theirs.
    /// A bias is a matrix with `length = 1`.
    void sgd(float[] p, float[] g, int length, int[] rows, int r, float[] factors, float rate, float decay);

    /// The [momentum step][#momentum(float[], float[], float[], int, int, float, float, float, boolean)] for chosen rows; arguments as in the step above.
    void momentum(float[] p, float[] g, float[] v, int length, int[] rows, int r, float[] factors, float rate, float momentum, float decay, boolean nesterov);

    /// The [Adam step][#adam(float[], float[], float[], float[], int, int, float, float, float, float, float, float, float, boolean)] for chosen rows.
    void adam(float[] p, float[] g, float[] m, float[] v, int length, int[] rows, int r, float[] factors, float rate, float beta1, float beta2,
              float eps, float correction1, float correction2, float decay, boolean decoupled);

    /// `x[i] = value` for i in [from, from + count).
    void fill(float[] x, int from, int count, float value);

    /// `y[yOffset + i] += x[xOffset + i]`.
    void add(int count, float[] x, int xOffset, float[] y, int yOffset);

    /// `y[yOffset + i] = fma(alpha, x[xOffset + i], y[yOffset + i])`.
    void axpy(int count, float alpha, float[] x, int xOffset, float[] y, int yOffset);

    /// `Σ x[i]` in double: pieces of 2¹⁵ floats, in each four chains (i mod 4 counted from its start), then (s0 + s1) + (s2 + s3); pieces in order.
    double sum(float[] x, int from, int count);

    /// `Σ x[xOffset + i]·y[yOffset + i]`: products exact in double, pieces and chains as in [#sum].
    double dot(int count, float[] x, int xOffset, float[] y, int yOffset);

    /// Streaming statistics of columns, added to what the arrays hold; any of them may be null.
    ///
    /// For every element x of column c: `sum[c] += x`, `sumOfSquares[c] += x²` (double), `active[c]++` if x > threshold, `min[c]`, `max[c]`
    /// (start from ±∞), and `histogram[c·bins + b]++` with `b = ⌊(x − low)/(high − low)·bins⌋` held in [0, bins). Rows ascending.
    void columnStatistics(int rows, int columns, float[] x, int xOffset, int ldx, float threshold, double[] sum, double[] sumOfSquares,
                          long[] active, float[] min, float[] max, long[] histogram, int bins, float low, float high);
}
