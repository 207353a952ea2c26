package org.hyperhypo.kernels;

import static org.hyperhypo.kernels.Lanes.L;
import static org.hyperhypo.kernels.Lanes.PANEL;
import static org.hyperhypo.kernels.Lanes.S;

import jdk.incubator.vector.FloatVector;

/// One row of C, two vectors wide: a vector times a packed matrix. It waits for memory, so two accumulators are enough.
///
/// Four steps of k are written out to make the method too large for inlining: inlined into its caller it ran six times slower.
final class RowTile1x2 {
    private RowTile1x2() {
    }

    static void run(int depth, float[] a, int a0, float[] b, int bOffset, float[] c, int c0) {
        FloatVector sa = FloatVector.fromArray(S, c, c0);
        FloatVector sb = FloatVector.fromArray(S, c, c0 + L);
        int whole = depth - depth % 4;
        for (int p = 0; p < whole; p += 4) {
            FloatVector x = FloatVector.broadcast(S, a[a0 + p]);
            sa = x.fma(FloatVector.fromArray(S, b, bOffset + p * PANEL), sa);
            sb = x.fma(FloatVector.fromArray(S, b, bOffset + p * PANEL + L), sb);
            x = FloatVector.broadcast(S, a[a0 + p + 1]);
            sa = x.fma(FloatVector.fromArray(S, b, bOffset + p * PANEL + PANEL), sa);
            sb = x.fma(FloatVector.fromArray(S, b, bOffset + p * PANEL + PANEL + L), sb);
            x = FloatVector.broadcast(S, a[a0 + p + 2]);
            sa = x.fma(FloatVector.fromArray(S, b, bOffset + p * PANEL + 2 * PANEL), sa);
            sb = x.fma(FloatVector.fromArray(S, b, bOffset + p * PANEL + 2 * PANEL + L), sb);
            x = FloatVector.broadcast(S, a[a0 + p + 3]);
            sa = x.fma(FloatVector.fromArray(S, b, bOffset + p * PANEL + 3 * PANEL), sa);
            sb = x.fma(FloatVector.fromArray(S, b, bOffset + p * PANEL + 3 * PANEL + L), sb);
        }
        for (int p = whole; p < depth; p++) {
            FloatVector x = FloatVector.broadcast(S, a[a0 + p]);
            sa = x.fma(FloatVector.fromArray(S, b, bOffset + p * PANEL), sa);
            sb = x.fma(FloatVector.fromArray(S, b, bOffset + p * PANEL + L), sb);
        }
        sa.intoArray(c, c0);
        sb.intoArray(c, c0 + L);
    }
}
