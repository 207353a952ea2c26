package org.hyperhypo.kernels;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// The arrays of one case, each between guard values: first as a list of what to make, so that a registry of large shapes costs nothing, then,
/// from [#fresh], the arrays themselves, the same numbers every time. `out` is the array that the double reference checks.
///
/// Magnitudes spread over six decades, so that order and cancellation matter.
final class Data {
    /// Floats before and after what a kernel may touch. Where an operation takes no offset there are none before.
    final int guard;
    byte[] bytes = new byte[0];
    int[] ints = new int[0];
    double[][] doubles = {};
    long[][] longs = {};
    int out;
    private final long seed;
    private final SplittableRandom random;
    private final List<Consumer<Data>> steps = new ArrayList<>();
    private final List<float[]> floats = new ArrayList<>();
    private final PackedMatrix[] kept = new PackedMatrix[2];

    Data(long seed, int guard) {
        this.seed = seed;
        this.guard = guard;
        random = new SplittableRandom(seed);
    }

    /// A guarded array with `size` floats in the middle; its number.
    int array(int size) {
        return array(size, 0);
    }

    /// The same with values in [−range, range], for functions and logits.
    int array(int size, double range) {
        int number = steps.size();
        steps.add(d -> d.floats.add(d.numbers(size + 2 * guard, range)));
        return number;
    }

    int output(int size) {
        out = array(size);
        return out;
    }

    /// Something to do with the arrays once they are there; after the last of them.
    void then(Consumer<Data> step) {
        steps.add(step);
    }

    private float[] numbers(int size, double range) {
        float[] x = new float[size];
        for (int i = 0; i < size; i++) {
            x[i] = range > 0 ? (float) ((2 * random.nextDouble() - 1) * range) : spread();
        }
        return x;
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

    /// A packed B of these kernels that lives as long as these arrays.
    PackedMatrix kept(Kernels kernels, Kernels.Form form, int n, int k) {
        int kind = kernels == Kernels.scalar() ? 1 : 0;
        if (kept[kind] == null) {
            kept[kind] = kernels.packed(form, n, k);
        }
        return kept[kind];
    }

    /// The same, packed from `b` when first asked for.
    PackedMatrix packedOnce(Kernels kernels, Kernels.Form form, int n, int k, float[] b, int bOffset, int ldb) {
        boolean packed = kept[kernels == Kernels.scalar() ? 1 : 0] != null;
        PackedMatrix matrix = kept(kernels, form, n, k);
        if (!packed) {
            matrix.pack(b, bOffset, ldb);
        }
        return matrix;
    }

    /// Puts `values` at about every fifth place of every array.
    void scatter(float[] values) {
        for (float[] x : floats) {
            for (int i = below(5); i < x.length; i += 1 + below(9)) {
                x[i] = values[below(values.length)];
            }
        }
    }

    /// New arrays with the numbers of this case.
    Data fresh() {
        Data d = new Data(seed, guard);
        d.out = out;
        steps.forEach(step -> step.accept(d));
        return d;
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
        if (!Arrays.deepEquals(doubles, other.doubles)) {
            return "doubles: " + Arrays.deepToString(doubles) + " and " + Arrays.deepToString(other.doubles);
        }
        return Arrays.deepEquals(longs, other.longs) ? null : "longs: " + Arrays.deepToString(longs) + " and " + Arrays.deepToString(other.longs);
    }

    /// A number of every bit in every array, in order.
    long hash() {
        long hash = 0;
        for (float[] x : floats) {
            for (float value : x) {
                hash = 31 * hash + Float.floatToIntBits(value);
            }
        }
        hash = 31 * hash + Arrays.hashCode(bytes);
        return 31 * (31 * hash + Arrays.deepHashCode(doubles)) + Arrays.deepHashCode(longs);
    }
}
