package org.hyperhypo.kernels;

import static org.hyperhypo.kernels.Lanes.L;
import static org.hyperhypo.kernels.Lanes.S;

import jdk.incubator.vector.FloatVector;

/// Sums over the rows of a block, one for each column, rows ascending: gradients of biases and gates.
///
/// The sums of a part stay in registers until all rows have passed. Were they added to in memory, two threads with neighbouring columns would take
/// the line between them from each other at every row.
final class ColumnSums {
    /// Columns of one item of [Parts]: whole lines of memory at every vector width.
    private static final int COLUMNS = 64;
    /// Columns whose sums are held at once.
    private static final int HELD = 4 * L;

    private ColumnSums() {
    }

    /// `dB[row] += Σ_i dOut[i, row]`; `chosen[0..r)` are the rows of dB, null means the first r.
    static void biasGradient(int n, float[] dOut, int dOffset, int ldd, int[] chosen, int r, float[] dB, Threads threads) {
        Parts p = Parts.of(dOut, dOffset, ldd, dB, 0, 0);
        p.numbers = chosen;
        run(p, n, r, threads, (q, first, end, _) -> {
            int from = first * COLUMNS;
            int to = Math.min(q.columns, end * COLUMNS);
            if (q.numbers == null) {
                sums(q.rows, from, to, q.x, q.xOffset, q.ldx, q.y);
            } else {
                chosenSums(q.rows, q.numbers, from, to, q.x, q.xOffset, q.ldx, q.y);
            }
        });
    }

    /// `dG[j] += Σ_i a[i, j]·dH[i, j]`.
    static void gateGradient(int rows, int columns, float[] a, int aOffset, int lda, float[] dH, int dhOffset, int lddh, float[] dG, Threads threads) {
        Parts p = Parts.of(a, aOffset, lda, dH, dhOffset, lddh);
        p.g = dG;
        run(p, rows, columns, threads, (q, first, end, _) ->
            products(q.rows, first * COLUMNS, Math.min(q.columns, end * COLUMNS), q.x, q.xOffset, q.ldx, q.y, q.yOffset, q.ldy, q.g));
    }

    private static void run(Parts p, int rows, int columns, Threads threads, Parts.Part part) {
        p.rows = rows;
        p.columns = columns;
        p.run((columns + COLUMNS - 1) / COLUMNS, COLUMNS * Math.max(1, rows), threads, null, part);
    }

    private static void sums(int rows, int from, int to, float[] x, int xOffset, int ldx, float[] y) {
        int c = from;
        for (; c + HELD <= to; c += HELD) {
            FloatVector s0 = FloatVector.fromArray(S, y, c);
            FloatVector s1 = FloatVector.fromArray(S, y, c + L);
            FloatVector s2 = FloatVector.fromArray(S, y, c + 2 * L);
            FloatVector s3 = FloatVector.fromArray(S, y, c + 3 * L);
            for (int i = 0; i < rows; i++) {
                int at = xOffset + i * ldx + c;
                s0 = s0.add(FloatVector.fromArray(S, x, at));
                s1 = s1.add(FloatVector.fromArray(S, x, at + L));
                s2 = s2.add(FloatVector.fromArray(S, x, at + 2 * L));
                s3 = s3.add(FloatVector.fromArray(S, x, at + 3 * L));
            }
            s0.intoArray(y, c);
            s1.intoArray(y, c + L);
            s2.intoArray(y, c + 2 * L);
            s3.intoArray(y, c + 3 * L);
        }
        for (; c < to; c++) {
            float sum = y[c];
            for (int i = 0; i < rows; i++) {
                sum += x[xOffset + i * ldx + c];
            }
            y[c] = sum;
        }
    }

    private static void products(int rows, int from, int to, float[] a, int aOffset, int lda, float[] d, int dOffset, int ldd, float[] y) {
        int c = from;
        for (; c + HELD <= to; c += HELD) {
            FloatVector s0 = FloatVector.fromArray(S, y, c);
            FloatVector s1 = FloatVector.fromArray(S, y, c + L);
            FloatVector s2 = FloatVector.fromArray(S, y, c + 2 * L);
            FloatVector s3 = FloatVector.fromArray(S, y, c + 3 * L);
            for (int i = 0; i < rows; i++) {
                int at = aOffset + i * lda + c;
                int of = dOffset + i * ldd + c;
                s0 = FloatVector.fromArray(S, a, at).fma(FloatVector.fromArray(S, d, of), s0);
                s1 = FloatVector.fromArray(S, a, at + L).fma(FloatVector.fromArray(S, d, of + L), s1);
                s2 = FloatVector.fromArray(S, a, at + 2 * L).fma(FloatVector.fromArray(S, d, of + 2 * L), s2);
                s3 = FloatVector.fromArray(S, a, at + 3 * L).fma(FloatVector.fromArray(S, d, of + 3 * L), s3);
            }
            s0.intoArray(y, c);
            s1.intoArray(y, c + L);
            s2.intoArray(y, c + 2 * L);
            s3.intoArray(y, c + 3 * L);
        }
        for (; c < to; c++) {
            float sum = y[c];
            for (int i = 0; i < rows; i++) {
                sum = Math.fma(a[aOffset + i * lda + c], d[dOffset + i * ldd + c], sum);
            }
            y[c] = sum;
        }
    }

    private static void chosenSums(int rows, int[] numbers, int from, int to, float[] x, int xOffset, int ldx, float[] y) {
        int q = from;
        for (; q + 4 <= to; q += 4) {
            int c0 = numbers[q];
            int c1 = numbers[q + 1];
            int c2 = numbers[q + 2];
            int c3 = numbers[q + 3];
            float s0 = y[c0];
            float s1 = y[c1];
            float s2 = y[c2];
            float s3 = y[c3];
            for (int i = 0; i < rows; i++) {
                int at = xOffset + i * ldx;
                s0 += x[at + c0];
                s1 += x[at + c1];
                s2 += x[at + c2];
                s3 += x[at + c3];
            }
            y[c0] = s0;
            y[c1] = s1;
            y[c2] = s2;
            y[c3] = s3;
        }
        for (; q < to; q++) {
            float sum = y[numbers[q]];
            for (int i = 0; i < rows; i++) {
                sum += x[xOffset + i * ldx + numbers[q]];
            }
            y[numbers[q]] = sum;
        }
    }
}
