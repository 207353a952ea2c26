package org.hyperhypo.engine;

/// A layer that has neurons: `index` counts these layers in the order they are computed; a neuron is one row of `inputs` weights and a bias.
public record NeuronLayer(int index, String name, Kind kind, int neurons, int inputs) {
    /// Convolution channel, hidden dense neuron, or output (the dense layer that softmax reads).
    public enum Kind { CONV, HIDDEN, OUTPUT }

    public String weight() {
        return name + ".weight";
    }

    public String bias() {
        return name + ".bias";
    }

    public String gate() {
        return name + ".gate";
    }

    /// Outputs have no gate: closing one would remove a class, not a neuron.
    public boolean gated() {
        return kind != Kind.OUTPUT;
    }
}
