package org.hyperhypo.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Walks through the layers of a specification: names, and the layers that have neurons.
final class SpecWalk {
    private SpecWalk() {
    }

    static String name(Layer layer) {
        return switch (layer) {
            case Conv2d conv -> conv.name();
            case Dense dense -> dense.name();
            case BatchNorm norm -> norm.name();
            case MaxPool2d _, ActivationLayer _, Dropout _, Parallel _, Softmax _ -> "";
        };
    }

    static List<NeuronLayer> neuronLayers(Shape input, List<Layer> layers) {
        List<NeuronLayer> found = new ArrayList<>();
        collect(input, layers, found);
        return List.copyOf(found);
    }

    private static void collect(Shape shape, List<Layer> layers, List<NeuronLayer> found) {
        for (int i = 0; i < layers.size(); i++) {
            switch (layers.get(i)) {
                case Conv2d conv -> found.add(new NeuronLayer(found.size(), conv.name(), NeuronLayer.Kind.CONV, conv.filters(),
                        conv.filterHeight() * conv.filterWidth() * shape.channels()));
                case Dense dense -> {
                    boolean output = i + 1 < layers.size() && layers.get(i + 1) instanceof Softmax;
                    found.add(new NeuronLayer(found.size(), dense.name(), output ? NeuronLayer.Kind.OUTPUT : NeuronLayer.Kind.HIDDEN,
                            dense.neurons(), shape.size()));
                }
                case BatchNorm norm -> found.add(new NeuronLayer(found.size(), norm.name(), NeuronLayer.Kind.NORM, shape.channels(), 1));
                case Parallel parallel -> {
                    for (List<Layer> branch : parallel.branches()) {
                        collect(shape, branch, found);
                    }
                }
                case MaxPool2d _, ActivationLayer _, Dropout _, Softmax _ -> { }
            }
            shape = layers.get(i).output(shape);
        }
    }

    /// Throws unless the layers of one sequence, the main one or a branch, may follow each other.
    static void checkOrder(List<Layer> sequence) {
        boolean neurons = false;
        for (int i = 0; i < sequence.size(); i++) {
            Layer layer = sequence.get(i);
            if (i > 0 && sequence.get(i - 1) instanceof Parallel
                    && (layer instanceof ActivationLayer || layer instanceof MaxPool2d || layer instanceof BatchNorm)) {
                throw new ModelException("parallel: followed by " + layer + "; put activations, pooling and normalisation inside the branches");
            }
            if (layer instanceof Dropout && !neurons) {
                throw new ModelException("dropout(" + ((Dropout) layer).share() + "): reads the input; put it behind a layer with neurons of the same sequence");
            }
            neurons |= layer instanceof Parallel || !name(layer).isEmpty();
        }
    }

    /// The convolution of that name, wherever it stands; null if there is none.
    static Conv2d convolution(List<Layer> layers, String name) {
        for (Layer layer : layers) {
            if (layer instanceof Conv2d conv && conv.name().equals(name)) {
                return conv;
            }
            if (layer instanceof Parallel parallel) {
                for (List<Layer> branch : parallel.branches()) {
                    Conv2d inside = convolution(branch, name);
                    if (inside != null) {
                        return inside;
                    }
                }
            }
        }
        return null;
    }

    /// The first of prefix1, prefix2, … that is not in `used`.
    static String free(String prefix, Set<String> used) {
        int number = 1;
        while (used.contains(prefix + number)) {
            number++;
        }
        return prefix + number;
    }

    /// The layer with its counted name (conv1, fc2, …) replaced by the next free one, which is added to `used`; other names stay.
    static Layer renumbered(Layer layer, Set<String> used) {
        return switch (layer) {
            case Conv2d c -> new Conv2d(renumbered(c.name(), "conv", used), c.filters(), c.filterHeight(), c.filterWidth());
            case Dense d -> new Dense(renumbered(d.name(), "fc", used), d.neurons());
            case BatchNorm b -> new BatchNorm(renumbered(b.name(), "bn", used), b.momentum(), b.epsilon());
            case Parallel p -> new Parallel(p.branches().stream()
                    .map(branch -> branch.stream().map(inner -> renumbered(inner, used)).toList()).toList());
            case MaxPool2d _, ActivationLayer _, Dropout _, Softmax _ -> layer;
        };
    }

    private static String renumbered(String name, String prefix, Set<String> used) {
        String next = name.matches(prefix + "[0-9]+") ? free(prefix, used) : name;
        used.add(next);
        return next;
    }
}
