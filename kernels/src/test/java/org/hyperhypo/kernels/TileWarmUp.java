package org.hyperhypo.kernels;

/// Runs every tile, transposition, copy of windows and epilogue until C2 has compiled it, for check-spills.sh. Not a test.
///
/// Calls are counted, not timed, so that a busy machine compiles as much as a quiet one; the script makes compilation wait (`-Xbatch`).
final class TileWarmUp {
    private static final int M = 25;
    private static final int N = 64;
    private static final int K = 300;
    /// C2 takes a method after 600 calls if its loops have run 15 000 times, and others after 5000.
    private static final int ROUNDS = 2000;

    private final Kernels k = Kernels.vector().orElseThrow();
    private final Scratch scratch = new Scratch();
    private final float[] a = new float[N * K];
    private final float[] b = new float[N * K];
    private final float[] c = new float[N * K];
    private final float[] d = new float[N * K];
    private final byte[] winners = new byte[N * K];
    private final PackedMatrix wide = k.packed(Kernels.Form.NN, N, K);
    private final PackedMatrix narrow = k.packed(Kernels.Form.NN, Lanes.L, K);

    private TileWarmUp() {
    }

    private void products() {
        k.gemm(M, a, 0, K, wide, true, c, 0, N, scratch);
        k.gemm(M, a, 0, K, narrow, true, c, 0, N, scratch);
        k.gemm(1, a, 0, K, wide, true, c, 0, N, scratch);
        k.gemm(Kernels.Form.NN, M, N, K, a, 0, K, b, 0, N, true, c, 0, N, scratch);
        k.gemm(Kernels.Form.NT, M, N, K, a, 0, K, b, 0, K, true, c, 0, N, scratch);
        k.gemm(Kernels.Form.NN, 2, N, K, a, 0, K, b, 0, N, true, c, 0, N, scratch);
        k.gemm(Kernels.Form.NT, 1, N, K, a, 0, K, b, 0, K, true, c, 0, N, scratch);
        k.gemm(Kernels.Form.TN, M, N, 7, a, 0, M, b, 0, N, true, c, 0, N, scratch);
        k.gemm(Kernels.Form.TN, M, N, K, a, 0, M, b, 0, N, true, c, 0, N, scratch);
        k.gemm(Kernels.Form.TN, M, Lanes.L, K, a, 0, M, b, 0, N, true, c, 0, N, scratch);
    }

    private void epilogues(Activation f) {
        k.denseForward(M, K, N, a, 0, K, b, null, f, c, 0, N, d, 0, N, scratch);
        k.denseInputGradient(M, N, K, a, 0, K, b, f, d, d, c, c, 0, N, scratch);
        k.activate(f, 1, c.length, a, 0, c.length, c, 0, c.length);
    }

    private void convolutions() {
        ConvolutionShape shape = new ConvolutionShape(1, 12, 17, 40, 8, 17);
        PoolShape pool = new PoolShape(40, 5, 1, 5, 1);
        k.convolutionForward(shape, 8, a, 0, 204, 17, b, null, c, 0, scratch);
        k.convolutionForward(shape, pool, new Activation.Relu(0), 8, a, 0, 204, 17, b, null, c, 0, 40, d, 0, 40, winners, scratch);
        k.maxPoolBackward(pool, 8, d, 0, 40, winners, c, 0);
        k.convolutionFilterGradient(shape, 8, a, 0, 204, 17, d, 0, null, 40, c, scratch);
        k.convolutionInputGradient(shape, 8, d, 0, b, c, 0, 204, 17, scratch);
    }

    private void rows(int[] labels) {
        k.softmaxCrossEntropy(M, K, a, 0, K, labels, 1f, c, 0, K, scratch);
        k.logSoftmax(M, K, a, 0, K, c, 0, K, scratch);
        k.exp(a, c, 0, c.length);
        k.log(a, c, 0, c.length);
    }

    public static void main(String[] args) {
        TileWarmUp w = new TileWarmUp();
        int[] labels = new int[M];
        Activation[] all = {new Activation.Sigmoid(), new Activation.Tanh(), new Activation.Relu(0.1f), new Activation.Ada(1, 1, 0.01f)};
        for (int round = 0; round < ROUNDS; round++) {
            for (Activation f : all) {
                w.products();
                w.epilogues(f);
                w.convolutions();
                w.rows(labels);
            }
            java.util.Arrays.fill(w.c, 0f);
            java.util.Arrays.fill(w.d, 0f);
        }
    }
}
