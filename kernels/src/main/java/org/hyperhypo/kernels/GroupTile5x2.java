package org.hyperhypo.kernels;

import static org.hyperhypo.kernels.Lanes.L;
import static org.hyperhypo.kernels.Lanes.PANEL;
import static org.hyperhypo.kernels.Lanes.S;

import jdk.incubator.vector.FloatVector;

/// [RowTile5x2] for an A that is packed in groups of five: element (k, r) of the group at `a[a_r + 5·k]`, a_r = a_0 + r. Products with a transposed A
/// use it.
///
/// Rows of C lie anywhere: chosen neurons. A row may be given twice, with its A, and is then computed twice, to the same bits. The caller passes a_r as
/// five numbers: where C2 knows that they are neighbours it loads all five first and spills an accumulator on AVX2 (kernels/check-spills.sh).
final class GroupTile5x2 {
    private GroupTile5x2() {
    }

    static void run(int depth, float[] a, int a0, int a1, int a2, int a3, int a4, float[] b, int bOffset,
                    float[] c, int c0, int c1, int c2, int c3, int c4) {
        FloatVector s0a = FloatVector.fromArray(S, c, c0);
        FloatVector s0b = FloatVector.fromArray(S, c, c0 + L);
        FloatVector s1a = FloatVector.fromArray(S, c, c1);
        FloatVector s1b = FloatVector.fromArray(S, c, c1 + L);
        FloatVector s2a = FloatVector.fromArray(S, c, c2);
        FloatVector s2b = FloatVector.fromArray(S, c, c2 + L);
        FloatVector s3a = FloatVector.fromArray(S, c, c3);
        FloatVector s3b = FloatVector.fromArray(S, c, c3 + L);
        FloatVector s4a = FloatVector.fromArray(S, c, c4);
        FloatVector s4b = FloatVector.fromArray(S, c, c4 + L);
        for (int p = 0; p < depth; p++) {
            FloatVector ba = FloatVector.fromArray(S, b, bOffset + p * PANEL);
            FloatVector bb = FloatVector.fromArray(S, b, bOffset + p * PANEL + L);
            FloatVector x = FloatVector.broadcast(S, a[a0 + 5 * p]);
            s0a = x.fma(ba, s0a);
            s0b = x.fma(bb, s0b);
            x = FloatVector.broadcast(S, a[a1 + 5 * p]);
            s1a = x.fma(ba, s1a);
            s1b = x.fma(bb, s1b);
            x = FloatVector.broadcast(S, a[a2 + 5 * p]);
            s2a = x.fma(ba, s2a);
            s2b = x.fma(bb, s2b);
            x = FloatVector.broadcast(S, a[a3 + 5 * p]);
            s3a = x.fma(ba, s3a);
            s3b = x.fma(bb, s3b);
            x = FloatVector.broadcast(S, a[a4 + 5 * p]);
            s4a = x.fma(ba, s4a);
            s4b = x.fma(bb, s4b);
        }
        s0a.intoArray(c, c0);
        s0b.intoArray(c, c0 + L);
        s1a.intoArray(c, c1);
        s1b.intoArray(c, c1 + L);
        s2a.intoArray(c, c2);
        s2b.intoArray(c, c2 + L);
        s3a.intoArray(c, c3);
        s3b.intoArray(c, c3 + L);
        s4a.intoArray(c, c4);
        s4b.intoArray(c, c4 + L);
    }
}
