package org.hyperhypo.kernels;

import static org.hyperhypo.kernels.Lanes.S;

import jdk.incubator.vector.FloatVector;

/// The narrow sibling of [GemmTile6x2] for the last columns of C: six rows, one vector wide. Same arguments, same order.
final class GemmTile6x1 {
    private GemmTile6x1() {
    }

    static void run(int runs, int runLength, int runStride, int step,
                    float[] a, int a0, int a1, int a2, int a3, int a4, int a5, float[] b, int bOffset, int bStep,
                    float[] c, int c0, int c1, int c2, int c3, int c4, int c5) {
        FloatVector s0a = FloatVector.fromArray(S, c, c0);
        FloatVector s1a = FloatVector.fromArray(S, c, c1);
        FloatVector s2a = FloatVector.fromArray(S, c, c2);
        FloatVector s3a = FloatVector.fromArray(S, c, c3);
        FloatVector s4a = FloatVector.fromArray(S, c, c4);
        FloatVector s5a = FloatVector.fromArray(S, c, c5);
        int at = bOffset;
        for (int run = 0; run < runs; run++) {
            int k = run * runStride;
            for (int p = 0; p < runLength; p++) {
                FloatVector ba = FloatVector.fromArray(S, b, at);
                FloatVector x = FloatVector.broadcast(S, a[a0 + k]);
                s0a = x.fma(ba, s0a);
                x = FloatVector.broadcast(S, a[a1 + k]);
                s1a = x.fma(ba, s1a);
                x = FloatVector.broadcast(S, a[a2 + k]);
                s2a = x.fma(ba, s2a);
                x = FloatVector.broadcast(S, a[a3 + k]);
                s3a = x.fma(ba, s3a);
                x = FloatVector.broadcast(S, a[a4 + k]);
                s4a = x.fma(ba, s4a);
                x = FloatVector.broadcast(S, a[a5 + k]);
                s5a = x.fma(ba, s5a);
                at += bStep;
                k += step;
            }
        }
        s0a.intoArray(c, c0);
        s1a.intoArray(c, c1);
        s2a.intoArray(c, c2);
        s3a.intoArray(c, c3);
        s4a.intoArray(c, c4);
        s5a.intoArray(c, c5);
    }
}
