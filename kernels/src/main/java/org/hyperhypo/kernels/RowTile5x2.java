package org.hyperhypo.kernels;

import static org.hyperhypo.kernels.Gemm.STRIDE;
import static org.hyperhypo.kernels.Lanes.L;
import static org.hyperhypo.kernels.Lanes.PANEL;
import static org.hyperhypo.kernels.Lanes.S;

import jdk.incubator.vector.FloatVector;

/// The inner loop of a product: five rows of C, two vectors wide, kept in registers while k runs.
///
/// `C[r, 0..2L) = fma(a[a0 + r·STRIDE + k], b[k, 0..2L), C[r, 0..2L))` for r in 0..4 and k ascending; row r of C begins at `c0 + r·ldc`, and B is a
/// panel [depth][2L]. One distance for all rows of C: with five offsets C2 spilled an accumulator on AVX2.
///
/// 10 accumulators + 2 B + up to 3 broadcasts that C2 loads ahead = 15 of AVX2's 16 registers; 37 vector calls, below the ~55 that C2 inlines without
/// boxing. Every index is offset + constant·k, so C2 checks the bounds once, before the loop, and the rows of A share one address. C is loaded and
/// stored, not only stored, so that cutting k into blocks changes no bit.
final class RowTile5x2 {
    private RowTile5x2() {
    }

    static void run(int depth, float[] a, int a0, float[] b, int bOffset, float[] c, int c0, int ldc) {
        FloatVector s0a = FloatVector.fromArray(S, c, c0);
        FloatVector s0b = FloatVector.fromArray(S, c, c0 + L);
        FloatVector s1a = FloatVector.fromArray(S, c, c0 + ldc);
        FloatVector s1b = FloatVector.fromArray(S, c, c0 + ldc + L);
        FloatVector s2a = FloatVector.fromArray(S, c, c0 + 2 * ldc);
        FloatVector s2b = FloatVector.fromArray(S, c, c0 + 2 * ldc + L);
        FloatVector s3a = FloatVector.fromArray(S, c, c0 + 3 * ldc);
        FloatVector s3b = FloatVector.fromArray(S, c, c0 + 3 * ldc + L);
        FloatVector s4a = FloatVector.fromArray(S, c, c0 + 4 * ldc);
        FloatVector s4b = FloatVector.fromArray(S, c, c0 + 4 * ldc + L);
        for (int p = 0; p < depth; p++) {
            FloatVector ba = FloatVector.fromArray(S, b, bOffset + p * PANEL);
            FloatVector bb = FloatVector.fromArray(S, b, bOffset + p * PANEL + L);
            FloatVector x = FloatVector.broadcast(S, a[a0 + p]);
            s0a = x.fma(ba, s0a);
            s0b = x.fma(bb, s0b);
            x = FloatVector.broadcast(S, a[a0 + STRIDE + p]);
            s1a = x.fma(ba, s1a);
            s1b = x.fma(bb, s1b);
            x = FloatVector.broadcast(S, a[a0 + 2 * STRIDE + p]);
            s2a = x.fma(ba, s2a);
            s2b = x.fma(bb, s2b);
            x = FloatVector.broadcast(S, a[a0 + 3 * STRIDE + p]);
            s3a = x.fma(ba, s3a);
            s3b = x.fma(bb, s3b);
            x = FloatVector.broadcast(S, a[a0 + 4 * STRIDE + p]);
            s4a = x.fma(ba, s4a);
            s4b = x.fma(bb, s4b);
        }
        s0a.intoArray(c, c0);
        s0b.intoArray(c, c0 + L);
        s1a.intoArray(c, c0 + ldc);
        s1b.intoArray(c, c0 + ldc + L);
        s2a.intoArray(c, c0 + 2 * ldc);
        s2b.intoArray(c, c0 + 2 * ldc + L);
        s3a.intoArray(c, c0 + 3 * ldc);
        s3b.intoArray(c, c0 + 3 * ldc + L);
        s4a.intoArray(c, c0 + 4 * ldc);
        s4b.intoArray(c, c0 + 4 * ldc + L);
    }
}
