package org.hyperhypo.engine;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// An immutable factor on the learning rate for every neuron of a network, 1 unless set.
///
/// ```java
/// Optimizer slow = Sgd.momentum(0.9).withRates(NeuronRates.of(spec).with(NeuronMask.layers(spec, "fc1"), 0.1f));
/// ```
/// A factor of 0 holds weights but not momentum; to freeze a neuron, leave it out of the mask.
public final class NeuronRates {
    private final Map<String, float[]> factors;

    private NeuronRates(Map<String, float[]> factors) {
        this.factors = factors;
    }

    public static NeuronRates of(NetworkSpec spec) {
        Map<String, float[]> ones = new LinkedHashMap<>();
        spec.neuronLayers().forEach(layer -> ones.put(layer.name(), Initialisation.ones(layer.neurons())));
        return new NeuronRates(ones);
    }

    /// The same with `factor` for the neurons of the mask.
    public NeuronRates with(NeuronMask mask, float factor) {
        if (!(factor >= 0 && factor < Float.POSITIVE_INFINITY)) {
            throw new ModelException("learning rate factor " + factor + ": must be 0 or more");
        }
        Map<String, float[]> next = new LinkedHashMap<>();
        factors.forEach((layer, values) -> next.put(layer, values.clone()));
        for (String layer : mask.layers()) {
            float[] values = mask.count(layer) == 0 ? new float[0] : known(next, layer, mask.neurons(layer));
            for (int row : mask.sharedRows(layer)) {
                values[row] = factor;
            }
        }
        return new NeuronRates(next);
    }

    public float factor(String layer, int neuron) {
        return known(factors, layer, -1)[neuron];
    }

    /// The factors themselves, not to be changed.
    float[] factors(String layer) {
        return factors.get(layer);
    }

    void check(NeuronLayer layer) {
        known(factors, layer.name(), layer.neurons());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NeuronRates rates && factors.keySet().equals(rates.factors.keySet())
                && factors.keySet().stream().allMatch(layer -> Arrays.equals(factors.get(layer), rates.factors.get(layer)));
    }

    @Override
    public int hashCode() {
        return factors.entrySet().stream().mapToInt(layer -> layer.getKey().hashCode() ^ Arrays.hashCode(layer.getValue())).sum();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("NeuronRates(");
        factors.forEach((layer, values) -> text.append(layer).append(' ').append(Arrays.toString(values)));
        return text.append(')').toString();
    }

    private static float[] known(Map<String, float[]> factors, String layer, int neurons) {
        float[] values = factors.get(layer);
        if (values == null || (neurons >= 0 && values.length != neurons)) {
            throw new ModelException("learning rate factors: " + (values == null ? "none" : values.length) + " for layer " + layer
                    + (neurons < 0 ? "" : " of " + neurons + " neurons") + "; make them from this network's spec");
        }
        return values;
    }
}
