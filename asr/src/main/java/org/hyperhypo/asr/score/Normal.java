package org.hyperhypo.asr.score;

/// Tails of the normal distribution, to about 14 digits.
public final class Normal {
    private Normal() {
    }

    /// Probability that a standard normal variable is farther from 0 than z: `erfc(|z| / √2)`.
    public static double twoSided(double z) {
        double x = Math.abs(z) / Math.sqrt(2);
        return x < 2 ? 1 - erfSeries(x) : erfcFraction(x);
    }

    /// `erf(x) = 2/√π · exp(−x²) · Σ 2ⁿ x²ⁿ⁺¹ / (1·3·…·(2n+1))`: all terms positive, no cancellation.
    private static double erfSeries(double x) {
        double term = x;
        double sum = x;
        for (int n = 1; term > 1e-18 * sum; n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    }

    /// `erfc(x) = exp(−x²)/√π · 1/(x + (1/2)/(x + (2/2)/(x + (3/2)/(x + …))))`, from the inside out.
    private static double erfcFraction(double x) {
        double f = x;
        for (int k = 120; k >= 1; k--) {
            f = x + k / 2.0 / f;
        }
        return Math.exp(-x * x) / (Math.sqrt(Math.PI) * f);
    }
}
