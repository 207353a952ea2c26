package org.hyperhypo.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// The gradient of one batch, cut into shards: forward and backward for each shard of this process, added up in the order of [ShardTree], and the
/// sum over all processes. With one shard this is one forward and one backward pass.
final class BatchGradient {
    private final FrozenPrefix.Part part;
    private final Trainer.Options options;
    private final Peers peers;
    private final Workspace w;
    private final int first;
    private final int last;
    private final int[] index;
    private final float[][] x;
    private final Targets[] targets;
    private final double[] numbers;
    private final Deque<ParameterGradients> free = new ArrayDeque<>();

    BatchGradient(FrozenPrefix.Part part, Trainer.Options options, Peers peers, Workspace w) {
        this.part = part;
        this.options = options;
        this.peers = peers;
        this.w = w;
        first = peers.firstShard(peers.rank(), options.shards());
        last = peers.firstShard(peers.rank() + 1, options.shards());
        index = new int[w.batch()];
        x = new float[last - first][Math.multiplyExact(w.batch(), part.train().inputSize())];
        targets = new Targets[last - first];
        for (int s = 0; s < targets.length; s++) {
            targets[s] = Targets.of(new int[w.batch()]).weightedBy(new float[w.batch()]);
        }
        numbers = new double[options.shards()];
    }

    /// Samples that one shard of a batch of n has at most.
    static int most(int n, int shards) {
        return Math.ceilDiv(n, shards);
    }

    /// Leaves the gradients of the batch in the workspace and returns its loss.
    ///
    /// @param examples numbers of the batch's n examples
    /// @param seen     examples of the run before this batch
    double compute(int[] examples, int n, long seen) {
        double whole = fill(examples, n);
        ShardTree<ParameterGradients> sums = new ShardTree<>(first, this::add);
        for (int shard = first; shard < last; shard++) {
            int from = start(shard, n);
            int count = start(shard + 1, n) - from;
            part.network().forwardTraining(x[shard - first], 0, count, options.seed(), seen + from, part.mask(), w);
            numbers[shard] = part.network().backward(part.loss(), targets[shard - first].partOf(whole), options.learning(), count, part.mask(), w);
            if (options.shards() > 1) {
                sums.push(w.exchange(free.isEmpty() ? new ParameterGradients(part.network().plan().layers.size()) : free.pop()));
            }
        }
        return options.shards() == 1 ? numbers[0] : total(sums.nodes());
    }

    /// Reads the examples of this process and returns the weight of the whole batch.
    private double fill(int[] examples, int n) {
        java.util.Arrays.fill(numbers, 0);
        for (int shard = first; shard < last; shard++) {
            int from = start(shard, n);
            int count = start(shard + 1, n) - from;
            Targets t = targets[shard - first];
            System.arraycopy(examples, from, index, 0, count);
            part.train().fill(index, 0, count, x[shard - first], t.labels());
            for (int i = 0; i < count; i++) {
                t.weights()[i] = part.train().weight(index[i]);
            }
            numbers[shard] = t.ownTotal(count);
        }
        return merged();
    }

    private double merged() {
        peers.merge(numbers);
        double sum = 0;
        for (double number : numbers) {
            sum += number;
        }
        java.util.Arrays.fill(numbers, 0);
        return sum;
    }

    private int start(int shard, int n) {
        return (int) ((long) shard * n / options.shards());
    }

    private ParameterGradients add(ParameterGradients left, ParameterGradients right) {
        vector(left).add(vector(right));
        free.push(right);
        return left;
    }

    private GradientVector vector(ParameterGradients gradients) {
        return gradients.vector(part.network(), part.mask(), options.learning(), w.kernels);
    }

    /// Puts the gradient of the batch into the workspace and returns its loss.
    private double total(List<ShardTree.Node<ParameterGradients>> nodes) {
        if (peers.size() > 1) {
            List<ShardTree.Node<GradientVector>> own = new ArrayList<>();
            nodes.forEach(node -> own.add(new ShardTree.Node<>(node.from(), node.width(), vector(node.sum()))));
            peers.total(own, own.getFirst().sum(), options.shards());
        }
        nodes.subList(1, nodes.size()).forEach(node -> free.push(node.sum()));
        free.push(w.exchange(nodes.getFirst().sum()));
        return merged();
    }
}
