package org.hyperhypo.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.hyperhypo.experiments.mpi.Reduction;
import org.hyperhypo.experiments.report.Json;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class ScalingModelTest {
    /// 8 ms and 1 ms an example; a gradient of 4 MiB in messages of 256 KiB; 10 µs and 1 GB/s; copying 4 GB/s, adding 2 GB/s.
    private static final double N = 1 << 22;
    private static final ScalingModel MODEL = new ScalingModel(new ScalingModel.Work(8e-3, 1e-3, N), new ScalingModel.Link(10e-6, 1e-9),
            new ScalingModel.Memory(0.25e-9, 0.5e-9));

    @Test
    void twoProcessesAsComputedByHand() {
        assertEquals(0.008 + 0.256, MODEL.compute(2, 512, 2), 1e-12);
        // Copied twice, half of it added; eight buckets of two messages each; half of it sent twice.
        assertEquals(N * 0.25e-9 * 2 + N * 0.5e-9 / 2 + 8 * 2 * 10e-6 + N * 1e-9, MODEL.exchange(2, 2, Reduction.FIXED), 1e-12);
        assertEquals(N * 0.25e-9 * 2 + N * 0.5e-9 / 2 + 2 * 10e-6 + N * 1e-9, MODEL.exchange(2, 2, Reduction.FAST), 1e-12);
        assertEquals(0, MODEL.exchange(1, 1, Reduction.FIXED));
        assertEquals(MODEL.compute(2, 512, 2) + MODEL.exchange(2, 2, Reduction.FAST), MODEL.step(2, 512, 2, Reduction.FAST), 1e-15);
    }

    @Test
    void threeProcessesOfFourShardsWaitForTheOneWithTwo() {
        assertEquals(0.008 + 0.200, MODEL.compute(3, 400, 4), 1e-12);
        // Shards 0 | 1 | 2 and 3, which are one subtree: as many partial sums as processes. ⌈16/3⌉ = 6 buckets, 2·2 messages each.
        assertEquals(N * 0.25e-9 * 2 + N * 0.5e-9 * 2 / 3 + 6 * 4 * 10e-6 + N * 1e-9 * 2 * 2 / 3, MODEL.exchange(3, 4, Reduction.FIXED), 1e-12);
        assertEquals(2 * 2 * 10e-6, MODEL.exchange(3, 4, Reduction.FAST) - N * (0.5e-9 + 0.5e-9 * 2 / 3 + 4e-9 / 3), 1e-12);
    }

    @Test
    void partialSumsAreTheCompleteSubtrees() {
        int[] whole = {ScalingModel.partialSums(0, 1, 8), ScalingModel.partialSums(1, 2, 8), ScalingModel.partialSums(3, 4, 4)};
        assertEquals(3, whole[0] + whole[1] + whole[2], "one each");
        // Of 8 shards, 3 processes hold 0 1 | 2 3 4 | 5 6 7.
        assertEquals(1, ScalingModel.partialSums(0, 3, 8));
        assertEquals(2, ScalingModel.partialSums(1, 3, 8), "2 3, 4");
        assertEquals(2, ScalingModel.partialSums(2, 3, 8), "5, 6 7");
    }

    @Test
    void workFollowsFromTwoBatches() {
        ScalingModel.Work work = ScalingModel.Work.of(64, 0.072, 256, 0.264, 1);
        assertEquals(0.001, work.perExample(), 1e-12);
        assertEquals(0.008, work.perStep(), 1e-12);
        assertEquals(1e-9, ScalingModel.Link.of(5e-6, 1000, 6e-6, 2000, 7e-6).perByte(), 1e-18);
    }

    @Test
    void moreNodesThanAPowerOfTwoWaitForTheirShards() {
        ScalingPlan plan = new ScalingPlan(MODEL);
        assertEquals(1024, ScalingPlan.shards(1000));
        assertTrue(plan.efficiency(1000, Reduction.FAST) < plan.efficiency(1024, Reduction.FAST), "24 of 1,000 nodes have two shards, and all wait for them");
        assertEquals(1, plan.efficiency(1, Reduction.FIXED));
    }

    /// The results that are kept: predictions lie within 30 % of what was measured, unless others used the machine.
    @Test
    void keptPredictionsHold() throws Exception {
        Path file = Path.of(System.getProperty("hyperhypo.root", "../..")).resolve("experiments/results/scaling/scaling.json");
        Assumptions.assumeTrue(Files.exists(file), "no results of bench --mpi are kept");
        Map<?, ?> all = (Map<?, ?>) Json.read(file);
        double others = ((Number) all.get("others")).doubleValue();
        Assumptions.assumeTrue(others <= Verdict.OTHERS, "the kept results of bench --mpi decide nothing: others used " + others + " of a core");
        for (String learns : new String[] {"full", "mask of 10 %"}) {
            Map<?, ?> steps = (Map<?, ?>) ((Map<?, ?>) all.get(learns)).get("steps");
            for (String reduction : new String[] {"fixed", "fast"}) {
                Map<?, ?> step = (Map<?, ?>) steps.get(reduction);
                double measured = ((Number) step.get("seconds")).doubleValue();
                assertEquals(measured, ((Number) step.get("predicted")).doubleValue(), ScalingTables.PREDICTION * measured, learns + ", " + reduction);
            }
        }
    }
}
