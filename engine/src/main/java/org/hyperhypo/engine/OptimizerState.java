package org.hyperhypo.engine;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What an optimizer remembers of one network: the number of steps, and per tensor the momentum or Adam's two moments. A layer's memory is
/// taken when its first neuron is updated; frozen layers take none.
///
/// The tensors are, for layer l, number 3·l: weight, 3·l + 1: bias, 3·l + 2: θ of [Lhuc], which this state alone holds; those that do not learn are missing.
public final class OptimizerState {
    private static final int[] NO_ROWS = {};
    private static final int WEIGHT = 0;
    private static final int BIAS = 1;
    private static final int THETA = 2;
    private static final int KINDS = 3;
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
        values = new float[KINDS * layers.size()][];
        gradients = new float[values.length][];
        first = new float[values.length][];
        second = new float[values.length][];
        for (NeuronLayer layer : layers) {
            if (learning.gates() && layer.gated()) {
                int theta = KINDS * layer.index() + THETA;
                values[theta] = Lhuc.thetas(network.parameters(layer.index()));
                gradients[theta] = new float[layer.neurons()];
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
        float[] theta = values[KINDS * spec.neuronLayer(layer).index() + THETA];
        if (theta == null) {
            throw new ModelException("no θ of " + layer + ": " + (learning.gates() ? "it has no gates" : "this state belongs to weights"));
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
        return layers.get(tensor / KINDS);
    }

    /// Numbers per neuron.
    int width(int tensor) {
        return tensor % KINDS == WEIGHT ? layer(tensor).inputs() : 1;
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
            put(moments, name(tensor), tensor % KINDS == THETA ? values[tensor] : null);
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
            if (tensor % KINDS == THETA && values[tensor] != null) {
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
        return switch (tensor % KINDS) {
            case WEIGHT -> layer(tensor).weight();
            case BIAS -> layer(tensor).bias();
            default -> layer(tensor).name() + ".theta";
        };
    }

    /// Before a step: finds values and gradients.
    void begin(Network network, NeuronMask mask, Workspace w) {
        if (spec != network.spec() && !spec.equals(network.spec())) {
            throw new ModelException("the optimizer state belongs to another network; use optimizer.newState(network)");
        }
        if (w.learns() != learning) {
            throw new ModelException("the last backward pass was for " + w.learns() + ", the optimizer state is for " + learning
                    + "; pass " + learning + " to backward, or make the state with newState(network, " + w.learns() + ")");
        }
        for (int l = 0; l < layers.size(); l++) {
            Parameters p = network.parameters(l);
            int at = KINDS * l;
            if (learning.weights()) {
                values[at + WEIGHT] = p.weight();
                gradients[at + WEIGHT] = w.weightGradient(p.layer());
            }
            if (learning.biases()) {
                values[at + BIAS] = p.bias();
                gradients[at + BIAS] = w.biasGradient(p.layer());
            }
            if (values[at + THETA] != null) {
                Lhuc.gradient(p.gate(), w.gateGradient(p.layer()), mask.sharedRows(p.layer().name()), gradients[at + THETA]);
            }
        }
        steps++;
    }

    /// After a step: what follows from the values.
    void end(Network network, NeuronMask mask, Workspace w) {
        for (int l = 0; l < layers.size(); l++) {
            Parameters p = network.parameters(l);
            int[] rows = mask.sharedRows(p.layer().name());
            if (values[KINDS * l + THETA] != null) {
                Lhuc.apply(values[KINDS * l + THETA], rows, p.gate());
            }
            if (learning.biases() && p.runningMean() != null) {
                BatchNorm.learn(p, rows, w.statistics(p.layer()));
            } else if (learning.weights()) {
                w.rowsChanged(p, rows);
            }
        }
    }
}
