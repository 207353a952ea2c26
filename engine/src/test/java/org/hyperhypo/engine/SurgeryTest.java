package org.hyperhypo.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Closing, folding and removing neurons.
class SurgeryTest {
    private static final int N = 7;

    @Test
    void removingPrunedNeuronsGivesTheSameNumbers() {
        for (long seed = 1; seed <= 12; seed++) {
            for (NetworkSpec spec : new NetworkSpec[] {Nets.tfcnn(), Nets.everything(), Nets.normalised()}) {
                Network net = Nets.random(spec, seed, seed % 2 == 0);
                NeuronMask mask = gated(spec, Nets.mask(spec, 0.4, seed));
                Network closed = net.withClosedGates(mask);
                Network compact = closed.compacted();
                assertTrue(compact.spec().parameterCount() < spec.parameterCount());
                assertTrue(compact.spec().flopsPerSample() < spec.flopsPerSample());
                // Exactly: a removed input's product is 0, and adding 0 changes no sum.
                assertArrayEquals(logits(closed, seed), logits(compact, seed), "seed " + seed + ", " + compact.spec().neuronLayers());
                assertNotEquals(Arrays.toString(logits(net, seed)), Arrays.toString(logits(closed, seed)), "pruning does something");
            }
        }
    }

    @Test
    void aLayerThatWouldBecomeEmptyKeepsOneClosedNeuron() {
        NetworkSpec spec = Nets.tfcnn();
        Network closed = Nets.random(spec, 3, false).withClosedGates(NeuronMask.layers(spec, "fc2", "conv1"));
        Network compact = closed.compacted();
        assertEquals(1, compact.spec().neuronLayer("fc2").neurons());
        assertEquals(1, compact.spec().neuronLayer("conv1").neurons());
        assertArrayEquals(logits(closed, 3), logits(compact, 3));
    }

    @Test
    void closingGatesLeavesTheOriginalAlone() {
        NetworkSpec spec = Nets.tfcnn();
        Network net = Nets.random(spec, 3, false);
        String before = net.hash();
        Network closed = net.withClosedGates(Nets.mask(spec, 0.5, 3, "fc1"));
        closed.tensor("fc1.weight")[0] = 99;
        assertEquals(before, net.hash());
        assertThrows(ModelException.class, () -> net.withClosedGates(NeuronMask.all(spec)), "outputs cannot be pruned");
    }

    @Test
    void foldingAConstantNeuronChangesNothing() {
        for (long seed = 1; seed <= 10; seed++) {
            NetworkSpec spec = seed <= 5 ? Nets.everything() : Nets.normalised();
            Network net = Nets.random(spec, seed, true);
            NeuronMask mask = gated(spec, Nets.mask(spec, 0.4, seed));
            Map<String, float[]> means = new HashMap<>();
            for (NeuronLayer layer : spec.neuronLayers()) {
                for (int row : mask.rows(layer.name())) {                 // no incoming weights: the neuron is its bias, σ = 0
                    Arrays.fill(net.tensor(layer.weight()), row * layer.inputs(), (row + 1) * layer.inputs(), 0f);
                }
            }
            Workspace w = net.workspace(1);
            net.forward(Nets.inputs(spec, 1, seed), 0, 1, w);
            for (NeuronLayer layer : spec.neuronLayers()) {
                means.put(layer.name(), Arrays.copyOf(w.activation(layer.name()), layer.neurons()));   // of the first position
            }
            Network folded = net.meanFold(mask, means);
            float[] expected = logits(net, seed);
            float[] actual = logits(folded, seed);
            for (int i = 0; i < expected.length; i++) {
                assertEquals(expected[i], actual[i], 2e-6 * (1 + Math.abs(expected[i])) * 4, "seed " + seed);
            }
            assertArrayEquals(actual, logits(folded.compacted(), seed), "and can be removed then");
        }
    }

    @Test
    void foldingAMeanOfZeroIsClosing() {
        NetworkSpec spec = Nets.tfcnn();
        Network net = Nets.random(spec, 5, false);
        NeuronMask mask = gated(spec, Nets.mask(spec, 0.4, 5));
        Map<String, float[]> zeros = new HashMap<>();
        spec.neuronLayers().forEach(layer -> zeros.put(layer.name(), new float[layer.neurons()]));
        assertEquals(net.withClosedGates(mask).hash(), net.meanFold(mask, zeros).hash());
    }

    @Test
    void foldingTheLastLayerOfASplitNetworkIsAnError() {
        Network below = Nets.random(Nets.tfcnn(), 5, false).below("fc3");
        NeuronMask mask = NeuronMask.layers(below.spec(), "fc2");
        ModelException error = assertThrows(ModelException.class, () -> below.meanFold(mask, Map.of("fc2", new float[13])));
        assertTrue(error.getMessage().contains("fc2") && error.getMessage().contains("fold before splitting"), error.getMessage());
    }

    @Test
    void splittingSharesArraysAndKeepsEveryBit() {
        for (NetworkSpec spec : new NetworkSpec[] {Nets.tfcnn(), Nets.everything(), Nets.normalised()}) {
            Network net = Nets.random(spec, 8, true);
            for (String layer : new String[] {"fc2", "fc3", "output"}) {
                Network below = net.below(layer);
                Network from = net.from(layer);
                Workspace w = below.workspace(N);
                below.forward(Nets.inputs(spec, N, 8), 0, N, w);
                Workspace v = from.workspace(N);
                from.forward(w.logits(), 0, N, v);
                assertArrayEquals(logits(net, 8), v.logits(), layer);
                from.tensor("output.bias")[0] += 1;
                assertEquals(from.tensor("output.bias")[0], net.tensor("output.bias")[0], "shared");
            }
        }
        ModelException error = assertThrows(ModelException.class, () -> Nets.random(Nets.tfcnn(), 8, true).from("conv2"));
        assertTrue(error.getMessage().contains("conv2") && error.getMessage().contains("inside a branch"), error.getMessage());
    }

    @Test
    void closingAndOpeningAGateGivesTheFirstNumbersAgain() {
        NetworkSpec spec = Nets.tfcnn();
        Network net = Nets.random(spec, 9, false);
        Workspace w = net.workspace(N);
        float[] x = Nets.inputs(spec, N, 9);
        int[] labels = Nets.labels(spec, N, 9);
        String[] seen = new String[3];
        for (int i = 0; i < 3; i++) {
            net.gates("fc1")[2] = i == 1 ? 0f : 1f;
            net.gates("conv2")[0] = i == 1 ? 0.5f : 1f;
            net.forward(x, 0, N, w);
            net.backward(labels, N, NeuronMask.all(spec), w);
            seen[i] = Arrays.toString(w.logits()) + Arrays.toString(w.weightGradient("conv1")) + Arrays.toString(w.activationGradient("fc1"));
        }
        assertEquals(seen[0], seen[2]);
        assertNotEquals(seen[0], seen[1]);
    }

    private static NeuronMask gated(NetworkSpec spec, NeuronMask mask) {
        return mask.minus(NeuronMask.layers(spec, spec.neuronLayers().stream().filter(layer -> !layer.gated()).map(NeuronLayer::name).toArray(String[]::new)));
    }

    private static float[] logits(Network net, long seed) {
        Workspace w = net.workspace(N);
        net.forward(Nets.inputs(net.spec(), N, seed), 0, N, w);
        return w.logits().clone();
    }
}
