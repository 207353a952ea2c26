package org.hyperhypo.experiments.model;

import java.util.List;
import org.hyperhypo.engine.NetworkSpec;
import org.hyperhypo.engine.NeuronLayer;
import org.hyperhypo.engine.NeuronMask;

/// What the experiments ask of a network's shape.
public final class Layers {
    private Layers() {
    }

    /// Name of the lowest fully connected layer: below it are the convolutions.
    public static String firstDense(NetworkSpec spec) {
        return spec.neuronLayers().stream().filter(layer -> layer.kind() != NeuronLayer.Kind.CONV).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the network has no fully connected layer")).name();
    }

    /// Hidden fully connected layers, lowest first.
    public static List<NeuronLayer> hidden(NetworkSpec spec) {
        return spec.neuronLayers().stream().filter(layer -> layer.kind() == NeuronLayer.Kind.HIDDEN).toList();
    }

    /// The layer that takes the outputs of `layer`.
    public static NeuronLayer above(NetworkSpec spec, String layer) {
        List<NeuronLayer> layers = spec.neuronLayers();
        for (int i = 0; i + 1 < layers.size(); i++) {
            if (layers.get(i).name().equals(layer)) {
                return layers.get(i + 1);
            }
        }
        throw new IllegalArgumentException("there is no layer above " + layer);
    }

    /// Weights and biases that training the neurons of `mask` may change.
    public static long parameters(NetworkSpec spec, NeuronMask mask) {
        return spec.neuronLayers().stream().mapToLong(layer -> (long) mask.count(layer.name()) * (layer.inputs() + 1)).sum();
    }
}
