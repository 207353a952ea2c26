package org.hyperhypo.engine;

import java.lang.foreign.MemorySegment;
import java.util.List;

/// The processes that train one network together, seen from one of them. Each computes the gradients of its own shards of every batch ([ShardTree]),
/// and all make the same step with the sum.
///
/// All processes call the same methods in the same order. A process that fails leaves the others waiting: whoever started them ends them.
public interface Peers {
    /// This process alone.
    Peers NONE = new Peers() {
        @Override
        public int rank() {
            return 0;
        }

        @Override
        public int size() {
            return 1;
        }

        @Override
        public void total(List<ShardTree.Node<GradientVector>> own, GradientVector total, int shards) {
            throw new AssertionError("nothing to exchange");
        }

        @Override
        public void merge(double[] numbers) {
        }

        @Override
        public void gather(MemorySegment items, int bytes) {
        }
    };

    /// Number of this process, 0 … size − 1.
    int rank();

    int size();

    /// Sets `total`, which may be one of `own`, to the sum over all shards. Every process calls this with the partial sums that it holds.
    void total(List<ShardTree.Node<GradientVector>> own, GradientVector total, int shards);

    /// Sets each number to that of the one process where it is not 0: what each has computed for itself, put together, exactly.
    void merge(double[] numbers);

    /// Completes items of `bytes` bytes each, of which every process has set its own, dealt out as [#first] says.
    void gather(MemorySegment items, int bytes);

    /// The first of `count` things of a process; those of process r are [first(r, count), first(r + 1, count)).
    default int first(int rank, int count) {
        return (int) ((long) rank * count / size());
    }
}
