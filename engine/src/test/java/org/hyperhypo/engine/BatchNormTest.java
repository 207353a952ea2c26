package org.hyperhypo.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

/// Statistics of normalised neurons: which are used, which move.
class BatchNormTest {
    private static final NetworkSpec SPEC = NetworkSpec.input(2, 4, 3).conv(5, 2, 2).batchNorm().relu().dense(7).batchNorm().sigmoid().dense(3).softmax();
    private static final int N = 8;

    @Test
    void runningStatisticsOfTheMaskMoveAndAllOthersKeepTheirBits() {
        Network net = Nets.random(SPEC, 1, false);
        Network start = net.copy();
        NeuronMask mask = NeuronMask.of(SPEC, Map.of("conv1", new int[] {0, 3}, "bn1", new int[] {1, 3}, "fc1", new int[] {0}, "bn2", new int[] {6}));
        ReferenceNetwork reference = new ReferenceNetwork(net).training(new ReferenceNetwork.Training(mask, 0, 0));
        float[] x = Nets.inputs(SPEC, N, 1);
        reference.logits(Nets.samples(x, N));
        Workspace w = net.workspace(N);
        net.forwardTraining(x, 0, N, 0, 0, mask, w);
        net.backward(Nets.labels(SPEC, N, 1), N, mask, w);
        assertEquals(start.hash(), net.hash(), "forward and backward read the network");
        Sgd.plain().step(net, mask, w, 0.1, Sgd.plain().newState(net));
        for (String layer : new String[] {"bn1", "bn2"}) {
            for (String tensor : new String[] {layer + ".running_mean", layer + ".running_var"}) {
                for (int row = 0; row < SPEC.neuronLayer(layer).neurons(); row++) {
                    if (mask.contains(layer, row)) {
                        assertEquals(reference.moved.get(tensor)[row], net.tensor(tensor)[row], 1e-5, tensor + " " + row);
                    } else {
                        assertEquals(start.tensor(tensor)[row], net.tensor(tensor)[row], 0f, tensor + " " + row);
                    }
                }
            }
        }
    }

    @Test
    void oneValueHasNoVarianceSoItIsNormalisedAsInEvaluation() {
        NetworkSpec spec = NetworkSpec.input(4, 1, 1).dense(6).batchNorm().dense(3).softmax();
        Network net = Nets.random(spec, 2, false);
        float[] x = Nets.inputs(spec, 1, 2);
        Workspace w = net.workspace(1);
        net.forward(x, 0, 1, w);
        float[] evaluation = w.logits().clone();
        net.forwardTraining(x, 0, 1, 0, 0, NeuronMask.all(spec), w);
        assertArrayEquals(evaluation, w.logits());
        net.backward(new int[] {1}, 1, NeuronMask.all(spec), w);
        float[] mean = net.tensor("bn1.running_mean").clone();
        Sgd.plain().step(net, NeuronMask.all(spec), w, 0.1, Sgd.plain().newState(net));
        assertArrayEquals(mean, net.tensor("bn1.running_mean"));
    }

    @Test
    void aMaskTakesTheNormalisationOfItsNeuronsAlong() {
        NeuronMask mask = NeuronMask.of(SPEC, Map.of("conv1", new int[] {1, 4}, "fc1", new int[] {2})).withNormalisation(SPEC);
        assertArrayEquals(new int[] {1, 4}, mask.rows("bn1"));
        assertArrayEquals(new int[] {2}, mask.rows("bn2"));
        assertEquals(6, mask.count());
        assertEquals(0, NeuronMask.hiddenDense(SPEC).count("bn2"), "weights and γ are chosen on their own");
    }

    @Test
    void normalisedNeuronsArePrunedWithTheirLayer() {
        Network net = Nets.random(SPEC, 3, false);
        Network compact = net.withClosedGates(NeuronMask.of(SPEC, Map.of("conv1", new int[] {0, 2}, "fc1", new int[] {5}))).compacted();
        assertEquals(3, compact.spec().neuronLayer("bn1").neurons());
        assertEquals(6, compact.spec().neuronLayer("bn2").neurons());
        assertEquals(net.tensor("bn1.running_var")[4], compact.tensor("bn1.running_var")[2]);
        String message = org.junit.jupiter.api.Assertions.assertThrows(ModelException.class, () -> net.gates("bn1")).getMessage();
        assertTrue(message.contains("the layer it normalises"), message);
    }
}
