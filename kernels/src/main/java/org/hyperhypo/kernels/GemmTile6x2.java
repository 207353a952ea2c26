package org.hyperhypo.kernels;

import static org.hyperhypo.kernels.Lanes.L;
import static org.hyperhypo.kernels.Lanes.S;

import jdk.incubator.vector.FloatVector;

/// The inner loop of every product: six rows of C, two vectors wide, kept in registers while k runs.
///
/// `C[r, 0..2L) = fma(a_r[k], B[k, 0..2L), C[r, 0..2L))` for r in 0..5 and k ascending. k is `runs × runLength` long: element `p` of run `q` of
/// row r is `a[a_r + q·runStride + p·step]`, so a row of A may be a matrix row (one run), a column (step = lda) or a convolution window (one run
/// for each filter row). B has its row k at `b + k·bStep`. Rows of A and C lie anywhere: a row may be given twice and is then computed twice, to
/// the same bits, which is how fewer than six rows are done.
///
/// 12 accumulators + 2 B + 1 broadcast = 15 of 16 AVX2 registers; 44 vector calls, below the ~55 that C2 inlines without boxing. C is loaded and
/// stored, not only stored, so that cutting k into blocks changes no bit.
final class GemmTile6x2 {
    private GemmTile6x2() {
    }

    static void run(int runs, int runLength, int runStride, int step,
                    float[] a, int a0, int a1, int a2, int a3, int a4, int a5, float[] b, int bOffset, int bStep,
                    float[] c, int c0, int c1, int c2, int c3, int c4, int c5) {
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
        FloatVector s5a = FloatVector.fromArray(S, c, c5);
        FloatVector s5b = FloatVector.fromArray(S, c, c5 + L);
        int at = bOffset;
        for (int run = 0; run < runs; run++) {
            int k = run * runStride;
            for (int p = 0; p < runLength; p++) {
                FloatVector ba = FloatVector.fromArray(S, b, at);
                FloatVector bb = FloatVector.fromArray(S, b, at + L);
                FloatVector x = FloatVector.broadcast(S, a[a0 + k]);
                s0a = x.fma(ba, s0a);
                s0b = x.fma(bb, s0b);
                x = FloatVector.broadcast(S, a[a1 + k]);
                s1a = x.fma(ba, s1a);
                s1b = x.fma(bb, s1b);
                x = FloatVector.broadcast(S, a[a2 + k]);
                s2a = x.fma(ba, s2a);
                s2b = x.fma(bb, s2b);
                x = FloatVector.broadcast(S, a[a3 + k]);
                s3a = x.fma(ba, s3a);
                s3b = x.fma(bb, s3b);
                x = FloatVector.broadcast(S, a[a4 + k]);
                s4a = x.fma(ba, s4a);
                s4b = x.fma(bb, s4b);
                x = FloatVector.broadcast(S, a[a5 + k]);
                s5a = x.fma(ba, s5a);
                s5b = x.fma(bb, s5b);
                at += bStep;
                k += step;
            }
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
        s5a.intoArray(c, c5);
        s5b.intoArray(c, c5 + L);
    }
}
