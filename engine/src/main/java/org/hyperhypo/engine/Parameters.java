package org.hyperhypo.engine;

import java.util.LinkedHashMap;
import java.util.Map;

/// The numbers of one layer with neurons: weight (neurons, inputs), bias (neurons), gate (neurons; null where the layer has none), and for
/// normalisation the running mean and variance (neurons; null elsewhere).
record Parameters(NeuronLayer layer, float[] weight, float[] bias, float[] gate, float[] runningMean, float[] runningVariance) {
    Parameters(NeuronLayer layer, float[] weight, float[] bias, float[] gate) {
        this(layer, weight, bias, gate, null, null);
    }

    /// The same arrays under another layer's index.
    Parameters in(NeuronLayer other) {
        return new Parameters(other, weight, bias, gate, runningMean, runningVariance);
    }

    Parameters copy() {
        return new Parameters(layer, weight.clone(), bias.clone(), clone(gate), clone(runningMean), clone(runningVariance));
    }

    /// The arrays themselves by name: weight, bias, gate, running statistics, as far as the layer has them.
    Map<String, float[]> tensors() {
        Map<String, float[]> tensors = new LinkedHashMap<>();
        tensors.put(layer.weight(), weight);
        tensors.put(layer.bias(), bias);
        if (gate != null) {
            tensors.put(layer.gate(), gate);
        }
        if (runningMean != null) {
            tensors.put(layer.runningMean(), runningMean);
            tensors.put(layer.runningVariance(), runningVariance);
        }
        return tensors;
    }

    private static float[] clone(float[] array) {
        return array == null ? null : array.clone();
    }
}
