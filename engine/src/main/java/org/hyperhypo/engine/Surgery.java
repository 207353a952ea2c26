package org.hyperhypo.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// Networks with neurons pruned (gate closed), folded (replaced by their mean) or removed. Each returns a new network.
final class Surgery {
    private Surgery() {
    }

    static Network closed(Network net, NeuronMask mask) {
        mask.check(net.plan().layers);
        Network result = net.copy();
        for (NeuronLayer layer : net.plan().layers) {
            for (int row : mask.sharedRows(layer.name())) {
                result.gates(layer.name())[row] = 0f;
            }
        }
        return result;
    }

    /// `b[o] += Σ_n W[o,n]·μ_n` over the neurons n of the mask that feed o; sums in double, columns ascending.
    static Network meanFold(Network net, NeuronMask mask, Map<String, float[]> means) {
        Network result = closed(net, mask);
        Wiring wiring = new Wiring(net.spec());
        List<NeuronLayer> layers = net.plan().layers;
        float[][] mean = new float[layers.size()][];
        for (NeuronLayer layer : layers) {
            if (mask.sharedRows(layer.name()).length > 0) {
                mean[layer.index()] = folded(mask, layer, means.get(layer.name()));
            }
        }
        Set<Integer> read = new HashSet<>();
        for (NeuronLayer layer : layers) {
            if (layer.kind() == NeuronLayer.Kind.NORM) {
                continue;                                     // stands before the gate, so what it normalises is not replaced
            }
            Parameters p = result.parameters(layer.index());
            for (int o = 0; o < layer.neurons(); o++) {
                double sum = 0;
                for (int k = 0; k < layer.inputs(); k++) {
                    int source = wiring.layer(layer.index(), k);
                    if (source >= 0 && mean[source] != null) {
                        read.add(source);
                        sum += (double) p.weight()[o * layer.inputs() + k] * mean[source][wiring.neuron(layer.index(), k)];
                    }
                }
                p.bias()[o] = (float) (p.bias()[o] + sum);
            }
        }
        for (NeuronLayer layer : layers) {
            if (mean[layer.index()] != null && !read.contains(layer.index())) {
                throw new ModelException("mean-fold of " + layer.name() + ": no layer of this network reads it; fold before splitting the network");
            }
        }
        return result;
    }

    /// The means of the neurons in the mask, 0 for the others.
    private static float[] folded(NeuronMask mask, NeuronLayer layer, float[] means) {
        if (means == null || means.length != layer.neurons()) {
            throw new ModelException("mean-fold of " + layer.name() + ": " + (means == null ? "no" : means.length) + " means given, the layer has "
                    + layer.neurons() + " neurons");
        }
        float[] folded = new float[layer.neurons()];
        for (int row : mask.sharedRows(layer.name())) {
            folded[row] = means[row];
        }
        return folded;
    }

    static Network compacted(Network net) {
        List<NeuronLayer> layers = net.plan().layers;
        Wiring wiring = new Wiring(net.spec());
        int[][] rows = new int[layers.size()][];
        for (NeuronLayer layer : layers) {
            rows[layer.index()] = layer.kind() == NeuronLayer.Kind.NORM ? normalised(layer, wiring, rows) : open(net.parameters(layer.index()));
        }
        NetworkSpec spec = new NetworkSpec(net.spec().input(), resized(net.spec().layers(), net.spec(), rows));
        List<Parameters> parameters = new ArrayList<>();
        for (NeuronLayer layer : spec.neuronLayers()) {
            int l = layer.index();
            boolean[][] kept = flags(rows, layers);
            int[] columns = IntStream.range(0, layers.get(l).inputs())
                    .filter(k -> layer.kind() == NeuronLayer.Kind.NORM || wiring.layer(l, k) < 0 || kept[wiring.layer(l, k)][wiring.neuron(l, k)]).toArray();
            Parameters old = net.parameters(l);
            parameters.add(new Parameters(layer, gather(old.weight(), layers.get(l).inputs(), rows[l], columns), gather(old.bias(), rows[l]),
                    gather(old.gate(), rows[l]), gather(old.runningMean(), rows[l]), gather(old.runningVariance(), rows[l])));
        }
        return new Network(spec, parameters.toArray(Parameters[]::new));
    }

    private static int[] open(Parameters p) {
        int[] open = IntStream.range(0, p.layer().neurons()).filter(o -> p.gate() == null || p.gate()[o] != 0f).toArray();
        return open.length == 0 ? new int[] {0} : open;
    }

    /// Rows of a normalising layer whose neurons stay.
    private static int[] normalised(NeuronLayer layer, Wiring wiring, int[][] rows) {
        return IntStream.range(0, layer.neurons()).filter(c -> {
            int source = wiring.layer(layer.index(), c);
            return source < 0 || Arrays.binarySearch(rows[source], wiring.neuron(layer.index(), c)) >= 0;
        }).toArray();
    }

    private static List<Layer> resized(List<Layer> layers, NetworkSpec spec, int[][] rows) {
        return layers.stream().map(layer -> switch (layer) {
            case Conv2d c -> new Conv2d(c.name(), rows[spec.neuronLayer(c.name()).index()].length, c.filterHeight(), c.filterWidth());
            case Dense d -> new Dense(d.name(), rows[spec.neuronLayer(d.name()).index()].length);
            case Parallel p -> new Parallel(p.branches().stream().map(branch -> resized(branch, spec, rows)).toList());
            case BatchNorm _, MaxPool2d _, ActivationLayer _, Dropout _, Softmax _ -> layer;
        }).toList();
    }

    private static boolean[][] flags(int[][] rows, List<NeuronLayer> layers) {
        boolean[][] kept = new boolean[rows.length][];
        for (int l = 0; l < rows.length; l++) {
            kept[l] = new boolean[layers.get(l).neurons()];
            for (int row : rows[l]) {
                kept[l][row] = true;
            }
        }
        return kept;
    }

    private static float[] gather(float[] from, int[] rows) {
        return from == null ? null : gather(from, 1, rows, new int[] {0});
    }

    private static float[] gather(float[] from, int width, int[] rows, int[] columns) {
        float[] to = new float[rows.length * columns.length];
        int at = 0;
        for (int row : rows) {
            for (int column : columns) {
                to[at++] = from[row * width + column];
            }
        }
        return to;
    }
}
