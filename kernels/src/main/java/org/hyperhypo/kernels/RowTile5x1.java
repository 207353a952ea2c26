package org.hyperhypo.kernels;

import static org.hyperhypo.kernels.Gemm.STRIDE;
import static org.hyperhypo.kernels.Lanes.L;
import static org.hyperhypo.kernels.Lanes.S;

import jdk.incubator.vector.FloatVector;

/// The narrow sibling of [RowTile5x2], one vector wide, for the last columns of C.
final class RowTile5x1 {
    private RowTile5x1() {
    }

    static void run(int depth, float[] a, int a0, float[] b, int bOffset, float[] c, int c0, int ldc) {
        FloatVector s0a = FloatVector.fromArray(S, c, c0);
        FloatVector s1a = FloatVector.fromArray(S, c, c0 + ldc);
        FloatVector s2a = FloatVector.fromArray(S, c, c0 + 2 * ldc);
        FloatVector s3a = FloatVector.fromArray(S, c, c0 + 3 * ldc);
        FloatVector s4a = FloatVector.fromArray(S, c, c0 + 4 * ldc);
        for (int p = 0; p < depth; p++) {
            FloatVector ba = FloatVector.fromArray(S, b, bOffset + p * L);
            FloatVector x = FloatVector.broadcast(S, a[a0 + p]);
            s0a = x.fma(ba, s0a);
            x = FloatVector.broadcast(S, a[a0 + STRIDE + p]);
            s1a = x.fma(ba, s1a);
            x = FloatVector.broadcast(S, a[a0 + 2 * STRIDE + p]);
            s2a = x.fma(ba, s2a);
            x = FloatVector.broadcast(S, a[a0 + 3 * STRIDE + p]);
            s3a = x.fma(ba, s3a);
            x = FloatVector.broadcast(S, a[a0 + 4 * STRIDE + p]);
            s4a = x.fma(ba, s4a);
        }
        s0a.intoArray(c, c0);
        s1a.intoArray(c, c0 + ldc);
        s2a.intoArray(c, c0 + 2 * ldc);
        s3a.intoArray(c, c0 + 3 * ldc);
        s4a.intoArray(c, c0 + 4 * ldc);
    }
}
