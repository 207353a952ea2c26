package org.hyperhypo.kernels;

import static org.hyperhypo.kernels.Lanes.L;
import static org.hyperhypo.kernels.Lanes.S;
import static org.hyperhypo.kernels.ScalarMath.*;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// The vector form of [ScalarMath#log]: the same operations lane by lane, so the same bits at every width.
final class Log {
    private Log() {
    }

    static void run(int count, float[] x, int xOffset, float[] y, int yOffset, Threads threads) {
        Parts.of(x, xOffset, 0, y, yOffset, 0).run(count, 1, threads, null,
            (p, from, to, _) -> run(to - from, p.x, p.xOffset + from, p.y, p.yOffset + from));
    }

    /// `y[i] = ln(x[i])`, full range.
    private static void run(int count, float[] x, int xOffset, float[] y, int yOffset) {
        int i = 0;
        for (; i + L <= count; i += L) {
            log(FloatVector.fromArray(S, x, xOffset + i)).intoArray(y, yOffset + i);
        }
        for (; i < count; i++) {
            y[yOffset + i] = ScalarMath.log(x[xOffset + i]);
        }
    }

    private static FloatVector log(FloatVector x) {
        VectorMask<Float> tiny = x.compare(VectorOperators.LT, Float.MIN_NORMAL);
        FloatVector normal = x.blend(x.mul(LOG_SCALE), tiny);
        IntVector bits = normal.reinterpretAsInts();
        IntVector power = bits.sub(HALF_ROOT_BITS).lanewise(VectorOperators.ASHR, 23);
        FloatVector f = bits.sub(power.lanewise(VectorOperators.LSHL, 23)).reinterpretAsFloats().sub(1f);
        FloatVector n = (FloatVector) power.convert(VectorOperators.I2F, 0);
        n = n.blend(n.sub(LOG_SCALE_POWER), tiny);
        FloatVector y = n.fma(FloatVector.broadcast(S, LN2_HIGH), reduced(f, n));
        // Not a positive number: −∞ for 0, NaN below; ∞ and NaN stay what they are.
        y = y.blend(Float.NEGATIVE_INFINITY, x.compare(VectorOperators.EQ, 0f));
        y = y.blend(Float.NaN, x.compare(VectorOperators.LT, 0f));
        return x.blend(y, x.compare(VectorOperators.LT, Float.POSITIVE_INFINITY));
    }

    private static FloatVector reduced(FloatVector f, FloatVector n) {
        FloatVector s = f.div(f.add(2f));
        FloatVector square = s.mul(s);
        FloatVector r = square.fma(FloatVector.broadcast(S, A9), FloatVector.broadcast(S, A7));
        r = r.fma(square, FloatVector.broadcast(S, A5));
        r = r.fma(square, FloatVector.broadcast(S, A3));
        FloatVector half = f.mul(f).mul(0.5f);
        FloatVector bend = s.fma(r.fma(square, half), n.mul(LN2_LOW));
        return f.sub(half.sub(bend));
    }
}
