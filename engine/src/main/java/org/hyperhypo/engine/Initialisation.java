package org.hyperhypo.engine;

import java.util.Arrays;
import java.util.SplittableRandom;

/// Glorot uniform weights times a gain for each kind of layer: `W ~ U(−a, a)`, `a = gain·√(6 / (fanIn + fanOut))`; biases 0.
/// Normalisation starts with γ = 1, β = 0, running mean 0 and variance 1.
///
/// fanIn counts a neuron's inputs; fanOut the neurons of the layer, for a convolution times the filter's positions. Glorot's factor for the
/// logistic sigmoid is 4, which keeps the variance that tanh keeps with 1.
public record Initialisation(double conv, double hidden, double output) {
    public Initialisation {
        if (!(conv >= 0) || !(hidden >= 0) || !(output >= 0)) {
            throw new ModelException("initialisation gains conv " + conv + ", hidden " + hidden + ", output " + output + ": must be 0 or more");
        }
    }

    public static Initialisation glorot() {
        return new Initialisation(1, 1, 1);
    }

    /// Glorot's gain 4 for the hidden sigmoid layers; `factor` times that (2 makes networks with saturated neurons).
    public static Initialisation sigmoid(double factor) {
        return new Initialisation(1, 4 * factor, 1);
    }

    float[] weights(NeuronLayer layer, NetworkSpec spec, long seed) {
        if (layer.kind() == NeuronLayer.Kind.NORM) {
            return ones(layer.neurons());
        }
        double gain = switch (layer.kind()) {
            case CONV -> conv;
            case HIDDEN -> hidden;
            case OUTPUT -> output;
            case NORM -> 1;
        };
        Conv2d filter = SpecWalk.convolution(spec.layers(), layer.name());
        long fanOut = (long) layer.neurons() * (filter == null ? 1 : filter.filterHeight() * filter.filterWidth());
        double a = gain * Math.sqrt(6.0 / (layer.inputs() + fanOut));
        SplittableRandom random = Seeds.random(seed, layer.weight());
        float[] weights = new float[Math.multiplyExact(layer.neurons(), layer.inputs())];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) (a * (2 * Seeds.uniform(random) - 1));
        }
        return weights;
    }

    static float[] ones(int size) {
        float[] ones = new float[size];
        Arrays.fill(ones, 1f);
        return ones;
    }
}
