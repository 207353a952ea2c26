package org.hyperhypo.kernels;

import static org.hyperhypo.kernels.Lanes.PANEL;

/// Convolution as a product on the untouched input: a window is a row of A whose k walks through the strided input, so nothing is copied (no im2col).
///
/// Lanes are filters in the forward pass and in the filter gradient, and window elements in the input gradient.
final class Convolution {
    private Convolution() {
    }

    /// Rows: positions (s, oh, ow) of the batch. One run of k per filter row, or one in all where a filter spans whole input rows.
    static void forward(ConvolutionShape shape, int n, float[] x, int xOffset, int sampleStride, int rowStride,
                        float[] filters, float[] bias, float[] y, int yOffset, Scratch scratch) {
        int f = shape.filters();
        int rows = n * shape.positions();
        Gemm.start(rows, f, bias, y, yOffset, f);
        int[] xRows = scratch.aRows(rows);
        int[] yRows = scratch.cRows(rows);
        windows(shape, n, xOffset, sampleStride, rowStride, xRows);
        for (int i = 0; i < rows; i++) {
            yRows[i] = yOffset + i * f;
        }
        int run = shape.filterWidth() * shape.channels();
        int runsInBlock = Math.min(shape.filterHeight(), Math.max(1, Gemm.DEPTH / run));
        float[] panels = scratch.b(runsInBlock * run * Packing.packedWidth(f));
        float[] block = scratch.c(6 * PANEL);
        for (int i = 0; i < shape.filterHeight(); i += runsInBlock) {
            int runs = Math.min(runsInBlock, shape.filterHeight() - i);
            Packing.transposed(f, runs * run, filters, i * run, shape.filterSize(), panels);
            boolean whole = run == rowStride;
            Gemm.panels(rows, 0, f, whole ? 1 : runs, whole ? runs * run : run, rowStride, 1, x, i * rowStride, xRows,
                panels, 0, y, 0, yRows, block);
        }
    }

    /// Where the window of each output position (s, oh, ow) begins.
    private static void windows(ConvolutionShape shape, int n, int xOffset, int sampleStride, int rowStride, int[] rows) {
        int at = 0;
        for (int s = 0; s < n; s++) {
            for (int oh = 0; oh < shape.outHeight(); oh++) {
                for (int ow = 0; ow < shape.outWidth(); ow++) {
                    rows[at++] = xOffset + s * sampleStride + oh * rowStride + ow * shape.channels();
                }
            }
        }
    }

    /// Rows: elements (i, j, c) of the window; k: positions of the batch; the gradient is built transposed, (filterSize, r), and then put back.
    static void filterGradient(ConvolutionShape shape, int n, float[] x, int xOffset, int sampleStride, int rowStride,
                               float[] dY, int dyOffset, int[] chosen, int r, float[] dFilters, Scratch scratch) {
        if (n == 0 || r == 0) {
            return;
        }
        int size = shape.filterSize();
        int run = shape.filterWidth() * shape.channels();
        int positions = shape.positions();
        int width = Packing.packedWidth(r);
        float[] gradient = scratch.a(size * width);
        int[] xRows = scratch.aRows(size);
        int[] gradientRows = scratch.cRows(size);
        for (int e = 0; e < size; e++) {
            xRows[e] = xOffset + e / run * rowStride + e % run;
            gradientRows[e] = e * width;
        }
        take(r, chosen, size, dFilters, gradient, width);
        // With one row or one column of positions, samples are runs and a block holds several; else a sample is a block and its rows are runs.
        boolean line = shape.outHeight() == 1 || shape.outWidth() == 1;
        int samplesInBlock = line ? Math.min(n, Math.max(1, Gemm.DEPTH / positions)) : 1;
        int runLength = line ? positions : shape.outWidth();
        int step = shape.outWidth() == 1 ? rowStride : shape.channels();
        int runStride = line ? sampleStride : rowStride;
        float[] panels = scratch.b(samplesInBlock * positions * width);
        float[] block = scratch.c(6 * PANEL);
        for (int s = 0; s < n; s += samplesInBlock) {
            int samples = Math.min(samplesInBlock, n - s);
            int depth = samples * positions;
            Packing.chosenColumns(r, depth, dY, dyOffset + s * shape.outSize(), shape.filters(), chosen, panels);
            Gemm.panels(size, 0, width, depth / runLength, runLength, runStride, step, x, s * sampleStride, xRows,
                panels, 0, gradient, 0, gradientRows, block);
        }
        put(r, chosen, size, gradient, width, dFilters);
    }

    private static void take(int r, int[] chosen, int size, float[] dFilters, float[] gradient, int width) {
        for (int e = 0; e < size; e++) {
            java.util.Arrays.fill(gradient, e * width + r, (e + 1) * width, 0f);
        }
        for (int q = 0; q < r; q++) {
            int from = (chosen == null ? q : chosen[q]) * size;
            for (int e = 0; e < size; e++) {
                gradient[e * width + q] = dFilters[from + e];
            }
        }
    }

    private static void put(int r, int[] chosen, int size, float[] gradient, int width, float[] dFilters) {
        for (int q = 0; q < r; q++) {
            int to = (chosen == null ? q : chosen[q]) * size;
            for (int e = 0; e < size; e++) {
                dFilters[to + e] = gradient[e * width + q];
            }
        }
    }

    /// Rows: samples; k: filters; one product per position and filter row, so that overlapping windows add in position order.
    static void inputGradient(ConvolutionShape shape, int n, float[] dY, int dyOffset, float[] filters,
                              float[] dX, int dxOffset, int sampleStride, int rowStride, Scratch scratch) {
        int f = shape.filters();
        if (n == 0 || f == 0) {
            return;
        }
        int row = shape.filterWidth() * shape.channels();
        boolean whole = row == rowStride;
        int runs = whole ? 1 : shape.filterHeight();
        int run = whole ? shape.filterSize() : row;
        int width = Packing.packedWidth(run);
        int[] dyRows = scratch.aRows(n);
        int[] dxRows = scratch.cRows(n);
        for (int s = 0; s < n; s++) {
            dyRows[s] = dyOffset + s * shape.outSize();
            dxRows[s] = dxOffset + s * sampleStride;
        }
        float[] block = scratch.c(6 * PANEL);
        float[] panels = scratch.b(runs * f * width);
        float[] one = scratch.a(f * width);
        for (int i = 0; i < runs; i++) {
            Packing.rows(run, f, filters, i * run, shape.filterSize(), one);
            System.arraycopy(one, 0, panels, i * f * width, f * width);
        }
        for (int oh = 0; oh < shape.outHeight(); oh++) {
            for (int ow = 0; ow < shape.outWidth(); ow++) {
                int position = oh * shape.outWidth() + ow;
                for (int i = 0; i < runs; i++) {
                    Gemm.panels(n, 0, run, 1, f, 0, 1, dY, position * f, dyRows,
                        panels, i * f * width, dX, (oh + i) * rowStride + ow * shape.channels(), dxRows, block);
                }
            }
        }
    }
}
