package org.hyperhypo.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Sums and dots in the order that [Kernels#sum] writes down, to the last bit.
class SumsTest {
    private static final int PIECE = 1 << 15;

    /// Σ x·y of one piece: element i in chain i mod 4.
    private static double piece(float[] x, float[] y, int xFrom, int yFrom, int count) {
        double[] chains = new double[4];
        for (int i = 0; i < count; i++) {
            chains[i % 4] += (double) x[xFrom + i] * (y == null ? 1 : y[yFrom + i]);
        }
        return (chains[0] + chains[1]) + (chains[2] + chains[3]);
    }

    private static double expected(float[] x, float[] y, int xFrom, int yFrom, int count) {
        double sum = 0;
        for (int i = 0; i < count; i += PIECE) {
            sum += piece(x, y, xFrom + i, yFrom + i, Math.min(PIECE, count - i));
        }
        return sum;
    }

    @Test
    void sumsAndDotsRunInFourChainsInPiecesInOrder() {
        SplittableRandom random = new SplittableRandom(Cases.SEED);
        float[] x = new float[3 * PIECE + 20];
        float[] y = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) Math.pow(10, random.nextDouble(-4, 4)) * (random.nextBoolean() ? 1 : -1);
            y[i] = (float) Math.pow(10, random.nextDouble(-4, 4));
        }
        for (Kernels k : new Kernels[] {Kernels.scalar(), Kernels.vector().orElseThrow(), Kernels.best(3)}) {
            for (int count : new int[] {0, 1, 2, 3, 4, 5, 6, 7, 101, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 3}) {
                assertEquals(expected(x, null, 5, 0, count), k.sum(x, 5, count), "sum of " + count);
                assertEquals(expected(x, y, 5, 7, count), k.dot(count, x, 5, y, 7), "dot of " + count);
            }
        }
    }
}
