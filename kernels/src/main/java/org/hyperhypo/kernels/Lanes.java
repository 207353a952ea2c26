package org.hyperhypo.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// The one vector shape of all SIMD kernels: the machine's preferred one, at most 16 floats.
///
/// `static final`, or C2 would box every vector.
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

    /// Copies `count` floats. The rest of a vector goes without a mask: C2 was seen to box masks and vectors of a masked copy in some runs.
    static void copy(int count, float[] from, int at, float[] to, int target) {
        int i = 0;
        for (; i + L <= count; i += L) {
            FloatVector.fromArray(S, from, at + i).intoArray(to, target + i);
        }
        System.arraycopy(from, at + i, to, target + i, count - i);
    }
}
