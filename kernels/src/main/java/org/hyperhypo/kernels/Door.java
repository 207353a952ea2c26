package org.hyperhypo.kernels;

/// Checks at the door of the SIMD kernels: a message names the array, what it needs and what it has. Nothing is written before they pass.
final class Door {
    private Door() {
    }

    static void sizes(int first, int second, int third) {
        if (first < 0 || second < 0 || third < 0) {
            throw new IllegalArgumentException("a size is negative: " + first + ", " + second + ", " + third);
        }
    }

    /// A (rows, columns) matrix at `offset` with leading dimension `ld`.
    static void matrix(String name, float[] array, int offset, int rows, int columns, int ld) {
        matrix(name, array.length, offset, rows, columns, ld);
    }

    static void matrix(String name, int length, int offset, int rows, int columns, int ld) {
        if (rows == 0 || columns == 0) {
            return;
        }
        if (rows > 1 && ld < columns) {
            throw new IllegalArgumentException(name + ": leading dimension " + ld + " is smaller than its " + columns + " columns");
        }
        long end = offset + (rows - 1L) * ld + columns;
        if (offset < 0 || end > length) {
            throw new IllegalArgumentException(name + " (" + rows + ", " + columns + ") at " + offset + " with leading dimension " + ld
                + " ends at " + end + ", the array has " + length + " floats");
        }
    }

    /// What is written and what is read must not share a float. Blocks of one array with the same leading dimension may lie side by side.
    static void apart(String out, float[] y, int yOffset, int yRows, int yColumns, int ldy, String in, float[] x, int xOffset, int xRows, int xColumns, int ldx) {
        if (x != y || yRows == 0 || yColumns == 0 || xRows == 0 || xColumns == 0) {
            return;
        }
        long yEnd = yOffset + (yRows - 1L) * ldy + yColumns;
        long xEnd = xOffset + (xRows - 1L) * ldx + xColumns;
        if (yEnd <= xOffset || xEnd <= yOffset) {
            return;
        }
        int shift = ldx == ldy && ldx > 0 ? Math.floorMod(xOffset - yOffset, ldx) : 0;
        if (shift < yColumns || shift + xColumns > ldx) {
            throw new IllegalArgumentException(out + " [" + yOffset + ", " + yEnd + ") and " + in + " [" + xOffset + ", " + xEnd
                + ") overlap in one array; this operation needs them apart");
        }
    }

    /// The same, but an operation element by element may write where it reads.
    static void sameOrApart(String out, float[] y, int yOffset, int ldy, String in, float[] x, int xOffset, int ldx, int rows, int columns) {
        if (x == y && (xOffset != yOffset || rows > 1 && ldx != ldy)) {
            apart(out, y, yOffset, rows, columns, ldy, in, x, xOffset, rows, columns, ldx);
        }
    }

    /// Whole arrays that must differ; null is nobody's.
    static void distinct(String names, float[] a, float[] b, float[] c, float[] d) {
        if (a == b || a == c || a == d || b == c || b == d || c == d && c != null) {
            throw new IllegalArgumentException(names + ": one array in two places; this operation needs them apart");
        }
    }

    static void run(String name, int length, int from, int count) {
        if (from < 0 || count < 0 || (long) from + count > length) {
            throw new IllegalArgumentException(name + "[" + from + ", " + ((long) from + count) + ") is outside the array of " + length);
        }
    }

    /// Chosen rows: the first `r` of `rows`, ascending and below `out`; null means all.
    static void chosen(int[] rows, int r, int out) {
        if (rows == null) {
            if (r != out) {
                throw new IllegalArgumentException("rows is null, which means all " + out + ", but r is " + r);
            }
            return;
        }
        run("rows", rows.length, 0, r);
        for (int q = 0; q < r; q++) {
            if (rows[q] < 0 || rows[q] >= out || q > 0 && rows[q] <= rows[q - 1]) {
                throw new IllegalArgumentException("rows[" + q + "] = " + rows[q] + ": rows must ascend and lie in [0, " + out + ")");
            }
        }
    }

    /// The strided input of a convolution, or its gradient.
    static void input(String name, ConvolutionShape shape, int n, float[] x, int xOffset, int sampleStride, int rowStride) {
        if (n == 0) {
            return;
        }
        int row = shape.width() * shape.channels();
        long end = xOffset + (n - 1L) * sampleStride + (shape.height() - 1L) * rowStride + row;
        if (xOffset < 0 || sampleStride < 0 || rowStride < row || end > x.length) {
            throw new IllegalArgumentException(name + " of " + n + " samples at " + xOffset + ", sample stride " + sampleStride + ", row stride "
                + rowStride + " (a row has " + row + " floats) ends at " + end + ", the array has " + x.length + " floats");
        }
    }

    static void packed(PackedMatrix matrix, int lanes) {
        if (matrix.lanes() != lanes) {
            throw new IllegalArgumentException("the matrix was packed for vectors of " + matrix.lanes() + " floats, these kernels have " + lanes
                + "; make it with packed(…) of the same kernels");
        }
    }

    /// Pooling of a convolution's output.
    static void pool(ConvolutionShape shape, PoolShape pool) {
        if (pool.channels() != shape.filters() || pool.height() != shape.outHeight() || pool.width() != shape.outWidth()) {
            throw new IllegalArgumentException("pooling of " + pool.channels() + " channels of " + pool.height() + "×" + pool.width()
                + ", but the convolution gives " + shape.filters() + " of " + shape.outHeight() + "×" + shape.outWidth());
        }
    }

    static void labels(int[] labels, int rows, int columns) {
        run("labels", labels.length, 0, rows);
        for (int r = 0; r < rows; r++) {
            if (labels[r] >= columns) {
                throw new IllegalArgumentException("labels[" + r + "] = " + labels[r] + ", but there are " + columns + " columns");
            }
        }
    }
}
