package org.hyperhypo.kernels;

import static org.hyperhypo.kernels.Lanes.PANEL;

/// One product `C (+)= A·B`, cut into rectangles of C that can be done in any order by any thread.
///
/// A task loads what is in C, or starts from 0 or a bias; for each block of [Gemm#DEPTH] steps of k it packs its rows of A, and passes them along
/// each panel of B while that is in the first-level cache. Every output is one lane that sees k ascending: cuts change no bit.
///
/// One object lives in each [Scratch] and is set for every call; the threads that help read it and write nothing of it.
final class Product implements Threads.Tasks {
    /// Most rows of A in one task, so that they stay in the second-level cache: 320 × 2112 bytes.
    static final int MOST_ROWS = 320;
    /// Columns whose epilogue runs at once, when they are still near.
    private static final int EPILOGUE = 4 * PANEL;
    /// Products of fewer multiplications stay with their caller.
    private static final long SMALL = 100_000;
    private static final int TASKS_OF_THREAD = 2;
    /// Cost of packing a row of A, in panels multiplied by it, and of passing over a panel of B, in rows.
    private static final double PACK_ROW = 0.5;
    private static final double PASS_PANEL = 8;

    final Left left = new Left();
    int m;
    int n;
    int k;
    // B: packed panels of all k, or an array that each task packs panel by panel.
    float[] b;
    boolean packed;
    boolean transposed;
    int bOffset;
    int ldb;
    final Windows bWindows = new Windows();
    private boolean windows;
    // C, its start (bias or 0 unless it accumulates) and what follows.
    float[] c;
    int cOffset;
    int ldc;
    boolean accumulate;
    float[] bias;
    Activation f;
    float[] y;
    int yOffset;
    int ldy;
    // The epilogue goes back through f when `backward`: z and f(z), laid out as C.
    private boolean backward;
    private float[] z;
    private float[] fz;
    private int rowsOfTask;
    private int columnsOfTask;
    private int columnTasks;
    /// Tasks of their own, so that C2 compiles them apart from the product's.
    private final Threads.Tasks packing = (task, _) -> pack(task);
    private float[] packTo;

    /// Runs all tasks. A B that several blocks of rows need is packed once before.
    void run(Threads threads, Scratch scratch) {
        if (m == 0 || n == 0) {
            return;
        }
        cut(threads.count());
        int rowTasks = (m + rowsOfTask - 1) / rowsOfTask;
        if (rowTasks > 1 && !packed) {
            packAll(threads, scratch);
        }
        threads.run(rowTasks * columnTasks, this, scratch);
        release();
    }

    /// Chooses rows and columns of a task: of all grids the one whose longest thread is done first, counted in rows times panels. Each task packs its rows of A
    /// anew, and passes over its panels of B; several tasks a thread, as not all threads are equally fast.
    private void cut(int threads) {
        int blocks = (m + MOST_ROWS - 1) / MOST_ROWS;
        int panels = panels();
        boolean alone = threads == 1 || (long) m * n * k < SMALL;
        int fewest = alone ? 1 : TASKS_OF_THREAD * threads;
        double best = Double.POSITIVE_INFINITY;
        for (int byColumns = 1; byColumns <= Math.min(panels, fewest); byColumns++) {
            int columns = (panels + byColumns - 1) / byColumns;
            int columnCuts = (panels + columns - 1) / columns;
            int rowCuts = Math.max(blocks, (fewest + columnCuts - 1) / columnCuts);
            int rows = Tiles.padded((m + rowCuts - 1) / rowCuts);
            int tasks = (m + rows - 1) / rows * columnCuts;
            double time = (double) ((tasks + threads - 1) / threads) * (rows * columns + PACK_ROW * rows + PASS_PANEL * columns);
            if (time < best) {
                best = time;
                rowsOfTask = rows;
                columnsOfTask = columns * PANEL;
                columnTasks = columnCuts;
            }
        }
    }

    /// Forgets the caller's arrays.
    void release() {
        left.release();
        bWindows.x = null;
        b = null;
        c = null;
        y = null;
        z = null;
        fz = null;
        bias = null;
    }

    /// Packs all of B into the scratch memory of the caller, one panel of one block of k a task.
    void packAll(Threads threads, Scratch scratch) {
        int tasks = panels() * ((k + Gemm.DEPTH - 1) / Gemm.DEPTH);
        float[] all = scratch.b(k * Packing.packedWidth(n) + 8);
        packTo = all;
        if ((long) k * n < Parts.SPLIT) {
            for (int task = 0; task < tasks; task++) {
                pack(task);
            }
        } else {
            threads.run(tasks, packing, scratch);
        }
        packTo = null;
        b = all;
        packed = true;
        bOffset = 0;
    }

    private int panels() {
        return (n + PANEL - 1) / PANEL;
    }

    private void pack(int task) {
        int from = task / panels() * Gemm.DEPTH;
        int depth = Math.min(Gemm.DEPTH, k - from);
        int j = task % panels() * PANEL;
        pack(from, depth, j, packTo, from * Packing.packedWidth(n) + j * depth);
    }

