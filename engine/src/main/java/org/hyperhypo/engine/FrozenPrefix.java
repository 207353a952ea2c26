package org.hyperhypo.engine;

import java.util.Optional;
import org.hyperhypo.kernels.Kernels;

/// Layers that do not learn under a mask need to run only once per example: [Trainer] finds where they end, keeps their outputs, and trains the rest.
/// The trained network is the same bits as without.
///
/// By hand, for instance to train several masks on the same kept outputs:
///
/// ```java
/// FrozenPrefix.cut(net.spec(), mask).ifPresent(layer -> {
///     Examples kept = FrozenPrefix.outputs(net.below(layer), examples, 256);
///     Trainer.train(net.from(layer), mask.within(net.spec().from(layer)), kept, null, options, _ -> { });   // changes net itself: arrays are shared
/// });
/// ```
public final class FrozenPrefix {
    private FrozenPrefix() {
    }

    /// The first layer that must run every time; empty when the lowest layer that learns is the first or stands inside a branch.
    public static Optional<String> cut(NetworkSpec spec, NeuronMask mask) {
        for (NeuronLayer layer : spec.neuronLayers()) {
            if (mask.count(layer.name()) > 0) {
                boolean splits = spec.layers().stream().anyMatch(l -> SpecWalk.name(l).equals(layer.name()));
                return splits && layer.index() > 0 ? Optional.of(layer.name()) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /// Outputs of `below` for all examples, with their labels.
    public static Examples outputs(Network below, Examples examples, int batch) {
        return outputs(below, examples, batch, Kernels.best());
    }

    /// What has to run in every step of a training run, and the examples as it reads them.
    record Part(Network network, NeuronMask mask, Examples train, Examples heldOut) {
    }

    /// The network above its frozen prefix; the whole network if it has none, if examples are seen once at most, or if the outputs need more than `keptBytes`.
    static Part part(Network net, NeuronMask mask, Examples train, Examples heldOut, Trainer.Options options, long keptBytes, Kernels kernels) {
        Optional<String> cut = cut(net.spec(), mask);
        boolean seenAgain = options.epochs() * options.shareOfExamplesPerEpoch() > 1;
        if (cut.isEmpty() || !seenAgain || bytes(net.spec().below(cut.get()), train) + bytes(net.spec().below(cut.get()), heldOut) > keptBytes) {
            return new Part(net, mask, train, heldOut);
        }
        Network below = net.below(cut.get());
        Network above = net.from(cut.get());
        return new Part(above, mask.within(above.spec()), outputs(below, train, options.batch(), kernels),
                heldOut == null ? null : outputs(below, heldOut, options.batch(), kernels));
    }

    /// More than any bound where one array cannot hold the outputs.
    private static double bytes(NetworkSpec below, Examples examples) {
        long numbers = examples == null ? 0 : (long) examples.size() * below.output().size();
        return numbers > Integer.MAX_VALUE - 8 ? Double.POSITIVE_INFINITY : 4.0 * numbers;
    }

    private static Examples outputs(Network below, Examples examples, int batch, Kernels kernels) {
        Workspace w = below.workspace(batch, kernels).keepPackedWeights();
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
        return Examples.of(kept, labels, size);
    }
}
