package org.hyperhypo.kernels;

import org.hyperhypo.kernels.ReferenceKernels.Reference;

/// One operation on one shape: what tests hold it to, and what benchmarks measure.
///
/// @param name      operation and shape, unique
/// @param family    kind of operation
/// @param work      FLOPs and bytes of one call
/// @param data      its arrays; [Data#fresh] makes them
/// @param operation the call
/// @param errors    how many times ε·bound the output may differ from the double reference
/// @param reference null where exactness is shown by a test of its own
/// @param hot       also part of the test of allocation
public record Case(String name, Family family, Work work, Data data, Operation operation, double errors, Reference reference, boolean hot) {
    private static final double EPSILON = Math.ulp(1f) / 2;

    @FunctionalInterface
    interface Operation {
        /// Runs it on `d`; the result is 0 where the operation returns nothing.
        double run(Kernels k, Data d, Scratch s);
    }

    /// The case on arrays of its own, to be called again and again by one thread. Arrays are made here; packing memory grows in the first call,
    /// and weights that the operation keeps packed are packed there.
    public Runnable call(Kernels kernels) {
        Data d = data.fresh();
        Scratch scratch = new Scratch();
        return () -> operation.run(kernels, d, scratch);
    }

    /// Largest error of one call against double precision, as a share of what is allowed (1 is the limit); NaN where there is no reference.
    public double residual(Kernels kernels) {
        if (reference == null) {
            return Double.NaN;
        }
        Data run = data.fresh();
        double[][] expected = expected();
        operation.run(kernels, run, new Scratch());
        double worst = 0;
        float[] out = run.f(run.out);
        for (int i = 0; i < out.length; i++) {
            double share = Math.abs(out[i] - expected[0][i]) / allowed(expected[1][i]);
            worst = Math.max(worst, Double.isNaN(share) && Float.isNaN(out[i]) ? 0 : share);
        }
        return worst;
    }

    /// The output array as it should be, and the error scale of every element: infinite where the reference looks away.
    double[][] expected() {
        Data d = data.fresh();
        float[] before = d.f(d.out);
        double[] value = new double[before.length];
        for (int i = 0; i < value.length; i++) {
            value[i] = before[i];
        }
        double[] bound = new double[value.length];
        reference.compute(d, value, bound);
        return new double[][] {value, bound};
    }

    double allowed(double bound) {
        return errors * EPSILON * bound + 1e-37;
    }

    @Override
    public String toString() {
        return name;
    }
}
