package org.hyperhypo.experiments.recipe.map;

import java.util.List;
import org.hyperhypo.engine.NeuronMask;
import org.hyperhypo.experiments.neurons.ActivationStats;
import org.hyperhypo.experiments.neurons.HyperHypo;
import org.hyperhypo.experiments.report.Csv;

/// Saturated neurons before and after training. Those saturated before already, on or off, are inherited; the others are learned.
record Saturation(HyperHypo before, HyperHypo after) {
    static final String[] COLUMNS = {"network", "replicate", "layer", "neurons", "initial", "hypo", "hyper", "inherited", "learned"};

    NeuronMask inherited() {
        return after.both().intersect(before.both());
    }

    NeuronMask learned() {
        return after.both().minus(before.both());
    }

    void addTo(Csv table, String network, int replicate, List<ActivationStats.Layer> layers) {
        for (ActivationStats.Layer layer : layers) {
            String name = layer.name();
            table.add(network, replicate, name, layer.neurons(), before.both().count(name), after.hypo().count(name), after.hyper().count(name),
                    inherited().count(name), learned().count(name));
        }
    }
}
