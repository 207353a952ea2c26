package org.hyperhypo.kernels;

import static org.hyperhypo.kernels.Lanes.L;
import static org.hyperhypo.kernels.Lanes.PANEL;

/// Walks down one panel of B: the tiles of all rows of A in a block, with the edges.
///
/// Fewer columns than a panel: one vector wide where that is enough. Columns that fill no whole vectors, fewer than five rows, and rows of C that are no
/// constant distance apart (chosen neurons) go through a small block; what is too much there is never copied back. One or two left-over rows are done
/// one by one.
final class Tiles {
    /// Rows of a tile.
    static final int ROWS = 5;
    /// Floats of the block that edges go through.
    static final int BLOCK = ROWS * PANEL;
    /// Up to this many left-over rows are done one by one: 4 cycles per step of k and row instead of 10 for five rows.
    private static final int ONE_BY_ONE = 2;

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

    /// C rows `cRows[0..rows)` (ascending, a padded table), columns `cShift` and the following `width ≤ PANEL`. Rows of A lie [Gemm#STRIDE] apart from
    /// `aOffset` on, the last repeated up to whole tiles. Five rows that lie `ldc` apart need no block.
    static void panel(int rows, int width, int depth, float[] a, int aOffset, float[] b, int bOffset, float[] c, int cShift, int[] cRows, int ldc,
                      float[] block) {
        boolean whole = width == PANEL || width == L;
        for (int i = 0; i < rows; i += ROWS) {
            int count = Math.min(ROWS, rows - i);
            int a0 = aOffset + i * Gemm.STRIDE;
            if (whole && count == ROWS && cRows[i + ROWS - 1] - cRows[i] == (ROWS - 1) * ldc) {
                five(width > L, depth, a, a0, b, bOffset, c, cRows[i] + cShift, ldc);
            } else if (width == PANEL && count <= ONE_BY_ONE) {
                RowTile1x2.run(depth, a, a0, b, bOffset, c, cRows[i] + cShift);
                if (count > 1) {
                    RowTile1x2.run(depth, a, a0 + Gemm.STRIDE, b, bOffset, c, cRows[i + 1] + cShift);
                }
            } else {
                edge(count, width, depth, a, a0, b, bOffset, c, cShift, cRows, i, block);
            }
        }
    }

    private static void five(boolean wide, int depth, float[] a, int a0, float[] b, int bOffset, float[] c, int c0, int ldc) {
        if (wide) {
            RowTile5x2.run(depth, a, a0, b, bOffset, c, c0, ldc);
        } else {
            RowTile5x1.run(depth, a, a0, b, bOffset, c, c0, ldc);
        }
    }

    /// A tile that is not whole, or whose rows of C lie anywhere: its part of C goes through the block.
    private static void edge(int count, int width, int depth, float[] a, int a0, float[] b, int bOffset,
                             float[] c, int cShift, int[] cRows, int first, float[] block) {
        for (int r = 0; r < count; r++) {
            Lanes.copy(width, c, cRows[first + r] + cShift, block, r * PANEL);
        }
        if (width > L && count == 1) {
            RowTile1x2.run(depth, a, a0, b, bOffset, block, 0);
        } else {
            five(width > L, depth, a, a0, b, bOffset, block, 0, PANEL);
        }
        for (int r = 0; r < count; r++) {
            Lanes.copy(width, block, r * PANEL, c, cRows[first + r] + cShift);
        }
    }
}
