package org.hyperhypo.asr.corrupt;

/// Levels of signals, as root mean square.
public final class SpeechLevel {
    /// Frames this far below the loudest one are pauses.
    private static final double PAUSE_DB = 30;

    private SpeechLevel() {
    }

    public static double rms(float[] x, int from, int to) {
        double sum = 0;
        for (int t = from; t < to; t++) {
            sum += (double) x[t] * x[t];
        }
        return to > from ? Math.sqrt(sum / (to - from)) : 0;
    }

    public static double rms(float[] x) {
        return rms(x, 0, x.length);
    }

    /// Level of the speech without its pauses: frames of 20 ms within 30 dB of the loudest frame. 0 for digital silence.
    public static double active(float[] x, int rate) {
        int frame = Math.max(1, rate / 50);
        double loudest = 0;
        for (int t = 0; t < x.length; t += frame) {
            loudest = Math.max(loudest, rms(x, t, Math.min(x.length, t + frame)));
        }
        double threshold = loudest * StrictMath.pow(10, -PAUSE_DB / 20);
        double sum = 0;
        long samples = 0;
        for (int t = 0; t < x.length; t += frame) {
            int end = Math.min(x.length, t + frame);
            double level = rms(x, t, end);
            if (level > 0 && level >= threshold) {
                sum += level * level * (end - t);
                samples += end - t;
            }
        }
        return samples == 0 ? 0 : Math.sqrt(sum / samples);
    }

    /// A copy multiplied so that its active level becomes `level`; silence stays silence.
    static float[] atLevel(float[] x, int rate, double level) {
        double now = active(x, rate);
        return now == 0 ? x.clone() : scaled(x, level / now);
    }

    static float[] scaled(float[] x, double factor) {
        float[] y = new float[x.length];
        for (int t = 0; t < x.length; t++) {
            y[t] = (float) (x[t] * factor);
        }
        return y;
    }
}
