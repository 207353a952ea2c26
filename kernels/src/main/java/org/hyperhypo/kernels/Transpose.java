package org.hyperhypo.kernels;

import static org.hyperhypo.kernels.Lanes.L;
import static org.hyperhypo.kernels.Lanes.S;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/// Transposes L rows in registers, L×L at a time: for machines with vectors of at least 256 bits.
///
/// log2(L) steps exchange blocks of L/2, …, 2, 1 between pairs of rows: after them row i holds column i. One method holds eight rows and three steps,
/// 64 vector calls that C2 inlines without boxing; with 16 lanes a fourth step joins two such groups where they were stored.
///
/// Of [Lanes#S] alone, never of a narrower vector: a second vector class in one program spoils what the JVM learns about the methods of FloatVector, and
/// C2 then boxes in other kernels (kernels/README.md).
final class Transpose {
    private static final VectorShuffle<Float> SWAP1 = swap(1);
    private static final VectorShuffle<Float> SWAP2 = swap(2);
    private static final VectorShuffle<Float> SWAP4 = swap(4);
    private static final VectorShuffle<Float> SWAP8 = swap(8);
    private static final VectorMask<Float> ODD1 = odd(1);
    private static final VectorMask<Float> ODD2 = odd(2);
    private static final VectorMask<Float> ODD4 = odd(4);
    private static final VectorMask<Float> ODD8 = odd(8);

    private Transpose() {
    }

    private static VectorShuffle<Float> swap(int n) {
        return VectorShuffle.fromOp(S, lane -> (lane ^ n) % L);
    }

    private static VectorMask<Float> odd(int n) {
        boolean[] lanes = new boolean[L];
        for (int lane = 0; lane < L; lane++) {
            lanes[lane] = (lane & n) != 0;
        }
        return VectorMask.fromArray(S, lanes, 0);
    }

    /// `to[p·width + r] = b[from + r·ldb + p]` for r in [0, rows) and p in [0, k).
    static void copy(int rows, int k, float[] b, int from, int ldb, float[] panel, int to, int width) {
        int done = 0;
        if (L >= 8 && k >= L) {
            for (; done + L <= rows; done += L) {
                strip(k - k % L, b, from + done * ldb, ldb, panel, to + done, width);
                if (k % L != 0) {
                    strip(L, b, from + done * ldb + k - L, ldb, panel, to + done + (k - L) * width, width);
                }
            }
        }
        for (; done < rows; done++) {
            for (int p = 0; p < k; p++) {
                panel[to + p * width + done] = b[from + done * ldb + p];
            }
        }
    }

    /// L rows, k a multiple of L.
    private static void strip(int k, float[] b, int from, int ldb, float[] out, int to, int width) {
        eightRows(k, b, from, ldb, out, to, width);
        if (L == 16) {
            eightRows(k, b, from + 8 * ldb, ldb, out, to + 8 * width, width);
            join(k, out, to, width);
        }
    }

    /// The first three steps for eight rows: with 16 lanes, columns p and p + 8 of these rows side by side.
    private static void eightRows(int k, float[] b, int from, int ldb, float[] out, int to, int width) {
        for (int p = 0; p < k; p += L) {
            int at = from + p;
            FloatVector r0 = FloatVector.fromArray(S, b, at);
            FloatVector r1 = FloatVector.fromArray(S, b, at + ldb);
            FloatVector r2 = FloatVector.fromArray(S, b, at + 2 * ldb);
            FloatVector r3 = FloatVector.fromArray(S, b, at + 3 * ldb);
            FloatVector r4 = FloatVector.fromArray(S, b, at + 4 * ldb);
            FloatVector r5 = FloatVector.fromArray(S, b, at + 5 * ldb);
            FloatVector r6 = FloatVector.fromArray(S, b, at + 6 * ldb);
            FloatVector r7 = FloatVector.fromArray(S, b, at + 7 * ldb);
            FloatVector s0 = r0.blend(r4.rearrange(SWAP4), ODD4);
            FloatVector s1 = r1.blend(r5.rearrange(SWAP4), ODD4);
            FloatVector s2 = r2.blend(r6.rearrange(SWAP4), ODD4);
            FloatVector s3 = r3.blend(r7.rearrange(SWAP4), ODD4);
            FloatVector s4 = r0.rearrange(SWAP4).blend(r4, ODD4);
            FloatVector s5 = r1.rearrange(SWAP4).blend(r5, ODD4);
            FloatVector s6 = r2.rearrange(SWAP4).blend(r6, ODD4);
            FloatVector s7 = r3.rearrange(SWAP4).blend(r7, ODD4);
            r0 = s0.blend(s2.rearrange(SWAP2), ODD2);
            r1 = s1.blend(s3.rearrange(SWAP2), ODD2);
            r2 = s0.rearrange(SWAP2).blend(s2, ODD2);
            r3 = s1.rearrange(SWAP2).blend(s3, ODD2);
            r4 = s4.blend(s6.rearrange(SWAP2), ODD2);
            r5 = s5.blend(s7.rearrange(SWAP2), ODD2);
            r6 = s4.rearrange(SWAP2).blend(s6, ODD2);
            r7 = s5.rearrange(SWAP2).blend(s7, ODD2);
            int target = to + p * width;
            r0.blend(r1.rearrange(SWAP1), ODD1).intoArray(out, target);
            r0.rearrange(SWAP1).blend(r1, ODD1).intoArray(out, target + width);
            r2.blend(r3.rearrange(SWAP1), ODD1).intoArray(out, target + 2 * width);
            r2.rearrange(SWAP1).blend(r3, ODD1).intoArray(out, target + 3 * width);
            r4.blend(r5.rearrange(SWAP1), ODD1).intoArray(out, target + 4 * width);
            r4.rearrange(SWAP1).blend(r5, ODD1).intoArray(out, target + 5 * width);
            r6.blend(r7.rearrange(SWAP1), ODD1).intoArray(out, target + 6 * width);
            r6.rearrange(SWAP1).blend(r7, ODD1).intoArray(out, target + 7 * width);
        }
    }

    /// The fourth step: exchanges halves between rows i and i + 8 of each 16 stored.
    private static void join(int k, float[] out, int to, int width) {
        for (int p = 0; p < k; p += L) {
            for (int i = 0; i < 8; i++) {
                int at = to + (p + i) * width;
                FloatVector a = FloatVector.fromArray(S, out, at);
                FloatVector b = FloatVector.fromArray(S, out, at + 8 * width);
                a.blend(b.rearrange(SWAP8), ODD8).intoArray(out, at);
                a.rearrange(SWAP8).blend(b, ODD8).intoArray(out, at + 8 * width);
            }
        }
    }
}
