package org.hyperhypo.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Accuracy of exp, sigmoid and tanh over the whole float range, and what they do at its ends.
class FunctionsTest {
    private final Kernels vector = Kernels.vector().orElseThrow();
    private final Scratch scratch = new Scratch();

    /// Every 16411th float bit pattern, both signs: about 260 000 values, infinities and NaN among them.
    private static float[] wholeRange() {
        int count = (int) ((1L << 32) / 16411);
        float[] x = new float[count + 4];
        for (int i = 0; i < count; i++) {
            x[i] = Float.intBitsToFloat(i * 16411);
        }
        x[count] = Float.POSITIVE_INFINITY;
        x[count + 1] = Float.NEGATIVE_INFINITY;
        x[count + 2] = Float.NaN;
        x[count + 3] = -0f;
        return x;
    }

    /// The arguments for which exp is neither 0, 1 nor infinite, densely.
    private static float[] interesting() {
        float[] x = new float[400_000];
        for (int i = 0; i < x.length; i++) {
            x[i] = -104.5f + i * (194f / x.length);
        }
        return x;
    }

    @Test
    void expIsWithin1Point2e7OfTheTruthPlusHalfASubnormalStep() {
        for (float[] x : new float[][] {wholeRange(), interesting()}) {
            float[] y = new float[x.length];
            vector.exp(x, y, 0, x.length);
            for (int i = 0; i < x.length; i++) {
                double truth = Math.exp(x[i]);
                if (Float.isNaN(x[i])) {
                    assertTrue(Float.isNaN(y[i]));
                } else if (truth > Float.MAX_VALUE * (1 + 1e-7)) {
                    assertEquals(Float.POSITIVE_INFINITY, y[i], "exp " + x[i]);
                } else {
                    double allowed = 1.2e-7 * truth + 0.51 * Float.MIN_VALUE;
                    assertTrue(Math.abs(y[i] - truth) <= allowed, "exp " + x[i] + " = " + y[i] + ", truth " + truth);
                }
            }
        }
    }

    @Test
    void vectorFunctionsEqualTheirTwinsOverTheWholeFloatRange() {
        Activation[] all = {new Activation.Sigmoid(), new Activation.Tanh(), new Activation.Relu(0.01f), new Activation.Ada(1, 1, 0.01f)};
        float[] x = wholeRange();
        for (Activation f : all) {
            float[] simd = new float[x.length];
            float[] twin = new float[x.length];
            vector.activate(f, 1, x.length, x, 0, x.length, simd, 0, x.length);
            Kernels.scalar().activate(f, 1, x.length, x, 0, x.length, twin, 0, x.length);
            int at = Arrays.mismatch(twin, simd);
            assertEquals(-1, at, () -> f + " of " + x[at] + ": " + twin[at] + " and " + simd[at]);
        }
        float[] simd = new float[x.length];
        float[] twin = new float[x.length];
        vector.exp(x, simd, 0, x.length);
        Kernels.scalar().exp(x, twin, 0, x.length);
        assertEquals(-1, Arrays.mismatch(twin, simd));
    }

    @Test
    void sigmoidAndTanhAreWithin3e7OfTheTruthRelativeToTheirSize() {
        float[] x = interesting();
        float[] y = new float[x.length];
        vector.activate(new Activation.Sigmoid(), 1, x.length, x, 0, x.length, y, 0, x.length);
        for (int i = 0; i < x.length; i++) {
            double truth = 1 / (1 + Math.exp(-x[i]));
            // Below exp(−87) the held argument decides: 6e-39 stands for less.
            assertTrue(Math.abs(y[i] - truth) <= 3e-7 * truth + 2e-38, "sigmoid " + x[i]);
        }
        float[] small = wholeRange();
        float[] t = new float[small.length];
        vector.activate(new Activation.Tanh(), 1, small.length, small, 0, small.length, t, 0, small.length);
        for (int i = 0; i < small.length; i++) {
            double truth = Math.tanh(small[i]);
            assertTrue(Float.isNaN(small[i]) ? Float.isNaN(t[i]) : Math.abs(t[i] - truth) <= 3e-7 * Math.abs(truth) + Float.MIN_VALUE, "tanh " + small[i]);
        }
    }

    @Test
    void inPlaceGivesTheSameBits() {
        float[] x = interesting();
        float[] apart = new float[x.length];
        vector.activate(new Activation.Tanh(), 1, x.length, x, 0, x.length, apart, 0, x.length);
        vector.activate(new Activation.Tanh(), 1, x.length, x, 0, x.length, x, 0, x.length);
        assertEquals(-1, Arrays.mismatch(apart, x));
        float[] logits = Arrays.copyOf(x, 3 * 61);
        float[] dX = new float[logits.length];
        int[] labels = {7, -1, 60};
        double loss = vector.softmaxCrossEntropy(3, 61, logits, 0, 61, labels, 1f, dX, 0, 61, scratch);
        assertEquals(loss, vector.softmaxCrossEntropy(3, 61, logits, 0, 61, labels, 1f, logits, 0, 61, scratch));
        assertEquals(-1, Arrays.mismatch(dX, logits));
    }

    @Test
    void crossEntropyIsTheMeanNegativeLogProbability() {
        float[] x = {1, 2, 3, 0, 0, 0, 5, 5, -5};
        int[] labels = {2, -1, 0};
        float[] dX = new float[9];
        double loss = vector.softmaxCrossEntropy(3, 3, x, 0, 3, labels, 0.5f, dX, 0, 3, scratch);
        double first = -Math.log(ReferenceKernels.softmax(x, 0, 3)[2]);
        double third = -Math.log(ReferenceKernels.softmax(x, 6, 3)[0]);
        assertEquals((first + third) / 2, loss, 1e-6);
        assertEquals(0f, dX[0] + dX[1] + dX[2], 1e-7);
    }

    @Test
    void aNanSpoilsItsOwnRowOnly() {
        float[] x = new float[2 * 40];
        x[5] = Float.NaN;
        float[] y = new float[x.length];
        vector.logSoftmax(2, 40, x, 0, 40, y, 0, 40, scratch);
        assertTrue(Float.isNaN(y[0]) && Float.isNaN(y[39]));
        assertEquals(-Math.log(40), y[40], 1e-6);
    }
}
