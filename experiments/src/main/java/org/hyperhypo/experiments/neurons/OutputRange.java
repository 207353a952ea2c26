package org.hyperhypo.experiments.neurons;

import java.io.Serializable;
import java.util.List;
import org.hyperhypo.engine.ActivationLayer;
import org.hyperhypo.engine.Dense;
import org.hyperhypo.engine.Layer;
import org.hyperhypo.engine.NetworkSpec;
import org.hyperhypo.kernels.Activation;

/// Where the outputs of a non-linearity lie, fixed beforehand so that the histograms of shards can be added.
///
/// @param threshold τ: above it a neuron counts as active; 0.5 for the sigmoid, 0 for the others
/// @param low, high ends of the histogram; what lies beyond falls into the first or last bin. A rectifier has no upper end: 8 is taken
/// @param zero      which outputs count as nothing
public record OutputRange(float threshold, float low, float high, Zero zero) implements Serializable {
    private static final float RECTIFIER_TOP = 8;

    /// Outputs that are next to nothing, see [ActivationStats.Layer#zeros].
    public enum Zero { BELOW_THRESHOLD, LOWEST_BIN, MIDDLE_BINS }

    /// `bins[n]` = the histogram bin of `outputs[from + n]`, for n below `neurons`.
    void bins(float[] outputs, int from, int neurons, int[] bins) {
        float perUnit = ActivationStats.BINS / (high - low);
        for (int n = 0; n < neurons; n++) {
            bins[n] = Math.max(0, Math.min(ActivationStats.BINS - 1, (int) ((outputs[from + n] - low) * perUnit)));
        }
    }

    static OutputRange of(NetworkSpec spec, String layer) {
        List<Layer> layers = spec.layers();
        for (int i = 0; i + 1 < layers.size(); i++) {
            if (layers.get(i) instanceof Dense dense && dense.name().equals(layer) && layers.get(i + 1) instanceof ActivationLayer next) {
                return of(next.function());
            }
        }
        throw new IllegalArgumentException("layer " + layer + " has no activation; activity is measured behind one");
    }

    static OutputRange of(Activation function) {
        return switch (function) {
            case Activation.Sigmoid s -> new OutputRange(0.5f, 0, 1, Zero.LOWEST_BIN);
            case Activation.Tanh t -> new OutputRange(0, -1, 1, Zero.MIDDLE_BINS);
            case Activation.Relu r -> new OutputRange(0, 0, RECTIFIER_TOP, Zero.BELOW_THRESHOLD);
            // The peak, at x = 1/α.
            case Activation.Ada ada -> new OutputRange(0, 0, (float) (Math.exp(ada.c() - 1) / ada.alpha()), Zero.BELOW_THRESHOLD);
        };
    }
}
