package org.hyperhypo.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// The gradient of one batch. In one piece it is one forward and one backward pass. In S shards,
///
/// ```
/// shard s = examples [s·n/S, (s + 1)·n/S)            losses and gradients divided by the weight C of the whole batch
/// gradient = tree sum of the shards' gradients       loss = loss of shard 0 + loss of shard 1 + …
/// ```
/// this process runs the shards that are dealt to it, adds them up in the order of [ShardTree], and gets the sum over all processes from its [Peers].
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
    /// One number of each shard; 0 for those of other processes.
    private final double[] numbers;
    private final Deque<ParameterGradients> free = new ArrayDeque<>();
    private final Map<ParameterGradients, GradientVector> vectors = new IdentityHashMap<>();

    BatchGradient(FrozenPrefix.Part part, Trainer.Options options, Peers peers, Workspace w) {
        this.part = part;
        this.options = options;
        this.peers = peers;
        this.w = w;
        first = peers.first(peers.rank(), options.shards());
        last = peers.first(peers.rank() + 1, options.shards());
        index = new int[w.batch()];
        x = new float[last - first][Math.multiplyExact(w.batch(), part.train().inputSize())];
        targets = new Targets[last - first];
        for (int s = 0; s < targets.length; s++) {
            targets[s] = Targets.of(new int[w.batch()]).weightedBy(new float[w.batch()]);
        }
        numbers = new double[options.shards()];
    }

    /// Leaves the gradients of the batch in the workspace and returns its loss.
    ///
    /// @param examples numbers of the batch's n examples
    /// @param seen     examples of the run before this batch
    double compute(int[] examples, int n, long seen) {
        for (int shard = first; shard < last; shard++) {
            read(shard, examples, n);
        }
        if (options.shards() == 1) {
            return pass(0, n, seen, targets[0]);
        }
        for (int shard = first; shard < last; shard++) {
            numbers[shard] = targets[shard - first].ownTotal(count(shard, n));
        }
        double whole = sum();
        ShardTree<ParameterGradients> sums = new ShardTree<>(first, this::add);
        for (int shard = first; shard < last; shard++) {
            numbers[shard] = pass(shard, n, seen, targets[shard - first].partOf(whole));
            sums.push(w.exchange(free.isEmpty() ? new ParameterGradients(part.network().plan().layers.size()) : free.pop()));
        }
        total(sums.nodes());
        return sum();
    }

    private int start(int shard, int n) {
        return (int) ((long) shard * n / options.shards());
    }

    /// Samples of a shard; none where the batch has fewer than shards.
    private int count(int shard, int n) {
        return start(shard + 1, n) - start(shard, n);
    }

    private void read(int shard, int[] examples, int n) {
        int count = count(shard, n);
        Targets t = targets[shard - first];
        System.arraycopy(examples, start(shard, n), index, 0, count);
        part.train().fill(index, 0, count, x[shard - first], t.labels());
        for (int i = 0; i < count; i++) {
            t.weights()[i] = part.train().weight(index[i]);
        }
    }

    private double pass(int shard, int n, long seen, Targets t) {
        int count = count(shard, n);
        part.network().forwardTraining(x[shard - first], 0, count, options.seed(), seen + start(shard, n), part.mask(), w);
        return part.network().backward(part.loss(), t, options.learning(), count, part.mask(), w);
    }

    /// The shards' numbers of all processes, added in the order of shards.
    private double sum() {
        peers.merge(numbers);
        double sum = 0;
        for (double number : numbers) {
            sum += number;
        }
        Arrays.fill(numbers, 0);
        return sum;
    }

    private ParameterGradients add(ParameterGradients left, ParameterGradients right) {
        vector(left).add(vector(right));
        free.push(right);
        return left;
    }

    private GradientVector vector(ParameterGradients gradients) {
        return vectors.computeIfAbsent(gradients, g -> g.vector(part.network(), part.mask(), options.learning(), w.kernels));
    }

    /// Puts the gradient of the batch into the workspace.
    private void total(List<ShardTree.Node<ParameterGradients>> nodes) {
        ParameterGradients total = nodes.getFirst().sum();
        if (peers.size() > 1) {
            List<ShardTree.Node<GradientVector>> own = new ArrayList<>();
            nodes.forEach(node -> own.add(new ShardTree.Node<>(node.from(), node.width(), vector(node.sum()))));
            peers.total(own, vector(total), options.shards());
        }
        nodes.subList(1, nodes.size()).forEach(node -> free.push(node.sum()));
        free.push(w.exchange(total));
    }
}
