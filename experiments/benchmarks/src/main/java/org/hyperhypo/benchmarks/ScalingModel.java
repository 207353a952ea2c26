package org.hyperhypo.benchmarks;

import java.util.stream.IntStream;
import org.hyperhypo.experiments.mpi.Reduction;

/// Time of a training step over R processes: what each computes, and the exchange of gradients by the α–β model (a message of n bytes takes `α + β·n`).
///
/// ```
/// compute   = perStep + perExample · ⌈S/R⌉ · B/S                     the process with most shards is waited for
/// fixed     = n·copy·(k + 1) + add·n·(K − 1)/R + ⌈n/slice/R⌉·2(R − 1)·α + β·n·(R − 1)·(k + 1)/R
/// fast      = n·copy·2       + add·n·(R − 1)/R + 2⌈log₂ R⌉·α             + β·n·2(R − 1)/R
/// ```
/// k is the most partial sums that a process holds after adding up its shards, K those of all processes; k = 1 and K = R where R is a power of two. `fast` is the
/// recursive halving and doubling that MPI libraries use for long vectors (Thakur, Rabenseifner, Gropp 2005), `fixed` the direct exchange of [Reduction#FIXED].
///
/// @param work   of one process
/// @param link   between two processes
/// @param memory of one process
record ScalingModel(Work work, Link link, Memory memory) {
    /// Numbers of a message, as the exchange cuts them.
    static final double SLICE_BYTES = 4.0 * (1 << 16);

    /// @param perStep    seconds of a step whatever its batch: update, checks, clearing
    /// @param perExample seconds of forward and backward of one example
    /// @param bytes      of the gradient that is exchanged
    record Work(double perStep, double perExample, double bytes) {
        /// From steps of two batch sizes.
        static Work of(int few, double secondsOfFew, int many, double secondsOfMany, double bytes) {
            double perExample = (secondsOfMany - secondsOfFew) / (many - few);
            return new Work(Math.max(0, secondsOfFew - few * perExample), perExample, bytes);
        }

        /// The same work on a node that is so many times as fast as the thread that was measured.
        Work on(double speed) {
            return new Work(perStep / speed, perExample / speed, bytes);
        }
    }

    /// @param latency α, seconds
    /// @param perByte β, seconds
    record Link(double latency, double perByte) {
        /// α is the time of the shortest message, β the slope between two long ones.
        static Link of(double shortest, long bytes, double seconds, long moreBytes, double moreSeconds) {
            return new Link(shortest, (moreSeconds - seconds) / (moreBytes - bytes));
        }

        double seconds(double bytes) {
            return latency + perByte * bytes;
        }
    }

    /// @param copy seconds to copy a byte between gradient and message
    /// @param add  seconds to add a byte of one message to another
    record Memory(double copy, double add) {
    }

    double compute(int processes, int batch, int shards) {
        return work.perStep + work.perExample * Math.ceilDiv(shards, processes) * batch / shards;
    }

    double exchange(int processes, int shards, Reduction reduction) {
        double n = work.bytes;
        double r = processes;
        if (processes == 1) {
            return 0;
        }
        if (reduction == Reduction.FAST) {
            return n * memory.copy * 2 + memory.add * n * (r - 1) / r + 2 * Math.ceil(Math.log(r) / Math.log(2)) * link.latency
                    + link.perByte * n * 2 * (r - 1) / r;
        }
        int most = IntStream.range(0, processes).map(rank -> partialSums(rank, processes, shards)).max().orElseThrow();
        int all = IntStream.range(0, processes).map(rank -> partialSums(rank, processes, shards)).sum();
        return n * memory.copy * (most + 1) + memory.add * n * (all - 1) / r + Math.ceil(n / SLICE_BYTES / r) * 2 * (r - 1) * link.latency
                + link.perByte * n * (r - 1) * (most + 1) / r;
    }

    double step(int processes, int batch, int shards, Reduction reduction) {
        return compute(processes, batch, shards) + exchange(processes, shards, reduction);
    }

    /// Complete subtrees of the shards that process `rank` holds.
    static int partialSums(int rank, int processes, int shards) {
        long from = (long) rank * shards / processes;
        long to = (long) (rank + 1) * shards / processes;
        int count = 0;
        while (from < to) {
            long width = from == 0 ? Long.highestOneBit(to) : Long.lowestOneBit(from);
            while (from + width > to) {
                width /= 2;
            }
            from += width;
            count++;
        }
        return count;
    }
}
