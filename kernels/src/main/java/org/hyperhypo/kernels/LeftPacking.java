package org.hyperhypo.kernels;

import static org.hyperhypo.kernels.Lanes.L;
import static org.hyperhypo.kernels.Lanes.S;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/// Copies for the tiles: columns as rows, and strips of windows.
final class LeftPacking {
    private LeftPacking() {
    }

    /// Columns as rows: `packed[i·STRIDE + k] = a[offset + k·ld + column(first + i)]`; `chosen`, ascending, or all columns.
    static void columns(int first, int rows, int depth, float[] a, int offset, int ld, int[] chosen, float[] packed) {
        int column = chosen == null ? first : chosen[first];
        if (chosen != null && chosen[first + rows - 1] - column >= rows) {
            for (int k = 0; k < depth; k++) {
                gather(first, rows, a, offset + k * ld, chosen, packed, k);
            }
            return;
        }
        int k = 0;
        for (; k + L <= depth; k += L) {
            Transpose.copy(L, rows, a, offset + k * ld + column, ld, packed, k, Gemm.STRIDE);
        }
        Transpose.copy(depth - k, rows, a, offset + k * ld + column, ld, packed, k, Gemm.STRIDE);
    }

    private static void gather(int first, int rows, float[] a, int from, int[] chosen, float[] packed, int to) {
        for (int i = 0; i < rows; i++) {
            packed[to + i * Gemm.STRIDE] = a[from + chosen[first + i]];
        }
    }

    /// Copies a strip: `rows` rows of `length` floats, `step` apart, to rows that are `stride` apart. Up to `room` floats of a row may change: a whole
    /// vector is copied where less is wanted, and the next copy overwrites what is too much. Only at the end of `a`, where no whole vector is left, the last
    /// rows are copied one by one.
    static void strip(int rows, int length, int room, float[] a, int from, int step, float[] to, int target, int stride) {
        int i = 0;
        for (; i + L <= length; i += L) {
            whole(rows, a, from + i, step, to, target + i, stride);
        }
        if (i == length) {
            return;
        }
        if (i + L > room) {
            part(rows, length - i, a, from + i, step, to, target + i, stride);
            return;
        }
        int inside = rows;
        while (inside > 0 && from + (inside - 1) * step + i + L > a.length) {
            inside--;
        }
        whole(inside, a, from + i, step, to, target + i, stride);
        for (int r = inside; r < rows; r++) {
            System.arraycopy(a, from + r * step + i, to, target + r * stride + i, length - i);
        }
    }

    private static void whole(int rows, float[] a, int from, int step, float[] to, int target, int stride) {
        for (int r = 0; r < rows; r++) {
            FloatVector.fromArray(S, a, from + r * step).intoArray(to, target + r * stride);
        }
    }

    private static void part(int rows, int count, float[] a, int from, int step, float[] to, int target, int stride) {
        VectorMask<Float> mask = S.indexInRange(0, count);
        for (int r = 0; r < rows; r++) {
            FloatVector.fromArray(S, a, from + r * step, mask).intoArray(to, target + r * stride, mask);
        }
    }
}
