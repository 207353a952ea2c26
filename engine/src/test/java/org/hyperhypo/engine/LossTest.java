package org.hyperhypo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every loss against [ReferenceLoss] in double precision, and that against finite differences.
class LossTest {
    private static final int N = 6;
    private static final long SEED = 31;
    private static final NetworkSpec SPEC = Nets.normalised();
    private static final Targets LABELS = Targets.of(new int[] {2, -1, 0, 4, 1, 1});
    private static final Targets WEIGHTED = LABELS.weightedBy(new float[] {1, 3, 0, 0.25f, 2, 1});

    record Case(String name, Loss loss, Targets targets) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        Network reference = Nets.random(SPEC, SEED + 1, false);
        return Stream.of(new Case("cross entropy", Loss.crossEntropy(), LABELS), new Case("cross entropy, weights", Loss.crossEntropy(), WEIGHTED),
                new Case("cross entropy, soft targets", Loss.crossEntropy(), soft()),
                new Case("cross entropy, soft targets, weights", Loss.crossEntropy(), soft().weightedBy(WEIGHTED.weights())),
                new Case("KLD", new KldRegularised(reference, 0.3), LABELS), new Case("KLD, weights", new KldRegularised(reference, 0.7), WEIGHTED),
                new Case("KLD, soft targets", new KldRegularised(reference, 0.5), soft()), new Case("entropy", new Entropy(), LABELS),
                new Case("entropy, weights", new Entropy(), WEIGHTED), new Case("comparative", new Comparative(3, 0.3, 1), LABELS),
                new Case("comparative, weights", new Comparative(2, 0.5, 2), WEIGHTED), new Case("comparative, soft", new Comparative(1, 0.5, 0.5), soft()));
    }

    private static Targets soft() {
        SplittableRandom random = new SplittableRandom(SEED);
        float[] t = new float[N * 5];
        for (int i = 0; i < N; i++) {
            double[] e = random.doubles(5).map(v -> v * v).toArray();
            double sum = Arrays.stream(e).sum();
            for (int k = 0; k < 5; k++) {
                t[i * 5 + k] = (float) (e[k] / sum);
            }
        }
        return Targets.of(t, 5);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void valueAndGradientsEqualTheReference(Case c) {
        for (int variant = 0; variant < 4; variant++) {
            boolean training = variant >= 2;
            System.out.println("loss, " + c + (variant % 2 == 0 ? "" : ", gates") + (training ? ", training" : "") + ", seed " + SEED);
            Network net = Nets.random(SPEC, SEED, variant % 2 == 1);
            float[] x = Nets.inputs(SPEC, N, SEED);
            NeuronMask all = NeuronMask.all(SPEC);
            ReferenceNetwork reference = new ReferenceNetwork(net).training(training ? new ReferenceNetwork.Training(all, 5, 60) : null);
            double expected = reference.loss(c.loss, c.targets, Nets.samples(x, N), true);
            Workspace w = net.workspace(N);
            for (Learning what : Learning.values()) {
                forward(net, x, training, w);
                assertEquals(expected, net.loss(c.loss, c.targets, N, w), 3e-6 * (1 + expected));
                assertEquals(expected, net.backward(c.loss, c.targets, what, N, all, w), 3e-6 * (1 + expected));
                for (NeuronLayer layer : SPEC.neuronLayers()) {
                    if (what.gates() && layer.gated()) {
                        assertClose(reference.gradients.get(layer.gate()), w.gateGradient(layer), layer.gate());
                    }
                    if (what.weights()) {
                        assertClose(reference.gradients.get(layer.weight()), w.weightGradient(layer.name()), layer.weight());
                    }
                    if (what.biases()) {
                        assertClose(reference.gradients.get(layer.bias()), w.biasGradient(layer.name()), layer.bias());
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theReferenceEqualsFiniteDifferences(Case c) {
        Network net = Nets.random(SPEC, SEED, false);
        double[][] x = Nets.samples(Nets.inputs(SPEC, N, SEED), N);
        for (ReferenceNetwork.Training training : new ReferenceNetwork.Training[] {null, new ReferenceNetwork.Training(NeuronMask.all(SPEC), 5, 60)}) {
            ReferenceNetwork reference = new ReferenceNetwork(net).training(training);
            reference.loss(c.loss, c.targets, x, true);
            Map<String, double[]> gradients = Map.copyOf(reference.gradients);
            SplittableRandom random = new SplittableRandom(SEED);
            for (String tensor : reference.tensors.keySet()) {
                double[] values = reference.tensors.get(tensor);
                for (int trial = 0; trial < 3 && !tensor.contains("running_"); trial++) {
                    int i = random.nextInt(values.length);
                    double kept = values[i];
                    double h = 1e-5;
                    values[i] = kept + h;
                    double above = reference.loss(c.loss, c.targets, x, false);
                    values[i] = kept - h;
                    double below = reference.loss(c.loss, c.targets, x, false);
                    values[i] = kept;
                    double gradient = gradients.get(tensor)[i];
                    assertEquals((above - below) / (2 * h), gradient, 1e-6 * (1 + Math.abs(gradient)), c + ", " + tensor + "[" + i + "], seed " + SEED);
                }
            }
        }
    }

    @Test
    void ablatedModelsTakePartInTheComparison() {
        Network net = Nets.random(SPEC, SEED, false);
        float[] x = Nets.inputs(SPEC, N, SEED);
        Workspace w = net.workspace(N);
        net.forward(x, 0, N, w);
        double plain = net.loss(Loss.crossEntropy(), LABELS, N, w);
        float[] logits = w.logits().clone();
        double compared = net.loss(new Comparative(3, 0.3, 1), LABELS, N, w);
        assertTrue(compared > plain, "some frame is better off without some neurons");
        org.junit.jupiter.api.Assertions.assertArrayEquals(logits, w.logits(), "the full network's values stay");
        assertEquals(plain, net.loss(new Comparative(3, 0.3, 0), LABELS, N, w), 1e-6);
        net.forwardTraining(x, 0, N, 1, 0, NeuronMask.none(SPEC), w);
        double first = net.loss(new Comparative(3, 0.3, 1), LABELS, N, w);
        net.forwardTraining(x, 0, N, 1, N, NeuronMask.none(SPEC), w);
        assertNotEquals(first, net.loss(new Comparative(3, 0.3, 1), LABELS, N, w), "every batch draws anew");
    }

    @Test
    void rowsOfAMaskHaveTheSameGradientBitsWithEveryLoss() {
        List<Case> cases = cases().toList();
        for (int trial = 0; trial < 3 * cases.size(); trial++) {
            Case c = cases.get(trial % cases.size());
            Network net = Nets.random(SPEC, SEED + trial, trial % 2 == 0);
            float[] x = Nets.inputs(SPEC, N, SEED + trial);
            NeuronMask mask = Nets.mask(SPEC, 0.3, SEED + trial);
            Workspace whole = net.workspace(N);
            Workspace part = net.workspace(N);
            for (Learning what : Learning.values()) {
                forward(net, x, true, whole);
                forward(net, x, true, part);
                assertEquals(net.backward(c.loss, c.targets, what, N, NeuronMask.all(SPEC), whole), net.backward(c.loss, c.targets, what, N, mask, part));
                for (NeuronLayer layer : SPEC.neuronLayers()) {
                    for (int row : mask.rows(layer.name())) {
                        int from = row * layer.inputs();
                        String which = c + ", " + layer.name() + " row " + row + ", trial " + trial;
                        if (what == Learning.WEIGHTS) {
                            assertEquals(-1, Arrays.mismatch(whole.weightGradient(layer), from, from + layer.inputs(), part.weightGradient(layer), from,
                                    from + layer.inputs()), which);
                            assertEquals(whole.biasGradient(layer)[row], part.biasGradient(layer)[row], which);
                        } else if (layer.gated()) {
                            assertEquals(whole.gateGradient(layer)[row], part.gateGradient(layer)[row], which);
                        }
                    }
                }
            }
        }
    }

    @Test
    void holdingOnToItselfHasNoGradient() {
        Network net = Nets.random(SPEC, SEED, true);
        Workspace w = net.workspace(N);
        net.forward(Nets.inputs(SPEC, N, SEED), 0, N, w);
        net.backward(new KldRegularised(net.copy(), 1), LABELS, N, NeuronMask.all(SPEC), w);
        for (float d : Arrays.copyOf(w.activationGradient("output"), N * 5)) {
            assertEquals(0f, d, 0f);
        }
        double plain = net.loss(Loss.crossEntropy(), LABELS, N, w);
        assertEquals(plain, net.loss(new KldRegularised(net.copy(), 0), LABELS, N, w), 1e-6, "ρ = 0 is cross entropy");
    }

    @Test
    void targetsWithoutAnyWeightHaveNoLossAndNoGradient() {
        Network net = Nets.random(SPEC, SEED, false);
        Workspace w = net.workspace(2);
        net.forward(Nets.inputs(SPEC, 2, SEED), 0, 2, w);
        for (Loss loss : List.of(Loss.crossEntropy(), new Entropy(), new KldRegularised(net.copy(), 0.5), new Comparative(1, 0.5, 1))) {
            for (Targets none : List.of(Targets.of(new int[] {-1, -1}), Targets.of(new int[] {1, 1}).weightedBy(new float[2]))) {
                assertEquals(0, net.backward(loss, none, 2, NeuronMask.all(SPEC), w), loss.toString());
                assertEquals(0f, w.weightGradient("output")[0]);
            }
        }
    }

    @Test
    void wrongTargetsAndParametersAreNamed() {
        Network net = Nets.random(SPEC, SEED, false);
        Workspace w = net.workspace(2);
        net.forward(Nets.inputs(SPEC, 2, SEED), 0, 2, w);
        for (Targets wrong : List.of(Targets.of(new int[1]), Targets.of(new int[] {0, 5}), Targets.of(new int[2]).weightedBy(new float[] {1, -1}),
                Targets.of(new int[2]).weightedBy(new float[1]), Targets.of(new float[9], 5), Targets.of(new int[2]).weightedBy(new float[] {1, Float.NaN}))) {
            String message = assertThrows(ModelException.class, () -> net.backward(Loss.crossEntropy(), wrong, 2, NeuronMask.all(SPEC), w)).getMessage();
            assertTrue(message.startsWith("targets"), message);
        }
        assertThrows(ModelException.class, () -> new KldRegularised(net, 1.5));
        assertThrows(ModelException.class, () -> new Comparative(0, 0.5, 1));
        Network other = Network.initialised(NetworkSpec.input(2, 7, 6).dense(3).softmax(), 1);
        assertThrows(ModelException.class, () -> net.loss(new KldRegularised(other, 0.5), LABELS, 2, w));
    }

    private static void forward(Network net, float[] x, boolean training, Workspace w) {
        if (training) {
            net.forwardTraining(x, 0, N, 5, 60, NeuronMask.all(SPEC), w);
        } else {
            net.forward(x, 0, N, w);
        }
    }

    private static void assertClose(double[] expected, float[] actual, String what) {
        double tolerance = 1e-5 * Math.max(Nets.largest(expected), 0.02);      // a bias that is normalised has gradient 0: terms cancel
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], tolerance, "gradient of " + what + "[" + i + "]");
        }
    }
}
