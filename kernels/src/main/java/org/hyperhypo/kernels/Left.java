package org.hyperhypo.kernels;

/// Operand A of a product, whose elements are broadcast: where row i and step k lie, and how a block of it is packed for the tiles: rows
/// [Gemm#STRIDE] apart, whatever it was.
///
/// | kind | element (i, k) |
/// |---|---|
/// | ROWS | `a[offset + i·ld + k]` |
/// | COLUMNS | `a[offset + k·ld + chosen(i)]`, chosen ascending |
/// | WINDOWS | i = output position of a convolution, k = element of its [window][Windows] |
///
/// One object lives in each [Scratch] and is set for every call.
final class Left {
    enum Kind { ROWS, COLUMNS, WINDOWS }

    Kind kind;
    float[] a;
    int offset;
    int ld;
    int[] chosen;
    float alpha;
    private final Windows windows = new Windows();

    /// Rows along memory, or columns of which `chosen` (null: all) are the rows of the product.
    void matrix(boolean columns, float[] a, int offset, int ld, int[] chosen, float alpha) {
        kind = columns ? Kind.COLUMNS : Kind.ROWS;
        this.a = a;
        this.offset = offset;
        this.ld = ld;
        this.chosen = chosen;
        this.alpha = alpha;
    }

    /// Windows of a convolution's input as rows.
    void convolution(ConvolutionShape shape, float[] x, int xOffset, int sampleStride, int rowStride) {
        kind = Kind.WINDOWS;
        a = x;
        chosen = null;
        alpha = 1f;
        windows.set(shape, x, xOffset, sampleStride, rowStride);
    }

    /// Packs rows [first, first + rows) and steps [from, from + depth); the last row is repeated up to whole tiles.
    void pack(int first, int rows, int from, int depth, float[] packed) {
        int filled = Tiles.padded(rows);
        switch (kind) {
            case COLUMNS -> LeftPacking.columns(first, rows, depth, a, offset + from * ld, ld, chosen, packed);
            case ROWS -> {
                for (int i = 0; i < rows; i++) {
                    System.arraycopy(a, offset + (first + i) * ld + from, packed, i * Gemm.STRIDE, depth);
                }
            }
            case WINDOWS -> windows.rows(first, rows, from, depth, packed, 0, Gemm.STRIDE);
        }
        for (int i = rows; i < filled; i++) {
            System.arraycopy(packed, (rows - 1) * Gemm.STRIDE, packed, i * Gemm.STRIDE, depth);
        }
        if (alpha != 1f) {
            for (int i = 0; i < filled * Gemm.STRIDE; i++) {
                packed[i] *= alpha;
            }
        }
    }

    void release() {
        a = null;
        windows.x = null;
    }

    /// Floats that `pack` needs for `rows` rows.
    static int room(int rows) {
        return Tiles.padded(rows) * Gemm.STRIDE;
    }
}
