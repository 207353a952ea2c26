package org.hyperhypo.kernels;

/// Matrix products: chooses between the tiles ([Product]) and the loops for few rows or few steps ([Skinny]).
final class Gemm {
    /// Steps of k in one block: five rows of A and the panel of B (64 kB at 512 bits) pass the core from the second-level cache (kernels/README.md).
    static final int DEPTH = 512;
    /// Distance of packed rows of A: not a multiple of 4 kB, so that rows do not share cache sets.
    static final int STRIDE = DEPTH + 16;
    /// Up to this many rows of A, rows of B are read in place; up to `SOME_ROWS` where C is wide (kernels/README.md).
    private static final int FEW_ROWS = 3;
    private static final int SOME_ROWS = 16;
    private static final int WIDE = 512;
    /// The same for steps of k in a transposed A.
    private static final int FEW_STEPS = 8;

    private Gemm() {
    }

    /// Whether a product of m rows and n columns reads B in place: packing it costs more than it saves.
    static boolean few(int m, int n) {
        return m <= FEW_ROWS || m <= SOME_ROWS && n >= WIDE;
    }

    /// `C += alpha·op(A)·op(B)`, or `C = …`. Chosen rows of a TN product: `chosen[0..m)` are columns of A and rows of C; null means all.
    static void run(Kernels.Form form, int m, int n, int k, float alpha, float[] a, int aOffset, int lda, float[] b, int bOffset, int ldb,
                    int[] chosen, boolean accumulate, float[] bias, float[] c, int cOffset, int ldc, Threads threads, Scratch scratch) {
        if (form == Kernels.Form.NT ? m == 1 && alpha == 1f : alpha == 1f && (form == Kernels.Form.NN ? few(m, n) : k <= FEW_STEPS)) {
            skinny(form, m, n, k, a, aOffset, lda, b, bOffset, ldb, chosen, accumulate, bias, c, cOffset, ldc);
            return;
        }
        Product p = product(form, m, n, k, alpha, a, aOffset, lda, b, bOffset, ldb, chosen, accumulate, bias, c, cOffset, ldc, scratch);
        p.run(threads, scratch);
    }

    static Product product(Kernels.Form form, int m, int n, int k, float alpha, float[] a, int aOffset, int lda, float[] b, int bOffset, int ldb,
                           int[] chosen, boolean accumulate, float[] bias, float[] c, int cOffset, int ldc, Scratch scratch) {
        Product p = scratch.product();
        p.m = m;
        p.n = n;
        p.k = k;
        p.left.matrix(form == Kernels.Form.TN, a, aOffset, lda, chosen, alpha);
        p.right(form == Kernels.Form.NT, b, bOffset, ldb);
        p.output(accumulate, bias, c, cOffset, ldc);
        return p;
    }

    /// The same with a packed B.
    static Product product(int m, float alpha, float[] a, int aOffset, int lda, PackedMatrix b, boolean accumulate, float[] bias,
                           float[] c, int cOffset, int ldc, Scratch scratch) {
        Product p = scratch.product();
        p.m = m;
        p.n = b.n();
        p.k = b.k();
        p.left.matrix(false, a, aOffset, lda, null, alpha);
        p.right(b);
        p.output(accumulate, bias, c, cOffset, ldc);
        return p;
    }

    private static void skinny(Kernels.Form form, int m, int n, int k, float[] a, int aOffset, int lda, float[] b, int bOffset, int ldb,
                               int[] chosen, boolean accumulate, float[] bias, float[] c, int cOffset, int ldc) {
        if (!accumulate) {
            for (int i = 0; i < m; i++) {
                int at = cOffset + (chosen == null ? i : chosen[i]) * ldc;
                if (bias == null) {
                    java.util.Arrays.fill(c, at, at + n, 0f);
                } else {
                    System.arraycopy(bias, 0, c, at, n);
                }
            }
        }
        switch (form) {
            case NT -> Skinny.rowTimesTransposed(n, k, a, aOffset, b, bOffset, ldb, c, cOffset);
            case NN -> Skinny.fewRows(m, n, k, a, aOffset, lda, b, bOffset, ldb, c, cOffset, ldc);
            case TN -> Skinny.fewSteps(m, n, k, a, aOffset, lda, b, bOffset, ldb, chosen, c, cOffset, ldc);
        }
    }
}
