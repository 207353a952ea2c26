package org.hyperhypo.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.hyperhypo.kernels.FmaPeak;
import org.hyperhypo.kernels.KernelInfo;
import org.junit.jupiter.api.Test;

class LimitsTest {
    /// Two units of one multiply-add per lane and cycle, 512 bits, at a clock that no processor has.
    private static final double MOST = 2 * 2 * 16 * 7e9;

    @Test
    void thePeakLoopComputesWhatItCounts() {
        assertEquals(36f, FmaPeak.run(1000), 1e-4f);
        assertEquals(12 * (0.75f * 0.75f + 0.75f), FmaPeak.run(1));
        assertEquals(2.0 * 12 * KernelInfo.current().lanes() * 1000, FmaPeak.flops(1000));
    }

    @Test
    void thePeakIsPositiveAndBelowWhatAProcessorCanDo() {
        for (int threads : new int[] {1, 2}) {
            Series peak = new Rounds(3, 0.002, 0.05, threads > 1).time(java.util.List.of(Limits.peak(threads)), false).getFirst();
            assertTrue(peak.rate() > 1e6 && peak.rate() < threads * MOST, "rate " + peak.rate());
        }
    }

    @Test
    void aCopyCountsReadingAndWriting() {
        Contender copy = Limits.copy(1 << 16);
        assertEquals(8.0 * (1 << 16), copy.bytes());
        assertEquals("copy of 64 k floats", copy.name());
        assertEquals("copy of 16 M floats", Limits.copyName(Limits.OUT_OF_CACHE));
    }

}
