package org.hyperhypo.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Promises that go across operations: rows, splits, the door, statistics, updates.
class KernelContractTest {
    private final Kernels vector = Kernels.vector().orElseThrow();
    private final Scratch scratch = new Scratch();

    private static float[] random(int size, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] x = new float[size];
        for (int i = 0; i < size; i++) {
            x[i] = (float) ((random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(5) - 2));
        }
        return x;
    }

    @Test
    void maskedRowsEqualUnmaskedRowsBitForBitAndOthersKeepTheirs() {
        int n = 37;
        int in = 45;
        int out = 29;
        float[] dOut = random(n * out, 1);
        float[] x = random(n * in, 2);
        float[] start = random(out * in, 3);
        float[] full = start.clone();
        float[] masked = start.clone();
        int[] rows = {0, 3, 4, 11, 12, 13, 27, 28};
        vector.weightGradient(n, in, out, dOut, 0, out, x, 0, in, null, out, full, scratch);
        vector.weightGradient(n, in, out, dOut, 0, out, x, 0, in, rows, rows.length, masked, scratch);
        for (int row = 0; row < out; row++) {
            float[] expected = Arrays.binarySearch(rows, row) >= 0 ? full : start;
            assertArrayEquals(Arrays.copyOfRange(expected, row * in, (row + 1) * in), Arrays.copyOfRange(masked, row * in, (row + 1) * in), "row " + row);
        }
    }

    @Test
    void aProductDoneInPartsOfItsRowsAndColumnsGivesTheSameBits() {
        int m = 23;
        int n = 50;
        int k = 300;
        float[] a = random(m * k, 4);
        float[] b = random(k * n, 5);
        float[] whole = new float[m * n];
        float[] parts = new float[m * n];
        vector.gemm(Kernels.Form.NN, m, n, k, a, 0, k, b, 0, n, false, whole, 0, n, scratch);
        for (int[] part : new int[][] {{0, 7, 0, 50}, {7, 23, 0, 13}, {7, 23, 13, 50}}) {
            vector.gemm(Kernels.Form.NN, part[1] - part[0], part[3] - part[2], k, a, part[0] * k, k, b, part[2], n, false,
                parts, part[0] * n + part[2], n, scratch);
        }
        assertArrayEquals(whole, parts);
    }

    @Test
    void theFusedConvolutionGivesTheBitsOfItsThreeOperations() {
        for (Kernels k : new Kernels[] {vector, Kernels.scalar()}) {
            ConvolutionShape shape = new ConvolutionShape(2, 9, 6, 21, 3, 4);
            PoolShape pool = new PoolShape(21, 7, 3, 3, 2);
            Activation f = new Activation.Ada(0.5f, 0.1f, 0.01f);
            int n = 13;
            float[] x = random(n * 9 * 12, 21);
            float[] w = random(21 * 24, 22);
            float[] bias = random(21, 23);
            float[] plain = new float[n * shape.outSize()];
            float[] z = new float[n * pool.outSize()];
            float[] y = new float[z.length];
            byte[] winners = new byte[z.length];
            k.convolutionForward(shape, n, x, 0, 108, 12, w, bias, plain, 0, scratch);
            k.maxPoolForward(pool, n, plain, 0, z, 0, pool.outSize(), winners);
            k.activate(f, n, pool.outSize(), z, 0, pool.outSize(), y, 0, pool.outSize());
            float[] fusedZ = new float[z.length];
            float[] fusedY = new float[z.length];
            byte[] fusedWinners = new byte[z.length];
            k.convolutionForward(shape, pool, f, n, x, 0, 108, 12, w, bias, fusedZ, 0, pool.outSize(), fusedY, 0, pool.outSize(), fusedWinners, scratch);
            assertArrayEquals(z, fusedZ);
            assertArrayEquals(y, fusedY);
            assertArrayEquals(winners, fusedWinners);
            k.convolutionForward(shape, pool, f, n, x, 0, 108, 12, w, bias, fusedY, 0, pool.outSize(), fusedY, 0, pool.outSize(), fusedWinners, scratch);
            assertArrayEquals(y, fusedY, "in place");
        }
    }

    @Test
    void theFusedInputGradientGivesTheBitsOfItsTwoOperations() {
        int in = 83;
        int out = 45;
        float[] w = random(out * in, 41);
        for (Kernels k : new Kernels[] {vector, Kernels.scalar(), Kernels.best(3)}) {
            PackedMatrix packed = k.packed(Kernels.Form.NN, in, out);
            packed.pack(w, 0, in);
            for (int n : new int[] {1, 3, 4, 64}) {
                float[] dOut = random(n * out, 42);
                float[] z = random(n * in, 43);
                for (Activation f : new Activation[] {new Activation.Sigmoid(), new Activation.Tanh(), new Activation.Relu(0.2f), new Activation.Ada(1, 1, 0.1f)}) {
                    float[] dY = new float[n * in];
                    float[] dZ = new float[n * in];
                    k.denseInputGradient(n, in, out, dOut, 0, out, w, false, dY, 0, in, scratch);
                    k.activateBackward(f, n, in, z, z, dY, dZ, 0, in);
                    float[] fusedY = random(n * in, 44);
                    float[] fusedZ = random(n * in, 45);
                    k.denseInputGradient(n, in, out, dOut, 0, out, w, f, z, z, fusedY, fusedZ, 0, in, scratch);
                    assertArrayEquals(dY, fusedY);
                    assertArrayEquals(dZ, fusedZ);
                    k.denseInputGradient(n, dOut, 0, out, packed, f, z, z, fusedY, fusedY, 0, in, scratch);
                    assertArrayEquals(dZ, fusedY, "packed, in place");
                }
            }
        }
    }

    @Test
    void aBadShapeIsRefusedAtTheDoorWithBothNumbersAndNothingIsWritten() {
        float[] c = {1, 2, 3, 4};
        var error = assertThrows(IllegalArgumentException.class,
            () -> vector.gemm(Kernels.Form.NN, 2, 2, 3, new float[6], 0, 3, new float[5], 0, 2, false, c, 0, 2, scratch));
        assertTrue(error.getMessage().contains("B (3, 2)") && error.getMessage().contains("5 floats"), error.getMessage());
        assertArrayEquals(new float[] {1, 2, 3, 4}, c);
        assertThrows(IllegalArgumentException.class,
            () -> vector.weightGradient(1, 2, 2, new float[2], 0, 2, new float[2], 0, 2, new int[] {1, 0}, 2, c, scratch));
        assertThrows(IllegalArgumentException.class,
            () -> vector.softmaxCrossEntropy(1, 2, new float[2], 0, 2, new int[] {2}, 1, c, 0, 2, scratch));
        assertThrows(IllegalArgumentException.class,
            () -> vector.gemm(1, new float[2], 0, 2, Kernels.scalar().packed(Kernels.Form.NN, 2, 2), false, c, 0, 2, scratch));
        assertThrows(IllegalArgumentException.class, () -> vector.packed(Kernels.Form.TN, 2, 2));
        assertThrows(IllegalArgumentException.class, () -> vector.packed(Kernels.Form.NN, 2, 2).pack(new float[3], 0, 2));
        assertThrows(IllegalArgumentException.class, () -> Kernels.best(0));
        assertThrows(IllegalArgumentException.class, () -> new ConvolutionShape(1, 40, 7, 75, 40, 8));
        assertThrows(IllegalArgumentException.class, () -> new PoolShape(1, 20, 20, 20, 20));
    }

    @Test
    void whatIsWrittenMustNotOverlapWhatIsReadUnlessTheOperationSaysSo() {
        float[] m = random(400, 51);
        float[] before = m.clone();
        float[] other = random(400, 52);
        byte[] winners = new byte[100];
        ConvolutionShape shape = new ConvolutionShape(1, 4, 4, 2, 2, 2);
        PoolShape pool = new PoolShape(2, 3, 3, 3, 3);
        Activation f = new Activation.Sigmoid();
        PackedMatrix packed = vector.packed(Kernels.Form.NT, 3, 3);
        org.junit.jupiter.api.function.Executable[] calls = {
            () -> vector.gemm(Kernels.Form.NN, 4, 4, 4, m, 0, 4, other, 0, 4, false, m, 12, 4, scratch),
            () -> vector.gemm(Kernels.Form.NN, 4, 4, 4, other, 0, 4, m, 15, 4, false, m, 0, 4, scratch),
            () -> vector.gemm(3, m, 0, 3, packed, false, m, 8, 3, scratch),
            () -> vector.denseForward(2, 3, 3, m, 0, 3, other, null, m, 5, 3, scratch),
            () -> vector.denseForward(2, 3, 3, other, 0, 3, m, null, m, 8, 3, scratch),
            () -> vector.denseForward(2, 3, 3, other, 0, 3, other, m, m, 2, 3, scratch),
            () -> vector.denseForward(2, 3, 3, other, 0, 3, other, null, f, m, 0, 3, m, 1, 3, scratch),
            () -> vector.denseForward(2, other, 0, 3, packed, null, f, m, 0, 3, m, 2, 3, scratch),
            () -> vector.denseInputGradient(2, 3, 3, m, 0, 3, other, false, m, 5, 3, scratch),
            () -> vector.denseInputGradient(2, 3, 3, m, 0, 3, other, f, null, other, m, m, 5, 3, scratch),
            () -> vector.denseInputGradient(2, 3, 3, other, 0, 3, other, f, null, m, m, random(9, 1), 0, 3, scratch),
            () -> vector.weightGradient(2, 3, 3, m, 3, 3, other, 0, 3, null, 3, m, scratch),
            () -> vector.weightGradient(2, 3, 3, other, 0, 3, m, 8, 3, null, 3, m, scratch),
            () -> vector.biasGradient(2, 3, m, 2, 3, null, 3, m),
            () -> vector.convolutionForward(shape, 1, m, 0, 16, 4, other, null, m, 15, scratch),
            () -> vector.convolutionForward(shape, pool, f, 1, m, 0, 16, 4, other, null, other, 100, 2, m, 15, 2, winners, scratch),
            () -> vector.convolutionInputGradient(shape, 1, m, 0, other, m, 17, 16, 4, scratch),
            () -> vector.maxPoolForward(pool, 1, m, 0, m, 17, 2, winners),
            () -> vector.maxPoolBackward(pool, 1, m, 0, 2, winners, m, 1),
            () -> vector.activate(f, 2, 3, m, 0, 3, m, 1, 3),
            () -> vector.activate(f, 2, 3, m, 0, 3, m, 0, 4),
            () -> vector.scaleColumns(2, 3, other, 0, 3, m, m, 2, 3),
            () -> vector.gateGradient(2, 3, m, 0, 3, other, 0, 3, m),
            () -> vector.logSoftmax(2, 3, m, 0, 3, m, 2, 3, scratch),
            () -> vector.softmaxCrossEntropy(2, 3, m, 0, 3, new int[2], 1f, m, 5, 3, scratch),
            () -> vector.add(5, m, 0, m, 4),
            () -> vector.axpy(5, 2f, m, 4, m, 0),
            () -> vector.sgd(m, m, 0, 5, 1f, 0f),
            () -> vector.momentum(m, other, other, 0, 5, 1f, 0f, 0f, false),
            () -> vector.adam(other, random(5, 1), m, m, 0, 5, 1f, 0f, 0f, 1f, 1f, 1f, 0f, false),
            () -> vector.sgd(m, other, 5, null, 2, m, 1f, 0f),
        };
        for (int i = 0; i < calls.length; i++) {
            int number = i;
            var error = assertThrows(IllegalArgumentException.class, calls[i], () -> "call " + number);
            assertTrue(error.getMessage().contains("apart"), () -> "call " + number + ": " + error.getMessage());
            assertArrayEquals(before, m, "call " + number);
        }
    }

    @Test
    void blocksSideBySideInOneMatrixAndOperationsInPlaceAreAllowed() {
        float[] m = random(40, 53);
        vector.gemm(Kernels.Form.NN, 4, 2, 3, m, 0, 10, m, 3, 10, false, m, 8, 10, scratch);
        vector.activate(new Activation.Tanh(), 4, 5, m, 0, 10, m, 5, 10);
        vector.activate(new Activation.Tanh(), 4, 5, m, 0, 10, m, 0, 10);
        vector.activate(new Activation.Tanh(), 1, 5, m, 0, 10, m, 0, 7);
        vector.add(20, m, 0, m, 20);
        vector.add(20, m, 0, m, 0);
        vector.logSoftmax(2, 20, m, 0, 20, m, 0, 20, scratch);
    }

    @Test
    void frozenParametersKeepTheirBitsWhenOnlyARunIsUpdated() {
        float[] p = random(50, 6);
        float[] before = p.clone();
        vector.adam(p, random(50, 7), new float[50], new float[50], 10, 20, 0.1f, 0.9f, 0.999f, 1e-8f, 0.1f, 0.001f, 0.1f, true);
        assertArrayEquals(Arrays.copyOf(before, 10), Arrays.copyOf(p, 10));
        assertArrayEquals(Arrays.copyOfRange(before, 30, 50), Arrays.copyOfRange(p, 30, 50));
        for (int i = 10; i < 30; i++) {
            assertTrue(p[i] != before[i]);
        }
    }

    @Test
    void columnStatisticsEqualTheTwoPassFigures() {
        int rows = 40;
        int columns = 3;
        float[] x = random(rows * columns, 8);
        double[] sum = new double[columns];
        double[] squares = new double[columns];
        long[] active = new long[columns];
        float[] min = {9999, 9999, 9999};
        float[] max = {-9999, -9999, -9999};
        long[] histogram = new long[columns * 4];
        vector.columnStatistics(rows, columns, x, 0, columns, 0.1f, sum, squares, active, min, max, histogram, 4, -1.5f, 2.5f);
        for (int c = 0; c < columns; c++) {
            double expected = 0;
            double square = 0;
            long above = 0;
            float low = Float.MAX_VALUE;
            float high = -Float.MAX_VALUE;
            long[] bins = new long[4];
            for (int r = 0; r < rows; r++) {
                float v = x[r * columns + c];
                expected += v;
                square += (double) v * v;
                above += v > 0.1f ? 1 : 0;
                low = Math.min(low, v);
                high = Math.max(high, v);
                bins[v < -0.5f ? 0 : v < 0.5f ? 1 : v < 1.5f ? 2 : 3]++;
            }
            assertEquals(expected, sum[c]);
            assertEquals(square, squares[c]);
            assertEquals(above, active[c]);
            assertEquals(low, min[c]);
            assertEquals(high, max[c]);
            assertArrayEquals(bins, Arrays.copyOfRange(histogram, c * 4, c * 4 + 4));
        }
        vector.columnStatistics(rows, columns, x, 0, columns, 0.1f, null, null, null, null, null, null, 0, 0, 0);
    }
}
