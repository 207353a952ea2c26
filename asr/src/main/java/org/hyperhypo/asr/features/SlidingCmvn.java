package org.hyperhypo.asr.features;

/// Normalisation by a window that moves with the frame, as Kaldi's apply-cmvn-sliding.
///
/// Frame t is normalised by the frames from − window/2 to + window/2 − 1 around it where `centred`, else by the `window` frames before it and
/// itself, at the begin by at least `minimum` frames. A window that would reach beyond an end is moved inside.
///
/// @param window   frames, 600 in Kaldi
/// @param minimum  frames at the begin when not centred, 100 in Kaldi
/// @param variance divide by the window's deviation too; variances below 1e−10 count as 1e−10
public record SlidingCmvn(int window, int minimum, boolean centred, boolean variance) {
    private static final double FLOOR = 1e-10;

    public SlidingCmvn {
        if (window < 1 || minimum < 1 || minimum > window) {
            throw new IllegalArgumentException("sliding window of " + window + " frames, at least " + minimum + ": needs 1 ≤ minimum ≤ window");
        }
    }

    /// New features. Sums are kept about the first frame, so that long utterances lose no digits.
    public Features apply(Features features) {
        int frames = features.frames();
        int bands = features.bands();
        float[] x = features.data();
        float[] out = new float[x.length];
        double[] sum = new double[bands];
        double[] squares = new double[bands];
        int from = 0;
        int to = 0;
        for (int t = 0; t < frames; t++) {
            int start = centred ? t - window / 2 : t - window;
            int end = centred ? start + window : t + 1;
            if (start < 0) {
                end -= start;
                start = 0;
            }
            if (!centred && end > t) {
                end = Math.max(t + 1, minimum);
            }
            if (end > frames) {
                start = Math.max(0, start - (end - frames));
                end = frames;
            }
            for (; to < end; to++) {
                add(x, to * bands, 1, sum, squares);
            }
            for (; from < start; from++) {
                add(x, from * bands, -1, sum, squares);
            }
            normalise(x, out, t * bands, end - start, sum, squares);
        }
        return new Features(frames, bands, out);
    }

    private static void add(float[] x, int at, int sign, double[] sum, double[] squares) {
        for (int b = 0; b < sum.length; b++) {
            double d = x[at + b] - x[b];
            sum[b] += sign * d;
            squares[b] += sign * d * d;
        }
    }

    private void normalise(float[] x, float[] out, int at, int count, double[] sum, double[] squares) {
        for (int b = 0; b < sum.length; b++) {
            double mean = sum[b] / count;
            double value = x[at + b] - x[b] - mean;
            if (variance) {
                value = count == 1 ? 0 : value / Math.sqrt(Math.max(FLOOR, squares[b] / count - mean * mean));
            }
            out[at + b] = (float) value;
        }
    }
}
