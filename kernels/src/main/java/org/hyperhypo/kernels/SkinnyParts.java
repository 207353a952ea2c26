package org.hyperhypo.kernels;

/// A product of few rows on several threads: it waits for memory, so each part reads columns of B, or rows of a transposed one, of its own.
final class SkinnyParts {
    /// Columns of C in one item: whole lines of every array.
    private static final int COLUMNS = 64;
    private static final Threads ALONE = new Threads(1);

    private SkinnyParts() {
    }

    /// True where [#run] would cut the product.
    static boolean worth(Kernels.Form form, int m, int n, int k, float alpha, Threads threads) {
        boolean few = form == Kernels.Form.NN && Gemm.few(m, n) || form == Kernels.Form.NT && m == 1;
        return few && m > 0 && k > 0 && alpha == 1f && threads.count() > 1 && (long) n * k >= Parts.SPLIT;
    }

    /// `C += A·B` or `C = bias + A·B` with B as `form` says; NN or NT.
    static void run(Kernels.Form form, int m, int n, int k, float[] a, int aOffset, int lda, float[] b, int bOffset, int ldb,
                    boolean accumulate, float[] bias, float[] c, int cOffset, int ldc, Threads threads, Scratch scratch) {
        for (int i = 0; i < m && !accumulate; i++) {
            if (bias == null) {
                java.util.Arrays.fill(c, cOffset + i * ldc, cOffset + i * ldc + n, 0f);
            } else {
                System.arraycopy(bias, 0, c, cOffset + i * ldc, n);
            }
        }
        Parts p = Parts.of(a, aOffset, lda, c, cOffset, ldc);
        p.g = b;
        p.gOffset = bOffset;
        p.ldg = ldb;
        p.rows = m;
        p.columns = n;
        p.depth = k;
        Parts.Part part = form == Kernels.Form.NT ? (q, from, to, s) -> part(q, Kernels.Form.NT, q.ldg, from, to, s)
            : (q, from, to, s) -> part(q, Kernels.Form.NN, 1, from, to, s);
        p.run((n + COLUMNS - 1) / COLUMNS, COLUMNS * k, threads, scratch, part);
    }

    /// `step`: floats of B from one column of C to the next.
    private static void part(Parts p, Kernels.Form form, int step, int from, int to, Scratch scratch) {
        int first = from * COLUMNS;
        int width = Math.min(p.columns, to * COLUMNS) - first;
        Gemm.run(form, p.rows, width, p.depth, 1f, p.x, p.xOffset, p.ldx, p.g, p.gOffset + first * step, p.ldg,
            null, true, null, p.y, p.yOffset + first, p.ldy, ALONE, scratch);
    }
}
