package org.hyperhypo.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Optimizer steps of chosen rows: the bits of one call per row, other rows untouched.
class UpdatesTest {
    private static final int ROWS = 23;
    private static final int LENGTH = 37;
    private static final int[] CHOSEN = {0, 3, 4, 5, 11, 21, 22};
    private final SplittableRandom random = new SplittableRandom(Cases.SEED);
    private final float[] g = random(ROWS * LENGTH);
    private final float[] factors = random(ROWS);

    private float[] random(int size) {
        float[] x = new float[size];
        for (int i = 0; i < size; i++) {
            x[i] = (float) random.nextDouble(0.1, 1.5);
        }
        return x;
    }

    /// One step with p, m and v; `from` < 0 asks for the chosen rows in one call, otherwise for `LENGTH` numbers at the rate.
    private interface Step {
        void run(float[] p, float[] m, float[] v, int from, float rate);
    }

    private void check(float[] perRow, float rate, Step step) {
        float[][] one = {random(ROWS * LENGTH), random(ROWS * LENGTH), random(ROWS * LENGTH)};
        float[][] all = {one[0].clone(), one[1].clone(), one[2].clone()};
        for (int row : CHOSEN) {
            step.run(one[0], one[1], one[2], row * LENGTH, perRow == null ? rate : rate * perRow[row]);
        }
        step.run(all[0], all[1], all[2], -1, rate);
        for (int a = 0; a < 3; a++) {
            assertArrayEquals(one[a], all[a], "array " + a);
        }
    }

    @Test
    void aMaskIsOneCallWithTheBitsOfOneCallPerRowAndRateTimesFactor() {
        for (Kernels k : new Kernels[] {Kernels.scalar(), Kernels.vector().orElseThrow(), Kernels.best(2)}) {
            for (float[] f : new float[][] {null, factors}) {
                check(f, 0.3f, (p, _, _, from, rate) -> {
                    if (from < 0) {
                        k.sgd(p, g, LENGTH, CHOSEN, CHOSEN.length, f, rate, 0.02f);
                    } else {
                        k.sgd(p, g, from, LENGTH, rate, 0.02f);
                    }
                });
                for (boolean variant : new boolean[] {false, true}) {
                    check(f, 0.3f, (p, m, _, from, rate) -> {
                        if (from < 0) {
                            k.momentum(p, g, m, LENGTH, CHOSEN, CHOSEN.length, f, rate, 0.9f, 0.02f, variant);
                        } else {
                            k.momentum(p, g, m, from, LENGTH, rate, 0.9f, 0.02f, variant);
                        }
                    });
                    check(f, 0.3f, (p, m, v, from, rate) -> {
                        if (from < 0) {
                            k.adam(p, g, m, v, LENGTH, CHOSEN, CHOSEN.length, f, rate, 0.9f, 0.99f, 1e-8f, 0.5f, 0.25f, 0.02f, variant);
                        } else {
                            k.adam(p, g, m, v, from, LENGTH, rate, 0.9f, 0.99f, 1e-8f, 0.5f, 0.25f, 0.02f, variant);
                        }
                    });
                }
            }
        }
    }

    @Test
    void withoutRowsAndFactorsItIsTheWholeMatrix() {
        float[] whole = random(ROWS * LENGTH);
        float[] rows = whole.clone();
        Kernels k = Kernels.vector().orElseThrow();
        k.sgd(whole, g, 0, whole.length, 0.3f, 0.02f);
        k.sgd(rows, g, LENGTH, null, ROWS, null, 0.3f, 0.02f);
        assertArrayEquals(whole, rows);
    }

    @Test
    void rowsAndFactorsThatDoNotFitAreRefusedBeforeAnythingIsWritten() {
        Kernels k = Kernels.vector().orElseThrow();
        float[] p = random(ROWS * LENGTH);
        float[] before = p.clone();
        assertThrows(IllegalArgumentException.class, () -> k.sgd(p, g, LENGTH, new int[] {0, ROWS}, 2, null, 1f, 0f));
        assertThrows(IllegalArgumentException.class, () -> k.sgd(p, g, LENGTH, new int[] {4, 3}, 2, null, 1f, 0f));
        assertThrows(IllegalArgumentException.class, () -> k.sgd(p, g, LENGTH, new int[] {4}, 2, null, 1f, 0f));
        assertThrows(IllegalArgumentException.class, () -> k.sgd(p, g, LENGTH, null, ROWS + 1, null, 1f, 0f));
        assertThrows(IllegalArgumentException.class, () -> k.sgd(p, g, LENGTH, null, ROWS, Arrays.copyOf(factors, ROWS - 1), 1f, 0f));
        assertThrows(IllegalArgumentException.class, () -> k.momentum(p, g, new float[5], LENGTH, null, ROWS, null, 1f, 0f, 0f, false));
        assertThrows(IllegalArgumentException.class,
            () -> k.adam(p, g, p, new float[5], LENGTH, CHOSEN, CHOSEN.length, null, 1f, 0f, 0f, 1f, 1f, 1f, 0f, false));
        assertArrayEquals(before, p);
    }
}
