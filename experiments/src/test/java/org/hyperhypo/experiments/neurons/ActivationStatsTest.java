package org.hyperhypo.experiments.neurons;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.NetworkSpec;
import org.hyperhypo.engine.Workspace;
import org.hyperhypo.experiments.Tiny;
import org.hyperhypo.experiments.model.FrameSource;
import org.hyperhypo.kernels.Activation;
import org.junit.jupiter.api.Test;

class ActivationStatsTest {
    private static final List<Activation> ACTIVATIONS = List.of(new Activation.Sigmoid(), new Activation.Relu(0), new Activation.Tanh());
    private static final int WIDTH = Tiny.BANDS * Tiny.CONTEXT.frames();

    @Test
    void oneStreamingPassEqualsTwoPassesInDoublePrecision() {
        long seed = Tiny.seed("ActivationStats");
        for (int round = 0; round < 6; round++) {
            Activation activation = ACTIVATIONS.get(round % 3);
            double threshold = activation instanceof Activation.Sigmoid ? 0.5 : 0;
            Network network = Tiny.network(Tiny.spec(activation), seed + round);
            // Fewer frames than a batch, exactly one, and a last one of a single frame.
            FrameSource frames = Tiny.frames(seed + round, new int[] {7, 256, 513}[round / 2], WIDTH);
            ActivationStats stats = ActivationStats.over(network, frames);
            assertEquals(List.of("fc1", "fc2"), stats.layers().stream().map(ActivationStats.Layer::name).toList());
            for (ActivationStats.Layer layer : stats.layers()) {
                double[][] outputs = outputs(network, frames, layer.name());
                for (int n = 0; n < layer.neurons(); n++) {
                    compare(outputs, n, layer, threshold);
                }
            }
        }
    }

    private static void compare(double[][] outputs, int n, ActivationStats.Layer layer, double threshold) {
        double sum = 0;
        double min = Double.MAX_VALUE;
        double max = -Double.MAX_VALUE;
        long active = 0;
        for (double[] frame : outputs) {
            sum += frame[n];
            min = Math.min(min, frame[n]);
            max = Math.max(max, frame[n]);
            active += frame[n] > threshold ? 1 : 0;
        }
        double mean = sum / outputs.length;
        double squares = 0;
        for (double[] frame : outputs) {
            squares += (frame[n] - mean) * (frame[n] - mean);
        }
        // The square root of a difference of two sums: half the digits of a double.
        assertEquals(mean, layer.mean(n), 1e-12 * Math.max(1, Math.abs(max)));
        assertEquals(Math.sqrt(squares / outputs.length), layer.deviation(n), 1e-7 * Math.max(1, Math.abs(max)));
        assertEquals((double) active / outputs.length, layer.rate(n));
        assertEquals(min, layer.min()[n]);
        assertEquals(max, layer.max()[n]);
        double r = (double) active / outputs.length;
        double entropy = r == 0 || r == 1 ? 0 : -r * Math.log(r) / Math.log(2) - (1 - r) * Math.log(1 - r) / Math.log(2);
        assertEquals(entropy, layer.entropy(n), 1e-12);
    }

    @Test
    void thresholdIsOneHalfForTheSigmoidAndZeroOtherwise() {
        NetworkSpec mixed = NetworkSpec.input(1, 1, 3).dense(4).sigmoid().dense(4).relu().dense(4).tanh().dense(4)
                .activation(new Activation.Ada(1, 1, 0)).dense(2).softmax();
        ActivationStats stats = ActivationStats.over(Network.initialised(mixed, 1), Tiny.frames(1, 3, 3));
        assertArrayEquals(new double[] {0.5, 0, 0, 0}, stats.layers().stream().mapToDouble(layer -> layer.range().threshold()).toArray());
    }

