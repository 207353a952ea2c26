package org.hyperhypo.engine;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What an optimizer remembers of one network: the number of steps, and per tensor the momentum or Adam's two moments. A layer's memory is
/// taken when its first neuron is updated; frozen layers take none.
///
/// The tensors are, for layer l, number 2·l: weight and 2·l + 1: bias; where gates learn, 2·l: θ of [Lhuc], which this state alone holds.
public final class OptimizerState {
    private static final int[] NO_ROWS = {};
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

    /// What is remembered now, by name: `<tensor>.first`, `<tensor>.second`, and θ where gates learn; the arrays themselves.
    Map<String, float[]> moments() {
        Map<String, float[]> moments = new TreeMap<>();
        for (int tensor = 0; tensor < values.length; tensor++) {
            put(moments, name(tensor) + ".first", first[tensor]);
            put(moments, name(tensor) + ".second", second[tensor]);
            put(moments, name(tensor), learning == Learning.GATES ? values[tensor] : null);
        }
        return moments;
    }

    private static void put(Map<String, float[]> moments, String name, float[] values) {
        if (values != null) {
            moments.put(name, values);
        }
    }

    /// Sets everything to what [#moments] and [#steps] gave.
    void restore(long stepsDone, Map<String, float[]> moments) {
        steps = stepsDone;
        Map<String, float[]> rest = new TreeMap<>(moments);
        for (int tensor = 0; tensor < values.length; tensor++) {
            first[tensor] = take(rest, tensor, ".first");
            second[tensor] = take(rest, tensor, ".second");
            if (learning == Learning.GATES && values[tensor] != null) {
                System.arraycopy(take(rest, tensor, ""), 0, values[tensor], 0, values[tensor].length);
            }
        }
        if (!rest.isEmpty()) {
            throw new ModelException("optimizer state of tensors that do not learn: " + rest.keySet());
        }
    }

    private float[] take(Map<String, float[]> rest, int tensor, String what) {
        float[] found = rest.remove(name(tensor) + what);
        int size = layer(tensor).neurons() * width(tensor);
        if (found == null ? what.isEmpty() : found.length != size) {
            throw new ModelException("optimizer state: " + name(tensor) + what + " has " + (found == null ? "no" : found.length) + " numbers, the tensor " + size);
        }
        return found;
    }

    private String name(int tensor) {
        return learning == Learning.GATES ? layer(tensor).name() + (tensor % 2 == 0 ? ".theta" : ".none") : tensor % 2 == 0 ? layer(tensor).weight() : layer(tensor).bias();
    }

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
