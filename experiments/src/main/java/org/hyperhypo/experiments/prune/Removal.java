package org.hyperhypo.experiments.prune;

import java.util.LinkedHashMap;
import java.util.Map;
import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.NeuronMask;
import org.hyperhypo.experiments.neurons.ActivationStats;

/// Removing neurons from a trained network without retraining.
public enum Removal {
    /// The neuron's output becomes 0. For a hyper neuron this also removes a constant that the next layer relied on.
    ZERO("zero"),
    /// The neuron's mean output moves into the next layer's biases, `b += W[:, n] · μ_n`, and only its variation is removed.
    MEAN_FOLD("mean-fold");

    private final String label;

    Removal(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /// A copy of `network` in which the neurons of `mask` have closed gates; the original stays as it is.
    public Network apply(Network network, NeuronMask mask, ActivationStats stats) {
        return switch (this) {
            case ZERO -> network.withClosedGates(mask);
            case MEAN_FOLD -> {
                Map<String, float[]> means = new LinkedHashMap<>();
                for (ActivationStats.Layer layer : stats.layers()) {
                    means.put(layer.name(), layer.means());
                }
                yield network.meanFold(mask, means);
            }
        };
    }
}
