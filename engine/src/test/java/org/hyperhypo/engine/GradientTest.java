package org.hyperhypo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Forward and backward of every layer against [ReferenceNetwork] in double precision, and that against finite differences.
class GradientTest {
    private static final int N = 5;
    private static final long SEED = 11;

    static Stream<Arguments> networks() {
        NetworkSpec in = NetworkSpec.input(1, 6, 5);
        return Stream.of(
                Arguments.of("dense alone", in.dense(4).softmax()),
                Arguments.of("sigmoid", in.dense(7).sigmoid().dense(4).softmax()),
                Arguments.of("tanh", in.dense(7).tanh().dense(4).softmax()),
                Arguments.of("relu", in.dense(7).relu().dense(4).softmax()),
                Arguments.of("leaky relu", in.dense(7).leakyRelu(0.2f).dense(4).softmax()),
                Arguments.of("ADA", in.dense(7).ada(0.7f, 0.1f).dense(4).softmax()),
                Arguments.of("leaky ADA", in.dense(7).leakyAda(0.7f, 0.1f, 0.01f).dense(4).softmax()),
                Arguments.of("normalised features", in.dense(7).batchNorm().sigmoid().dense(4).softmax()),
                Arguments.of("normalised channels", in.conv(3, 2, 2).batchNorm().maxPool(2, 2).sigmoid().dense(4).softmax()),
                Arguments.of("normalised input", in.batchNorm().dense(6).tanh().dense(4).softmax()),
                Arguments.of("dropout", in.dense(9).sigmoid().dropout(0.4f).dense(8).tanh().dropout(0.2f).dense(4).softmax()),
                Arguments.of("normalised", Nets.normalised()),
                Arguments.of("two convolutions", in.conv(3, 2, 2).tanh().conv(4, 3, 2).sigmoid().dense(4).softmax()),
                Arguments.of("pooling with a remainder", in.conv(3, 2, 2).maxPool(2, 3).dense(4).softmax()),
                Arguments.of("pooling before anything learns", in.maxPool(2, 2).sigmoid().dense(4).softmax()),
                Arguments.of("nested branches", in.dense(6).tanh().parallel(a -> a.dense(3).sigmoid(),
                        b -> b.parallel(c -> c.dense(2).tanh(), d -> d.dense(3)).dense(4).relu()).dense(4).softmax()),
                Arguments.of("tfcnn", Nets.tfcnn()),
                Arguments.of("everything", Nets.everything()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void forwardAndBackwardEqualTheReference(String name, NetworkSpec spec) {
        for (int variant = 0; variant < 6; variant++) {
            boolean gates = variant % 2 == 1;
            NeuronMask learning = variant / 2 == 0 ? null : variant / 2 == 1 ? NeuronMask.all(spec) : Nets.mask(spec, 0.5, SEED);
            System.out.println("gradients, " + name + (gates ? ", gates" : "") + (learning == null ? "" : ", training " + learning) + ", seed " + SEED);
            Network net = Nets.random(spec, SEED, gates);
            float[] x = Nets.inputs(spec, N, SEED);
            int[] labels = Nets.labels(spec, N, SEED);
            labels[1] = -1;
            ReferenceNetwork reference = new ReferenceNetwork(net).training(learning == null ? null : new ReferenceNetwork.Training(learning, 99, 17));
            double expected = reference.loss(Nets.samples(x, N), labels, true);

            Workspace w = net.workspace(N + 2);
            if (learning == null) {
                net.forward(x, 0, N, w);
            } else {
                net.forwardTraining(x, 0, N, 99, 17, learning, w);
            }
            // Five samples of nearly the same value are divided by their small deviation, and their rounding errors with them.
            double precision = learning == null ? 1 : 30;
            for (NeuronLayer layer : spec.neuronLayers()) {
                double[] wanted = reference.activations.get(layer.name());
                float[] got = w.activation(layer.name());
                for (int i = 0; i < wanted.length; i++) {
                    assertEquals(wanted[i], got[i], 2e-6 * precision * (1 + Nets.largest(wanted)), layer.name() + " output " + i);
                }
            }
            assertEquals(expected, net.loss(labels, N, w), 2e-6 * precision * (1 + expected), "loss");
            assertEquals(expected, net.backward(labels, N, NeuronMask.all(spec), w), 2e-6 * precision * (1 + expected), "loss of backward");
            for (NeuronLayer layer : spec.neuronLayers()) {
                assertClose(reference.gradients.get(layer.weight()), w.weightGradient(layer.name()), precision, layer.weight());
                assertClose(reference.gradients.get(layer.bias()), w.biasGradient(layer.name()), precision, layer.bias());
                if (layer.gated()) {
                    float[] gate = new float[layer.neurons()];
                    net.gateGradient(layer.name(), N, w, gate);
                    assertClose(reference.gradients.get(layer.gate()), gate, precision, layer.gate());
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void theReferenceEqualsFiniteDifferences(String name, NetworkSpec spec) {
        Network net = Nets.random(spec, SEED, true);
        double[][] x = Nets.samples(Nets.inputs(spec, N, SEED), N);
        int[] labels = Nets.labels(spec, N, SEED);
        for (ReferenceNetwork.Training training : new ReferenceNetwork.Training[] {null, new ReferenceNetwork.Training(NeuronMask.all(spec), 99, 17),
            new ReferenceNetwork.Training(Nets.mask(spec, 0.5, SEED), 99, 17)}) {
            equalsFiniteDifferences(spec, new ReferenceNetwork(net).training(training), x, labels);
        }
    }

    private static void equalsFiniteDifferences(NetworkSpec spec, ReferenceNetwork reference, double[][] x, int[] labels) {
        // A closed gate makes ties in pooling and zeros in ReLU, where there is no derivative to compare with.
        spec.neuronLayers().stream().filter(NeuronLayer::gated).map(layer -> reference.tensors.get(layer.gate()))
                .forEach(gate -> Arrays.setAll(gate, i -> gate[i] == 0 ? 0.4 : gate[i]));
        reference.loss(x, labels, true);
        Map<String, double[]> gradients = Map.copyOf(reference.gradients);
        SplittableRandom random = new SplittableRandom(SEED);
        for (String tensor : reference.tensors.keySet()) {
            if (tensor.contains("running_")) {
                continue;                                    // measured, not learned
            }
            double[] values = reference.tensors.get(tensor);
            double[] gradient = gradients.get(tensor);
            for (int trial = 0; trial < Math.min(6, values.length); trial++) {
                int i = random.nextInt(values.length);
                double kept = values[i];
                double h = 1e-5;
                values[i] = kept + h;
                double above = reference.loss(x, labels, false);
                values[i] = kept - h;
                double below = reference.loss(x, labels, false);
                values[i] = kept;
                assertEquals((above - below) / (2 * h), gradient[i], 1e-6 * (1 + Math.abs(gradient[i])), tensor + "[" + i + "], seed " + SEED);
            }
        }
    }

    /// 3e-6 of the tensor's largest entry: some forty float roundings, measured errors are about ten times smaller.
    private static void assertClose(double[] expected, float[] actual, double precision, String what) {
        double tolerance = 3e-6 * precision * Math.max(Nets.largest(expected), 0.02);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], tolerance, "gradient of " + what + "[" + i + "]");
        }
        assertTrue(actual.length == expected.length, what);
    }
}
