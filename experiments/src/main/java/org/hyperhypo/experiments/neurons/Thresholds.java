package org.hyperhypo.experiments.neurons;

import java.util.List;
import org.hyperhypo.engine.ActivationLayer;
import org.hyperhypo.engine.Dense;
import org.hyperhypo.engine.Layer;
import org.hyperhypo.engine.NetworkSpec;
import org.hyperhypo.kernels.Activation;

/// Above which output a neuron counts as active: τ = 0.5 for the sigmoid, 0 for the other non-linearities.
final class Thresholds {
    private Thresholds() {
    }

    static double of(NetworkSpec spec, String layer) {
        List<Layer> layers = spec.layers();
        for (int i = 0; i + 1 < layers.size(); i++) {
            if (layers.get(i) instanceof Dense dense && dense.name().equals(layer) && layers.get(i + 1) instanceof ActivationLayer next) {
                return next.function() instanceof Activation.Sigmoid ? 0.5 : 0;
            }
        }
        throw new IllegalArgumentException("layer " + layer + " has no activation; activity is measured behind one");
    }
}
