package org.hyperhypo.asr.features;

import org.hyperhypo.asr.features.FeatureOptions.Kind;

/// Weights of a filterbank on the bins of a power spectrum. Filter b covers the bins `first[b] .. first[b] + weights[b].length − 1`.
///
/// @param byBin the same weights as `byBin[k][b]` where all filters cover all bins, else null
record Filters(int[] first, float[][] weights, float[][] byBin, double[] centresHz) {
    static Filters of(FeatureOptions o, int fft) {
        return o.kind() == Kind.MEL ? mel(o, fft) : gammatone(o, fft);
    }

    static double mel(double hz) {
        return 1127 * StrictMath.log(1 + hz / 700);
    }

    /// Triangles linear in mel = 1127 ln(1 + f/700), peak 1, edges equally spaced; the Nyquist bin is not used.
    private static Filters mel(FeatureOptions o, int fft) {
        double low = mel(o.lowHz());
        double step = (mel(o.upperHz()) - low) / (o.bands() + 1);
        int[] first = new int[o.bands()];
        float[][] weights = new float[o.bands()][];
        double[] centres = new double[o.bands()];
        for (int b = 0; b < o.bands(); b++) {
            double left = low + b * step;
            double centre = low + (b + 1) * step;
            double right = low + (b + 2) * step;
            float[] row = new float[fft / 2];
            int begin = -1;
            int end = -1;
            for (int k = 0; k < fft / 2; k++) {
                double m = mel((double) o.rate() / fft * k);
                if (m > left && m < right) {
                    row[k] = (float) (m <= centre ? (m - left) / (centre - left) : (right - m) / (right - centre));
                    begin = begin < 0 ? k : begin;
                    end = k + 1;
                }
            }
            if (begin < 0) {
                throw new IllegalArgumentException(o.bands() + " mel bands: band " + b + " lies between two of the " + fft / 2
                    + " frequency bins; use fewer bands or a longer window");
            }
            first[b] = begin;
            weights[b] = java.util.Arrays.copyOfRange(row, begin, end);
            centres[b] = 700 * (StrictMath.exp(centre / 1127) - 1);
        }
        return new Filters(first, weights, null, centres);
    }

    /// `|H(f)|² = (1 + ((f − fc)/b)²)^−4`, b = 1.019 ERB(fc), ERB(f) = 24.7 (0.00437 f + 1): a gammatone of order 4 in the frequency
    /// domain, one-sided. Centres equally spaced on E(f) = 21.4 log10(1 + 0.00437 f), both ends included; all bins 0..N/2.
    private static Filters gammatone(FeatureOptions o, int fft) {
        double low = 21.4 * StrictMath.log10(1 + 0.00437 * o.lowHz());
        double high = 21.4 * StrictMath.log10(1 + 0.00437 * o.upperHz());
        int[] first = new int[o.bands()];
        float[][] weights = new float[o.bands()][fft / 2 + 1];
        double[] centres = new double[o.bands()];
        for (int b = 0; b < o.bands(); b++) {
            double e = o.bands() == 1 ? low : low + (high - low) * b / (o.bands() - 1);
            centres[b] = (StrictMath.pow(10, e / 21.4) - 1) / 0.00437;
            double width = 1.019 * 24.7 * (0.00437 * centres[b] + 1);
            for (int k = 0; k <= fft / 2; k++) {
                double r = ((double) o.rate() / fft * k - centres[b]) / width;
                double s = 1 + r * r;
                double half = 1 / (s * s);
                weights[b][k] = (float) (o.power() ? half * half : half);
            }
        }
        float[][] byBin = new float[fft / 2 + 1][weights.length];
        for (int k = 0; k <= fft / 2; k++) {
            for (int b = 0; b < weights.length; b++) {
                byBin[k][b] = weights[b][k];
            }
        }
        return new Filters(first, weights, byBin, centres);
    }

    /// Sets `out[b] = Σ_k w_b[k]·spectrum[k]` for all bands.
    void energies(float[] spectrum, float[] out) {
        if (byBin == null) {
            for (int b = 0; b < weights.length; b++) {
                out[b] = dot(weights[b], spectrum, first[b]);
            }
        } else {
            allBins(spectrum, out);
        }
    }

    /// Bin by bin over all bands: neighbouring sums do not depend on each other, so the JIT makes vectors of them; four bins at a time
    /// save three of four loads and stores of the sums.
    private void allBins(float[] spectrum, float[] out) {
        java.util.Arrays.fill(out, 0);
        int k = 0;
        for (; k + 3 < spectrum.length; k += 4) {
            addFour(out, byBin[k], byBin[k + 1], byBin[k + 2], byBin[k + 3], spectrum[k], spectrum[k + 1], spectrum[k + 2], spectrum[k + 3]);
        }
        for (; k < spectrum.length; k++) {
            addFour(out, byBin[k], byBin[k], byBin[k], byBin[k], spectrum[k], 0, 0, 0);
        }
    }

    private static void addFour(float[] out, float[] w0, float[] w1, float[] w2, float[] w3, float p0, float p1, float p2, float p3) {
        for (int b = 0; b < out.length; b++) {
            out[b] += p0 * w0[b] + p1 * w1[b] + (p2 * w2[b] + p3 * w3[b]);
        }
    }

    private static float dot(float[] weights, float[] x, int from) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int k = 0;
        for (; k + 3 < weights.length; k += 4) {
            s0 += weights[k] * x[from + k];
            s1 += weights[k + 1] * x[from + k + 1];
            s2 += weights[k + 2] * x[from + k + 2];
            s3 += weights[k + 3] * x[from + k + 3];
        }
        for (; k < weights.length; k++) {
            s0 += weights[k] * x[from + k];
        }
        return s0 + s1 + (s2 + s3);
    }
}
