package org.hyperhypo.kernels;

import static org.hyperhypo.kernels.Lanes.L;
import static org.hyperhypo.kernels.Lanes.PANEL;

/// Walks down one panel of B: the tiles of all rows of A in a block, with the edges.
///
/// Fewer columns than a panel: one vector wide where that is enough. Columns that fill no whole vectors, and fewer than five rows, go through a small
/// block; what is too much is computed from zeros of B and from the last row of A again, and never copied back.
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

    /// C rows `cRows[0..rows)` (a padded table; `ldc` apart unless grouped), columns `cShift` and the following `width ≤ PANEL`. A is packed from
    /// `aOffset` on: rows [Gemm#STRIDE] apart, or `grouped`, [⌈rows/5⌉][depth][5].
    static void panel(int rows, int width, int depth, boolean grouped, float[] a, int aOffset, float[] b, int bOffset,
                      float[] c, int cShift, int[] cRows, int ldc, float[] block) {
        boolean whole = width == PANEL || width == L;
        for (int i = 0; i < rows; i += ROWS) {
            int count = Math.min(ROWS, rows - i);
            if (grouped && whole) {
                group(width > L, depth, a, aOffset + i * depth, b, bOffset,
                    c, cRows[i] + cShift, cRows[i + 1] + cShift, cRows[i + 2] + cShift, cRows[i + 3] + cShift, cRows[i + 4] + cShift);
            } else if (whole && (count == ROWS || count == 1 && width > L)) {
                rows(width > L, count == 1, depth, a, aOffset + i * Gemm.STRIDE, b, bOffset, c, cRows[i] + cShift, ldc);
            } else {
                edge(count, width, depth, grouped, a, aOffset + i * (grouped ? depth : Gemm.STRIDE), b, bOffset, c, cShift, cRows, i, block);
            }
        }
    }

    private static void group(boolean wide, int depth, float[] a, int a0, float[] b, int bOffset, float[] c, int c0, int c1, int c2, int c3, int c4) {
        if (wide) {
            GroupTile5x2.run(depth, a, a0, a0 + 1, a0 + 2, a0 + 3, a0 + 4, b, bOffset, c, c0, c1, c2, c3, c4);
        } else {
            GroupTile5x1.run(depth, a, a0, a0 + 1, a0 + 2, a0 + 3, a0 + 4, b, bOffset, c, c0, c1, c2, c3, c4);
        }
    }

    private static void rows(boolean wide, boolean one, int depth, float[] a, int a0, float[] b, int bOffset, float[] c, int c0, int ldc) {
        if (!wide) {
            RowTile5x1.run(depth, a, a0, b, bOffset, c, c0, ldc);
        } else if (one) {
            RowTile1x2.run(depth, a, a0, b, bOffset, c, c0);
        } else {
            RowTile5x2.run(depth, a, a0, b, bOffset, c, c0, ldc);
        }
    }

    /// A tile that is not whole: its part of C goes through the block.
    private static void edge(int count, int width, int depth, boolean grouped, float[] a, int a0, float[] b, int bOffset,
                             float[] c, int cShift, int[] cRows, int first, float[] block) {
        for (int r = 0; r < count; r++) {
            Lanes.copy(width, c, cRows[first + r] + cShift, block, r * PANEL);
        }
        if (grouped) {
            group(width > L, depth, a, a0, b, bOffset, block, 0, PANEL, 2 * PANEL, 3 * PANEL, 4 * PANEL);
        } else {
            rows(width > L, count == 1, depth, a, a0, b, bOffset, block, 0, PANEL);
        }
        for (int r = 0; r < count; r++) {
            Lanes.copy(width, block, r * PANEL, c, cRows[first + r] + cShift);
        }
    }
}
