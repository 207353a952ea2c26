package org.hyperhypo.kernels;

/// Convolution as products over windows of the untouched input. Lanes are filters in the forward pass, and window elements in the
/// gradients.
///
/// Windows are copied strip by strip, at most 320 at a time, into packing memory of the second-level cache. There is no im2col buffer of the batch.
final class Convolution {
    private Convolution() {
    }

    /// Rows: positions (s, oh, ow) of the batch; k: elements of the window.
    static void forward(ConvolutionShape shape, int n, float[] x, int xOffset, int sampleStride, int rowStride,
                        float[] filters, float[] bias, float[] y, int yOffset, Threads threads, Scratch scratch) {
        Product p = product(shape, n, x, xOffset, sampleStride, rowStride, filters, scratch);
        p.output(false, bias, y, yOffset, shape.filters());
        p.run(threads, scratch);
    }

    private static Product product(ConvolutionShape shape, int n, float[] x, int xOffset, int sampleStride, int rowStride, float[] filters, Scratch scratch) {
        Product p = scratch.product();
        p.m = n * shape.positions();
        p.n = shape.filters();
        p.k = shape.filterSize();
        p.left.convolution(shape, x, xOffset, sampleStride, rowStride);
        p.right(true, filters, 0, shape.filterSize());
        return p;
    }

    /// Forward, max pooling and activation: a few samples' outputs stay in the cache until they are pooled.
    static void forward(ConvolutionShape shape, PoolShape pool, Activation f, int n, float[] x, int xOffset, int sampleStride, int rowStride,
                        float[] filters, float[] bias, float[] z, int zOffset, int ldz, float[] y, int yOffset, int ldy, byte[] argmax,
                        Threads threads, Scratch scratch) {
        if (n == 0 || shape.filters() == 0) {
            return;
        }
        Product p = product(shape, n, x, xOffset, sampleStride, rowStride, filters, scratch);
        p.output(false, bias, null, 0, shape.filters());
        p.packAll(threads, scratch);
        scratch.convolution().pooled(shape, pool, f, n, z, zOffset, ldz, y, yOffset, ldy, argmax, threads, scratch);
        p.release();
    }

    /// Rows: chosen filters; lanes: elements (i, j, c) of the window; k: positions of the batch. B is packed from the windows, one panel at a time.
    static void filterGradient(ConvolutionShape shape, int n, float[] x, int xOffset, int sampleStride, int rowStride,
                               float[] dY, int dyOffset, int[] chosen, int r, float[] dFilters, Threads threads, Scratch scratch) {
        Product p = scratch.product();
        p.m = r;
        p.n = shape.filterSize();
        p.k = n * shape.positions();
        p.left.matrix(true, dY, dyOffset, shape.filters(), chosen, 1f);
        p.right(shape, x, xOffset, sampleStride, rowStride);
        p.output(true, null, dFilters, 0, shape.filterSize());
        p.run(threads, scratch);
    }

    /// Rows: samples; k: filters; lanes: elements of the window; one product per position, so that overlapping windows add in position order.
    static void inputGradient(ConvolutionShape shape, int n, float[] dY, int dyOffset, float[] filters,
                              float[] dX, int dxOffset, int sampleStride, int rowStride, Threads threads, Scratch scratch) {
        int f = shape.filters();
        if (n == 0 || f == 0) {
            return;
        }
        int size = shape.filterSize();
        int width = Packing.packedWidth(size);
        float[] panels = scratch.b(f * width);
        for (int from = 0; from < f; from += Gemm.DEPTH) {
            Packing.all(size, Math.min(Gemm.DEPTH, f - from), filters, from * size, size, panels, from * width);
        }
        scratch.convolution().inputGradient(shape, n, dY, dyOffset, panels, dX, dxOffset, sampleStride, rowStride, threads, scratch);
    }
}
