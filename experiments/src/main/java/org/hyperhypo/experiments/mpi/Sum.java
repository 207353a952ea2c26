package org.hyperhypo.experiments.mpi;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;

/// Adds vectors outside the heap, in pieces that fit the first-level cache.
final class Sum {
    private static final int PIECE = 2048;

    private Sum() {
    }

    /// a ← a + b; returns a.
    static MemorySegment add(MemorySegment a, MemorySegment b) {
        float[] x = new float[PIECE];
        float[] y = new float[PIECE];
        long count = a.byteSize() / Float.BYTES;
        for (long from = 0; from < count; from += PIECE) {
            int n = (int) Math.min(PIECE, count - from);
            MemorySegment.copy(a, JAVA_FLOAT, from * Float.BYTES, x, 0, n);
            MemorySegment.copy(b, JAVA_FLOAT, from * Float.BYTES, y, 0, n);
            for (int i = 0; i < n; i++) {
                x[i] += y[i];
            }
            MemorySegment.copy(x, 0, a, JAVA_FLOAT, from * Float.BYTES, n);
        }
        return a;
    }
}
