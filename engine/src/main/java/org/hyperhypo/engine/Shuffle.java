package org.hyperhypo.engine;

import java.util.SplittableRandom;

/// An endless random order of examples: one permutation after the other, so that shares of an epoch still see every example equally often.
///
/// Permutation r is Fisher and Yates's: `for i = size−1 … 1: swap(order[i], order[j])`, j uniform in [0, i] from `Seeds.random(seed, "shuffle r")`,
/// starting from the permutation before (the first from 0, 1, 2, …).
final class Shuffle {
    private final long seed;
    private final int[] order;
    private int position;
    private int round;

    Shuffle(int size, long seed) {
        this.seed = seed;
        this.order = new int[size];
        for (int i = 0; i < size; i++) {
            order[i] = i;
        }
        position = size;
    }

    /// Sets the next `count` example numbers.
    void next(int[] index, int count) {
        for (int i = 0; i < count; i++) {
            if (position == order.length) {
                permute();
            }
            index[i] = order[position++];
        }
    }

    /// Goes on by `count` examples, as [#next] would.
    void skip(long count) {
        for (long left = count; left > 0; ) {
            if (position == order.length) {
                permute();
            }
            int taken = (int) Math.min(left, order.length - position);
            position += taken;
            left -= taken;
        }
    }

    private void permute() {
        SplittableRandom random = Seeds.random(seed, "shuffle " + round++);
        for (int i = order.length - 1; i > 0; i--) {
            int j = Seeds.below(random, i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        position = 0;
    }
}