    @Test
    void entropiesAndZerosOfHandMadeOutputs() {
        // Two outputs in the lowest bin, one in bin 16, one in the last.
        Network network = Network.initialised(NetworkSpec.input(1, 1, 1).dense(1).sigmoid().dense(2).softmax(), 1);
        network.tensor("fc1.weight")[0] = 1;
        ActivationStats.Layer layer = ActivationStats.over(network, Tiny.frames(new float[] {-20, -9, 0.01f, 30}, 1)).layer("fc1");
        assertEquals(0.5, layer.zeros(0));
        assertEquals(1.5 / 5, layer.amplitudeEntropy(0), 1e-12, "1.5 bits of 5");
        assertEquals(1, layer.entropy(0), 1e-12);
        assertEquals((0.25 + 1) / 4, layer.energy(0), 1e-2);
        assertEquals(0.25, layer.share(0, 31));
        Network rectified = Network.initialised(NetworkSpec.input(1, 1, 1).dense(1).relu().dense(1).tanh().dense(2).softmax(), 1);
        rectified.tensor("fc1.weight")[0] = 1;
        rectified.tensor("fc2.weight")[0] = 1;
        ActivationStats stats = ActivationStats.over(rectified, Tiny.frames(new float[] {-1, 0, 0.05f, 2, 100}, 1));
        assertEquals(2 / 5.0, stats.layer("fc1").zeros(0), "a ≤ 0");
        assertEquals(0.2, stats.layer("fc1").share(0, 31), "beyond the range: the last bin");
        assertEquals(3 / 5.0, stats.layer("fc2").zeros(0), "|a| ≤ 1/16");
    }

    @Test
    void anOutputAtTheThresholdIsNotActive() {
        Network network = Network.initialised(NetworkSpec.input(1, 1, 1).dense(1).sigmoid().dense(2).softmax(), 1);
        network.tensor("fc1.weight")[0] = 1;
        assertEquals(1 / 3.0, ActivationStats.over(network, Tiny.frames(new float[] {-1, 0, 1}, 1)).layer("fc1").rate(0));
    }

    @Test
    void mergedShardsEqualOnePass() {
        long seed = Tiny.seed("ActivationStats shards");
        Network network = Tiny.network(seed);
        float[] all = new float[700 * WIDTH];
        Tiny.fill(all, new java.util.SplittableRandom(seed), 2);
        ActivationStats whole = ActivationStats.over(network, Tiny.frames(all, WIDTH));
        int[] cuts = {0, 1, 300, 700};
        ActivationStats merged = null;
        for (int i = 1; i < cuts.length; i++) {
            ActivationStats shard = ActivationStats.over(network, Tiny.frames(java.util.Arrays.copyOfRange(all, cuts[i - 1] * WIDTH, cuts[i] * WIDTH), WIDTH));
            merged = merged == null ? shard : merged.plus(shard);
        }
        for (ActivationStats.Layer layer : whole.layers()) {
            ActivationStats.Layer other = merged.layer(layer.name());
            assertEquals(700, other.frames());
            assertArrayEquals(layer.active(), other.active());
            assertArrayEquals(layer.histogram(), other.histogram());
            assertArrayEquals(layer.min(), other.min());
            assertArrayEquals(layer.max(), other.max());
            assertArrayEquals(layer.sum(), other.sum(), 1e-10);
            assertArrayEquals(layer.sumOfSquares(), other.sumOfSquares(), 1e-10);
        }
    }

    @Test
    void statisticsOfOtherLayersAreNotMerged() {
        ActivationStats narrow = ActivationStats.over(Network.initialised(NetworkSpec.input(1, 1, 2).dense(3).sigmoid().dense(2).softmax(), 1), Tiny.frames(1, 2, 2));
        ActivationStats wide = ActivationStats.over(Network.initialised(NetworkSpec.input(1, 1, 2).dense(4).sigmoid().dense(2).softmax(), 1), Tiny.frames(1, 2, 2));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> narrow.plus(wide)).getMessage().contains("fc1"));
        assertThrows(IllegalArgumentException.class, () -> ActivationStats.over(Network.initialised(NetworkSpec.input(1, 1, 2).dense(3).sigmoid().dense(2).softmax(), 1),
                Tiny.frames(1, 0, 2)));
    }

    private static double[][] outputs(Network network, FrameSource frames, String layer) {
        Workspace work = network.workspace(1);
        float[] input = new float[frames.width()];
        double[][] outputs = new double[frames.frames()][];
        for (int t = 0; t < outputs.length; t++) {
            frames.fillFrame(t, input, 0);
            network.forward(input, 0, 1, work);
            float[] values = work.activation(layer);
            outputs[t] = new double[network.spec().neuronLayer(layer).neurons()];
            for (int n = 0; n < outputs[t].length; n++) {
                outputs[t][n] = values[n];
            }
        }
        return outputs;
    }
}
