package org.hyperhypo.kernels;

import static org.hyperhypo.kernels.Lanes.L;
import static org.hyperhypo.kernels.Lanes.PANEL;
import static org.hyperhypo.kernels.Lanes.S;

import jdk.incubator.vector.FloatVector;

/// Copies of B as panels [depth][2L]; the last panel is one vector wide if that is enough, and padded with zeros.
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

    /// All panels of n columns of B (k, n), one after the other.
    static void all(int n, int depth, float[] b, int bOffset, int ldb, float[] panels, int to) {
        for (int j = 0; j < n; j += PANEL) {
            rows(j, n, depth, b, bOffset, ldb, panels, to + j * depth);
        }
    }

    /// The panel that begins at column j of n, from B as (k, n).
    static void rows(int j, int n, int depth, float[] b, int bOffset, int ldb, float[] panels, int to) {
        if (n - j >= PANEL) {
            copyPanel(depth, b, bOffset + j, ldb, panels, to);
        } else {
            copyNarrow(depth, n - j, panelWidth(n - j), b, bOffset + j, ldb, panels, to);
        }
    }

    /// The panel whose row k is a part of the window of output position `from` + k.
    static void windows(int j, int n, int from, int depth, Windows windows, float[] panels, int to) {
        int width = panelWidth(n - j);
        int count = Math.min(n - j, width);
        windows.rows(from, depth, j, count, panels, to, width);
        for (int p = 0; p < depth && count < width; p++) {
            java.util.Arrays.fill(panels, to + p * width + count, to + (p + 1) * width, 0f);
        }
    }

    private static void copyPanel(int depth, float[] b, int from, int ldb, float[] panels, int to) {
        for (int p = 0; p < depth; p++) {
            FloatVector.fromArray(S, b, from + p * ldb).intoArray(panels, to + p * PANEL);
            FloatVector.fromArray(S, b, from + p * ldb + L).intoArray(panels, to + p * PANEL + L);
        }
    }

    private static void copyNarrow(int depth, int count, int width, float[] b, int from, int ldb, float[] panels, int to) {
        for (int p = 0; p < depth; p++) {
            int target = to + p * width;
            Lanes.copy(count, b, from + p * ldb, panels, target);
            for (int j = count; j < width; j++) {
                panels[target + j] = 0f;
            }
        }
    }

    /// The panel that begins at column j of n, from B transposed, (n, k).
    static void transposed(int j, int n, int depth, float[] b, int bOffset, int ldb, float[] panels, int to) {
        int width = panelWidth(n - j);
        int count = Math.min(n - j, width);
        Transpose.copy(count, depth, b, bOffset + j * ldb, ldb, panels, to, width);
        for (int p = 0; p < depth && count < width; p++) {
            java.util.Arrays.fill(panels, to + p * width + count, to + (p + 1) * width, 0f);
        }
    }
}
