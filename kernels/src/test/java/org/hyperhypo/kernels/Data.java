package org.hyperhypo.kernels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// The arrays of one case, each between guard values. `out` is the array that the double reference checks.
///
/// Magnitudes spread over six decades, so that order and cancellation matter.
final class Data {
    /// Floats before and after what a kernel may touch. Where an operation takes no offset there are none before.
    static final int GUARD = 37;

    final List<float[]> floats = new ArrayList<>();
    byte[] bytes = new byte[0];
    int[] ints = new int[0];
    double[] doubles = new double[0];
    long[] longs = new long[0];
    int out;
    private final SplittableRandom random;

    Data(long seed) {
        random = new SplittableRandom(seed);
    }

    /// A guarded array with `size` floats in the middle; its number.
    int array(int size) {
        float[] x = new float[size + 2 * GUARD];
        for (int i = 0; i < x.length; i++) {
            x[i] = spread();
        }
        floats.add(x);
        return floats.size() - 1;
    }

    /// The same with values in [−range, range], for functions and logits.
    int array(int size, double range) {
        int number = array(size);
        float[] x = floats.get(number);
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) ((2 * random.nextDouble() - 1) * range);
        }
        return number;
    }

    int output(int size) {
        out = array(size);
        return out;
    }

    private float spread() {
        return (float) ((random.nextBoolean() ? 1 : -1) * Math.pow(10, 6 * random.nextDouble() - 3));
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    float[] f(int number) {
        return floats.get(number);
    }

    Data copy() {
        Data copy = new Data(0);
        floats.forEach(x -> copy.floats.add(x.clone()));
        copy.bytes = bytes.clone();
        copy.ints = ints.clone();
        copy.doubles = doubles.clone();
        copy.longs = longs.clone();
        copy.out = out;
        return copy;
    }

    /// The first difference in any array, guards included, or null. NaN equals NaN.
    String difference(Data other) {
        for (int a = 0; a < floats.size(); a++) {
            int at = Arrays.mismatch(f(a), other.f(a));
            if (at >= 0) {
                return "array " + a + (a == out ? " (output)" : "") + " at " + at + " of " + f(a).length + ": " + f(a)[at] + " and " + other.f(a)[at];
            }
        }
        if (!Arrays.equals(bytes, other.bytes)) {
            return "bytes at " + Arrays.mismatch(bytes, other.bytes);
        }
        if (!Arrays.equals(doubles, other.doubles)) {
            return "doubles at " + Arrays.mismatch(doubles, other.doubles);
        }
        return Arrays.equals(longs, other.longs) ? null : "longs at " + Arrays.mismatch(longs, other.longs);
    }
}
