package org.hyperhypo.kernels;

import static org.hyperhypo.kernels.Lanes.L;
import static org.hyperhypo.kernels.Lanes.S;

import jdk.incubator.vector.FloatVector;

/// The narrow sibling of [RowTile5x2], one vector wide, for the last columns of C.
final class RowTile5x1 {
    private RowTile5x1() {
    }

    static void run(int depth, float[] a, int a0, int a1, int a2, int a3, int a4, float[] b, int bOffset,
                    float[] c, int c0, int c1, int c2, int c3, int c4) {
        FloatVector s0a = FloatVector.fromArray(S, c, c0);
        FloatVector s1a = FloatVector.fromArray(S, c, c1);
        FloatVector s2a = FloatVector.fromArray(S, c, c2);
        FloatVector s3a = FloatVector.fromArray(S, c, c3);
        FloatVector s4a = FloatVector.fromArray(S, c, c4);
        for (int p = 0; p < depth; p++) {
            FloatVector ba = FloatVector.fromArray(S, b, bOffset + p * L);
            FloatVector x = FloatVector.broadcast(S, a[a0 + p]);
            s0a = x.fma(ba, s0a);
            x = FloatVector.broadcast(S, a[a1 + p]);
            s1a = x.fma(ba, s1a);
            x = FloatVector.broadcast(S, a[a2 + p]);
            s2a = x.fma(ba, s2a);
            x = FloatVector.broadcast(S, a[a3 + p]);
            s3a = x.fma(ba, s3a);
            x = FloatVector.broadcast(S, a[a4 + p]);
            s4a = x.fma(ba, s4a);
        }
        s0a.intoArray(c, c0);
        s1a.intoArray(c, c1);
        s2a.intoArray(c, c2);
        s3a.intoArray(c, c3);
        s4a.intoArray(c, c4);
    }
}
