package org.hyperhypo.experiments.mpi;

import static org.hyperhypo.experiments.mpi.Bucket.floats;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.hyperhypo.engine.GradientVector;
import org.hyperhypo.engine.ShardTree;

/// Sums in the order of the tree over shards, whoever holds them.
///
/// The stretch is cut into as many slices as there are processes. Each process sends its partial sums of slice q to process q, which adds them in the order of
/// the tree and sends the slice's total to all. With one partial sum per process these are the bytes of a ring allreduce, 2·(R − 1)/R of the vector.
final class FixedBucket implements Bucket {
    /// Tag of a total; those of partial sums are numbers of shards. Messages of one tag arrive in the order in which they were sent.
    private static final int TOTAL = 1 << 14;

    private final int rank;
    private final int size;
    private final int shards;
    /// The partial sums that each process holds.
    private final List<List<ShardTree.Node<Integer>>> dealt;
    private final MemorySegment outgoing;
    private final MemorySegment incoming;
    private final Mpi.Messages sums;
    private final Mpi.Messages totals;
    private final List<ShardTree.Node<MemorySegment>> parts = new ArrayList<>();
    private long from;
    private int count;

    FixedBucket(Mpi mpi, Arena arena, List<List<ShardTree.Node<Integer>>> dealt, int shards, int numbers) {
        this.rank = mpi.rank();
        this.size = mpi.size();
        this.shards = shards;
        this.dealt = dealt;
        int own = dealt.get(rank).size();
        int all = dealt.stream().mapToInt(List::size).sum();
        outgoing = Bucket.allocate(arena, (long) numbers * own);
        incoming = Bucket.allocate(arena, (Math.ceilDiv(numbers, size) + 1L) * all);
        sums = mpi.new Messages(arena, (size - 1) * own + all - own);
        totals = mpi.new Messages(arena, 2 * (size - 1));
    }

    @Override
    public long post(List<ShardTree.Node<GradientVector>> own, long at, int numbers) {
        from = at;
        count = numbers;
        parts.clear();
        long place = 0;
        for (int process = 0; process < size; process++) {
            for (ShardTree.Node<Integer> node : dealt.get(process)) {
                MemorySegment slice = floats(incoming, place, slice(rank));
                place += slice(rank);
                parts.add(new ShardTree.Node<>(node.from(), node.width(), slice));
                if (process != rank) {
                    sums.receive(slice, process, node.from());
                }
            }
        }
        long sent = 0;
        place = 0;
        for (ShardTree.Node<GradientVector> node : own) {
            for (int to = 0; to < size; to++) {
                MemorySegment slice = to == rank ? part(node.from()) : floats(outgoing, place, slice(to));
                node.sum().read(from + start(to), slice);
                if (to != rank) {
                    place += slice(to);
                    sums.send(slice, to, node.from());
                    sent += slice.byteSize();
                }
            }
        }
        return sent;
    }

    @Override
    public long add(GradientVector total) {
        sums.await("partial sums of gradients");
        MemorySegment mine = ShardTree.total(parts, shards, Sum::add);
        long sent = 0;
        for (int other = 0; other < size; other++) {
            if (other != rank) {
                totals.receive(floats(outgoing, start(other), slice(other)), other, TOTAL);
                totals.send(mine, other, TOTAL);
                sent += mine.byteSize();
            }
        }
        total.write(from + start(rank), mine);
        return sent;
    }

    @Override
    public void finish(GradientVector total) {
        totals.await("totals of gradients");
        for (int other = 0; other < size; other++) {
            if (other != rank) {
                total.write(from + start(other), floats(outgoing, start(other), slice(other)));
            }
        }
    }

    private MemorySegment part(int shard) {
        return parts.stream().filter(part -> part.from() == shard).findFirst().orElseThrow().sum();
    }

    private int start(int process) {
        return (int) ((long) count * process / size);
    }

    private int slice(int process) {
        return start(process + 1) - start(process);
    }
}
