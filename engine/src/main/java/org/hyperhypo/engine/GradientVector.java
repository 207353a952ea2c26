package org.hyperhypo.engine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.hyperhypo.kernels.Kernels;

/// Stretches of several arrays, one after the other, as one vector: the gradients of the neurons that learn, without those of the others between them.
public final class GradientVector {
    private final List<Stretch> stretches = new ArrayList<>();
    private final Kernels kernels;
    private long size;

    /// `count` numbers of `array` from `from` on are numbers `at` … of the vector.
    private record Stretch(float[] array, int from, int count, long at) {
    }

    GradientVector(Kernels kernels) {
        this.kernels = kernels;
    }

    void append(float[] array, int from, int count) {
        stretches.add(new Stretch(array, from, count, size));
        size += count;
    }

    /// Numbers of the vector.
    public long size() {
        return size;
    }

    /// Copies numbers from `from` on to `target`, as many as fit.
    public void read(long from, MemorySegment target) {
        copy(from, target, true);
    }

    /// Sets numbers from `from` on.
    public void write(long from, MemorySegment source) {
        copy(from, source, false);
    }

    /// Adds a vector with the same stretches (of other arrays), and returns this one.
    GradientVector add(GradientVector other) {
        for (int i = 0; i < stretches.size(); i++) {
            Stretch mine = stretches.get(i);
            Stretch theirs = other.stretches.get(i);
            if (theirs.count != mine.count) {
                throw new AssertionError("vectors of different masks");
            }
            kernels.add(mine.count, theirs.array, theirs.from, mine.array, mine.from);
        }
        return this;
    }

    private void copy(long from, MemorySegment segment, boolean out) {
        long to = from + segment.byteSize() / Float.BYTES;
        for (Stretch s : stretches) {
            long first = Math.max(from, s.at);
            int count = (int) (Math.min(to, s.at + s.count) - first);
            if (count > 0) {
                int at = s.from + (int) (first - s.at);
                long offset = (first - from) * Float.BYTES;
                if (out) {
                    MemorySegment.copy(s.array, at, segment, ValueLayout.JAVA_FLOAT, offset, count);
                } else {
                    MemorySegment.copy(segment, ValueLayout.JAVA_FLOAT, offset, s.array, at, count);
                }
            }
        }
    }
}
