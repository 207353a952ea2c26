package org.hyperhypo.engine;

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

    void countStep() {
        steps++;
    }

    void check(Network network) {
        if (spec != network.spec() && !spec.equals(network.spec())) {
            throw new ModelException("the optimizer state belongs to another network; use optimizer.newState(network)");
        }
    }
}
