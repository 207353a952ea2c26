package org.hyperhypo.asr.corrupt;

/// Level changes and clipping.
public final class Gain {
    private static final double PEAK = 0.99;

    private Gain() {
    }

    public static float[] decibels(float[] x, double db) {
        return SpeechLevel.scaled(x, StrictMath.pow(10, db / 20));
    }

    public static double peak(float[] x) {
        double peak = 0;
        for (float v : x) {
            peak = Math.max(peak, Math.abs(v));
        }
        return peak;
    }

    /// A copy; where the peak exceeds 0.99 the whole signal is turned down to it, so that 16-bit files do not clip.
    public static float[] protect(float[] x) {
        double peak = peak(x);
        return peak > PEAK ? SpeechLevel.scaled(x, PEAK / peak) : x.clone();
    }

    /// Limits every sample to ± `share` of the signal's own peak, 0 < share ≤ 1.
    public static float[] clip(float[] x, double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("clipping at " + share + " of the peak: must be above 0 and at most 1");
        }
        float limit = (float) (peak(x) * share);
        float[] y = new float[x.length];
        for (int t = 0; t < x.length; t++) {
            y[t] = Math.clamp(x[t], -limit, limit);
        }
        return y;
    }
}
