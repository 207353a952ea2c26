package org.hyperhypo.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

/// Clipping, factors per neuron, and gates as parameters.
class OptimizerTest {
    private static final NetworkSpec SPEC = Nets.normalised();
    private static final int N = 6;
    private static final NeuronMask MASK = Nets.mask(SPEC, 0.5, 3);

    @Test
    void clippingShortensTheGradientOfTheMaskToTheNorm() {
        Network net = Nets.random(SPEC, 3, false);
        double whole = Math.sqrt(squaredStep(net.copy(), Sgd.plain(), NeuronMask.all(SPEC)));
        double part = Math.sqrt(squaredStep(net.copy(), Sgd.plain(), MASK));
        assertTrue(part < whole && part > 0.1, part + " of " + whole);
        assertEquals(0.1, Math.sqrt(squaredStep(net.copy(), Sgd.plain().clippedToNorm(0.1), MASK)), 1e-5);
        Network a = net.copy();
        Network b = net.copy();
        squaredStep(a, Sgd.plain(), MASK);
        squaredStep(b, Sgd.plain().clippedToNorm(part * 1.01).clippedToValue(1e9), MASK);
        assertEquals(a.hash(), b.hash(), "a gradient within its limits keeps its bits");
        Network c = net.copy();
        squaredStep(c, Sgd.plain().clippedToValue(0.01), MASK);
        float largest = 0;
        for (NeuronLayer layer : SPEC.neuronLayers()) {
            for (int i = 0; i < net.tensor(layer.weight()).length; i++) {
                largest = Math.max(largest, Math.abs(net.tensor(layer.weight())[i] - c.tensor(layer.weight())[i]));
            }
        }
        assertEquals(0.01, largest, 1e-6);
    }

    @Test
    void aGradientThatIsNotFiniteStopsTheStep() {
        Network net = Nets.random(SPEC, 3, false);
        Workspace w = net.workspace(N);
        net.forward(Nets.inputs(SPEC, N, 3), 0, N, w);
        net.backward(Nets.labels(SPEC, N, 3), N, NeuronMask.all(SPEC), w);
        w.weightGradient("fc2")[5] = Float.NaN;
        Optimizer optimizer = Adam.standard().clippedToNorm(1);
        String before = net.hash();
        assertThrows(ModelException.class, () -> optimizer.step(net, NeuronMask.all(SPEC), w, 0.1, optimizer.newState(net)));
        assertEquals(before, net.hash());
    }

    @Test
    void aFactorPerNeuronIsARatePerNeuron() {
        Network start = Nets.random(SPEC, 4, false);
        NeuronMask slow = NeuronMask.of(SPEC, Map.of("fc2", new int[] {1, 2, 5}, "conv1", new int[] {0}));
        NeuronRates rates = NeuronRates.of(SPEC).with(slow, 0.25f);
        assertEquals(0.25f, rates.factor("fc2", 5));
        assertEquals(1f, rates.factor("fc2", 0));
        for (Optimizer rule : new Optimizer[] {Sgd.momentum(0.9), new Sgd(0.9, true, 0.01), Adam.w(0.1)}) {
            Network own = start.copy();
            Network full = start.copy();
            Network quarter = start.copy();
            squaredStep(own, rule.withRates(rates), NeuronMask.all(SPEC));
            squaredStep(full, rule, NeuronMask.all(SPEC));
            step(quarter, rule, NeuronMask.all(SPEC), 0.25);
            for (NeuronLayer layer : SPEC.neuronLayers()) {
                for (int i = 0; i < own.tensor(layer.weight()).length; i++) {
                    Network like = slow.contains(layer.name(), i / layer.inputs()) ? quarter : full;
                    assertEquals(like.tensor(layer.weight())[i], own.tensor(layer.weight())[i], 0f, layer.weight() + "[" + i + "], " + rule);
                }
            }
        }
        Network ones = start.copy();
        Network plain = start.copy();
        squaredStep(ones, Adam.standard().withRates(NeuronRates.of(SPEC)), MASK);
        squaredStep(plain, Adam.standard(), MASK);
        assertEquals(plain.hash(), ones.hash());
        assertThrows(ModelException.class, () -> squaredStep(start.copy(), Sgd.plain().withRates(NeuronRates.of(Nets.tfcnn())), MASK));
        assertThrows(ModelException.class, () -> Sgd.plain().withRates(rates).withRates(rates));
    }

    @Test
    void thetaOfZeroIsTheNetworkAsItWasAndItsGradientIsHalfTheGates() {
        Network net = Nets.random(SPEC, 5, false);
        OptimizerState state = Sgd.plain().newState(net, Learning.GATES);
        assertArrayEquals(new float[9], state.theta("fc2"));
        Workspace w = net.workspace(N);
        net.forward(Nets.inputs(SPEC, N, 5), 0, N, w);
        NeuronMask mask = NeuronMask.layers(SPEC, "fc2");
        net.backward(Loss.crossEntropy(), Targets.of(Nets.labels(SPEC, N, 5)), Learning.GATES, N, mask, w);
        float[] dGate = new float[9];
        net.gateGradient("fc2", N, w, dGate);
        Sgd.plain().step(net, mask, w, 1, state);
        for (int i = 0; i < 9; i++) {
            assertEquals(-dGate[i] / 2, state.theta("fc2")[i], 1e-7);
            assertEquals(2 / (1 + Math.exp(-state.theta("fc2")[i])), net.gates("fc2")[i], 1e-7);
        }
        OptimizerState again = Sgd.plain().newState(net, Learning.GATES);
        assertArrayEquals(state.theta("fc2"), again.theta("fc2"), 1e-6f, "θ is found again from the gates");
    }

    @Test
    void statesAndGradientsThatDoNotBelongTogetherAreRefused() {
        Network net = Nets.random(SPEC, 5, false);
        Workspace w = net.workspace(N);
        net.forward(Nets.inputs(SPEC, N, 5), 0, N, w);
        net.backward(Nets.labels(SPEC, N, 5), N, MASK, w);
        assertThrows(ModelException.class, () -> Sgd.plain().step(net, MASK, w, 1, Sgd.plain().newState(net, Learning.GATES)));
        assertThrows(ModelException.class, () -> Sgd.plain().newState(net).theta("fc2"));
        net.gates("fc2")[0] = 2f;
        assertThrows(ModelException.class, () -> Sgd.plain().newState(net, Learning.GATES));
        assertThrows(ModelException.class, () -> Sgd.plain().clippedToNorm(0));
    }

    private static double squaredStep(Network net, Optimizer optimizer, NeuronMask mask) {
        Network before = net.copy();
        step(net, optimizer, mask, 1);
        double sum = 0;
        for (NeuronLayer layer : SPEC.neuronLayers()) {
            for (String name : new String[] {layer.weight(), layer.bias()}) {
                for (int i = 0; i < net.tensor(name).length; i++) {
                    sum += Math.pow((double) net.tensor(name)[i] - before.tensor(name)[i], 2);
                }
            }
        }
        return sum;
    }

    private static void step(Network net, Optimizer optimizer, NeuronMask mask, double rate) {
        Workspace w = net.workspace(N);
        net.forward(Nets.inputs(SPEC, N, 3), 0, N, w);
        net.backward(Nets.labels(SPEC, N, 3), N, mask, w);
        optimizer.step(net, mask, w, rate, optimizer.newState(net));
    }
}
