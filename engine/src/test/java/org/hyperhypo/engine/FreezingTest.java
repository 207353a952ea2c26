package org.hyperhypo.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A neuron outside the mask keeps every bit, and costs nothing.
class FreezingTest {
    private static final int N = 6;
    private static final long SEED = 23;

    static Stream<Optimizer> optimizers() {
        return Stream.of(new Sgd(0, false, 0.01), new Sgd(0.9, false, 0.01), new Sgd(0.9, true, 0.01), new Adam(0.9, 0.999, 1e-8, 0.01, false), Adam.w(0.01),
                new Sgd(0.9, false, 0.01).clippedToNorm(0.05).clippedToValue(0.01),
                Adam.w(0.01).withRates(NeuronRates.of(Nets.tfcnn()).with(NeuronMask.layers(Nets.tfcnn(), "fc1"), 0.5f)).clippedToNorm(1));
    }

    /// The same optimizer, with rates for the neurons of `spec` where it has rates.
    static Optimizer fitting(Optimizer general, NetworkSpec spec, long seed) {
        return general instanceof Clipped(PerNeuron(Optimizer rule, NeuronRates _), double norm, double _)
                ? rule.withRates(NeuronRates.of(spec).with(Nets.mask(spec, 0.5, seed + 1), 0.3f)).clippedToNorm(norm) : general;
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void anyNetworkWithAnyMaskKeepsWhatIsFrozenForAThousandSteps(Optimizer general) {
        for (long seed = SEED; seed < SEED + 2; seed++) {
            NetworkSpec spec = Nets.anySpec(seed + general.hashCode() % 97);
            Optimizer optimizer = fitting(general, spec, seed);
            System.out.println("freezing, " + spec.layers() + ", " + optimizer.getClass().getSimpleName() + ", seed " + seed);
            Network net = Nets.random(spec, seed, true);
            OptimizerState state = optimizer.newState(net);
            Workspace w = net.workspace(N);
            float[] x = Nets.inputs(spec, N, seed);
            int[] labels = Nets.labels(spec, N, seed);
            run(net, NeuronMask.all(spec), optimizer, state, w, x, labels, 3);
            NeuronMask mask = Nets.mask(spec, 0.4, seed);
            Map<String, float[]> before = snapshot(net, state);
            run(net, mask, optimizer, state, w, x, labels, 1000);
            Map<String, float[]> after = snapshot(net, state);
            int moved = 0;
            for (String tensor : before.keySet()) {
                String layer = tensor.substring(tensor.indexOf('/') + 1, tensor.lastIndexOf('.'));
                int width = before.get(tensor).length / spec.neuronLayer(layer).neurons();
                for (int row = 0; row < spec.neuronLayer(layer).neurons(); row++) {
                    boolean same = Arrays.equals(before.get(tensor), row * width, (row + 1) * width, after.get(tensor), row * width, (row + 1) * width);
                    moved += same ? 0 : 1;
                    assertTrue(same || (mask.contains(layer, row) && !tensor.endsWith(".gate")), "row " + row + " of " + tensor + " is frozen");
                }
            }
            assertTrue(moved > 0, "something learns");
        }
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void learningGatesLeavesWeightsAndOtherGatesAlone(Optimizer general) {
        learnsGates(general, Learning.GATES);
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void learningGatesAndBiasesLeavesWeightsAndOtherNeuronsAlone(Optimizer general) {
        learnsGates(general, Learning.GATES_AND_BIASES);
    }

    private static void learnsGates(Optimizer general, Learning learning) {
        NetworkSpec spec = Nets.normalised();
        Optimizer optimizer = general instanceof Clipped(PerNeuron(Optimizer rule, NeuronRates _), double norm, double _)
                ? rule.withRates(NeuronRates.of(spec).with(NeuronMask.layers(spec, "fc2"), 0.3f)).clippedToNorm(norm) : general;
        Network net = Nets.random(spec, SEED, true);
        OptimizerState state = optimizer.newState(net, learning);
        Workspace w = net.workspace(N);
        NeuronMask mask = Nets.mask(spec, 0.4, SEED);
        Targets targets = Targets.of(Nets.labels(spec, N, SEED));
        Network start = net.copy();
        Map<String, float[]> moments = null;
        for (int step = 0; step < 1000; step++) {
            net.forwardTraining(Nets.inputs(spec, N, SEED), 0, N, SEED, (long) N * step, mask, w);
            net.backward(Loss.crossEntropy(), targets, learning, N, mask, w);
            optimizer.step(net, mask, w, 0.05, state);
            moments = moments != null ? moments : copy(state.moments());
        }
        for (NeuronLayer layer : spec.neuronLayers()) {
            assertArrayEquals(start.tensor(layer.weight()), net.tensor(layer.weight()));
            for (int row = 0; row < layer.neurons(); row++) {
                boolean moves = start.tensor(layer.bias())[row] != net.tensor(layer.bias())[row];
                boolean may = learning == Learning.GATES_AND_BIASES && mask.contains(layer.name(), row);
                // A bias behind a closed gate has no gradient.
                assertTrue(may ? moves || layer.gated() && start.gates(layer.name())[row] == 0f : !moves, layer.name() + " bias " + row);
            }
            for (int row = 0; layer.gated() && row < layer.neurons(); row++) {
                float before = start.gates(layer.name())[row];
                float after = net.gates(layer.name())[row];
                assertEquals(!mask.contains(layer.name(), row) || before == 0f, before == after, layer.name() + " gate " + row);
                assertTrue(after >= 0 && after < 2);
                if (!mask.contains(layer.name(), row)) {
                    for (String name : moments.keySet()) {
                        if (name.startsWith(layer.name() + ".")) {
                            assertEquals(moments.get(name)[row], state.moments().get(name)[row], name + " row " + row);
                        }
                    }
                }
            }
        }
    }

    private static Map<String, float[]> copy(Map<String, float[]> tensors) {
        Map<String, float[]> copy = new HashMap<>();
        tensors.forEach((name, values) -> copy.put(name, values.clone()));
        return copy;
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void frozenRowsAndTheirMomentsAreBitIdenticalAfterAThousandSteps(Optimizer general) {
        Optimizer optimizer = general instanceof Clipped(PerNeuron(Optimizer rule, NeuronRates _), double norm, double _) ? rule.clippedToNorm(norm) : general;
        System.out.println("freezing, " + optimizer + ", seed " + SEED);
        NetworkSpec spec = NetworkSpec.input(1, 5, 4).conv(4, 2, 2).sigmoid().dense(9).sigmoid().dense(8).relu().dense(5).softmax();
        Network net = Nets.random(spec, SEED, true);
        OptimizerState state = optimizer.newState(net);
        Workspace w = net.workspace(N);
        float[] x = Nets.inputs(spec, N, SEED);
        int[] labels = Nets.labels(spec, N, SEED);
        run(net, NeuronMask.all(spec), optimizer, state, w, x, labels, 3);      // moments that are not 0

        NeuronMask mask = Nets.mask(spec, 0.4, SEED);
        Map<String, float[]> before = snapshot(net, state);
        run(net, mask, optimizer, state, w, x, labels, 1000);
        Map<String, float[]> after = snapshot(net, state);

        for (String tensor : before.keySet()) {
            String layer = tensor.substring(tensor.indexOf('/') + 1, tensor.lastIndexOf('.'));
            boolean gate = tensor.endsWith(".gate");
            int width = before.get(tensor).length / spec.neuronLayer(layer).neurons();
            for (int row = 0; row < spec.neuronLayer(layer).neurons(); row++) {
                boolean same = Arrays.equals(before.get(tensor), row * width, (row + 1) * width, after.get(tensor), row * width, (row + 1) * width);
                if (gate || !mask.contains(layer, row)) {
                    assertTrue(same, "row " + row + " of " + tensor + " is frozen");
                }
            }
            assertEquals(gate || mask.count(layer) == 0, Arrays.equals(before.get(tensor), after.get(tensor)), tensor + ": rows in the mask move");
        }
    }

    @Test
    void gradientsOfMaskedRowsEqualThoseOfTheWholeNetworkBitForBit() {
        for (NetworkSpec spec : new NetworkSpec[] {Nets.everything(), Nets.tfcnn(), Nets.normalised(), Nets.anySpec(1), Nets.anySpec(2), Nets.anySpec(3)}) {
            Network net = Nets.random(spec, SEED, true);
            float[] x = Nets.inputs(spec, N, SEED);
            int[] labels = Nets.labels(spec, N, SEED);
            Workspace whole = net.workspace(N);
            net.forwardTraining(x, 0, N, SEED, 0, NeuronMask.all(spec), whole);
            double loss = net.backward(labels, N, NeuronMask.all(spec), whole);
            for (int trial = 0; trial < 20; trial++) {
                NeuronMask mask = Nets.mask(spec, trial / 20.0, SEED + trial);
                Workspace w = net.workspace(N);
                net.forwardTraining(x, 0, N, SEED, 0, NeuronMask.all(spec), w);
                assertEquals(loss, net.backward(labels, N, mask, w));
                for (NeuronLayer layer : spec.neuronLayers()) {
                    for (int row : mask.rows(layer.name())) {
                        int from = row * layer.inputs();
                        assertArrayEquals(Arrays.copyOfRange(whole.weightGradient(layer.name()), from, from + layer.inputs()),
                                Arrays.copyOfRange(w.weightGradient(layer.name()), from, from + layer.inputs()), layer.name() + " row " + row + ", trial " + trial);
                        assertEquals(whole.biasGradient(layer.name())[row], w.biasGradient(layer.name())[row]);
                    }
                }
            }
        }
    }

    @Test
    void gradientsAreSetAndRowsOutsideTheMaskAreNotWritten() {
        NetworkSpec spec = Nets.everything();
        Network net = Nets.random(spec, SEED, false);
        float[] x = Nets.inputs(spec, N, SEED);
        int[] labels = Nets.labels(spec, N, SEED);
        Workspace w = net.workspace(N);
        net.forward(x, 0, N, w);
        net.backward(labels, N, NeuronMask.all(spec), w);
        Map<String, float[]> first = new HashMap<>();
        for (NeuronLayer layer : spec.neuronLayers()) {
            first.put(layer.name(), w.weightGradient(layer.name()).clone());
            Arrays.fill(w.weightGradient(layer.name()), Float.NaN);
            Arrays.fill(w.biasGradient(layer.name()), Float.NaN);
        }
        NeuronMask mask = Nets.mask(spec, 0.5, SEED);
        net.backward(labels, N, mask, w);
        for (NeuronLayer layer : spec.neuronLayers()) {
            for (int row = 0; row < layer.neurons(); row++) {
                for (int i = row * layer.inputs(); i < (row + 1) * layer.inputs(); i++) {
                    float wanted = mask.contains(layer.name(), row) ? first.get(layer.name())[i] : Float.NaN;
                    assertEquals(wanted, w.weightGradient(layer.name())[i], layer.name() + " row " + row);
                }
                assertEquals(mask.contains(layer.name(), row), !Float.isNaN(w.biasGradient(layer.name())[row]));
            }
        }
    }

    @Test
    void nothingIsComputedBelowTheLowestLayerThatTrains() {
        NetworkSpec spec = Nets.tfcnn();
        Network net = Nets.random(spec, SEED, true);
        Workspace w = net.workspace(N);
        net.forward(Nets.inputs(spec, N, SEED), 0, N, w);
        int[] labels = Nets.labels(spec, N, SEED);
        net.backward(labels, N, NeuronMask.all(spec), w);
        for (float[] gradient : w.gradients) {
            if (gradient != null) {
                Arrays.fill(gradient, Float.NaN);
            }
        }
        NeuronMask mask = Nets.mask(spec, 0.4, SEED, "fc2", "output");
        net.backward(labels, N, mask, w);
        int computed = 0;
        for (int i = 0; i < w.plan.steps.size(); i++) {
            float[] gradient = w.gradients(w.plan.steps.get(i).y());
            boolean poisoned = Float.isNaN(gradient[0]);
            assertEquals(w.trains(i), !poisoned, w.plan.steps.get(i).toString());
            computed += poisoned ? 0 : 1;
        }
        assertEquals(7, computed, "fc2 and fc3, each with sigmoid and gate, and the output: seven steps and no more");
    }

    @Test
    void aBranchWithoutLearningNeuronsTakesNoGradientMemory() {
        NetworkSpec spec = Nets.tfcnn();
        Network net = Nets.random(spec, SEED, false);
        Workspace w = net.workspace(N);
        net.forward(Nets.inputs(spec, N, SEED), 0, N, w);
        net.backward(Nets.labels(spec, N, SEED), N, NeuronMask.layers(spec, "conv2"), w);
        assertThrows(ModelException.class, () -> w.activationGradient("conv1"));
        assertThrows(ModelException.class, () -> w.weightGradient("conv1"));
        for (Step step : w.plan.steps) {
            if (step instanceof LayerStep layer && layer.layer() instanceof Conv2d conv && conv.name().equals("conv1")) {
                assertNull(w.gradients(layer.y()));
            }
        }
        assertTrue(w.weightGradient("conv2").length > 0);
    }

    @Test
    void aMaskWithoutNeuronsIsLegalAndChangesNothing() {
        NetworkSpec spec = Nets.tfcnn();
        Network net = Nets.random(spec, SEED, false);
        String before = net.hash();
        Workspace w = net.workspace(N);
        for (Optimizer optimizer : optimizers().toList()) {
            OptimizerState state = optimizer.newState(net);
            run(net, NeuronMask.none(spec), optimizer, state, w, Nets.inputs(spec, N, SEED), Nets.labels(spec, N, SEED), 2);
            run(net, NeuronMask.of(spec, Map.of("fc2", new int[0])), optimizer, state, w, Nets.inputs(spec, N, SEED), Nets.labels(spec, N, SEED), 2);
            assertEquals(0, state.bytes());
        }
        assertEquals(before, net.hash());
    }

    @Test
    void allHiddenNeuronsInOneMaskEqualTheMaskOfTheHiddenLayers() {
        NetworkSpec spec = Nets.tfcnn();
        NeuronMask byRows = NeuronMask.none(spec).complement().minus(NeuronMask.layers(spec, "conv1", "conv2", "output"));
        assertEquals(NeuronMask.hiddenDense(spec), byRows);
        assertFalse(byRows.equals(NeuronMask.all(spec)));
    }

    private static void run(Network net, NeuronMask mask, Optimizer optimizer, OptimizerState state, Workspace w, float[] x, int[] labels, int steps) {
        for (int step = 0; step < steps; step++) {
            net.forwardTraining(x, 0, N, SEED, (long) N * step, mask, w);
            net.backward(labels, N, mask, w);
            optimizer.step(net, mask, w, 0.01, state);
        }
    }

    private static Map<String, float[]> snapshot(Network net, OptimizerState state) {
        Map<String, float[]> all = new HashMap<>();
        net.tensorNames().forEach(name -> all.put("p/" + name, net.tensor(name).clone()));
        for (NeuronLayer layer : net.spec().neuronLayers()) {
            boolean momentum = state.bytes() > 0;
            if (momentum) {
                all.put("m/" + layer.weight(), state.first(3 * layer.index(), 0).clone());
                all.put("m/" + layer.bias(), state.first(3 * layer.index() + 1, 0).clone());
            }
            if (state.second(3 * layer.index(), 0).length > 0) {
                all.put("v/" + layer.weight(), state.second(3 * layer.index(), 0).clone());
                all.put("v/" + layer.bias(), state.second(3 * layer.index() + 1, 0).clone());
            }
        }
        return all;
    }
}
