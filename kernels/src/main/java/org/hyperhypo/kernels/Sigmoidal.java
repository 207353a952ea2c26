package org.hyperhypo.kernels;

import static org.hyperhypo.kernels.Lanes.L;
import static org.hyperhypo.kernels.Lanes.S;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/// Activations made of exp: sigmoid, tanh and ADA, on a run of floats. Vectors first, the rest by the scalar twin, with the same bits.
final class Sigmoidal {
    private Sigmoidal() {
    }

    /// `y = 1 / (1 + exp(−x))`
    static void sigmoid(int count, float[] x, int xOffset, float[] y, int yOffset) {
        FloatVector one = FloatVector.broadcast(S, 1f);
        int i = 0;
        for (; i + L <= count; i += L) {
            FloatVector e = Exp.held(FloatVector.fromArray(S, x, xOffset + i).neg());
            one.div(e.add(one)).intoArray(y, yOffset + i);
        }
        for (; i < count; i++) {
            y[yOffset + i] = ScalarMath.sigmoid(x[xOffset + i]);
        }
    }

    /// `y = tanh(x)`: see [ScalarMath#tanh].
    static void tanh(int count, float[] x, int xOffset, float[] y, int yOffset) {
        int i = 0;
        for (; i + L <= count; i += L) {
            FloatVector v = FloatVector.fromArray(S, x, xOffset + i);
            FloatVector magnitude = v.abs();
            FloatVector e = Exp.held(magnitude.mul(-2f));
            tanh(v, magnitude, e).intoArray(y, yOffset + i);
        }
        for (; i < count; i++) {
            y[yOffset + i] = ScalarMath.tanh(x[xOffset + i]);
        }
    }

    private static FloatVector tanh(FloatVector x, FloatVector magnitude, FloatVector e) {
        FloatVector one = FloatVector.broadcast(S, 1f);
        FloatVector far = one.sub(e).div(one.add(e));
        far = far.blend(far.neg(), x.compare(VectorOperators.LT, 0f));
        FloatVector square = x.mul(x);
        FloatVector p = square.fma(FloatVector.broadcast(S, ScalarMath.T9), FloatVector.broadcast(S, ScalarMath.T7));
        p = p.fma(square, FloatVector.broadcast(S, ScalarMath.T5));
        p = p.fma(square, FloatVector.broadcast(S, ScalarMath.T3));
        FloatVector near = p.mul(square).fma(x, x);
        return far.blend(near, magnitude.compare(VectorOperators.LT, ScalarMath.TANH_SMALL));
    }

    /// `y = max(0, x)·exp(−alpha·x + c) + leak·min(0, x)`
    static void ada(int count, float alpha, float c, float leak, float[] x, int xOffset, float[] y, int yOffset) {
        int i = 0;
        for (; i + L <= count; i += L) {
            FloatVector v = FloatVector.fromArray(S, x, xOffset + i);
            FloatVector positive = v.blend(0f, v.compare(VectorOperators.LT, 0f));
            FloatVector negative = v.blend(0f, v.compare(VectorOperators.GT, 0f));
            FloatVector e = Exp.held(positive.fma(-alpha, c));
            negative.fma(FloatVector.broadcast(S, leak), positive.mul(e)).intoArray(y, yOffset + i);
        }
        for (; i < count; i++) {
            y[yOffset + i] = ScalarMath.ada(x[xOffset + i], alpha, c, leak);
        }
    }

    /// `dX = dY·(x > 0 ? exp(−alpha·x + c)·(1 − alpha·x) : leak)`
    static void adaBackward(int count, float alpha, float c, float leak, float[] x, float[] dY, float[] dX, int offset) {
        int i = 0;
        for (; i + L <= count; i += L) {
            FloatVector v = FloatVector.fromArray(S, x, offset + i);
            FloatVector positive = v.blend(0f, v.compare(VectorOperators.LT, 0f));
            FloatVector slope = Exp.held(positive.fma(-alpha, c)).mul(positive.fma(-alpha, 1f));
            slope = FloatVector.broadcast(S, leak).blend(slope, v.compare(VectorOperators.GT, 0f));
            FloatVector.fromArray(S, dY, offset + i).mul(slope).intoArray(dX, offset + i);
        }
        for (; i < count; i++) {
            dX[offset + i] = dY[offset + i] * ScalarMath.adaSlope(x[offset + i], alpha, c, leak);
        }
    }
}
