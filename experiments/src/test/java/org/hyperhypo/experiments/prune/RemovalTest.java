package org.hyperhypo.experiments.prune;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.NeuronMask;
import org.hyperhypo.engine.Workspace;
import org.hyperhypo.experiments.Tiny;
import org.hyperhypo.experiments.model.FrameSource;
import org.hyperhypo.experiments.neurons.ActivationStats;
import org.junit.jupiter.api.Test;

class RemovalTest {
    private static final int WIDTH = Tiny.BANDS * Tiny.CONTEXT.frames();

    @Test
    void zeroClosesTheGatesOfTheMaskAndNothingElse() {
        long seed = Tiny.seed("Removal zero");
        Network network = Tiny.network(seed);
        String hash = network.hash();
        NeuronMask mask = NeuronMask.of(network.spec(), Map.of("fc1", new int[] {1, 6}, "fc2", new int[] {0}));
        Network removed = Removal.ZERO.apply(network, mask, ActivationStats.over(network, Tiny.frames(seed, 30, WIDTH)));
        assertEquals(hash, network.hash(), "the original stays as it is");
        for (String name : network.tensorNames()) {
            float[] expected = network.tensor(name).clone();
            if (name.equals("fc1.gate")) {
                expected[1] = expected[6] = 0;
            } else if (name.equals("fc2.gate")) {
                expected[0] = 0;
            }
            assertArrayEquals(expected, removed.tensor(name), name);
        }
    }

    @Test
    void meanFoldOfConstantNeuronsLeavesTheOutputsWhileZeroDoesNot() {
        long seed = Tiny.seed("Removal constant");
        Network network = Tiny.network(seed);
        for (int n : new int[] {2, 5}) {
            java.util.Arrays.fill(network.tensor("fc1.weight"), n * inputs(network), (n + 1) * inputs(network), 0);
        }
        FrameSource frames = Tiny.frames(seed, 60, WIDTH);
        ActivationStats stats = ActivationStats.over(network, frames);
        assertEquals(0, stats.layer("fc1").deviation(2), 1e-7);
        NeuronMask mask = NeuronMask.of(network.spec(), Map.of("fc1", new int[] {2, 5}));
        assertEquals(0, difference(network, Removal.MEAN_FOLD.apply(network, mask, stats), frames), 2e-5);
        assertTrue(difference(network, Removal.ZERO.apply(network, mask, stats), frames) > 0.01);
    }

    @Test
    void meanFoldOfNeuronsWithMeanZeroEqualsZero() {
        Network network = Tiny.network(Tiny.spec(new org.hyperhypo.kernels.Activation.Relu(0)), Tiny.seed("Removal mean zero"));
        network.tensor("fc2.bias")[3] = -1e6f;
        ActivationStats stats = ActivationStats.over(network, Tiny.frames(1, 60, WIDTH));
        NeuronMask mask = NeuronMask.of(network.spec(), Map.of("fc2", new int[] {3}));
        assertEquals(Removal.ZERO.apply(network, mask, stats).hash(), Removal.MEAN_FOLD.apply(network, mask, stats).hash());
    }

    @Test
    void aFoldedNeuronGivesItsMeanToTheNextLayersBiases() {
        Network network = Tiny.network(Tiny.seed("Removal bias"));
        ActivationStats stats = ActivationStats.over(network, Tiny.frames(1, 60, WIDTH));
        Network folded = Removal.MEAN_FOLD.apply(network, NeuronMask.of(network.spec(), Map.of("fc2", new int[] {4})), stats);
        float[] weights = network.tensor("output.weight");
        for (int s = 0; s < Tiny.STATES.size(); s++) {
            double expected = network.tensor("output.bias")[s] + weights[s * Tiny.WIDTH + 4] * stats.layer("fc2").mean(4);
            assertEquals(expected, folded.tensor("output.bias")[s], 1e-6);
        }
        assertArrayEquals(network.tensor("fc2.bias"), folded.tensor("fc2.bias"), "the layer itself keeps its biases");
        assertEquals(0, folded.gates("fc2")[4]);
    }

    @Test
    void compactionKeepsTheOutputsAndSavesTheClosedRowsAndColumns() {
        long seed = Tiny.seed("Compaction");
        Network network = Tiny.network(seed);
        FrameSource frames = Tiny.frames(seed, 300, WIDTH);
        NeuronMask mask = NeuronMask.of(network.spec(), Map.of("fc1", new int[] {0, 3, 7}, "fc2", new int[] {2}));
        for (Removal mode : Removal.values()) {
            Network masked = mode.apply(network, mask, ActivationStats.over(network, frames));
            Compaction.Result result = Compaction.measure(network, masked, frames);
            assertEquals(5, result.compacted().spec().neuronLayer("fc1").neurons());
            assertEquals(7, result.compacted().spec().neuronLayer("fc2").neurons());
            long saved = 3L * (inputs(network) + 1) + (8 * 8 - 5 * 7) + 1 + Tiny.STATES.size();
            assertEquals(network.spec().parameterCount(), result.parametersBefore());
            assertEquals(saved, result.parametersBefore() - result.parametersAfter());
            assertEquals(result.compacted().spec().parameterCount(), result.parametersAfter());
            assertTrue(result.flopsAfter() < result.flopsBefore());
            assertEquals(difference(masked, result.compacted(), frames), result.maxDifference(), 1e-5);
            assertTrue(result.maxDifference() < 2e-5, "difference " + result.maxDifference());
            assertTrue(result.microsBefore() > 0 && result.microsAfter() > 0);
            assertNotEquals(network.hash(), masked.hash());
        }
    }

    @Test
    void aLayerThatWouldBecomeEmptyStillCompacts() {
        Network network = Tiny.network(5);
        FrameSource frames = Tiny.frames(5, 10, WIDTH);
        Network masked = Removal.ZERO.apply(network, NeuronMask.layers(network.spec(), "fc1"), ActivationStats.over(network, frames));
        assertTrue(Compaction.measure(network, masked, frames).maxDifference() < 2e-5);
    }

    private static int inputs(Network network) {
        return network.spec().neuronLayer("fc1").inputs();
    }

    /// Largest absolute difference of any log posterior.
    private static double difference(Network a, Network b, FrameSource frames) {
        float[] x = new float[frames.frames() * frames.width()];
        frames.fill(0, frames.frames(), x);
        float[] first = posteriors(a, x, frames.frames());
        float[] second = posteriors(b, x, frames.frames());
        double largest = 0;
        for (int i = 0; i < first.length; i++) {
            largest = Math.max(largest, Math.abs(first[i] - second[i]));
        }
        return largest;
    }

    private static float[] posteriors(Network network, float[] x, int count) {
        Workspace work = network.workspace(count);
        network.forward(x, 0, count, work);
        float[] out = new float[count * network.spec().output().size()];
        network.logPosteriors(count, work, out);
        return out;
    }
}
