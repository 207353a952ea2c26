package org.hyperhypo.engine;

import java.util.Map;
import java.util.TreeMap;

/// What an optimizer remembers of one network: the number of steps, and per tensor the momentum or Adam's two moments. A layer's memory is
/// taken when its first neuron is updated; frozen layers take none.
public final class OptimizerState {
    private final NetworkSpec spec;
    private final float[][] first;
    private final float[][] second;
    private long steps;

    OptimizerState(Network network) {
        spec = network.spec();
        first = new float[2 * network.plan().layers.size()][];
        second = new float[first.length][];
    }

    /// Steps done so far.
    public long steps() {
        return steps;
    }

    public long bytes() {
        long bytes = 0;
        for (int i = 0; i < first.length; i++) {
            bytes += (first[i] == null ? 0 : 4L * first[i].length) + (second[i] == null ? 0 : 4L * second[i].length);
        }
        return bytes;
    }

    /// Momentum or first moment of tensor number `tensor` (2·layer: weight, 2·layer + 1: bias).
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

    /// What is remembered now, by name: `<tensor>.first`, `<tensor>.second`; the arrays themselves.
    Map<String, float[]> moments() {
        Map<String, float[]> moments = new TreeMap<>();
        forEachTensor((name, tensor, _) -> {
            if (first[tensor] != null) {
                moments.put(name + ".first", first[tensor]);
            }
            if (second[tensor] != null) {
                moments.put(name + ".second", second[tensor]);
            }
        });
        return moments;
    }

    /// Sets everything to what [#moments] and [#steps] gave.
    void restore(long stepsDone, Map<String, float[]> moments) {
        steps = stepsDone;
        Map<String, float[]> rest = new TreeMap<>(moments);
        forEachTensor((name, tensor, size) -> {
            first[tensor] = rest.remove(name + ".first");
            second[tensor] = rest.remove(name + ".second");
            for (float[] moment : new float[][] {first[tensor], second[tensor]}) {
                if (moment != null && moment.length != size) {
                    throw new ModelException("optimizer state of " + name + " has " + moment.length + " numbers, the tensor " + size);
                }
            }
        });
        if (!rest.isEmpty()) {
            throw new ModelException("optimizer state of tensors that do not learn: " + rest.keySet());
        }
    }

    private interface TensorVisitor {
        void visit(String name, int tensor, int size);
    }

    private void forEachTensor(TensorVisitor visitor) {
        for (NeuronLayer layer : spec.neuronLayers()) {
            visitor.visit(layer.weight(), 2 * layer.index(), layer.neurons() * layer.inputs());
            visitor.visit(layer.bias(), 2 * layer.index() + 1, layer.neurons());
        }
    }

    void countStep() {
        steps++;
    }

    void check(Network network) {
        if (spec != network.spec() && !spec.equals(network.spec())) {
            throw new ModelException("the optimizer state belongs to another network; use optimizer.newState(network)");
        }
    }
}
