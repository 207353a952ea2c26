package org.hyperhypo.kernels;

import static org.hyperhypo.kernels.Lanes.L;
import static org.hyperhypo.kernels.Lanes.PANEL;

/// Matrix products: pack B as panels, walk over C in tiles of six rows and two vectors.
///
/// k is cut into blocks of [#DEPTH] so that a panel of B stays near the core while all rows of A pass it; the tile loads what the last block left
/// in C. Rows of A and C are found through tables of offsets, so dense layers, chosen rows and convolution windows share this file.
final class Gemm {
    /// Steps of k in one block: a panel is DEPTH × 32 floats at 512 bits (kernels/README.md).
    static final int DEPTH = 256;
    /// Rows that pass all panels before the next ones begin, so that they stay in the second-level cache.
    static final int ROWS = 384;
    /// Up to this many rows, panels of a B stored as (k, n) are read in place: packing would cost more than it saves.
    static final int FEW_ROWS = 12;

    private Gemm() {
    }

    /// `C += op(A)·op(B)`. Chosen rows of a TN product: `chosen[0..m)` are columns of A and rows of C; null means all.
    static void add(Kernels.Form form, int m, int n, int k, float[] a, int aOffset, int lda, float[] b, int bOffset, int ldb,
                    int[] chosen, float[] c, int cOffset, int ldc, Scratch scratch) {
        if (m == 0 || n == 0 || k == 0) {
            return;
        }
        boolean columns = form == Kernels.Form.TN;
        int[] aRows = scratch.aRows(m);
        int[] cRows = scratch.cRows(m);
        for (int i = 0; i < m; i++) {
            cRows[i] = cOffset + (chosen == null ? i : chosen[i]) * ldc;
        }
        int deepest = Math.min(k, DEPTH);
        float[] panels = scratch.b(deepest * Packing.packedWidth(n));
        float[] block = scratch.c(6 * PANEL);
        float[] groups = columns ? scratch.a(deepest * ((m + 5) / 6 * 6)) : a;
        for (int from = 0; from < k; from += DEPTH) {
            int depth = Math.min(DEPTH, k - from);
            if (columns) {
                Packing.columnGroups(m, depth, a, aOffset + from * lda, lda, chosen, groups);
                for (int i = 0; i < m; i++) {
                    aRows[i] = i / 6 * 6 * depth + i % 6;
                }
            } else {
                for (int i = 0; i < m; i++) {
                    aRows[i] = aOffset + i * lda + from;
                }
            }
            int step = columns ? 6 : 1;
            int packedFrom = 0;
            if (form == Kernels.Form.NT) {
                Packing.transposed(n, depth, b, bOffset + from, ldb, panels);
            } else if (m > FEW_ROWS) {
                Packing.rows(n, depth, b, bOffset + from * ldb, ldb, panels);
            } else {
                packedFrom = n - n % PANEL;
                for (int j = 0; j < packedFrom; j += PANEL) {
                    tiles(0, m, PANEL, 1, depth, 0, step, groups, 0, aRows, b, bOffset + from * ldb + j, ldb, c, j, cRows, block);
                }
                Packing.rows(n - packedFrom, depth, b, bOffset + from * ldb + packedFrom, ldb, panels);
            }
            panels(m, packedFrom, n, 1, depth, 0, step, groups, 0, aRows, panels, 0, c, 0, cRows, block);
        }
    }

    /// All tiles of columns [first, n), with panels of B packed from column `first` on and lying at `panelsOffset`.
    static void panels(int m, int first, int n, int runs, int runLength, int runStride, int step, float[] a, int aShift, int[] aRows,
                       float[] panels, int panelsOffset, float[] c, int cShift, int[] cRows, float[] block) {
        int depth = runs * runLength;
        for (int i = 0; i < m; i += ROWS) {
            int end = Math.min(m, i + ROWS);
            for (int j = first; j < n; j += PANEL) {
                tiles(i, end, Math.min(PANEL, n - j), runs, runLength, runStride, step, a, aShift, aRows,
                    panels, panelsOffset + (j - first) * depth, Packing.panelWidth(n - j), c, cShift + j, cRows, block);
            }
        }
    }

