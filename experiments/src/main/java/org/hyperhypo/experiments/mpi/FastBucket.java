package org.hyperhypo.experiments.mpi;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.hyperhypo.engine.GradientVector;
import org.hyperhypo.engine.ShardTree;

/// Sums as MPI_Iallreduce of the library makes them.
final class FastBucket implements Bucket {
    private final int size;
    private final MemorySegment memory;
    private final MemorySegment next;
    private final Mpi.Messages messages;
    private MemorySegment sum;
    private long from;

    FastBucket(Mpi mpi, Arena arena, int numbers) {
        size = mpi.size();
        memory = Bucket.allocate(arena, numbers);
        next = Bucket.allocate(arena, numbers);
        messages = mpi.new Messages(arena, 1);
    }

    @Override
    public long post(List<ShardTree.Node<GradientVector>> own, long at, int count) {
        from = at;
        sum = Bucket.floats(memory, 0, count);
        own.getFirst().sum().read(from, sum);
        for (ShardTree.Node<GradientVector> node : own.subList(1, own.size())) {
            MemorySegment part = Bucket.floats(next, 0, count);
            node.sum().read(from, part);
            Sum.add(sum, part);
        }
        messages.sum(sum);
        return 2 * (size - 1) * sum.byteSize() / size;
    }

    @Override
    public long add(GradientVector total) {
        return 0;
    }

    @Override
    public void finish(GradientVector total) {
        messages.await("sum of gradients");
        total.write(from, sum);
    }
}
