package org.hyperhypo.engine;

import java.util.List;

/// The processes that train one network together, seen from one of them. Every batch is cut into [#shards] equal parts; each process computes the gradients
/// of its own, and [#total] adds them up in the order of a fixed binary tree ([ShardTree]), so that the model has the same bits for any number of processes.
public interface Peers {
    /// Number of this process, 0 … size − 1.
    int rank();

    int size();

    /// Parts of a batch, a power of two, at least [#size].
    int shards();

    /// Sets `total` to the sum over all shards. Every process calls this with the partial sums that it holds.
    void total(List<ShardTree.Node<GradientVector>> own, GradientVector total);

    /// What every process gave, in the order of ranks.
    double[] gather(double own);

    /// First shard of a process; those of process r are [firstShard(r), firstShard(r + 1)).
    default int firstShard(int rank) {
        return (int) ((long) rank * shards() / size());
    }
}
