package org.hyperhypo.kernels;

/// Packing memory of one thread. It grows to the largest call it has seen and then stays: hot calls allocate nothing.
///
/// Not safe for use by two threads at once; contents mean nothing between calls.
public final class Scratch {
    private float[] a = new float[0];
    private float[] b = new float[0];
    private float[] c = new float[0];
    private int[] aRows = new int[0];
    private int[] cRows = new int[0];

    /// Memory held now.
    public long bytes() {
        return Float.BYTES * ((long) a.length + b.length + c.length) + Integer.BYTES * ((long) aRows.length + cRows.length);
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

    /// Where the rows of A start.
    int[] aRows(int size) {
        if (aRows.length < size) {
            aRows = new int[size];
        }
        return aRows;
    }

    /// Where the rows of C start.
    int[] cRows(int size) {
        if (cRows.length < size) {
            cRows = new int[size];
        }
        return cRows;
    }
}
