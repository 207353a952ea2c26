package org.hyperhypo.kernels;

import jdk.incubator.vector.FloatVector;

/// The most that the processor's multiply-add units give: a loop of nothing else, with more independent chains (12) than any core needs to hide
/// the latency of one (4 cycles × 2 units = 8). Its rate is the top of every scale of compute-bound kernels.
public final class FmaPeak {
    private static final int CHAINS = 12;
    private static final float FACTOR = 0.75f;

    private FmaPeak() {
    }

    /// Multiplications and additions of [#run].
    public static double flops(int steps) {
        return 2.0 * CHAINS * Lanes.L * steps;
    }

    /// Does `s = s·¾ + ¾` in every chain, `steps` times from ¾, and returns the sum of the chains' first lanes: 36 from about 40 steps on.
    public static float run(int steps) {
        FloatVector x = FloatVector.broadcast(Lanes.S, FACTOR);
        FloatVector s0 = x;
        FloatVector s1 = x;
        FloatVector s2 = x;
        FloatVector s3 = x;
        FloatVector s4 = x;
        FloatVector s5 = x;
        FloatVector s6 = x;
        FloatVector s7 = x;
        FloatVector s8 = x;
        FloatVector s9 = x;
        FloatVector s10 = x;
        FloatVector s11 = x;
        for (int i = 0; i < steps; i++) {
            s0 = s0.fma(x, x);
            s1 = s1.fma(x, x);
            s2 = s2.fma(x, x);
            s3 = s3.fma(x, x);
            s4 = s4.fma(x, x);
            s5 = s5.fma(x, x);
            s6 = s6.fma(x, x);
            s7 = s7.fma(x, x);
            s8 = s8.fma(x, x);
            s9 = s9.fma(x, x);
            s10 = s10.fma(x, x);
            s11 = s11.fma(x, x);
        }
        return s0.add(s1).add(s2).add(s3).add(s4).add(s5).add(s6).add(s7).add(s8).add(s9).add(s10).add(s11).lane(0);
    }
}