    /// Rows [first, m) of one panel. `width` columns of C; row i of A begins at `aRows[i] + aShift`, of C at `cRows[i] + cShift`.
    private static void tiles(int first, int m, int width, int runs, int runLength, int runStride, int step, float[] a, int aShift, int[] aRows,
                              float[] b, int bOffset, int bStep, float[] c, int cShift, int[] cRows, float[] block) {
        for (int i = first; i < m; i += 6) {
            int i1 = Math.min(i + 1, m - 1);
            int i2 = Math.min(i + 2, m - 1);
            int i3 = Math.min(i + 3, m - 1);
            int i4 = Math.min(i + 4, m - 1);
            int i5 = Math.min(i + 5, m - 1);
            if (width == PANEL) {
                GemmTile6x2.run(runs, runLength, runStride, step, a, aRows[i] + aShift, aRows[i1] + aShift, aRows[i2] + aShift,
                    aRows[i3] + aShift, aRows[i4] + aShift, aRows[i5] + aShift, b, bOffset, bStep, c, cRows[i] + cShift, cRows[i1] + cShift,
                    cRows[i2] + cShift, cRows[i3] + cShift, cRows[i4] + cShift, cRows[i5] + cShift);
            } else if (width == L) {
                GemmTile6x1.run(runs, runLength, runStride, step, a, aRows[i] + aShift, aRows[i1] + aShift, aRows[i2] + aShift,
                    aRows[i3] + aShift, aRows[i4] + aShift, aRows[i5] + aShift, b, bOffset, bStep, c, cRows[i] + cShift, cRows[i1] + cShift,
                    cRows[i2] + cShift, cRows[i3] + cShift, cRows[i4] + cShift, cRows[i5] + cShift);
            } else {
                int rows = Math.min(6, m - i);
                load(rows, width, c, cShift, cRows, i, block);
                int last = (rows - 1) * PANEL;
                if (width > L) {
                    GemmTile6x2.run(runs, runLength, runStride, step, a, aRows[i] + aShift, aRows[i1] + aShift, aRows[i2] + aShift,
                        aRows[i3] + aShift, aRows[i4] + aShift, aRows[i5] + aShift, b, bOffset, bStep, block, 0, Math.min(PANEL, last),
                        Math.min(2 * PANEL, last), Math.min(3 * PANEL, last), Math.min(4 * PANEL, last), Math.min(5 * PANEL, last));
                } else {
                    GemmTile6x1.run(runs, runLength, runStride, step, a, aRows[i] + aShift, aRows[i1] + aShift, aRows[i2] + aShift,
                        aRows[i3] + aShift, aRows[i4] + aShift, aRows[i5] + aShift, b, bOffset, bStep, block, 0, Math.min(PANEL, last),
                        Math.min(2 * PANEL, last), Math.min(3 * PANEL, last), Math.min(4 * PANEL, last), Math.min(5 * PANEL, last));
                }
                store(rows, width, c, cShift, cRows, i, block);
            }
        }
    }

    private static void load(int rows, int width, float[] c, int cShift, int[] cRows, int first, float[] block) {
        for (int r = 0; r < rows; r++) {
            int from = cRows[first + r] + cShift;
            for (int j = 0; j < width; j++) {
                block[r * PANEL + j] = c[from + j];
            }
        }
    }

    private static void store(int rows, int width, float[] c, int cShift, int[] cRows, int first, float[] block) {
        for (int r = 0; r < rows; r++) {
            int to = cRows[first + r] + cShift;
            for (int j = 0; j < width; j++) {
                c[to + j] = block[r * PANEL + j];
            }
        }
    }

    /// Each row of C becomes the bias, or 0 where it is null.
    static void start(int m, int n, float[] bias, float[] c, int cOffset, int ldc) {
        for (int i = 0; i < m; i++) {
            int at = cOffset + i * ldc;
            if (bias == null) {
                java.util.Arrays.fill(c, at, at + n, 0f);
            } else {
                System.arraycopy(bias, 0, c, at, n);
            }
        }
    }
}
