package org.hyperhypo.kernels;

import static org.hyperhypo.kernels.Lanes.L;
import static org.hyperhypo.kernels.Lanes.S;

import jdk.incubator.vector.FloatVector;

/// Products with few rows of A or few steps of k: they wait for memory, so B is read once, where it lies.
final class Skinny {
    private Skinny() {
    }

    /// One row times a transposed matrix: eight outputs at a time, each a scalar chain over k along its own row of B.
    ///
    /// Vectors would need B transposed, which costs more than the chains: two multiplications per cycle.
    static void rowTimesTransposed(int n, int k, float[] a, int aOffset, float[] b, int bOffset, int ldb, float[] c, int cOffset) {
        int j = 0;
        for (; j + 8 <= n; j += 8) {
            eight(k, a, aOffset, b, bOffset + j * ldb, ldb, c, cOffset + j);
        }
        for (; j < n; j++) {
            float sum = c[cOffset + j];
            for (int p = 0; p < k; p++) {
                sum = Math.fma(a[aOffset + p], b[bOffset + j * ldb + p], sum);
            }
            c[cOffset + j] = sum;
        }
    }

    private static void eight(int k, float[] a, int aOffset, float[] b, int b0, int ldb, float[] c, int at) {
        int b1 = b0 + ldb;
        int b2 = b1 + ldb;
        int b3 = b2 + ldb;
        int b4 = b3 + ldb;
        int b5 = b4 + ldb;
        int b6 = b5 + ldb;
        int b7 = b6 + ldb;
        float s0 = c[at];
        float s1 = c[at + 1];
        float s2 = c[at + 2];
        float s3 = c[at + 3];
        float s4 = c[at + 4];
        float s5 = c[at + 5];
        float s6 = c[at + 6];
        float s7 = c[at + 7];
        for (int p = 0; p < k; p++) {
            float x = a[aOffset + p];
            s0 = Math.fma(x, b[b0 + p], s0);
            s1 = Math.fma(x, b[b1 + p], s1);
            s2 = Math.fma(x, b[b2 + p], s2);
            s3 = Math.fma(x, b[b3 + p], s3);
            s4 = Math.fma(x, b[b4 + p], s4);
            s5 = Math.fma(x, b[b5 + p], s5);
            s6 = Math.fma(x, b[b6 + p], s6);
            s7 = Math.fma(x, b[b7 + p], s7);
        }
        c[at] = s0;
        c[at + 1] = s1;
        c[at + 2] = s2;
        c[at + 3] = s3;
        c[at + 4] = s4;
        c[at + 5] = s5;
        c[at + 6] = s6;
        c[at + 7] = s7;
    }

    /// `C += A·B` for few rows of A: four rows of B at a time pass all rows of C, two by two.
    static void fewRows(int m, int n, int k, float[] a, int aOffset, int lda, float[] b, int bOffset, int ldb, float[] c, int cOffset, int ldc) {
        int p = 0;
        for (; p + 4 <= k; p += 4) {
            int i = 0;
            for (; i + 2 <= m; i += 2) {
                pair(n, a, aOffset + i * lda + p, lda, b, bOffset + p * ldb, ldb, c, cOffset + i * ldc, ldc);
            }
            if (i < m) {
                int at = aOffset + i * lda + p;
                four(n, a[at], a[at + 1], a[at + 2], a[at + 3], b, bOffset + p * ldb, ldb, c, cOffset + i * ldc);
            }
        }
        for (; p < k; p++) {
            for (int i = 0; i < m; i++) {
                one(n, a[aOffset + i * lda + p], b, bOffset + p * ldb, c, cOffset + i * ldc);
            }
        }
    }

    /// `C += Aᵀ·B` for few steps of k: each row of C takes all of them before the next row.
    static void fewSteps(int m, int n, int k, float[] a, int aOffset, int lda, float[] b, int bOffset, int ldb, int[] chosen,
                         float[] c, int cOffset, int ldc) {
        for (int i = 0; i < m; i++) {
            int row = chosen == null ? i : chosen[i];
            int p = 0;
            for (; p + 4 <= k; p += 4) {
                int at = aOffset + p * lda + row;
                four(n, a[at], a[at + lda], a[at + 2 * lda], a[at + 3 * lda], b, bOffset + p * ldb, ldb, c, cOffset + row * ldc);
            }
            for (; p < k; p++) {
                one(n, a[aOffset + p * lda + row], b, bOffset + p * ldb, c, cOffset + row * ldc);
            }
        }
    }

