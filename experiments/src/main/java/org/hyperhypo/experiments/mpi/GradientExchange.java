package org.hyperhypo.experiments.mpi;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.hyperhypo.engine.GradientVector;
import org.hyperhypo.engine.Peers;
import org.hyperhypo.engine.ShardTree;

/// Sums of gradients over MPI.
///
/// Fixed order: the vector is cut into as many slices as there are processes. Each process sends its partial sums of slice q to process q, which adds them in
/// the order of the tree, and sends the slice's total to all. With one partial sum per process these are the bytes of a ring allreduce, 2·(R − 1)/R of the vector.
final class GradientExchange implements Peers {
    /// Tag of a total; those of partial sums are numbers of shards.
    private static final int TOTAL = 1 << 14;
    private static final int ALIGNMENT = 64;
    /// Bytes of one broadcast.
    private static final long PIECE = 1 << 24;

    private final Mpi mpi;
    private final Reduction reduction;
    private Arena arena = Arena.ofShared();
    private MemorySegment outgoing = MemorySegment.NULL;
    private MemorySegment incoming = MemorySegment.NULL;
    private Mpi.Messages messages;
    private int most;
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
        if (reduction == Reduction.FAST) {
            fast(own, total);
        } else {
            fixed(own, total, shards);
        }
    }

    private void fast(List<ShardTree.Node<GradientVector>> own, GradientVector total) {
        provide(total.size(), total.size(), 1);
        MemorySegment sum = floats(outgoing, 0, total.size());
        MemorySegment part = floats(incoming, 0, total.size());
        own.getFirst().sum().read(0, sum);
        for (ShardTree.Node<GradientVector> node : own.subList(1, own.size())) {
            node.sum().read(0, part);
            Sum.add(sum, part);
        }
        messages.sum(sum);
        bytesSent += 2 * (size() - 1) * total.size() * Float.BYTES / size();
        messages.await("sum of gradients");
        total.write(0, sum);
    }

    private void fixed(List<ShardTree.Node<GradientVector>> own, GradientVector total, int shards) {
        List<List<ShardTree.Node<Integer>>> dealt = new ArrayList<>();
        for (int rank = 0; rank < size(); rank++) {
            dealt.add(subtrees(rank, shards));
        }
        int others = dealt.stream().mapToInt(List::size).sum() - own.size();
        int sent = (size() - 1) * own.size();
        provide(total.size() * own.size(), slice(rank(), total) * (others + own.size()), Math.max(sent + others, 2 * (size() - 1)));

        long at = 0;
        for (int to = 0; to < size(); to++) {
            for (ShardTree.Node<GradientVector> node : own) {
                MemorySegment slice = floats(outgoing, at, slice(to, total));
                at += slice(to, total);
                if (to != rank()) {
                    node.sum().read(start(to, total), slice);
                    messages.send(slice, to, node.from());
                    bytesSent += slice.byteSize();
                }
            }
        }
        List<ShardTree.Node<MemorySegment>> parts = new ArrayList<>();
        at = 0;
        for (int from = 0; from < size(); from++) {
            for (ShardTree.Node<Integer> node : dealt.get(from)) {
                MemorySegment slice = floats(incoming, at, slice(rank(), total));
                at += slice(rank(), total);
                parts.add(new ShardTree.Node<>(node.from(), node.width(), slice));
                if (from != rank()) {
                    messages.receive(slice, from, node.from());
                }
            }
        }
        own.forEach(node -> node.sum().read(start(rank(), total),
                parts.stream().filter(part -> part.from() == node.from()).findFirst().orElseThrow().sum()));
        messages.await("partial sums of gradients");

        MemorySegment mine = ShardTree.total(parts, shards, Sum::add);
        total.write(start(rank(), total), mine);
        for (int to = 0; to < size(); to++) {
            if (to != rank()) {
                messages.send(mine, to, TOTAL);
                bytesSent += mine.byteSize();
                messages.receive(floats(outgoing, start(to, total), slice(to, total)), to, TOTAL);
            }
        }
        messages.await("totals of gradients");
        for (int from = 0; from < size(); from++) {
            if (from != rank()) {
                total.write(start(from, total), floats(outgoing, start(from, total), slice(from, total)));
            }
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

    private long start(int rank, GradientVector vector) {
        return vector.size() * rank / size();
    }

    private long slice(int rank, GradientVector vector) {
        return start(rank + 1, vector) - start(rank, vector);
    }

    /// Memory for that many numbers and messages: taken anew only where a gradient is longer than all before.
    private void provide(long out, long in, int count) {
        if (out * Float.BYTES > outgoing.byteSize() || in * Float.BYTES > incoming.byteSize() || count > most) {
            arena.close();
            arena = Arena.ofShared();
            outgoing = arena.allocate(Math.max(1, out) * Float.BYTES, ALIGNMENT);
            incoming = arena.allocate(Math.max(1, in) * Float.BYTES, ALIGNMENT);
            most = count;
            messages = mpi.new Messages(arena, most);
        }
    }

    private static MemorySegment floats(MemorySegment memory, long from, long count) {
        return memory.asSlice(from * JAVA_FLOAT.byteSize(), count * JAVA_FLOAT.byteSize());
    }
}
