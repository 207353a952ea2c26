package org.hyperhypo.experiments.neurons;

import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.NeuronMask;
import org.hyperhypo.experiments.model.Layers;
import org.hyperhypo.experiments.report.Csv;

/// One row a neuron of the fully connected layers: how active it is, was before training, and how far its incoming weights moved.
public final class NeuronTable {
    public static final String[] COLUMNS = {"replicate", "layer", "neuron", "kind", "rate", "mean", "sd", "min", "max", "entropy",
        "rate_initial", "movement", "in_norm", "out_norm"};

    private NeuronTable() {
    }

    /// Adds all neurons.
    ///
    /// @param initial      the network before training with its statistics, or null for both where it is not known
    /// @param hyperHypo    the selection that the column `kind` names; `middle` is its control
    public static void add(Csv table, int replicate, Network network, ActivationStats stats, Network initial, ActivationStats initialStats,
                           HyperHypo hyperHypo, NeuronMask middle) {
        for (ActivationStats.Layer layer : stats.layers()) {
            for (int n = 0; n < layer.neurons(); n++) {
                table.add(replicate, layer.name(), n, kind(layer.name(), n, hyperHypo, middle), layer.rate(n), layer.mean(n), layer.deviation(n),
                        layer.min()[n], layer.max()[n], layer.entropy(n),
                        initialStats == null ? Double.NaN : initialStats.layer(layer.name()).rate(n),
                        initial == null ? Double.NaN : movement(network, initial, layer.name(), n),
                        inNorm(network, layer.name(), n), outNorm(network, layer.name(), n));
            }
        }
    }

    /// ‖w − w₀‖₂ / ‖w₀‖₂ of the incoming row: how far the neuron moved since initialisation.
    public static double movement(Network network, Network initial, String layer, int neuron) {
        float[] now = network.tensor(layer + ".weight");
        float[] before = initial.tensor(layer + ".weight");
        int inputs = network.spec().neuronLayer(layer).inputs();
        double moved = 0;
        double length = 0;
        for (int i = neuron * inputs; i < (neuron + 1) * inputs; i++) {
            double difference = now[i] - before[i];
            moved += difference * difference;
            length += (double) before[i] * before[i];
        }
        return Math.sqrt(moved / length);
    }

    /// ‖w‖₂ of the incoming row.
    public static double inNorm(Network network, String layer, int neuron) {
        float[] weights = network.tensor(layer + ".weight");
        int inputs = network.spec().neuronLayer(layer).inputs();
        double sum = 0;
        for (int i = neuron * inputs; i < (neuron + 1) * inputs; i++) {
            sum += (double) weights[i] * weights[i];
        }
        return Math.sqrt(sum);
    }

    /// ‖v‖₂ of the outgoing column: the neuron's weights in the layer above.
    public static double outNorm(Network network, String layer, int neuron) {
        var above = Layers.above(network.spec(), layer);
        float[] weights = network.tensor(above.name() + ".weight");
        double sum = 0;
        for (int row = 0; row < above.neurons(); row++) {
            double w = weights[row * above.inputs() + neuron];
            sum += w * w;
        }
        return Math.sqrt(sum);
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
