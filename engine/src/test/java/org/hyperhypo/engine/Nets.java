package org.hyperhypo.engine;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.hyperhypo.kernels.Activation;

/// Networks and data that several tests use; everything from a seed.
final class Nets {
    private Nets() {
    }

    /// Every kind of layer and activation at once; parallel branches in the middle, so that their input gradient is summed.
    static NetworkSpec everything() {
        return NetworkSpec.input(2, 9, 8).conv(5, 3, 2).activation(new Activation.Relu(0.1f))
                .parallel(a -> a.conv(4, 2, 3).maxPool(2, 2).sigmoid(),
                        b -> b.conv(3, 7, 1).tanh(),
                        c -> c.maxPool(3, 3).dense(6).activation(new Activation.Ada(0.5f, 0.2f, 0.01f)))
                .dense(11).sigmoid().dense(9).relu().dense(8).dense(7).softmax();
    }

    /// Normalisation and dropout wherever they may stand: behind convolutions, in branches, before and behind activations, twice, and on the input.
    static NetworkSpec normalised() {
        return NetworkSpec.input(2, 7, 6).batchNorm().conv(4, 2, 3).batchNorm().leakyRelu(0.1f).dropout(0.2f)
                .parallel(a -> a.conv(3, 2, 2).batchNorm().maxPool(2, 1).sigmoid(), b -> b.maxPool(2, 2).dense(5).tanh().batchNorm().dropout(0.3f))
                .dropout(0.1f).dense(9).batchNorm().sigmoid().dropout(0.4f).dropout(0.1f).dense(8).leakyAda(0.5f, 0.2f, 0.01f).dense(5).softmax();
    }

    /// A random specification of 2 to 6 layers with neurons.
    static NetworkSpec anySpec(long seed) {
        SplittableRandom random = new SplittableRandom(seed * 7 + 1);
        NetworkSpec spec = NetworkSpec.input(1 + random.nextInt(2), 5 + random.nextInt(3), 4 + random.nextInt(3));
        if (random.nextInt(3) > 0) {
            spec = between(spec.conv(2 + random.nextInt(3), 1 + random.nextInt(2), 1 + random.nextInt(3)), random);
        }
        if (random.nextInt(3) == 0) {
            int filters = 2 + random.nextInt(3);
            int neurons = 2 + random.nextInt(4);
            spec = spec.parallel(a -> between(a.conv(filters, 2, 1), random), b -> between(b.dense(neurons), random));
        }
        for (int layer = random.nextInt(3); layer >= 0; layer--) {
            spec = between(spec.dense(3 + random.nextInt(6)), random);
        }
        return spec.dense(2 + random.nextInt(4)).softmax();
    }

    /// Normalisation, activation, pooling and dropout behind a layer with neurons, as chance has it.
    private static NetworkSpec between(NetworkSpec spec, SplittableRandom random) {
        NetworkSpec next = random.nextBoolean() ? spec.batchNorm() : spec;
        next = switch (random.nextInt(5)) {
            case 0 -> next.sigmoid();
            case 1 -> next.tanh();
            case 2 -> next.leakyRelu(0.05f);
            case 3 -> next.leakyAda(0.5f, 0.1f, 0.01f);
            default -> next;
        };
        next = next.output().height() > 1 && random.nextBoolean() ? next.maxPool(2, 1) : next;
        return random.nextInt(3) == 0 ? next.dropout(0.3f) : next;
    }

    static NetworkSpec tfcnn() {
        return NetworkSpec.tfcnn(new Shape(1, 12, 7), 5, 4, 2, 3, 3, 2, 3, 13, new Activation.Sigmoid(), 6);
    }

    /// Random weights and biases of useful size; with `gates` also random gates, some closed.
    static Network random(NetworkSpec spec, long seed, boolean gates) {
        Network net = Network.initialised(spec, new Initialisation(1.5, 2, 1.5), seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (NeuronLayer layer : spec.neuronLayers()) {
            float[] bias = net.tensor(layer.bias());
            fill(bias, () -> random.nextDouble(-0.5, 0.5));
            if (layer.kind() == NeuronLayer.Kind.NORM) {
                fill(net.tensor(layer.weight()), () -> random.nextDouble(0.5, 1.5));
                fill(net.tensor(layer.runningMean()), () -> random.nextDouble(-0.5, 0.5));
                fill(net.tensor(layer.runningVariance()), () -> random.nextDouble(0.3, 2));
            }
            if (gates && layer.gated()) {
                float[] gate = net.gates(layer.name());
                fill(gate, () -> random.nextInt(4) == 0 ? 0 : random.nextDouble(0.2, 1.8));
            }
        }
        return net;
    }

    static float[] inputs(NetworkSpec spec, int n, long seed) {
        float[] x = new float[n * spec.input().size()];
        SplittableRandom random = new SplittableRandom(seed * 31 + 7);
        fill(x, () -> random.nextDouble(-2, 2));
        return x;
    }

    static int[] labels(NetworkSpec spec, int n, long seed) {
        int[] labels = new int[n];
        SplittableRandom random = new SplittableRandom(seed * 17 + 3);
        Arrays.setAll(labels, _ -> random.nextInt(spec.output().size()));
        return labels;
    }

    static Examples examples(NetworkSpec spec, int n, long seed) {
        return Examples.of(inputs(spec, n, seed), labels(spec, n, seed), spec.input().size());
    }

    static void fill(float[] array, java.util.function.DoubleSupplier next) {
        for (int i = 0; i < array.length; i++) {
            array[i] = (float) next.getAsDouble();
        }
    }

    /// About `share` of the neurons of every layer, at least one.
    static NeuronMask mask(NetworkSpec spec, double share, long seed, String... layers) {
        SplittableRandom random = new SplittableRandom(seed * 13 + 5);
        Map<String, int[]> rows = new LinkedHashMap<>();
        for (NeuronLayer layer : spec.neuronLayers()) {
            if (layers.length == 0 || Arrays.asList(layers).contains(layer.name())) {
                int[] chosen = java.util.stream.IntStream.range(0, layer.neurons()).filter(_ -> random.nextDouble() < share).toArray();
                rows.put(layer.name(), chosen.length > 0 ? chosen : new int[] {random.nextInt(layer.neurons())});
            }
        }
        return NeuronMask.of(spec, rows);
    }

    static double[][] samples(float[] x, int n) {
        int size = x.length / n;
        double[][] samples = new double[n][size];
        for (int i = 0; i < x.length; i++) {
            samples[i / size][i % size] = x[i];
        }
        return samples;
    }

    static double largest(double[] values) {
        return Arrays.stream(values).map(Math::abs).max().orElse(0);
    }
}