    private static void one(int n, float a0, float[] b, int b0, float[] c, int at) {
        FloatVector v0 = FloatVector.broadcast(S, a0);
        int whole = n - n % L;
        for (int j = 0; j < whole; j += L) {
            v0.fma(FloatVector.fromArray(S, b, b0 + j), FloatVector.fromArray(S, c, at + j)).intoArray(c, at + j);
        }
        for (int j = whole; j < n; j++) {
            c[at + j] = Math.fma(a0, b[b0 + j], c[at + j]);
        }
    }

    /// `c = fma(a3, b3, fma(a2, b2, fma(a1, b1, fma(a0, b0, c))))` along n columns.
    private static void four(int n, float a0, float a1, float a2, float a3, float[] b, int b0, int ldb, float[] c, int at) {
        int b1 = b0 + ldb;
        int b2 = b1 + ldb;
        int b3 = b2 + ldb;
        FloatVector v0 = FloatVector.broadcast(S, a0);
        FloatVector v1 = FloatVector.broadcast(S, a1);
        FloatVector v2 = FloatVector.broadcast(S, a2);
        FloatVector v3 = FloatVector.broadcast(S, a3);
        int whole = n - n % L;
        for (int j = 0; j < whole; j += L) {
            FloatVector s = FloatVector.fromArray(S, c, at + j);
            s = v0.fma(FloatVector.fromArray(S, b, b0 + j), s);
            s = v1.fma(FloatVector.fromArray(S, b, b1 + j), s);
            s = v2.fma(FloatVector.fromArray(S, b, b2 + j), s);
            s = v3.fma(FloatVector.fromArray(S, b, b3 + j), s);
            s.intoArray(c, at + j);
        }
        for (int j = whole; j < n; j++) {
            c[at + j] = Math.fma(a3, b[b3 + j], Math.fma(a2, b[b2 + j], Math.fma(a1, b[b1 + j], Math.fma(a0, b[b0 + j], c[at + j]))));
        }
    }

    /// The same for two rows of A, `lda` apart, and of C, `ldc` apart: each vector of B is loaded once for both, six loads for eight fma instead of five for four.
    private static void pair(int n, float[] a, int a0, int lda, float[] b, int b0, int ldb, float[] c, int c0, int ldc) {
        int a1 = a0 + lda;
        int b1 = b0 + ldb;
        int b2 = b1 + ldb;
        int b3 = b2 + ldb;
        int c1 = c0 + ldc;
        FloatVector u0 = FloatVector.broadcast(S, a[a0]);
        FloatVector u1 = FloatVector.broadcast(S, a[a0 + 1]);
        FloatVector u2 = FloatVector.broadcast(S, a[a0 + 2]);
        FloatVector u3 = FloatVector.broadcast(S, a[a0 + 3]);
        FloatVector v0 = FloatVector.broadcast(S, a[a1]);
        FloatVector v1 = FloatVector.broadcast(S, a[a1 + 1]);
        FloatVector v2 = FloatVector.broadcast(S, a[a1 + 2]);
        FloatVector v3 = FloatVector.broadcast(S, a[a1 + 3]);
        int whole = n - n % L;
        for (int j = 0; j < whole; j += L) {
            FloatVector s = FloatVector.fromArray(S, c, c0 + j);
            FloatVector t = FloatVector.fromArray(S, c, c1 + j);
            FloatVector x = FloatVector.fromArray(S, b, b0 + j);
            s = u0.fma(x, s);
            t = v0.fma(x, t);
            x = FloatVector.fromArray(S, b, b1 + j);
            s = u1.fma(x, s);
            t = v1.fma(x, t);
            x = FloatVector.fromArray(S, b, b2 + j);
            s = u2.fma(x, s);
            t = v2.fma(x, t);
            x = FloatVector.fromArray(S, b, b3 + j);
            s = u3.fma(x, s);
            t = v3.fma(x, t);
            s.intoArray(c, c0 + j);
            t.intoArray(c, c1 + j);
        }
        for (int j = whole; j < n; j++) {
            c[c0 + j] = Math.fma(a[a0 + 3], b[b3 + j], Math.fma(a[a0 + 2], b[b2 + j], Math.fma(a[a0 + 1], b[b1 + j], Math.fma(a[a0], b[b0 + j], c[c0 + j]))));
            c[c1 + j] = Math.fma(a[a1 + 3], b[b3 + j], Math.fma(a[a1 + 2], b[b2 + j], Math.fma(a[a1 + 1], b[b1 + j], Math.fma(a[a1], b[b0 + j], c[c1 + j]))));
        }
    }
}
