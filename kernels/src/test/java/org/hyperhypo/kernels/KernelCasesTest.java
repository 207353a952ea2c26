package org.hyperhypo.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What every case of the registry must hold. All arrays are compared whole, so a write outside the output is seen too.
class KernelCasesTest {
    private static final double EPSILON = Math.ulp(1f) / 2;
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
            Data twin = c.data().copy();
            Data simd = c.data().copy();
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
                Data one = c.data().copy();
                Data more = c.data().copy();
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
            Data run = c.data().copy();
            float[] before = c.data().f(c.data().out);
            double[] value = new double[before.length];
            for (int i = 0; i < value.length; i++) {
                value[i] = before[i];
            }
            double[] bound = new double[value.length];
            c.reference().compute(c.data().copy(), value, bound);
            c.operation().run(Kernels.scalar(), run, scratch);
            float[] after = run.f(run.out);
            for (int i = 0; i < value.length; i++) {
                double allowed = c.errors() * EPSILON * bound[i] + 1e-37;
                int at = i;
                assertTrue(Math.abs(after[i] - value[i]) <= allowed || Double.isNaN(value[i]) && Float.isNaN(after[i]),
                    () -> c + " at " + at + ": " + after[at] + " but " + value[at] + " ± " + allowed);
            }
        }
    }

    @Test
    void hotCallsAllocateNothingAndKeepTheirBits() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (Case c : CASES) {
            if (!c.hot()) {
                continue;
            }
            Scratch scratch = new Scratch();
            Data cold = c.data().copy();
            c.operation().run(Kernels.scalar(), cold, scratch);
            Data d = c.data().copy();
            long bytes = Long.MAX_VALUE;
            long deadline = System.nanoTime() + 8_000_000_000L;
            while (bytes > 0 && System.nanoTime() < deadline) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < 50; i++) {
                    c.operation().run(vector, d, scratch);
                }
                bytes = threads.getCurrentThreadAllocatedBytes() - before;
            }
            assertEquals(0, bytes, c + ": bytes allocated by 50 hot calls");
            Data hot = c.data().copy();
            c.operation().run(vector, hot, scratch);
            assertNull(cold.difference(hot), () -> c + ": compiled code gives other bits: " + cold.difference(hot));
        }
    }
}
