package org.hyperhypo.experiments.neurons;

import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.NeuronLayer;
import org.hyperhypo.experiments.model.Layers;
import org.hyperhypo.kernels.Kernels;
import org.hyperhypo.kernels.Scratch;

/// What a neuron's weights alone say of it: w is its incoming row, v its outgoing column.
public final class Weights {
    private Weights() {
    }

    /// ‖w‖₁.
    public static double inNorm1(Network network, String layer, int neuron) {
        float[] weights = network.tensor(layer + ".weight");
        int inputs = network.spec().neuronLayer(layer).inputs();
        double sum = 0;
        for (int i = neuron * inputs; i < (neuron + 1) * inputs; i++) {
            sum += Math.abs(weights[i]);
        }
        return sum;
    }

    /// ‖w‖₂.
    public static double inNorm(Network network, String layer, int neuron) {
        int inputs = network.spec().neuronLayer(layer).inputs();
        float[] weights = network.tensor(layer + ".weight");
        return Math.sqrt(Kernels.best().dot(inputs, weights, neuron * inputs, weights, neuron * inputs));
    }

    /// ‖v‖₁.
    public static double outNorm1(Network network, String layer, int neuron) {
        double sum = 0;
        for (double w : column(network, layer, neuron)) {
            sum += Math.abs(w);
        }
        return sum;
    }

    /// ‖v‖₂: the magnitude that prunes best in He et al. (ICASSP 2014).
    public static double outNorm(Network network, String layer, int neuron) {
        double sum = 0;
        for (double w : column(network, layer, neuron)) {
            sum += w * w;
        }
        return Math.sqrt(sum);
    }

    /// ‖w − w₀‖₂ / ‖w₀‖₂: how far the neuron moved since initialisation.
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

    /// b + w · E[h]: the mean input of the non-linearity, from the mean outputs below.
    public static double drive(Network network, String layer, int neuron, double[] meansBelow) {
        float[] weights = network.tensor(layer + ".weight");
        double sum = network.tensor(layer + ".bias")[neuron];
        for (int i = 0; i < meansBelow.length; i++) {
            sum += weights[neuron * meansBelow.length + i] * meansBelow[i];
        }
        return sum;
    }

    /// Layer diversity 1 − mean |cos(wᵢ, wⱼ)| over i < j (arXiv:2109.09612): 1 where all rows are orthogonal, 0 where they all point one way.
    /// Rows of nothing but zeros count as orthogonal.
    public static double diversity(Network network, String layer) {
        NeuronLayer shape = network.spec().neuronLayer(layer);
        int neurons = shape.neurons();
        int inputs = shape.inputs();
        float[] rows = network.tensor(layer + ".weight").clone();
        for (int n = 0; n < neurons; n++) {
            double norm = inNorm(network, layer, n);
            for (int i = n * inputs; i < (n + 1) * inputs; i++) {
                rows[i] = norm == 0 ? 0 : (float) (rows[i] / norm);
            }
        }
        float[] cosines = new float[neurons * neurons];
        Kernels.best().gemm(Kernels.Form.NT, neurons, neurons, inputs, rows, 0, inputs, rows, 0, inputs, false, cosines, 0, neurons, new Scratch());
        double sum = 0;
        for (int i = 0; i < neurons; i++) {
            for (int j = 0; j < i; j++) {
                sum += Math.min(1, Math.abs(cosines[i * neurons + j]));
            }
        }
        return neurons < 2 ? Double.NaN : 1 - sum / (neurons * (neurons - 1L) / 2.0);
    }

    private static double[] column(Network network, String layer, int neuron) {
        NeuronLayer above = Layers.above(network.spec(), layer);
        float[] weights = network.tensor(above.name() + ".weight");
        double[] column = new double[above.neurons()];
        for (int row = 0; row < column.length; row++) {
            column[row] = weights[row * above.inputs() + neuron];
        }
        return column;
    }
}
