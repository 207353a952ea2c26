package org.hyperhypo.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;

class KernelInfoTest {
    private static final String MIXED = "mixed mode, sharing";

    @Test
    void theseTestsRunTheVectorKernelsAtThePreferredWidth() {
        KernelInfo info = KernelInfo.current();
        assertEquals("vector", info.name(), info.text());
        assertSame(Kernels.best(), Kernels.vector().orElseThrow());
        assertEquals(Math.min(512, FloatVector.SPECIES_PREFERRED.vectorBitSize()), info.vectorBits());
        assertEquals("vector" + info.vectorBits(), Kernels.best().name());
    }

    @Test
    void withoutTheModuleTheScalarKernelsRunAndTheReasonSaysHowToGetIt() {
        KernelInfo info = KernelInfo.decide("auto", false, MIXED);
        assertEquals("scalar", info.name());
        assertTrue(info.text().contains("--add-modules jdk.incubator.vector"), info.text());
        assertThrows(IllegalStateException.class, () -> KernelInfo.decide("vector", false, MIXED));
    }

    @Test
    void withoutC2TheScalarKernelsRunUnlessAskedOtherwise() {
        assertEquals("scalar", KernelInfo.decide("auto", true, "interpreted mode, sharing").name());
        assertEquals("scalar", KernelInfo.decide("auto", true, "mixed mode, emulated-client, sharing").name());
        assertEquals("vector", KernelInfo.decide("vector", true, "interpreted mode").name());
        assertEquals("scalar", KernelInfo.decide("scalar", true, MIXED).name());
        assertThrows(IllegalArgumentException.class, () -> KernelInfo.decide("fast", true, MIXED));
    }
}
