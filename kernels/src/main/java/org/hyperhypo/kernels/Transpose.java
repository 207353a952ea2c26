package org.hyperhypo.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Transposes eight rows in registers, 8×8 at a time: for machines with vectors of at least 256 bits.
///
/// Three steps exchange blocks of 4, 2 and 1 between pairs of rows: after them row i holds column i. 40 vector calls.
final class Transpose {
    static final int SIZE = 8;
    private static final VectorSpecies<Float> S8 = FloatVector.SPECIES_256;
    // Pick from (first, second): indices 0..7 are the first vector, 8..15 the second.
    private static final VectorShuffle<Float> LOW4 = shuffle(0, 1, 2, 3, 8, 9, 10, 11);
    private static final VectorShuffle<Float> HIGH4 = shuffle(4, 5, 6, 7, 12, 13, 14, 15);
    private static final VectorShuffle<Float> LOW2 = shuffle(0, 1, 8, 9, 4, 5, 12, 13);
    private static final VectorShuffle<Float> HIGH2 = shuffle(2, 3, 10, 11, 6, 7, 14, 15);
    private static final VectorShuffle<Float> LOW1 = shuffle(0, 8, 2, 10, 4, 12, 6, 14);
    private static final VectorShuffle<Float> HIGH1 = shuffle(1, 9, 3, 11, 5, 13, 7, 15);

    private Transpose() {
    }

    // Exceptional indices (8..15) are kept as index − 8 with a negative sign, which is what the two-vector rearrange expects.
    private static VectorShuffle<Float> shuffle(int... indices) {
        return VectorShuffle.fromArray(S8, indices, 0);
    }

    /// `to[p·width + r] = b[from + r·ldb + p]` for r in 0..7 and p in [0, k).
    static void strip(int k, float[] b, int from, int ldb, float[] panels, int to, int width) {
        int p = 0;
        for (; p + SIZE <= k; p += SIZE) {
            block(b, from + p, ldb, panels, to + p * width, width);
        }
        for (; p < k; p++) {
            for (int r = 0; r < SIZE; r++) {
                panels[to + p * width + r] = b[from + r * ldb + p];
            }
        }
    }

    private static void block(float[] b, int from, int ldb, float[] out, int to, int width) {
        FloatVector r0 = FloatVector.fromArray(S8, b, from);
        FloatVector r1 = FloatVector.fromArray(S8, b, from + ldb);
        FloatVector r2 = FloatVector.fromArray(S8, b, from + 2 * ldb);
        FloatVector r3 = FloatVector.fromArray(S8, b, from + 3 * ldb);
        FloatVector r4 = FloatVector.fromArray(S8, b, from + 4 * ldb);
        FloatVector r5 = FloatVector.fromArray(S8, b, from + 5 * ldb);
        FloatVector r6 = FloatVector.fromArray(S8, b, from + 6 * ldb);
        FloatVector r7 = FloatVector.fromArray(S8, b, from + 7 * ldb);
        FloatVector s0 = r0.rearrange(LOW4, r4);
        FloatVector s4 = r0.rearrange(HIGH4, r4);
        FloatVector s1 = r1.rearrange(LOW4, r5);
        FloatVector s5 = r1.rearrange(HIGH4, r5);
        FloatVector s2 = r2.rearrange(LOW4, r6);
        FloatVector s6 = r2.rearrange(HIGH4, r6);
        FloatVector s3 = r3.rearrange(LOW4, r7);
        FloatVector s7 = r3.rearrange(HIGH4, r7);
        r0 = s0.rearrange(LOW2, s2);
        r2 = s0.rearrange(HIGH2, s2);
        r1 = s1.rearrange(LOW2, s3);
        r3 = s1.rearrange(HIGH2, s3);
        r4 = s4.rearrange(LOW2, s6);
        r6 = s4.rearrange(HIGH2, s6);
        r5 = s5.rearrange(LOW2, s7);
        r7 = s5.rearrange(HIGH2, s7);
        r0.rearrange(LOW1, r1).intoArray(out, to);
        r0.rearrange(HIGH1, r1).intoArray(out, to + width);
        r2.rearrange(LOW1, r3).intoArray(out, to + 2 * width);
        r2.rearrange(HIGH1, r3).intoArray(out, to + 3 * width);
        r4.rearrange(LOW1, r5).intoArray(out, to + 4 * width);
        r4.rearrange(HIGH1, r5).intoArray(out, to + 5 * width);
        r6.rearrange(LOW1, r7).intoArray(out, to + 6 * width);
        r6.rearrange(HIGH1, r7).intoArray(out, to + 7 * width);
    }
}
