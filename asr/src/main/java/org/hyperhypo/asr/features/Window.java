package org.hyperhypo.asr.features;

/// Symmetric window functions of n samples, a = 2π/(n−1).
public enum Window {
    /// (0.5 − 0.5 cos(a·i))^0.85
    POVEY,
    /// 0.54 − 0.46 cos(a·i)
    HAMMING,
    /// 0.5 − 0.5 cos(a·i)
    HANNING,
    /// sin(a·i/2)
    SINE,
    /// c − 0.5 cos(a·i) + (0.5 − c) cos(2a·i), c = 0.42 as usual
    BLACKMAN,
    RECTANGULAR;

    float[] values(int n, double blackman) {
        float[] w = new float[n];
        double a = 2 * Math.PI / (n - 1);
        for (int i = 0; i < n; i++) {
            double cosine = StrictMath.cos(a * i);
            w[i] = (float) switch (this) {
                case POVEY -> StrictMath.pow(0.5 - 0.5 * cosine, 0.85);
                case HAMMING -> 0.54 - 0.46 * cosine;
                case HANNING -> 0.5 - 0.5 * cosine;
                case SINE -> StrictMath.sin(0.5 * a * i);
                case BLACKMAN -> blackman - 0.5 * cosine + (0.5 - blackman) * StrictMath.cos(2 * a * i);
                case RECTANGULAR -> 1;
            };
        }
        return w;
    }
}
