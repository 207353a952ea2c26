package org.hyperhypo.kernels;

import static org.hyperhypo.kernels.Lanes.L;
import static org.hyperhypo.kernels.Lanes.PANEL;

/// Walks down one panel of B: the tiles of all rows of A in a block, with the edges.
///
/// Fewer columns than a panel: one vector wide where that is enough, and through a small block of rows where the columns fill no whole vectors.
/// Fewer rows than a tile: the last row is there again in A and in the table of C; it is computed twice, to the same bits.
final class Tiles {
    /// Rows of a tile.
    static final int ROWS = 5;
    /// Floats of the block that edges go through.
    static final int BLOCK = ROWS * PANEL;

    private Tiles() {
    }

    /// `rows` rounded up to whole tiles.
    static int padded(int rows) {
        return (rows + ROWS - 1) / ROWS * ROWS;
    }

    /// Repeats the last row in a table of offsets, up to whole tiles.
    static void pad(int[] offsets, int rows) {
        for (int i = rows; i < padded(rows); i++) {
            offsets[i] = offsets[rows - 1];
        }
    }

    /// C rows `cRows[0..rows)` (a padded table), columns `cShift` and the following `width ≤ PANEL`. A is packed from `aOffset` on: rows
    /// [Gemm#STRIDE] apart, or `grouped`, [⌈rows/5⌉][depth][5].
    static void panel(int rows, int width, int depth, boolean grouped, float[] a, int aOffset, float[] b, int bOffset,
                      float[] c, int cShift, int[] cRows, float[] block) {
        if (width != PANEL && width != L) {
            edge(rows, width, depth, grouped, a, aOffset, b, bOffset, c, cShift, cRows, block);
            return;
        }
        int step = grouped ? depth : Gemm.STRIDE;
        for (int i = 0; i < rows; i += ROWS) {
            tile(width > L, rows - i == 1, depth, grouped, a, aOffset + i * step, b, bOffset,
                c, cRows[i] + cShift, cRows[i + 1] + cShift, cRows[i + 2] + cShift, cRows[i + 3] + cShift, cRows[i + 4] + cShift);
        }
    }

    private static void tile(boolean wide, boolean one, int depth, boolean grouped, float[] a, int a0, float[] b, int bOffset,
                             float[] c, int c0, int c1, int c2, int c3, int c4) {
        if (grouped) {
            if (wide) {
                GroupTile5x2.run(depth, a, a0, a0 + 1, a0 + 2, a0 + 3, a0 + 4, b, bOffset, c, c0, c1, c2, c3, c4);
            } else {
                GroupTile5x1.run(depth, a, a0, a0 + 1, a0 + 2, a0 + 3, a0 + 4, b, bOffset, c, c0, c1, c2, c3, c4);
            }
        } else if (wide && one) {
            RowTile1x2.run(depth, a, a0, b, bOffset, c, c0);
        } else if (wide) {
            RowTile5x2.run(depth, a, a0, a0 + Gemm.STRIDE, a0 + 2 * Gemm.STRIDE, a0 + 3 * Gemm.STRIDE, a0 + 4 * Gemm.STRIDE, b, bOffset, c, c0, c1, c2, c3, c4);
        } else {
            RowTile5x1.run(depth, a, a0, a0 + Gemm.STRIDE, a0 + 2 * Gemm.STRIDE, a0 + 3 * Gemm.STRIDE, a0 + 4 * Gemm.STRIDE, b, bOffset, c, c0, c1, c2, c3, c4);
        }
    }

    private static void edge(int rows, int width, int depth, boolean grouped, float[] a, int aOffset, float[] b, int bOffset,
                             float[] c, int cShift, int[] cRows, float[] block) {
        int step = grouped ? depth : Gemm.STRIDE;
        for (int i = 0; i < rows; i += ROWS) {
            int count = Math.min(ROWS, rows - i);
            for (int r = 0; r < count; r++) {
                Lanes.copy(width, c, cRows[i + r] + cShift, block, r * PANEL);
            }
            int last = (count - 1) * PANEL;
            tile(width > L, count == 1, depth, grouped, a, aOffset + i * step, b, bOffset,
                block, 0, Math.min(PANEL, last), Math.min(2 * PANEL, last), Math.min(3 * PANEL, last), Math.min(4 * PANEL, last));
            for (int r = 0; r < count; r++) {
                Lanes.copy(width, block, r * PANEL, c, cRows[i + r] + cShift);
            }
        }
    }
}
