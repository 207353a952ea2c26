package org.hyperhypo.experiments.mpi;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// What messages and memory cost here, in the way in which gradients are exchanged.
///
/// @param bytes  sizes of messages
/// @param oneWay seconds that one of each takes from rank 0 to rank 1: half of there and back, median
/// @param copy   seconds to copy a byte between a long array and a bucket
/// @param add    seconds to add a byte of one bucket to another
public record LinkProbe(long[] bytes, double[] oneWay, double copy, double add) {
    private static final long[] SIZES = {4, 1 << 10, 1 << 14, 1 << 16, 1 << 18, 1 << 20, 1 << 22};
    private static final int TIMES = 21;
    private static final int WARM_UP = 10;
    /// Bytes that a copy or sum is timed with: more than any cache next to one core holds.
    private static final int LONG = 1 << 25;

    /// All processes call this; those after rank 1 only copy and add.
    static LinkProbe measure(Mpi mpi) {
        double[] copyAndAdd = memory();
        double[] oneWay = new double[SIZES.length];
        for (int i = 0; i < SIZES.length; i++) {
            oneWay[i] = mpi.rank() < 2 && mpi.size() > 1 ? pingPong(mpi, SIZES[i]) : Double.NaN;
        }
        return new LinkProbe(SIZES.clone(), oneWay, copyAndAdd[0], copyAndAdd[1]);
    }

    private static double pingPong(Mpi mpi, long bytes) {
        try (Arena arena = Arena.ofShared()) {
            MemorySegment there = Bucket.allocate(arena, bytes / Float.BYTES);
            MemorySegment back = Bucket.allocate(arena, bytes / Float.BYTES);
            Mpi.Messages messages = mpi.new Messages(arena, 1);
            int other = 1 - mpi.rank();
            double[] seconds = new double[TIMES];
            int repeat = Math.clamp((1L << 20) / bytes, 1, 100);
            for (int round = -WARM_UP; round < TIMES; round++) {
                long start = System.nanoTime();
                for (int i = 0; i < 2 * repeat; i++) {
                    if (i % 2 == mpi.rank()) {
                        messages.send(there, other, 0);
                    } else {
                        messages.receive(back, other, 0);
                    }
                    messages.await("a message that is timed");
                }
                seconds[Math.max(0, round)] = (System.nanoTime() - start) * 1e-9 / (2 * repeat);
            }
            return median(seconds);
        }
    }

    private static double[] memory() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bucket = Bucket.allocate(arena, Bucket.SLICE);
            MemorySegment other = Bucket.allocate(arena, Bucket.SLICE);
            float[] array = new float[LONG / Float.BYTES];
            double[] copy = new double[TIMES];
            double[] add = new double[TIMES];
            for (int round = -WARM_UP; round < TIMES; round++) {
                long start = System.nanoTime();
                for (int from = 0; from < array.length; from += Bucket.SLICE) {
                    MemorySegment.copy(array, from, bucket, ValueLayout.JAVA_FLOAT, 0, Bucket.SLICE);
                    MemorySegment.copy(bucket, ValueLayout.JAVA_FLOAT, 0, array, from, Bucket.SLICE);
                }
                copy[Math.max(0, round)] = (System.nanoTime() - start) * 1e-9 / (2.0 * LONG);
                start = System.nanoTime();
                for (int from = 0; from < array.length; from += Bucket.SLICE) {
                    Sum.add(bucket, other);
                }
                add[Math.max(0, round)] = (System.nanoTime() - start) * 1e-9 / LONG;
            }
            return new double[] {median(copy), median(add)};
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
