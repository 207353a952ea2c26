package org.hyperhypo.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What every case of the registry must hold. All arrays are compared whole, so a write outside the output is seen too.
class KernelCasesTest {
    private static final List<Case> CASES = Cases.all();
    private final Kernels vector = Kernels.vector().orElseThrow();

    @BeforeAll
    static void printSeed() {
        System.out.println("kernel cases: " + CASES.size() + ", seed " + Cases.SEED + " (-Dhyperhypo.seed); " + KernelInfo.current().text());
    }

    @Test
    void vectorKernelsEqualTheScalarTwinBitForBit() {
        Scratch scratch = new Scratch();
        for (Case c : CASES) {
            Data twin = c.data().fresh();
            Data simd = c.data().fresh();
            double expected = c.operation().run(Kernels.scalar(), twin, scratch);
            double actual = c.operation().run(vector, simd, scratch);
            assertNull(twin.difference(simd), () -> c + ": scalar and vector differ: " + twin.difference(simd));
            assertEquals(expected, actual, c::name);
        }
    }

    @Test
    void anyNumberOfThreadsGivesTheSameBits() {
        for (int threads : new int[] {2, 3, 8}) {
            Kernels several = Kernels.best(threads);
            assertEquals(threads, several.threads());
            Scratch scratch = new Scratch();
            for (Case c : CASES) {
                Data one = c.data().fresh();
                Data more = c.data().fresh();
                double expected = c.operation().run(vector, one, scratch);
                double actual = c.operation().run(several, more, scratch);
                assertNull(one.difference(more), () -> c + ": 1 and " + threads + " threads differ: " + one.difference(more));
                assertEquals(expected, actual, c::name);
            }
        }
    }

    @Test
    void scalarTwinIsWithinTheBoundOfTheDoubleReferenceAndWritesNothingElse() {
        Scratch scratch = new Scratch();
        for (Case c : CASES) {
            if (c.reference() == null) {
                continue;
            }
            double[][] expected = c.expected();
            Data run = c.data().fresh();
            c.operation().run(Kernels.scalar(), run, scratch);
            float[] actual = run.f(run.out);
            for (int i = 0; i < actual.length; i++) {
                double value = expected[0][i];
                double allowed = c.allowed(expected[1][i]);
                int at = i;
                assertTrue(Math.abs(actual[i] - value) <= allowed || Double.isNaN(value) && Float.isNaN(actual[i]),
                    () -> c + " at " + at + ": " + actual[at] + " but " + value + " ± " + allowed);
            }
        }
    }

    /// NaN, infinities, zeros of both signs, the largest and the smallest numbers, in every array and in turn.
    @Test
    void numbersThatAreNotPropagateAsInTheScalarTwin() {
        float[] odd = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0f, -0f, Float.MAX_VALUE, Float.MIN_VALUE, -Float.MIN_NORMAL};
        Scratch scratch = new Scratch();
        for (Case c : CASES) {
            Data twin = c.data().fresh();
            Data simd = c.data().fresh();
            twin.scatter(odd);
            simd.scatter(odd);
            c.operation().run(Kernels.scalar(), twin, scratch);
            c.operation().run(vector, simd, scratch);
            assertNull(twin.difference(simd), () -> c + ": scalar and vector differ: " + twin.difference(simd));
        }
    }
}
