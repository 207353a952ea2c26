package org.hyperhypo.kernels;

import static org.hyperhypo.kernels.Lanes.L;
import static org.hyperhypo.kernels.Lanes.S;
import static org.hyperhypo.kernels.ScalarMath.*;
import static org.hyperhypo.kernels.ScalarSoftmax.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/// The vector forms of [ScalarMath#exp] and [ScalarMath#expHeld]: the same operations lane by lane, so the same bits at every width.
///
/// `lanewise(EXP)` would call a native library whose error depends on the vector width, or run slowly where that is missing.
final class Exp {
    private Exp() {
    }

    static void run(int count, float[] x, int xOffset, float[] y, int yOffset, Threads threads) {
        Parts.of(x, xOffset, 0, y, yOffset, 0).run(count, 1, threads, null,
            (p, from, to, _) -> run(to - from, p.x, p.xOffset + from, p.y, p.yOffset + from));
    }

    /// `y[i] = exp(x[i])`, full range.
    private static void run(int count, float[] x, int xOffset, float[] y, int yOffset) {
        int i = 0;
        for (; i + L <= count; i += L) {
            full(FloatVector.fromArray(S, x, xOffset + i)).intoArray(y, yOffset + i);
        }
        for (; i < count; i++) {
            y[yOffset + i] = ScalarMath.exp(x[xOffset + i]);
        }
    }

    /// `y[i] = exp(x[i] − shift)`, shift being the largest x and the argument held at −87, and their sum in the lanes and order of [ScalarSoftmax].
    ///
    /// [#held] written out: so the method is too long for C2 to inline it (325 bytes) into a caller with other vector loops.
    static float shiftedAndSum(int count, float[] x, int xOffset, float shift, float[] y, int yOffset, float[] lanes) {
        FloatVector one = FloatVector.broadcast(S, 1f);
        int whole = count - count % LANES;
        for (int slice = 0; slice < LANES; slice += L) {
            FloatVector sum = FloatVector.zero(S);
            for (int i = slice; i < whole; i += LANES) {
                FloatVector v = FloatVector.fromArray(S, x, xOffset + i).sub(shift);
                v = v.blend(HELD_LOWEST, v.compare(VectorOperators.LT, HELD_LOWEST));
                FloatVector shifted = v.fma(FloatVector.broadcast(S, LOG2_E), FloatVector.broadcast(S, ROUND));
                FloatVector n = shifted.sub(ROUND);
                FloatVector r = n.fma(FloatVector.broadcast(S, -LN2_HIGH), v);
                r = n.fma(FloatVector.broadcast(S, -LN2_LOW), r);
                FloatVector p = r.fma(FloatVector.broadcast(S, F7), FloatVector.broadcast(S, F6));
                p = p.fma(r, FloatVector.broadcast(S, F5));
                p = p.fma(r, FloatVector.broadcast(S, F4));
                p = p.fma(r, FloatVector.broadcast(S, F3));
                p = p.fma(r, FloatVector.broadcast(S, F2));
                p = p.fma(r, one).fma(r, one);
                IntVector power = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).add(127 << 23);
                FloatVector e = p.mul(power.reinterpretAsFloats());
                e.intoArray(y, yOffset + i);
                sum = sum.add(e);
            }
            sum.intoArray(lanes, slice);
        }
        for (int i = whole; i < count; i++) {
            float e = ScalarMath.expHeld(x[xOffset + i] - shift);
            y[yOffset + i] = e;
            lanes[i - whole] += e;
        }
        return ScalarSoftmax.tree(lanes, 0);
    }

    static FloatVector held(FloatVector x) {
        FloatVector held = below(above(x, HELD_LOWEST), HELD_HIGHEST);
        FloatVector shifted = held.fma(FloatVector.broadcast(S, LOG2_E), FloatVector.broadcast(S, ROUND));
        FloatVector p = reduced(held, shifted.sub(ROUND));
        // The low bits of `shifted` are n, those of ROUND are 0: shifting by 23 leaves n in the exponent's place.
        IntVector power = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).add(127 << 23);
        return p.mul(power.reinterpretAsFloats());
    }

    /// `max(x, lowest)`. A comparison and a blend let NaN pass as Math.max does, in two instructions instead of the five of `max`.
    private static FloatVector above(FloatVector x, float lowest) {
        return x.blend(lowest, x.compare(VectorOperators.LT, lowest));
    }

    private static FloatVector below(FloatVector x, float highest) {
        return x.blend(highest, x.compare(VectorOperators.GT, highest));
    }

    private static FloatVector full(FloatVector x) {
        FloatVector held = below(above(x, EXP_LOWEST), EXP_HIGHEST);
        FloatVector shifted = held.fma(FloatVector.broadcast(S, LOG2_E), FloatVector.broadcast(S, ROUND));
        IntVector exponent = shifted.reinterpretAsInts().sub(ROUND_BITS);
        IntVector half = exponent.lanewise(VectorOperators.ASHR, 1);
        return reduced(held, shifted.sub(ROUND)).mul(power(half)).mul(power(exponent.sub(half)));
    }

    private static FloatVector power(IntVector n) {
        return n.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
    }

    private static FloatVector reduced(FloatVector x, FloatVector n) {
        FloatVector one = FloatVector.broadcast(S, 1f);
        FloatVector r = n.fma(FloatVector.broadcast(S, -LN2_HIGH), x);
        r = n.fma(FloatVector.broadcast(S, -LN2_LOW), r);
        FloatVector p = r.fma(FloatVector.broadcast(S, F7), FloatVector.broadcast(S, F6));
        p = p.fma(r, FloatVector.broadcast(S, F5));
        p = p.fma(r, FloatVector.broadcast(S, F4));
        p = p.fma(r, FloatVector.broadcast(S, F3));
        p = p.fma(r, FloatVector.broadcast(S, F2));
        p = p.fma(r, one);
        return p.fma(r, one);
    }
}
