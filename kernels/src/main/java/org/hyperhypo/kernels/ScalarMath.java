package org.hyperhypo.kernels;

/// The functions of one float, written with the operations that the SIMD kernels use, in the same order: the same bits.
final class ScalarMath {
    static final float LOG2_E = 1.44269504088896340736f;
    static final float LN2_HIGH = 0.69314718055994530942f;
    static final float LN2_LOW = (float) (0.69314718055994530942 - LN2_HIGH);
    /// 1.5·2²³: adding it rounds to an integer, which then stands in the low bits.
    static final float ROUND = 12582912f;
    static final int ROUND_BITS = Float.floatToRawIntBits(ROUND);
    static final float EXP_HIGHEST = 89f;
    static final float EXP_LOWEST = -104f;
    static final float HELD_HIGHEST = 88f;
    static final float HELD_LOWEST = -87f;
    /// 1/n! for the Taylor polynomial of exp: its first term left out, r⁸/8! for abs(r) ≤ ln 2 / 2, is below 5.3e-9.
    static final float F2 = 1f / 2;
    static final float F3 = 1f / 6;
    static final float F4 = 1f / 24;
    static final float F5 = 1f / 120;
    static final float F6 = 1f / 720;
    static final float F7 = 1f / 5040;
    /// Below this, tanh is its Taylor polynomial: there 1 − exp(−2x) would cancel.
    static final float TANH_SMALL = 0.25f;
    static final float T3 = -1f / 3;
    static final float T5 = 2f / 15;
    static final float T7 = -17f / 315;
    static final float T9 = 62f / 2835;

    /// Bits of √½: the mantissa of [#log] is taken from [√½, √2).
    static final int HALF_ROOT_BITS = Float.floatToRawIntBits(0.70710678118654752440f);
    /// Subnormal arguments of log are multiplied by 2²³ first.
    static final float LOG_SCALE = 8388608f;
    static final int LOG_SCALE_POWER = 23;
    /// 2/n: the series of 2·artanh(s); its first term left out, 2/11·s¹¹ for abs(s) ≤ 0.172, is 2e-9 of the sum.
    static final float A3 = 2f / 3;
    static final float A5 = 2f / 5;
    static final float A7 = 2f / 7;
    static final float A9 = 2f / 9;

    private ScalarMath() {
    }

    /// `exp(x) = 2ⁿ·exp(r)` with `n = round(x / ln 2)` and `r = x − n·ln 2`, exp(r) by its Taylor polynomial of degree 7.
    ///
    /// 2ⁿ is applied as two factors, so that results below 2⁻¹²⁶ are rounded instead of flushed. NaN stays NaN.
    static float exp(float x) {
        float held = Math.max(Math.min(x, EXP_HIGHEST), EXP_LOWEST);
        float shifted = Math.fma(held, LOG2_E, ROUND);
        int exponent = Float.floatToRawIntBits(shifted) - ROUND_BITS;
        int half = exponent >> 1;
        return expReduced(held, shifted - ROUND) * powerOfTwo(half) * powerOfTwo(exponent - half);
    }

    /// exp with its argument held in [−87, 88], where 2ⁿ is one factor: what the activations and softmax use. exp(−87) = 1.6e-38 stands for less.
    static float expHeld(float x) {
        float held = Math.max(Math.min(x, HELD_HIGHEST), HELD_LOWEST);
        float shifted = Math.fma(held, LOG2_E, ROUND);
        return expReduced(held, shifted - ROUND) * powerOfTwo(Float.floatToRawIntBits(shifted) - ROUND_BITS);
    }

    /// exp(x − n·ln 2)
    private static float expReduced(float x, float n) {
        float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x));
        float p = Math.fma(F7, r, F6);
        p = Math.fma(p, r, F5);
        p = Math.fma(p, r, F4);
        p = Math.fma(p, r, F3);
        p = Math.fma(p, r, F2);
        p = Math.fma(p, r, 1f);
        return Math.fma(p, r, 1f);
    }

    /// `ln(x) = n·ln 2 + ln(1 + f)` with `x = 2ⁿ·(1 + f)` and 1 + f in [√½, √2).
    ///
    /// With `s = f/(2 + f)`, `ln(1 + f) = 2·artanh(s) = f − f²/2 + s·(f²/2 + 2/3·s² + 2/5·s⁴ + …)`: f itself is exact, and what is added to it is
    /// small. 0 gives −∞, a negative number NaN; ∞ and NaN stay.
    static float log(float x) {
        if (!(x < Float.POSITIVE_INFINITY)) {
            return x;
        }
        if (x < 0f) {
            return Float.NaN;
        }
        if (x == 0f) {
            return Float.NEGATIVE_INFINITY;
        }
        boolean tiny = x < Float.MIN_NORMAL;
        int bits = Float.floatToRawIntBits(tiny ? x * LOG_SCALE : x);
        int power = (bits - HALF_ROOT_BITS) >> 23;
        float f = Float.intBitsToFloat(bits - (power << 23)) - 1f;
        float n = power;
        n = tiny ? n - LOG_SCALE_POWER : n;
        return Math.fma(n, LN2_HIGH, logReduced(f, n));
    }

    /// `ln(1 + f)` and the lower part of n·ln 2.
    private static float logReduced(float f, float n) {
        float s = f / (f + 2f);
        float square = s * s;
        float r = Math.fma(square, A9, A7);
        r = Math.fma(r, square, A5);
        r = Math.fma(r, square, A3);
        float half = f * f * 0.5f;
        float bend = Math.fma(s, Math.fma(r, square, half), n * LN2_LOW);
        return f - (half - bend);
    }

    private static float powerOfTwo(int n) {
        return Float.intBitsToFloat((n + 127) << 23);
    }

    static float sigmoid(float x) {
        return 1f / (1f + expHeld(-x));
    }

    /// `(1 − e)/(1 + e)` with `e = exp(−2·abs(x))` and the sign of x; near 0 the Taylor polynomial.
    static float tanh(float x) {
        float magnitude = Math.abs(x);
        float e = expHeld(-2f * magnitude);
        float far = Math.copySign((1f - e) / (1f + e), x);
        float square = x * x;
        float p = Math.fma(T9, square, T7);
        p = Math.fma(p, square, T5);
        p = Math.fma(p, square, T3);
        float near = Math.fma(p * square, x, x);
        return magnitude < TANH_SMALL ? near : far;
    }

    static float relu(float x, float leak) {
        return x > 0f ? x : leak * x;
    }

    /// `positive·exp(−alpha·positive + c) + leak·negative`, one of the two parts being 0.
    static float ada(float x, float alpha, float c, float leak) {
        float positive = x < 0f ? 0f : x;
        float negative = x > 0f ? 0f : x;
        return Math.fma(leak, negative, positive * expHeld(Math.fma(-alpha, positive, c)));
    }

    /// Derivative of [#ada]: `exp(−alpha·x + c)·(1 − alpha·x)` where x > 0, else leak.
    static float adaSlope(float x, float alpha, float c, float leak) {
        float positive = x < 0f ? 0f : x;
        float slope = expHeld(Math.fma(-alpha, positive, c)) * Math.fma(-alpha, positive, 1f);
        return x > 0f ? slope : leak;
    }
}
