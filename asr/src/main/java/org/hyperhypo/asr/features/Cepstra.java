package org.hyperhypo.asr.features;

/// Orthonormal DCT-II of the log mel bands as in Kaldi's compute-mfcc-feats: `c_k = √(2/B) Σ_b x_b cos(π k (b + ½)/B)`
/// (c_0 with √(1/B)), times the lifter `1 + Q/2 sin(π k/Q)`.
final class Cepstra {
    private final int coefficients;
    private final int bands;
    private final double[] basis;

    Cepstra(int coefficients, int bands, double lifter) {
        this.coefficients = coefficients;
        this.bands = bands;
        basis = new double[coefficients * bands];
        for (int k = 0; k < coefficients; k++) {
            double weight = Math.sqrt((k == 0 ? 1.0 : 2.0) / bands);
            weight *= lifter > 0 ? 1 + 0.5 * lifter * StrictMath.sin(Math.PI * k / lifter) : 1;
            for (int b = 0; b < bands; b++) {
                basis[k * bands + b] = weight * StrictMath.cos(Math.PI * k * (b + 0.5) / bands);
            }
        }
    }

    /// Sets `out[to .. to + coefficients)` from `bands` log energies.
    void of(float[] logBands, float[] out, int to) {
        for (int k = 0; k < coefficients; k++) {
            double sum = 0;
            for (int b = 0; b < bands; b++) {
                sum += basis[k * bands + b] * logBands[b];
            }
            out[to + k] = (float) sum;
        }
    }
}
