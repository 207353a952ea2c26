package org.hyperhypo.engine;

import java.util.List;

/// What an optimizer remembers of one network: the number of steps, and per tensor the momentum or Adam's two moments. A layer's memory is
/// taken when its first neuron is updated; frozen layers take none.
///
/// The tensors are, for layer l, number 2·l: weight and 2·l + 1: bias; where gates learn, 2·l: θ of [Lhuc], which this state alone holds.
public final class OptimizerState {
    private final NetworkSpec spec;
    private final Learning learning;
    private final List<NeuronLayer> layers;
    private final float[][] values;
    private final float[][] gradients;
    private final float[][] first;
    private final float[][] second;
    private long steps;

    OptimizerState(Network network, Learning learning) {
        spec = network.spec();
        this.learning = learning;
        layers = network.plan().layers;
        values = new float[2 * layers.size()][];
        gradients = new float[values.length][];
        first = new float[values.length][];
        second = new float[values.length][];
        for (NeuronLayer layer : layers) {
            if (learning == Learning.GATES && layer.gated()) {
                values[2 * layer.index()] = Lhuc.thetas(network.parameters(layer.index()));
                gradients[2 * layer.index()] = new float[layer.neurons()];
            }
        }
    }

    /// Steps done so far.
    public long steps() {
        return steps;
    }

    /// What the steps change.
    public Learning learning() {
        return learning;
    }

    /// θ of a layer's gates: g = 2σ(θ).
    public float[] theta(String layer) {
        float[] theta = learning == Learning.GATES ? values[2 * spec.neuronLayer(layer).index()] : null;
        if (theta == null) {
            throw new ModelException("no θ of " + layer + ": " + (learning == Learning.GATES ? "it has no gates" : "this state belongs to weights"));
        }
        return theta;
    }

    /// Bytes of momentum and moments.
    public long bytes() {
        long bytes = 0;
        for (int i = 0; i < first.length; i++) {
            bytes += (first[i] == null ? 0 : 4L * first[i].length) + (second[i] == null ? 0 : 4L * second[i].length);
        }
        return bytes;
    }

    /// Momentum or first moment of tensor number `tensor`.
    float[] first(int tensor, int size) {
        if (first[tensor] == null) {
            first[tensor] = new float[size];
        }
        return first[tensor];
    }

    float[] second(int tensor, int size) {
        if (second[tensor] == null) {
            second[tensor] = new float[size];
        }
        return second[tensor];
    }

    int tensors() {
        return values.length;
    }

    NeuronLayer layer(int tensor) {
        return layers.get(tensor / 2);
    }

    /// Numbers per neuron.
    int width(int tensor) {
        return learning == Learning.GATES || tensor % 2 == 1 ? 1 : layer(tensor).inputs();
    }

    float[] value(int tensor) {
        return values[tensor];
    }

    float[] gradient(int tensor) {
        return gradients[tensor];
    }

    /// Rows of a tensor that the mask lets learn.
    int[] rows(int tensor, NeuronMask mask) {
        return values[tensor] == null ? NO_ROWS : mask.sharedRows(layer(tensor).name());
    }

    private static final int[] NO_ROWS = {};

    /// Before a step: finds values and gradients.
    void begin(Network network, NeuronMask mask, Workspace w) {
        if (spec != network.spec() && !spec.equals(network.spec())) {
            throw new ModelException("the optimizer state belongs to another network; use optimizer.newState(network)");
        }
        if (w.learns() != learning) {
            throw new ModelException("the last backward pass was for " + w.learns() + ", the optimizer state is for " + learning
                    + "; pass " + learning + " to backward, or make the state with the other newState method");
        }
        for (int l = 0; l < layers.size(); l++) {
            Parameters p = network.parameters(l);
            if (learning == Learning.WEIGHTS) {
                values[2 * l] = p.weight();
                values[2 * l + 1] = p.bias();
                gradients[2 * l] = w.weightGradient(p.layer());
                gradients[2 * l + 1] = w.biasGradient(p.layer());
            } else if (values[2 * l] != null) {
                Lhuc.gradient(p.gate(), w.gateGradient(p.layer()), mask.sharedRows(p.layer().name()), gradients[2 * l]);
            }
        }
        steps++;
    }

    /// After a step: what follows from the values.
    void end(Network network, NeuronMask mask, Workspace w) {
        for (int l = 0; l < layers.size(); l++) {
            Parameters p = network.parameters(l);
            int[] rows = mask.sharedRows(p.layer().name());
            if (learning == Learning.GATES) {
                if (values[2 * l] != null) {
                    Lhuc.apply(values[2 * l], rows, p.gate());
                }
            } else if (p.runningMean() != null) {
                BatchNorm.learn(p, rows, w.statistics(p.layer()));
            } else {
                w.rowsChanged(p, rows);
            }
        }
    }
}
