package org.hyperhypo.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// exp and log against double precision over the float range: every 4099th bit pattern, or all 2³² with -Dtest.jvm=-Dhyperhypo.sweep=1 (some minutes).
@Tag("slow")
class WholeFloatRangeTest {
    private static final int STRIDE = Integer.getInteger("hyperhypo.sweep", 4099);
    private static final int BLOCK = 1 << 16;
    private final Kernels vector = Kernels.vector().orElseThrow();

    private interface Function {
        void run(float[] x, float[] y, int from, int count);
    }

    /// Largest error in ulps of the rounded truth, over finite results, and its argument.
    private record Worst(double ulps, float x) {
        Worst or(Worst other) {
            return other.ulps > ulps ? other : this;
        }
    }

    private Worst worst(Function f, DoubleUnaryOperator truth) {
        long blocks = ((1L << 32) + (long) STRIDE * BLOCK - 1) / ((long) STRIDE * BLOCK);
        return LongStream.range(0, blocks).parallel().mapToObj(b -> block(f, truth, b)).reduce(new Worst(0, 0), Worst::or);
    }

    private Worst block(Function f, DoubleUnaryOperator truth, long block) {
        float[] x = new float[BLOCK];
        float[] y = new float[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            x[i] = Float.intBitsToFloat((int) Math.min((block * BLOCK + i) * STRIDE, (1L << 32) - 1));
        }
        f.run(x, y, 0, BLOCK);
        Worst worst = new Worst(0, 0);
        for (int i = 0; i < BLOCK; i++) {
            double exact = truth.applyAsDouble(x[i]);
            float rounded = (float) exact;
            if (Float.isNaN(rounded) || Float.isInfinite(rounded) || rounded == 0 && y[i] == 0) {
                assertTrue(Float.compare(rounded, y[i]) == 0 || Float.isNaN(rounded) && Float.isNaN(y[i]), x[i] + " gives " + y[i] + ", not " + rounded);
            } else {
                worst = worst.or(new Worst(Math.abs(y[i] - exact) / Math.ulp(rounded), x[i]));
            }
        }
        return worst;
    }

    @Test
    void expIsWithinNineteenTwentiethsOfAnUlpEverywhere() {
        Worst worst = worst(vector::exp, Math::exp);
        System.out.printf("exp: largest error %.4f ulp, at %s, every %d. float%n", worst.ulps, worst.x, STRIDE);
        assertTrue(worst.ulps <= Bounds.EXP_ULPS, worst.toString());
    }

    @Test
    void logIsWithinSevenEighthsOfAnUlpEverywhere() {
        Worst worst = worst(vector::log, Math::log);
        System.out.printf("log: largest error %.4f ulp, at %s, every %d. float%n", worst.ulps, worst.x, STRIDE);
        assertTrue(worst.ulps <= Bounds.LOG_ULPS, worst.toString());
    }

    @Test
    void theEdgesOfLogAreExact() {
        float[] x = {0f, -0f, -1f, -Float.MIN_VALUE, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN, 1f, Float.MIN_VALUE, Float.MAX_VALUE};
        double[] expected = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN, Double.NaN, Double.POSITIVE_INFINITY, Double.NaN, Double.NaN, 0,
            Math.log(Float.MIN_VALUE), Math.log(Float.MAX_VALUE)};
        for (Kernels k : new Kernels[] {vector, Kernels.scalar()}) {
            float[] y = new float[40];
            float[] padded = java.util.Arrays.copyOf(x, 40);
            k.log(padded, y, 0, 40);
            for (int i = 0; i < x.length; i++) {
                assertEquals((float) expected[i], y[i], "log " + x[i]);
            }
        }
    }

    private static final class Bounds {
        static final double EXP_ULPS = 0.95;
        static final double LOG_ULPS = 0.875;
    }
}
