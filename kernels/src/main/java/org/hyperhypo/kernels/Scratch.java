package org.hyperhypo.kernels;

/// Packing memory of one thread. It grows to the largest call it has seen and then stays: hot calls allocate nothing.
///
/// Not safe for use by two threads at once; contents mean nothing between calls.
public final class Scratch {
    private float[] a = new float[0];
    private float[] b = new float[0];
    private float[] c = new float[0];
    private float[] panel = new float[0];
    private float[] values = new float[0];
    private int[] cRows = new int[0];
    private Product product;
    private ConvolutionTasks convolution;

    /// Memory held now.
    public long bytes() {
        return Float.BYTES * ((long) a.length + b.length + c.length + panel.length + values.length) + (long) Integer.BYTES * cRows.length;
    }

    /// Room for `size` floats of packed A (rows that are broadcast).
    float[] a(int size) {
        if (a.length < size) {
            a = new float[size];
        }
        return a;
    }

    /// Room for `size` floats of packed B (panels that are read as vectors).
    float[] b(int size) {
        if (b.length < size) {
            b = new float[size];
        }
        return b;
    }

    /// Room for `size` floats of partial results.
    float[] c(int size) {
        if (c.length < size) {
            c = new float[size];
        }
        return c;
    }

    /// Room for one panel of B.
    float[] panel(int size) {
        if (panel.length < size) {
            panel = new float[size];
        }
        return panel;
    }

    /// Room for results that a second operation reads at once.
    float[] values(int size) {
        if (values.length < size) {
            values = new float[size];
        }
        return values;
    }

    /// The one description of a product; only the SIMD kernels ask for it.
    Product product() {
        if (product == null) {
            product = new Product();
        }
        return product;
    }

    ConvolutionTasks convolution() {
        if (convolution == null) {
            convolution = new ConvolutionTasks(product());
        }
        return convolution;
    }

    /// Where the rows of C start.
    int[] cRows(int size) {
        if (cRows.length < size) {
            cRows = new int[size];
        }
        return cRows;
    }
}
