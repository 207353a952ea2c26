package org.hyperhypo.experiments.mpi;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.hyperhypo.engine.GradientVector;
import org.hyperhypo.engine.ShardTree;

/// Memory outside the heap and the messages of one stretch of the gradients while their sum over all processes is made. Three of them are under way at any time:
/// one is filled and sent, one is added up, one is read, so that copying and adding happen in the cache while other stretches travel.
sealed interface Bucket permits FixedBucket, FastBucket {
    /// Numbers of one message, 1 MiB: shorter ones are waited for too often (experiments/README.md, "Several machines", has the measurement).
    int SLICE = 1 << 18;
    int ALIGNMENT = 64;

    /// Takes numbers [from, from + count) of this process's partial sums and sends what others need of them.
    ///
    /// @return bytes sent
    long post(List<ShardTree.Node<GradientVector>> own, long from, int count);

    /// Waits for the others' partial sums, adds them up and sends on the sums.
    ///
    /// @return bytes sent
    long add(GradientVector total);

    /// Waits for the sums of the others and writes them.
    void finish(GradientVector total);

    /// Numbers of a bucket: every process gets a slice.
    static int numbers(long vector, int processes) {
        return (int) Math.max(1, Math.min(vector, (long) processes * SLICE));
    }

    static MemorySegment allocate(Arena arena, long numbers) {
        return arena.allocate(Math.max(1, numbers) * Float.BYTES, ALIGNMENT);
    }

    static MemorySegment floats(MemorySegment memory, long from, long count) {
        return memory.asSlice(from * JAVA_FLOAT.byteSize(), count * JAVA_FLOAT.byteSize());
    }
}
