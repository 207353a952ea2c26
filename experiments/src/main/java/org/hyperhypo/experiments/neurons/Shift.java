package org.hyperhypo.experiments.neurons;

/// What becomes of the neurons from one domain to another: activity on the same utterances, as they are and as the target domain has them.
public record Shift(ActivationStats source, ActivationStats target) {

    /// Shift of the mean in standard deviations of the source: (μ target − μ source)/σ source. 0 for a mean that stays.
    public double mean(String layer, int neuron) {
        double moved = target.layer(layer).mean(neuron) - source.layer(layer).mean(neuron);
        return moved == 0 ? 0 : moved / source.layer(layer).deviation(neuron);
    }

    /// Jensen-Shannon divergence of the two histograms in bits: 0 where they agree, 1 where they share no bin.
    public double jensenShannon(String layer, int neuron) {
        double bits = 0;
        for (int b = 0; b < ActivationStats.BINS; b++) {
            double p = source.layer(layer).share(neuron, b);
            double q = target.layer(layer).share(neuron, b);
            bits += entropy((p + q) / 2) - (entropy(p) + entropy(q)) / 2;
        }
        return Math.max(0, bits);
    }

    /// −p log₂ p, 0 at 0.
    static double entropy(double p) {
        return p <= 0 ? 0 : -p * Math.log(p) / Math.log(2);
    }
}
