package org.hyperhypo.experiments.mpi;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.hyperhypo.engine.GradientVector;
import org.hyperhypo.engine.Peers;
import org.hyperhypo.engine.ShardTree;

/// Sums of gradients over MPI, in buckets ([Bucket]).
final class GradientExchange implements Peers {
    private static final int UNDER_WAY = 3;
    /// Bytes of one broadcast.
    private static final long PIECE = 1 << 24;

    private final Mpi mpi;
    private final Reduction reduction;
    private Arena arena = Arena.ofShared();
    private final List<Bucket> buckets = new ArrayList<>();
    private int room;
    private int dealt;
    private long bytesSent;

    GradientExchange(Mpi mpi, Reduction reduction) {
        this.mpi = mpi;
        this.reduction = reduction;
    }

    @Override
    public int rank() {
        return mpi.rank();
    }

    @Override
    public int size() {
        return mpi.size();
    }

    /// Bytes that this process has sent so far.
    long bytesSent() {
        return bytesSent;
    }

    @Override
    public void merge(double[] numbers) {
        mpi.merge(numbers);
    }

    @Override
    public void gather(MemorySegment items, int bytes) {
        int count = Math.toIntExact(items.byteSize() / bytes);
        for (int owner = 0; owner < size(); owner++) {
            long end = (long) first(owner + 1, count) * bytes;
            for (long from = (long) first(owner, count) * bytes; from < end; from += PIECE) {
                MemorySegment piece = items.asSlice(from, Math.min(PIECE, end - from));
                mpi.broadcast(piece, owner, "kept outputs");
                bytesSent += owner == rank() ? (size() - 1) * piece.byteSize() : 0;
            }
        }
    }

    @Override
    public void total(List<ShardTree.Node<GradientVector>> own, GradientVector total, int shards) {
        int numbers = Bucket.numbers(total.size(), size());
        provide(numbers, shards);
        int count = Math.toIntExact(Math.ceilDiv(total.size(), (long) numbers));
        for (int step = 0; step < count + 2; step++) {
            if (step < count) {
                long from = (long) step * numbers;
                bytesSent += bucket(step).post(own, from, (int) Math.min(numbers, total.size() - from));
            }
            if (step >= 1 && step <= count) {
                bytesSent += bucket(step - 1).add(total);
            }
            if (step >= 2) {
                bucket(step - 2).finish(total);
            }
        }
    }

    private Bucket bucket(int number) {
        return buckets.get(number % UNDER_WAY);
    }

    /// Buckets of that many numbers: made anew only where they do not fit.
    private void provide(int numbers, int shards) {
        if (numbers == room && shards == dealt) {
            return;
        }
        arena.close();
        arena = Arena.ofShared();
        room = numbers;
        dealt = shards;
        buckets.clear();
        List<List<ShardTree.Node<Integer>>> nodes = IntStream.range(0, size()).mapToObj(rank -> subtrees(rank, shards)).toList();
        for (int i = 0; i < UNDER_WAY; i++) {
            buckets.add(reduction == Reduction.FAST ? new FastBucket(mpi, arena, numbers) : new FixedBucket(mpi, arena, nodes, shards, numbers));
        }
    }

    /// The partial sums that a process holds.
    private List<ShardTree.Node<Integer>> subtrees(int rank, int shards) {
        ShardTree<Integer> tree = new ShardTree<>(first(rank, shards), Integer::sum);
        for (int shard = first(rank, shards); shard < first(rank + 1, shards); shard++) {
            tree.push(1);
        }
        return tree.nodes();
    }
}
