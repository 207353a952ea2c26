package org.hyperhypo.benchmarks;

import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.hyperhypo.kernels.Case;
import org.hyperhypo.kernels.Kernels;

/// Something to be timed.
///
/// @param name     who, and how: "ours, packed", "oneDNN"
/// @param flops    floating-point operations of one call, multiplications and additions counted apart; 0 where bytes are what counts
/// @param bytes    bytes that a call must move, each array counted once in every direction it goes
/// @param call     one call; whatever it needs was allocated and filled before
/// @param residual error of one call on fresh numbers against double precision, in units of the tolerance; NaN where there is nothing to compare with
public record Contender(String name, double flops, double bytes, Runnable call, DoubleSupplier residual) {

    /// A way to solve `problem`; `answer` makes one call on the problem's own numbers and returns its result.
    public static Contender of(String name, double flops, Runnable call, Problem problem, Supplier<float[]> answer) {
        return new Contender(name, flops, 0, call, () -> problem.residual(answer.get()));
    }

    /// A case of the registry that the tests of the kernels use.
    static Contender of(String name, Case c, Kernels kernels) {
        return new Contender(name, c.work().flops(), c.work().bytes(), c.call(kernels), () -> c.residual(kernels));
    }

    Contender named(String other) {
        return new Contender(other, flops, bytes, call, residual);
    }

    /// FLOP/s where FLOPs count, else bytes per second.
    double rate(double seconds) {
        return (flops > 0 ? flops : bytes) / seconds;
    }
}
