package org.hyperhypo.kernels;

/// Operand B of products, kept in the order in which the tiles read it: pack weights once, multiply by them many times.
///
/// | form | B as stored | a dense layer's weights (out, in) |
/// |---|---|---|
/// | NT | (n, k) | forward: n = out, k = in |
/// | NN | (k, n) | gradient of the input: k = out, n = in |
///
/// ```
/// [⌈k / DEPTH⌉ blocks of k] [⌈n / 2L⌉ panels] [steps k of the block] [2L columns, zeros fill the last]
/// ```
/// The same bits as the array it was packed from; it does not see later changes of that array until [#pack] or [#packRows]. Reading is safe from
/// several threads. Make one with [Kernels#packed]; only kernels of that kind can use it.
public final class PackedMatrix {
    private final Kernels.Form form;
    private final int n;
    private final int k;
    private final int lanes;
    final float[] panels;

    PackedMatrix(Kernels.Form form, int n, int k, int lanes) {
        if (form == Kernels.Form.TN) {
            throw new IllegalArgumentException("a packed B has form NN, (k, n) as stored, or NT, (n, k); TN reads the same B as NN");
        }
        if (n < 0 || k < 0) {
            throw new IllegalArgumentException("a size is negative: n " + n + ", k " + k);
        }
        this.form = form;
        this.n = n;
        this.k = k;
        this.lanes = lanes;
        panels = new float[Math.multiplyExact(k, width())];
    }

    /// NN or NT: how the array lies that is packed.
    public Kernels.Form form() {
        return form;
    }

    /// Columns of C.
    public int n() {
        return n;
    }

    /// Length of the sums.
    public int k() {
        return k;
    }

    public long bytes() {
        return 4L * panels.length;
    }

    /// Takes all of B from `b`, (k, n) or (n, k) as [#form] says.
    public void pack(float[] b, int bOffset, int ldb) {
        boolean transposed = form == Kernels.Form.NT;
        Door.matrix("B", b, bOffset, transposed ? n : k, transposed ? k : n, ldb);
        for (int from = 0; from < k; from += Gemm.DEPTH) {
            int depth = Math.min(Gemm.DEPTH, k - from);
            int at = bOffset + (transposed ? from : from * ldb);
            if (lanes > 1) {
                lines(transposed, depth, b, at, ldb, from * width());
            } else {
                plain(transposed, 0, transposed ? n : depth, depth, b, at, ldb, from);
            }
        }
    }

    /// Takes anew the rows `rows[0..r)` of the stored array: neurons whose weights have changed. Costs r·length floats, not all of B.
    public void packRows(float[] b, int bOffset, int ldb, int[] rows, int r) {
        boolean transposed = form == Kernels.Form.NT;
        Door.matrix("B", b, bOffset, transposed ? n : k, transposed ? k : n, ldb);
        Door.chosen(rows, r, transposed ? n : k);
        for (int q = 0; q < r; q++) {
            int row = rows == null ? q : rows[q];
            int from = bOffset + row * ldb;
            if (transposed) {
                for (int p = 0; p < k; p++) {
                    panels[at(p, row)] = b[from + p];
                }
            } else {
                for (int j = 0; j < n; j += panel()) {
                    System.arraycopy(b, from + j, panels, at(row, j), Math.min(panel(), n - j));
                }
            }
        }
    }

    private void lines(boolean transposed, int depth, float[] b, int at, int ldb, int to) {
        if (!transposed) {
            Packing.all(n, depth, b, at, ldb, panels, to);
            return;
        }
        for (int j = 0; j < n; j += panel()) {
            Packing.transposed(j, n, depth, b, at, ldb, panels, to + j * depth);
        }
    }

    private void plain(boolean transposed, int first, int end, int depth, float[] b, int at, int ldb, int from) {
        for (int row = first; row < end; row++) {
            if (transposed) {
                for (int p = 0; p < depth; p++) {
                    panels[at(from + p, row)] = b[at + row * ldb + p];
                }
            } else {
                for (int j = 0; j < n; j++) {
                    panels[at(from + row, j)] = b[at + row * ldb + j];
                }
            }
        }
    }

    /// Where B's element (p, j) lies.
    int at(int p, int j) {
        int start = p / Gemm.DEPTH * Gemm.DEPTH;
        int depth = Math.min(Gemm.DEPTH, k - start);
        int column = j / panel() * panel();
        return start * width() + column * depth + (p - start) * panelWidth(n - column) + j - column;
    }

    int lanes() {
        return lanes;
    }

    private int panel() {
        return 2 * lanes;
    }

    private int panelWidth(int remaining) {
        return remaining > lanes ? panel() : lanes;
    }

    /// Floats of one step k over all panels.
    int width() {
        int rest = n % panel();
        return n - rest + (rest == 0 ? 0 : panelWidth(rest));
    }
}
