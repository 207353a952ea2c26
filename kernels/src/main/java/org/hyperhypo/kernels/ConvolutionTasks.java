package org.hyperhypo.kernels;

import static org.hyperhypo.kernels.Lanes.PANEL;

/// The parts of a convolution that are cut into groups of samples: pooled forward pass, and gradient of the input.
///
/// One object lives in each [Scratch] and is set for every call; the threads that help read it and write nothing of it.
final class ConvolutionTasks implements Threads.Tasks {
    /// Floats of output that wait for pooling: 128 kB.
    private static final int WAITING = 32 * 1024;
    /// Samples of a task of the input gradient: their dX stays in the second-level cache while all positions pass.
    private static final int SAMPLES = 40;

    private final Product product;
    private boolean forward;
    private ConvolutionShape shape;
    private PoolShape pool;
    private Activation f;
    private int n;
    private int samples;
    private float[] z;
    private int zOffset;
    private int ldz;
    private float[] y;
    private int yOffset;
    private int ldy;
    private byte[] argmax;
    private float[] panels;
    private int rowStride;

    ConvolutionTasks(Product product) {
        this.product = product;
    }

    /// The product is set and its filters are packed.
    void pooled(ConvolutionShape shape, PoolShape pool, Activation f, int n, float[] z, int zOffset, int ldz, float[] y, int yOffset, int ldy,
                byte[] argmax, Threads threads, Scratch scratch) {
        forward = true;
        this.shape = shape;
        this.pool = pool;
        this.f = f;
        this.n = n;
        this.z = z;
        this.zOffset = zOffset;
        this.ldz = ldz;
        this.y = y;
        this.yOffset = yOffset;
        this.ldy = ldy;
        this.argmax = argmax;
        samples = Math.max(1, Math.min(WAITING / shape.outSize(), Product.MOST_ROWS / shape.positions()));
        run(threads, scratch);
    }

    /// z is dY, y is dX.
    void inputGradient(ConvolutionShape shape, int n, float[] dY, int dyOffset, float[] panels,
                       float[] dX, int dxOffset, int sampleStride, int rowStride, Threads threads, Scratch scratch) {
        forward = false;
        this.shape = shape;
        this.n = n;
        this.panels = panels;
        this.rowStride = rowStride;
        z = dY;
        zOffset = dyOffset;
        ldz = shape.outSize();
        y = dX;
        yOffset = dxOffset;
        ldy = sampleStride;
        samples = SAMPLES;
        run(threads, scratch);
    }

    private void run(Threads threads, Scratch scratch) {
        threads.run((n + samples - 1) / samples, this, scratch);
        z = null;
        y = null;
        argmax = null;
        panels = null;
    }

    @Override
    public void run(int task, Scratch scratch) {
        int first = task * samples;
        int count = Math.min(samples, n - first);
        if (forward) {
            forward(first, count, scratch);
        } else {
            inputGradient(first, count, scratch);
        }
    }

    private void forward(int first, int count, Scratch scratch) {
        float[] values = scratch.values(samples * shape.outSize());
        int positions = shape.positions();
        int filters = shape.filters();
        for (int i = 0; i < count * positions; i += Product.MOST_ROWS) {
            int i0 = first * positions + i;
            int i1 = Math.min((first + count) * positions, i0 + Product.MOST_ROWS);
            product.block(i0, i1, 0, filters, values, -first * positions * filters, scratch);
        }
        int size = pool.outSize();
        Pooling.forward(pool, count, values, 0, z, zOffset + first * ldz, ldz, argmax, first * size);
        if (f != null) {
            Elementwise.activate(f, count, size, z, zOffset + first * ldz, ldz, y, yOffset + first * ldy, ldy);
        }
    }

    /// Where a window is one run of memory the tiles add to dX itself, else to a copy of the windows of this position.
    private void inputGradient(int first, int count, Scratch scratch) {
        int filters = shape.filters();
        int size = shape.filterSize();
        int run = shape.filterWidth() * shape.channels();
        boolean direct = run == rowStride || shape.filterHeight() == 1;
        float[] to = direct ? y : scratch.values(count * size + Lanes.L);
        int ld = direct ? ldy : size;
        int[] rows = scratch.cRows(Tiles.padded(count));
        for (int s = 0; s < count; s++) {
            rows[s] = direct ? yOffset + (first + s) * ldy : s * size;
        }
        Tiles.pad(rows, count);
        float[] d = scratch.a(Left.room(count));
        float[] edge = scratch.c(Tiles.BLOCK);
        int width = Packing.packedWidth(size);
        for (int position = 0; position < shape.positions(); position++) {
            int corner = position / shape.outWidth() * rowStride + position % shape.outWidth() * shape.channels();
            for (int s = 0; s < count && !direct; s++) {
                LeftPacking.strip(shape.filterHeight(), run, Math.max(run, Lanes.L), y, yOffset + (first + s) * ldy + corner, rowStride,
                    to, s * size, run);
            }
            for (int from = 0; from < filters; from += Gemm.DEPTH) {
                int depth = Math.min(Gemm.DEPTH, filters - from);
                for (int s = 0; s < Tiles.padded(count); s++) {
                    int sample = first + Math.min(s, count - 1);
                    System.arraycopy(z, zOffset + sample * ldz + position * filters + from, d, s * Gemm.STRIDE, depth);
                }
                for (int j = 0; j < size; j += PANEL) {
                    Tiles.panel(count, Math.min(PANEL, size - j), depth, d, 0,
                        panels, from * width + j * depth, to, (direct ? corner : 0) + j, rows, ld, edge);
                }
            }
            for (int s = 0; s < count && !direct; s++) {
                LeftPacking.strip(shape.filterHeight(), run, run, to, s * size, run, y, yOffset + (first + s) * ldy + corner, rowStride);
            }
        }
    }
}
