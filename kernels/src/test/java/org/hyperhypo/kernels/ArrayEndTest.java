package org.hyperhypo.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Convolutions whose arrays end with the last sample: the registry's arrays have guards behind it, so that whole vectors fit there.
class ArrayEndTest {
    private static final long SEED = 20261122;

    @Test
    void convolutionsOfArraysWithoutRoomBehindThemKeepTheirBits() {
        Kernels vector = Kernels.vector().orElseThrow();
        SplittableRandom random = new SplittableRandom(SEED);
        for (int trial = 0; trial < 200; trial++) {
            int height = 1 + random.nextInt(9);
            int width = 1 + random.nextInt(20);
            ConvolutionShape shape = new ConvolutionShape(1 + random.nextInt(3), height, width, 1 + random.nextInt(20), 1 + random.nextInt(height),
                1 + random.nextInt(width));
            int n = 1 + random.nextInt(4);
            int row = width * shape.channels();
            float[] x = random(random, n * height * row);
            float[] filters = random(random, shape.filters() * shape.filterSize());
            float[] bias = random(random, shape.filters());
            float[] dY = random(random, n * shape.outSize());
            float[][] results = new float[4][];
            for (int k = 0; k < 2; k++) {
                Kernels kernels = k == 0 ? Kernels.scalar() : vector;
                results[2 * k] = new float[n * shape.outSize()];
                results[2 * k + 1] = x.clone();
                kernels.convolutionForward(shape, n, x, 0, height * row, row, filters, bias, results[2 * k], 0, new Scratch());
                kernels.convolutionInputGradient(shape, n, dY, 0, filters, results[2 * k + 1], 0, height * row, row, new Scratch());
            }
            assertArrayEquals(results[0], results[2], "forward " + shape + ", seed " + SEED);
            assertArrayEquals(results[1], results[3], "input gradient " + shape + ", seed " + SEED);
        }
    }

    private static float[] random(SplittableRandom random, int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextDouble() - 0.5f;
        }
        return values;
    }
}
