package org.hyperhypo.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/// 0 bytes per call, and the scalar twin's bits, from compiled code; in a JVM of its own, as what C2 makes of a loop depends on what ran before.
class HotCallsTest {
    private static void check(int threads) throws Exception {
        List<String> lines = Jvm.run(HotCalls.class, Jvm.MODULE, "-Dthreads=" + threads);
        assertEquals(1, lines.size(), () -> String.join("\n", lines));
        assertTrue(lines.getFirst().contains("hot cases with vector"), lines.getFirst());
    }

    @Test
    void oneThreadAllocatesNothingAndKeepsItsBits() throws Exception {
        check(1);
    }

    @Test
    void twoThreadsAllocateNothingAndKeepTheirBits() throws Exception {
        check(2);
    }
}