    /// The panel of B with steps [from, from + depth) that begins at column j.
    private void pack(int from, int depth, int j, float[] panels, int to) {
        if (windows) {
            Packing.windows(j, n, from, depth, bWindows, panels, to);
        } else if (transposed) {
            Packing.transposed(j, n, depth, b, bOffset + from, ldb, panels, to);
        } else {
            Packing.rows(j, n, depth, b, bOffset + from * ldb, ldb, panels, to);
        }
    }

    @Override
    public void run(int task, Scratch scratch) {
        int i0 = task / columnTasks * rowsOfTask;
        int j0 = task % columnTasks * columnsOfTask;
        block(i0, Math.min(m, i0 + rowsOfTask), j0, Math.min(n, j0 + columnsOfTask), c, cOffset, scratch);
    }

    /// Rows [i0, i1), at most [#MOST_ROWS], and columns [j0, j1) of the product, into `c`.
    void block(int i0, int i1, int j0, int j1, float[] c, int cOffset, Scratch scratch) {
        int rows = i1 - i0;
        int[] cRows = scratch.cRows(Tiles.padded(rows));
        for (int i = 0; i < rows; i++) {
            int row = left.chosen == null ? i0 + i : left.chosen[i0 + i];
            cRows[i] = cOffset + row * ldc;
            if (!accumulate) {
                start(c, cRows[i] + j0, j0, j1 - j0);
            }
        }
        Tiles.pad(cRows, rows);
        float[] a = scratch.a(Left.room(rows));
        float[] edge = scratch.c(Tiles.BLOCK);
        float[] panel = packed ? b : scratch.panel(Gemm.DEPTH * PANEL + 8);
        int width = Packing.packedWidth(n);
        for (int from = 0; from < k; from += Gemm.DEPTH) {
            int depth = Math.min(Gemm.DEPTH, k - from);
            left.pack(i0, rows, from, depth, a);
            boolean last = from + depth == k;
            int begun = j0;
            for (int j = j0; j < j1; j += PANEL) {
                int at = 0;
                if (packed) {
                    at = bOffset + from * width + j * depth;
                } else {
                    pack(from, depth, j, panel, 0);
                }
                Tiles.panel(rows, Math.min(PANEL, n - j), depth, a, 0, panel, at, c, j, cRows, ldc, edge);
                if (last && f != null && (j + PANEL >= j1 || j + PANEL - begun >= EPILOGUE)) {
                    finish(i0, rows, begun, Math.min(j1, j + PANEL));
                    begun = j + PANEL;
                }
            }
        }
        if (k == 0 && f != null) {
            finish(i0, rows, j0, j1);
        }
    }

    private void start(float[] c, int at, int j, int count) {
        if (bias == null) {
            java.util.Arrays.fill(c, at, at + count, 0f);
        } else {
            System.arraycopy(bias, j, c, at, count);
        }
    }

    private void finish(int i0, int rows, int from, int to) {
        int at = cOffset + i0 * ldc + from;
        if (backward) {
            Elementwise.activateBackward(f, rows, to - from, z, fz, c, y, at, ldc);
        } else {
            Elementwise.activate(f, rows, to - from, c, at, ldc, y, yOffset + i0 * ldy + from, ldy);
        }
    }

    /// C, and how it begins: from what it holds, or from the bias or 0.
    void output(boolean accumulate, float[] bias, float[] c, int cOffset, int ldc) {
        this.accumulate = accumulate;
        this.bias = bias;
        this.c = c;
        this.cOffset = cOffset;
        this.ldc = ldc;
        f = null;
    }

    /// `y = f(C)` once a part of C is done; f may be null.
    void epilogue(Activation f, float[] y, int yOffset, int ldy) {
        backward = false;
        this.f = f;
        this.y = y;
        this.yOffset = yOffset;
        this.ldy = ldy;
    }

    /// `dZ = C·f′` once a part of C is done: see [Kernels#activateBackward]; all arrays have the offset and leading dimension of C.
    void epilogueBackward(Activation f, float[] z, float[] fz, float[] dZ) {
        backward = true;
        this.f = f;
        this.z = z;
        this.fz = fz;
        y = dZ;
    }

    /// B as it is stored: (k, n), or `transposed` (n, k).
    void right(boolean transposed, float[] b, int bOffset, int ldb) {
        packed = false;
        windows = false;
        this.transposed = transposed;
        this.b = b;
        this.bOffset = bOffset;
        this.ldb = ldb;
    }

    /// B = windows of a convolution's input, k over output positions.
    void right(ConvolutionShape shape, float[] x, int xOffset, int sampleStride, int rowStride) {
        packed = false;
        windows = true;
        bWindows.set(shape, x, xOffset, sampleStride, rowStride);
    }

    void right(PackedMatrix matrix) {
        packed = true;
        b = matrix.panels;
        bOffset = 0;
    }
}
