package org.hyperhypo.engine;

/// A layer that has neurons: `index` counts these layers in the order they are computed; a neuron is one row of `inputs` weights and a bias.
public record NeuronLayer(int index, String name, Kind kind, int neurons, int inputs) {
    /// Convolution channel, hidden dense neuron, output (the dense layer that softmax reads), or the γ (weight) and β (bias) of one normalised neuron.
    public enum Kind { CONV, HIDDEN, OUTPUT, NORM }

    public String weight() {
        return name + ".weight";
    }

    public String bias() {
        return name + ".bias";
    }

    public String gate() {
        return name + ".gate";
    }

    /// Only a [Kind#NORM] layer has this and [#runningVariance].
    public String runningMean() {
        return name + ".running_mean";
    }

    public String runningVariance() {
        return name + ".running_var";
    }

    /// Outputs have no gate: closing one would remove a class, not a neuron. A normalised neuron has the gate of the layer it belongs to.
    public boolean gated() {
        return kind == Kind.CONV || kind == Kind.HIDDEN;
    }
}
