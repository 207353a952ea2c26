package org.hyperhypo.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// The one vector shape of all SIMD kernels: the machine's preferred one, at most 16 floats.
///
/// `static final`, or C2 would box every vector. Also the lane sum with a written order, which `reduceLanes(ADD)` does not have.
final class Lanes {
    static final VectorSpecies<Float> S =
        FloatVector.SPECIES_PREFERRED.length() > ScalarSoftmax.LANES ? FloatVector.SPECIES_512 : FloatVector.SPECIES_PREFERRED;
    static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, S.vectorShape());
    /// Floats in a vector: 16, 8, 4 at 512, 256, 128 bits.
    static final int L = S.length();
    /// As many bytes as S has floats; null at 128 bits, where the smallest byte vector is too wide.
    static final VectorSpecies<Byte> B = L < 8 ? null : VectorSpecies.of(byte.class, VectorShape.forBitSize(8 * L));
    /// Columns of a packed panel of B, two vectors.
    static final int PANEL = 2 * L;

    private Lanes() {
    }

    /// Copies `count` floats, the last of them under a mask.
    static void copy(int count, float[] from, int at, float[] to, int target) {
        int i = 0;
        for (; i + L <= count; i += L) {
            FloatVector.fromArray(S, from, at + i).intoArray(to, target + i);
        }
        if (i < count) {
            VectorMask<Float> rest = S.indexInRange(0, count - i);
            FloatVector.fromArray(S, from, at + i, rest).intoArray(to, target + i, rest);
        }
    }

    /// Sum in 16 virtual lanes (element i in lane i mod 16, ascending), then halves 8, 4, 2, 1: the order of [ScalarSoftmax] at any vector width.
    static float sum(float[] x, int from, int count, float[] lanes) {
        int whole = count - count % ScalarSoftmax.LANES;
        for (int slice = 0; slice < ScalarSoftmax.LANES; slice += L) {
            FloatVector sum = FloatVector.zero(S);
            for (int i = slice; i < whole; i += ScalarSoftmax.LANES) {
                sum = sum.add(FloatVector.fromArray(S, x, from + i));
            }
            sum.intoArray(lanes, slice);
        }
        for (int i = whole; i < count; i++) {
            lanes[i - whole] += x[from + i];
        }
        return ScalarSoftmax.tree(lanes, 0);
    }
}
