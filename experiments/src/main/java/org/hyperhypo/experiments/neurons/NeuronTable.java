package org.hyperhypo.experiments.neurons;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.NeuronMask;
import org.hyperhypo.experiments.report.Csv;

/// One row a neuron of the fully connected layers: how active it is, was before training, how far its incoming weights moved, where it goes in
/// a target domain, and its value by every criterion.
public final class NeuronTable {
    private static final List<String> FIXED = List.of("replicate", "layer", "neuron", "kind", "rate", "mean", "sd", "min", "max", "entropy",
            "rate_initial", "movement", "in_norm", "out_norm", "shift_signed");
    /// The columns that stand for these criteria under another name.
    private static final List<Criterion> NAMED = List.of(Criterion.ACTIVITY_RATE, Criterion.MEAN, Criterion.SPREAD, Criterion.MINIMUM, Criterion.MAXIMUM,
            Criterion.FIRING_ENTROPY, Criterion.IN_NORM, Criterion.OUT_NORM);

    private NeuronTable() {
    }

    public static String[] columns() {
        List<String> columns = new ArrayList<>(FIXED);
        for (Criterion criterion : Criterion.values()) {
            if (!NAMED.contains(criterion)) {
                columns.add(criterion.column());
            }
        }
        return columns.toArray(String[]::new);
    }

    /// What the table compares a network with: the network before training with its activity, both null where it is not known.
    public record Initial(Network network, ActivationStats stats) {
        public static final Initial UNKNOWN = new Initial(null, null);
    }

    /// Adds all neurons.
    ///
    /// @param hyperHypo the selection that the column `kind` names; `middle` is its control
    public static void add(Csv table, int replicate, Evidence evidence, Initial initial, HyperHypo hyperHypo, NeuronMask middle) {
        for (ActivationStats.Layer layer : evidence.stats().layers()) {
            String name = layer.name();
            Map<Criterion, double[]> values = new LinkedHashMap<>();
            for (Criterion criterion : Criterion.values()) {
                values.put(criterion, criterion.values(evidence, name));
            }
            for (int n = 0; n < layer.neurons(); n++) {
                int neuron = n;
                List<Object> cells = new ArrayList<>(List.of(replicate, name, n, kind(name, n, hyperHypo, middle), layer.rate(n), layer.mean(n),
                        layer.deviation(n), layer.min()[n], layer.max()[n], layer.entropy(n),
                        initial.stats == null ? Double.NaN : initial.stats.layer(name).rate(n),
                        initial.network == null ? Double.NaN : Weights.movement(evidence.network(), initial.network, name, n),
                        values.get(Criterion.IN_NORM)[n], values.get(Criterion.OUT_NORM)[n],
                        evidence.shift() == null ? Double.NaN : evidence.shift().mean(name, n)));
                values.forEach((criterion, all) -> {
                    if (!NAMED.contains(criterion)) {
                        cells.add(all[neuron]);
                    }
                });
                table.add(cells.toArray());
            }
        }
    }

    private static String kind(String layer, int neuron, HyperHypo hyperHypo, NeuronMask middle) {
        if (hyperHypo.hypo().contains(layer, neuron)) {
            return "hypo";
        } else if (hyperHypo.hyper().contains(layer, neuron)) {
            return "hyper";
        }
        return middle.contains(layer, neuron) ? "middle" : "other";
    }
}
