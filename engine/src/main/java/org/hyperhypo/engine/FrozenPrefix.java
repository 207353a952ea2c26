package org.hyperhypo.engine;

import java.util.Optional;

/// Layers that do not learn under a mask need to run only once per example: find where they end, keep their outputs, train the rest.
///
/// ```java
/// FrozenPrefix.cut(net.spec(), mask).ifPresent(layer -> {
///     Examples kept = FrozenPrefix.outputs(net.below(layer), examples, 256);
///     Trainer.train(net.from(layer), mask.within(net.spec().from(layer)), kept, null, options, _ -> { });   // changes net itself: arrays are shared
/// });
/// ```
/// The trained network is the same bits as without.
public final class FrozenPrefix {
    private FrozenPrefix() {
    }

    /// The first layer that must run every time; empty when the lowest layer that learns is the first or stands inside a branch.
    public static Optional<String> cut(NetworkSpec spec, NeuronMask mask) {
        Optional<NeuronLayer> lowest = spec.neuronLayers().stream().filter(layer -> mask.count(layer.name()) > 0).findFirst();
        String cut = null;
        for (Layer layer : lowest.isPresent() ? spec.layers() : java.util.List.<Layer>of()) {
            String name = SpecWalk.name(layer);
            cut = name.isEmpty() || layer instanceof BatchNorm ? cut : name;      // a layer that normalises is cut with the one before it
            if (name.equals(lowest.get().name())) {
                return cut != null && spec.neuronLayer(cut).index() > 0 ? Optional.of(cut) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /// Outputs of `below` for all examples, with their labels and weights.
    public static Examples outputs(Network below, Examples examples, int batch) {
        Workspace w = below.workspace(batch).keepPackedWeights();
        int size = below.spec().output().size();
        float[] x = new float[Math.multiplyExact(batch, examples.inputSize())];
        int[] batchLabels = new int[batch];
        int[] index = new int[batch];
        float[] kept = new float[Math.multiplyExact(examples.size(), size)];
        int[] labels = new int[examples.size()];
        for (int start = 0; start < examples.size(); start += batch) {
            int n = Math.min(batch, examples.size() - start);
            for (int i = 0; i < n; i++) {
                index[i] = start + i;
            }
            examples.fill(index, 0, n, x, batchLabels);
            below.forward(x, 0, n, w);
            System.arraycopy(w.logits(), 0, kept, start * size, n * size);
            System.arraycopy(batchLabels, 0, labels, start, n);
        }
        float[] weights = new float[examples.size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = examples.weight(i);
        }
        return Examples.of(kept, labels, weights, size);
    }
}
