package org.hyperhypo.kernels;

import static org.hyperhypo.kernels.Lanes.L;
import static org.hyperhypo.kernels.Lanes.PANEL;
import static org.hyperhypo.kernels.Lanes.S;

import jdk.incubator.vector.FloatVector;

/// Copies of B as panels and of A's columns as groups of six.
///
/// ```
/// B (k, n) → panels [⌈n/PANEL⌉][k][PANEL]; the last is one vector wide if that is enough, and padded with zeros
/// A columns → groups  [⌈m/6⌉][k][6]
/// ```
final class Packing {
    private Packing() {
    }

    /// Floats that one row k takes when n columns are packed.
    static int packedWidth(int n) {
        int rest = n % PANEL;
        return n - rest + (rest == 0 ? 0 : panelWidth(rest));
    }

    /// Width of the panel that begins where `remaining` columns are left.
    static int panelWidth(int remaining) {
        return remaining > L ? PANEL : L;
    }

    /// Panels of B from its rows: B (k, n) as stored.
    static void rows(int n, int k, float[] b, int bOffset, int ldb, float[] panels) {
        for (int j = 0; j < n; j += PANEL) {
            int width = panelWidth(n - j);
            if (n - j >= PANEL) {
                copyPanel(k, b, bOffset + j, ldb, panels, j * k);
            } else {
                copyNarrow(k, n - j, width, b, bOffset + j, ldb, panels, j * k);
            }
        }
    }

    private static void copyPanel(int k, float[] b, int from, int ldb, float[] panels, int to) {
        for (int p = 0; p < k; p++) {
            FloatVector.fromArray(S, b, from + p * ldb).intoArray(panels, to + p * PANEL);
            FloatVector.fromArray(S, b, from + p * ldb + L).intoArray(panels, to + p * PANEL + L);
        }
    }

    private static void copyNarrow(int k, int columns, int width, float[] b, int from, int ldb, float[] panels, int to) {
        for (int p = 0; p < k; p++) {
            int target = to + p * width;
            for (int j = 0; j < columns; j++) {
                panels[target + j] = b[from + p * ldb + j];
            }
            for (int j = columns; j < width; j++) {
                panels[target + j] = 0f;
            }
        }
    }

    /// Panels of B from chosen columns of its rows: `columns[0..n)`, or all where null.
    static void chosenColumns(int n, int k, float[] b, int bOffset, int ldb, int[] columns, float[] panels) {
        if (columns == null) {
            rows(n, k, b, bOffset, ldb, panels);
            return;
        }
        for (int j = 0; j < n; j += PANEL) {
            int width = panelWidth(n - j);
            int count = Math.min(n - j, width);
            for (int p = 0; p < k; p++) {
                int target = j * k + p * width;
                for (int q = 0; q < count; q++) {
                    panels[target + q] = b[bOffset + p * ldb + columns[j + q]];
                }
                for (int q = count; q < width; q++) {
                    panels[target + q] = 0f;
                }
            }
        }
    }

    /// Panels of B from its transpose: B stored as (n, k), so that k runs along memory.
    static void transposed(int n, int k, float[] b, int bOffset, int ldb, float[] panels) {
        for (int j = 0; j < n; j += PANEL) {
            int width = panelWidth(n - j);
            int count = Math.min(n - j, width);
            int done = 0;
            if (L >= Transpose.SIZE) {
                for (; done + Transpose.SIZE <= count; done += Transpose.SIZE) {
                    Transpose.strip(k, b, bOffset + (j + done) * ldb, ldb, panels, j * k + done, width);
                }
            }
            for (; done < count; done++) {
                int from = bOffset + (j + done) * ldb;
                for (int p = 0; p < k; p++) {
                    panels[j * k + p * width + done] = b[from + p];
                }
            }
            for (; done < width; done++) {
                for (int p = 0; p < k; p++) {
                    panels[j * k + p * width + done] = 0f;
                }
            }
        }
    }

    /// Groups of six of A's columns: A stored as (k, m); column i of the group is `columns[i]`, or i where null. Missing columns repeat the last.
    static void columnGroups(int m, int k, float[] a, int aOffset, int lda, int[] columns, float[] groups) {
        for (int i = 0; i < m; i += 6) {
            int last = m - 1;
            group(k, a, lda, column(columns, aOffset, i), column(columns, aOffset, Math.min(i + 1, last)),
                column(columns, aOffset, Math.min(i + 2, last)), column(columns, aOffset, Math.min(i + 3, last)),
                column(columns, aOffset, Math.min(i + 4, last)), column(columns, aOffset, Math.min(i + 5, last)), groups, i * k);
        }
    }

    private static int column(int[] columns, int aOffset, int i) {
        return aOffset + (columns == null ? i : columns[i]);
    }

    private static void group(int k, float[] a, int lda, int a0, int a1, int a2, int a3, int a4, int a5, float[] groups, int to) {
        for (int p = 0; p < k; p++) {
            int row = p * lda;
            int at = to + 6 * p;
            groups[at] = a[row + a0];
            groups[at + 1] = a[row + a1];
            groups[at + 2] = a[row + a2];
            groups[at + 3] = a[row + a3];
            groups[at + 4] = a[row + a4];
            groups[at + 5] = a[row + a5];
        }
    }
}
