package org.hyperhypo.engine;

import java.lang.foreign.MemorySegment;
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

    /// The first layer that must run every time; empty when the lowest layer that learns is the first or stands inside a branch. Where normalised
    /// neurons learn, it is the layer that they normalise: its gate stands behind both.
    public static Optional<String> cut(NetworkSpec spec, NeuronMask mask) {
        NeuronLayer start = null;
        for (NeuronLayer layer : spec.neuronLayers()) {
            start = layer.kind() == NeuronLayer.Kind.NORM && start != null ? start : layer;
            if (mask.count(layer.name()) > 0) {
                String name = start.name();
                boolean splits = spec.layers().stream().anyMatch(l -> SpecWalk.name(l).equals(name));
                return splits && start.index() > 0 && start.kind() != NeuronLayer.Kind.NORM ? Optional.of(name) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /// Outputs of `below` for all examples, with their labels.
    public static Examples outputs(Network below, Examples examples, int batch) {
        return outputs(below, examples, batch, Peers.NONE, Kernels.best());
    }

    /// What has to run in every step of a training run, and the examples as it reads them.
    record Part(Network network, NeuronMask mask, Examples train, Examples heldOut, Loss loss) {
    }

    /// The network above its frozen prefix; the whole network if it has none, if examples are seen once at most, if the outputs need more than
    /// `keptBytes`, or if the loss looks below.
    static Part part(Network net, NeuronMask mask, Examples train, Examples heldOut, Trainer.Options options, long keptBytes, Peers peers,
                     Kernels kernels) {
        String cut = cut(net.spec(), mask).orElse(null);
        boolean seenAgain = options.epochs() * options.shareOfExamplesPerEpoch() > 1;
        Loss loss = cut == null || !seenAgain || bytes(net.spec().below(cut), train) + bytes(net.spec().below(cut), heldOut) > keptBytes ? null
                : above(options.loss(), net, cut);
        if (loss == null) {
            return new Part(net, mask, train, heldOut, options.loss());
        }
        Network below = net.below(cut);
        Network above = net.from(cut);
        return new Part(above, mask.within(above.spec()), outputs(below, train, options.batch(), peers, kernels),
                heldOut == null ? null : outputs(below, heldOut, options.batch(), peers, kernels), loss);
    }

    /// The same loss for the part from `cut` on; null where it needs the layers below: another network's, or some of their neurons ablated.
    private static Loss above(Loss loss, Network net, String cut) {
        return switch (loss) {
            case CrossEntropy _, Entropy _ -> loss;
            case KldRegularised kld -> kld.reference().spec().equals(net.spec()) && kld.reference().below(cut).hash().equals(net.below(cut).hash())
                    ? new KldRegularised(kld.reference().from(cut), kld.rho()) : null;
            case Comparative _ -> null;
        };
    }

    /// More than any bound where one array cannot hold the outputs.
    private static double bytes(NetworkSpec below, Examples examples) {
        long numbers = examples == null ? 0 : (long) examples.size() * below.output().size();
        return numbers > Integer.MAX_VALUE - 8 ? Double.POSITIVE_INFINITY : 4.0 * numbers;
    }

    /// Every process computes the outputs of its own part of the examples, and gets the others'.
    private static Examples outputs(Network below, Examples examples, int batch, Peers peers, Kernels kernels) {
        Workspace w = below.workspace(batch, kernels).keepPackedWeights();
        int size = below.spec().output().size();
        float[] x = new float[Math.multiplyExact(batch, examples.inputSize())];
        int[] batchLabels = new int[batch];
        int[] index = new int[batch];
        float[] kept = new float[Math.multiplyExact(examples.size(), size)];
        int[] labels = new int[examples.size()];
        int end = peers.first(peers.rank() + 1, examples.size());
        for (int start = peers.first(peers.rank(), examples.size()); start < end; start += batch) {
            int n = Math.min(batch, end - start);
            for (int i = 0; i < n; i++) {
                index[i] = start + i;
            }
            examples.fill(index, 0, n, x, batchLabels);
            below.forward(x, 0, n, w);
            System.arraycopy(w.logits(), 0, kept, start * size, n * size);
            System.arraycopy(batchLabels, 0, labels, start, n);
        }
        peers.gather(MemorySegment.ofArray(kept), size * Float.BYTES);
        peers.gather(MemorySegment.ofArray(labels), Integer.BYTES);
        return new Kept(Examples.of(kept, labels, size), examples);
    }

    /// Kept outputs with the weights of the examples they belong to.
    private record Kept(Examples outputs, Examples examples) implements Examples {
        @Override
        public int size() {
            return outputs.size();
        }

        @Override
        public int inputSize() {
            return outputs.inputSize();
        }

        @Override
        public void fill(int[] index, int from, int count, float[] x, int[] labels) {
            outputs.fill(index, from, count, x, labels);
        }

        @Override
        public float weight(int example) {
            return examples.weight(example);
        }
    }
}
