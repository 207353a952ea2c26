package org.hyperhypo.asr.features;

/// Appends time derivatives as Kaldi's add-deltas: `Δx_t = Σ_j j·x_(t+j) / Σ_j j²`, j = −window..window, frames repeated at the edges;
/// order n applies the widened filter of order n − 1 convolved with the first to the features themselves.
public final class Deltas {
    private Deltas() {
    }

    /// Columns: static, first, … `order`-th derivative. Kaldi's defaults are order 2, window 2.
    public static Features append(Features f, int order, int window) {
        if (order < 0 || window < 1) {
            throw new IllegalArgumentException("deltas of order " + order + " with window " + window + ": needs 0 or more, 1 or more");
        }
        int bands = f.bands();
        int wide = bands * (order + 1);
        float[] out = new float[f.frames() * wide];
        double[] filter = {1};
        for (int n = 0; n <= order; n++) {
            int reach = filter.length / 2;
            for (int t = 0; t < f.frames(); t++) {
                for (int b = 0; b < bands; b++) {
                    double sum = 0;
                    for (int j = -reach; j <= reach; j++) {
                        sum += filter[j + reach] * f.data()[Math.clamp((long) t + j, 0, f.frames() - 1) * bands + b];
                    }
                    out[t * wide + n * bands + b] = (float) sum;
                }
            }
            filter = widen(filter, window);
        }
        return new Features(f.frames(), wide, out);
    }

    private static double[] widen(double[] filter, int window) {
        double norm = 0;
        for (int j = -window; j <= window; j++) {
            norm += (double) j * j;
        }
        double[] wider = new double[filter.length + 2 * window];
        for (int i = 0; i < filter.length; i++) {
            for (int j = -window; j <= window; j++) {
                wider[i + j + window] += filter[i] * j / norm;
            }
        }
        return wider;
    }
}
