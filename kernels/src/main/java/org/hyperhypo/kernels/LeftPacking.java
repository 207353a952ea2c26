package org.hyperhypo.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Copies for the tiles: groups of five columns, and strips of windows.
///
/// Eight floats are copied at a time where fewer are wanted and there is room: what is too much is overwritten by the next copy.
final class LeftPacking {
    private static final VectorSpecies<Float> S8 = FloatVector.SPECIES_256;
    /// 256-bit vectors are fast on this machine.
    private static final boolean EIGHT = Lanes.L >= 8;

    private LeftPacking() {
    }

    /// Groups [⌈rows/5⌉][depth][5] of columns: element (k, i) of the block is `a[offset + k·ld + column(first + i)]`. The last row is repeated.
    static void columns(int first, int rows, int depth, float[] a, int offset, int ld, int[] chosen, float[] groups) {
        for (int k = 0; k < depth; k++) {
            if (chosen == null) {
                row(rows, depth, k, a, offset + k * ld + first, groups);
            } else {
                chosenRow(first, rows, depth, k, a, offset + k * ld, chosen, groups);
            }
        }
    }

    private static void chosenRow(int first, int rows, int depth, int k, float[] a, int from, int[] chosen, float[] groups) {
        int to = 5 * k;
        int i = 0;
        for (; i + 5 <= rows; i += 5) {
            groups[to] = a[from + chosen[first + i]];
            groups[to + 1] = a[from + chosen[first + i + 1]];
            groups[to + 2] = a[from + chosen[first + i + 2]];
            groups[to + 3] = a[from + chosen[first + i + 3]];
            groups[to + 4] = a[from + chosen[first + i + 4]];
            to += 5 * depth;
        }
        for (int r = 0; i < rows && r < 5; r++) {
            groups[to + r] = a[from + chosen[first + Math.min(i + r, rows - 1)]];
        }
    }

    /// One step k of the groups from `rows` floats that lie side by side.
    static void row(int rows, int depth, int k, float[] a, int from, float[] groups) {
        int to = 5 * k;
        int i = 0;
        if (EIGHT && k + 1 < depth) {
            // Three floats too many: they belong to step k + 1, which comes next.
            int whole = Math.min(rows - rows % 5, a.length - from - 3);
            for (; i + 5 <= whole; i += 5) {
                FloatVector.fromArray(S8, a, from + i).intoArray(groups, to);
                to += 5 * depth;
            }
        }
        for (; i + 5 <= rows; i += 5) {
            groups[to] = a[from + i];
            groups[to + 1] = a[from + i + 1];
            groups[to + 2] = a[from + i + 2];
            groups[to + 3] = a[from + i + 3];
            groups[to + 4] = a[from + i + 4];
            to += 5 * depth;
        }
        for (int r = 0; i < rows && r < 5; r++) {
            groups[to + r] = a[from + Math.min(i + r, rows - 1)];
        }
    }

    /// Copies a strip: `rows` rows of `length` floats, `step` apart, to rows that are `stride` apart. With `spare`, up to 7 floats behind a row may change.
    static void strip(int rows, int length, boolean spare, float[] a, int from, int step, float[] to, int target, int stride) {
        int i = 0;
        if (EIGHT) {
            int whole = spare && from + (rows - 1) * step + (length + 7 & ~7) <= a.length ? length : length - 7;
            for (; i < whole; i += 8) {
                eight(rows, a, from + i, step, to, target + i, stride);
            }
        }
        if (i < length) {
            for (int r = 0; r < rows; r++) {
                for (int j = i; j < length; j++) {
                    to[target + r * stride + j] = a[from + r * step + j];
                }
            }
        }
    }

    private static void eight(int rows, float[] a, int from, int step, float[] to, int target, int stride) {
        for (int r = 0; r < rows; r++) {
            FloatVector.fromArray(S8, a, from + r * step).intoArray(to, target + r * stride);
        }
    }
}
