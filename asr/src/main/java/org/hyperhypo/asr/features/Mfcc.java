package org.hyperhypo.asr.features;

import org.hyperhypo.asr.features.FeatureOptions.Compression;

/// Mel-frequency cepstra as Kaldi's compute-mfcc-feats: orthonormal DCT-II of the log mel bands,
/// `c_k = √(2/B) Σ_b x_b cos(π k (b + ½)/B)` (c_0 with √(1/B)), lifter `1 + Q/2 sin(π k/Q)`; with `energy`, c_0 is the log energy.
public final class Mfcc {
    private final Filterbank filterbank;
    private final int coefficients;
    private final double[] basis;

    /// `lifter` 0 for none; Kaldi's default is 22. The options must ask for log mel bands.
    public Mfcc(FeatureOptions options, int coefficients, double lifter) {
        if (options.kind() != FeatureOptions.Kind.MEL || options.compression() != Compression.LOG) {
            throw new IllegalArgumentException("MFCC of " + options.kind() + " with " + options.compression() + ": needs MEL and LOG");
        }
        if (coefficients < 1 || coefficients > options.bands()) {
            throw new IllegalArgumentException(coefficients + " cepstra of " + options.bands() + " bands: must be 1 to the number of bands");
        }
        this.filterbank = Filterbank.of(options);
        this.coefficients = coefficients;
        int bands = options.bands();
        basis = new double[coefficients * bands];
        for (int k = 0; k < coefficients; k++) {
            double weight = Math.sqrt((k == 0 ? 1.0 : 2.0) / bands);
            weight *= lifter > 0 ? 1 + 0.5 * lifter * StrictMath.sin(Math.PI * k / lifter) : 1;
            for (int b = 0; b < bands; b++) {
                basis[k * bands + b] = weight * StrictMath.cos(Math.PI * k * (b + 0.5) / bands);
            }
        }
    }

    public Features compute(float[] samples) {
        Features mel = filterbank.compute(samples);
        FeatureOptions options = filterbank.options();
        int bands = options.bands();
        int skip = options.energy() ? 1 : 0;
        float[] out = new float[mel.frames() * coefficients];
        for (int t = 0; t < mel.frames(); t++) {
            int from = t * mel.bands() + skip;
            for (int k = 0; k < coefficients; k++) {
                double sum = 0;
                for (int b = 0; b < bands; b++) {
                    sum += basis[k * bands + b] * mel.data()[from + b];
                }
                out[t * coefficients + k] = (float) sum;
            }
            if (options.energy()) {
                out[t * coefficients] = mel.data()[from - 1];
            }
        }
        return new Features(mel.frames(), coefficients, out);
    }
}
