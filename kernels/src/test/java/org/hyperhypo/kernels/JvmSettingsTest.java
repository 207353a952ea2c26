package org.hyperhypo.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The same bits in a JVM of its own for every width, for the interpreter and C1 alone, and without the incubator module.
@Tag("slow")
class JvmSettingsTest {
    private static final String VECTOR = "-Dhyperhypo.kernels=vector";
    private static long expected;

    @BeforeAll
    static void scalarTwinHere() {
        List<Case> cases = CaseHashes.small();
        assertTrue(cases.size() > 300, "only " + cases.size() + " small cases");
        expected = CaseHashes.hash(Kernels.scalar(), cases);
    }

    /// Runs [CaseHashes]; checks its hash and returns the line that says which kernels ran.
    private static String run(String... options) throws Exception {
        List<String> lines = Jvm.run(CaseHashes.class, options);
        assertEquals("hash " + expected, lines.getLast(), () -> List.of(options) + ": " + lines);
        return lines.getFirst();
    }

    @Test
    void vectorsOf128Bits() throws Exception {
        assertTrue(run(Jvm.MODULE, "-XX:MaxVectorSize=16").contains("vector, 128 bits"));
    }

    @Test
    void vectorsOf256Bits() throws Exception {
        String line = run(Jvm.MODULE, "-XX:UseAVX=2");
        assertTrue(line.contains("vector, 256 bits") || !line.contains("512 bits"), line);
    }

    @Test
    void withoutFusedMultiplyAddInHardware() throws Exception {
        assertTrue(run(Jvm.MODULE, VECTOR, "-XX:UseAVX=1").contains("vector"));
        assertTrue(run(Jvm.MODULE, VECTOR, "-XX:UseAVX=0").contains("vector, 128 bits"));
    }

    @Test
    void theInterpreterAlone() throws Exception {
        assertTrue(run(Jvm.MODULE, VECTOR, "-Xint").contains("vector"));
        assertTrue(run(Jvm.MODULE, "-Xint").contains("scalar (this JVM runs without C2"));
    }

    @Test
    void theFirstCompilerAlone() throws Exception {
        assertTrue(run(Jvm.MODULE, VECTOR, "-XX:TieredStopAtLevel=1").contains("vector"));
        assertTrue(run(Jvm.MODULE, "-XX:TieredStopAtLevel=1").contains("scalar (this JVM runs without C2"));
    }

    @Test
    void withoutTheIncubatorModuleTheScalarKernelsRunAndSayWhy() throws Exception {
        String line = run();
        assertTrue(line.contains("scalar") && line.contains("--add-modules jdk.incubator.vector"), line);
    }
}
