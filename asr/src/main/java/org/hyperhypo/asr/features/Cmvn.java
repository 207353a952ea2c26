package org.hyperhypo.asr.features;

import java.util.Arrays;

/// Mean and variance normalisation: `x ← (x − μ)/σ` per band. Statistics are sums in double precision and can be merged, so the
/// same class serves an utterance, a speaker (all their utterances) or a whole training set.
public final class Cmvn {
    /// A band whose standard deviation is below this fraction of its magnitude (or of 1) is constant: it is shifted, not scaled.
    private static final double CONSTANT = 1e-6;

    private final double[] sum;
    private final double[] sumOfSquares;
    private final double[] shift;
    private long frames;

    public Cmvn(int bands) {
        if (bands < 1) {
            throw new IllegalArgumentException(bands + " bands: must be 1 or more");
        }
        sum = new double[bands];
        sumOfSquares = new double[bands];
        shift = new double[bands];
    }

    /// From stored values, for instance those in a model file.
    public static Cmvn of(double[] mean, double[] variance, long frames) {
        if (mean.length != variance.length || frames < 1) {
            throw new IllegalArgumentException(mean.length + " means, " + variance.length + " variances, " + frames + " frames");
        }
        Cmvn cmvn = new Cmvn(mean.length);
        cmvn.frames = frames;
        for (int b = 0; b < mean.length; b++) {
            cmvn.shift[b] = mean[b];
            cmvn.sumOfSquares[b] = variance[b] * frames;
        }
        return cmvn;
    }

    public static Cmvn of(Features features) {
        return new Cmvn(features.bands()).add(features);
    }

    public Cmvn add(Features features) {
        same(features.bands());
        int bands = sum.length;
        if (frames == 0 && features.frames() > 0) {
            // Sums are kept about the first frame: no cancellation in the variance of values far from 0.
            for (int b = 0; b < bands; b++) {
                shift[b] = features.data()[b];
            }
        }
        for (int t = 0, at = 0; t < features.frames(); t++) {
            for (int b = 0; b < bands; b++, at++) {
                double d = features.data()[at] - shift[b];
                sum[b] += d;
                sumOfSquares[b] += d * d;
            }
        }
        frames += features.frames();
        return this;
    }

    /// Merges the statistics of other data into this.
    public Cmvn add(Cmvn other) {
        same(other.sum.length);
        if (other.frames == 0) {
            return this;
        }
        for (int b = 0; b < sum.length; b++) {
            if (frames == 0) {
                shift[b] = other.shift[b];
            }
            double move = other.shift[b] - shift[b];
            sumOfSquares[b] += other.sumOfSquares[b] + 2 * move * other.sum[b] + other.frames * move * move;
            sum[b] += other.sum[b] + other.frames * move;
        }
        frames += other.frames;
        return this;
    }

    public int bands() {
        return sum.length;
    }

    public long frames() {
        return frames;
    }

    public double[] mean() {
        double[] mean = shift.clone();
        for (int b = 0; b < mean.length && frames > 0; b++) {
            mean[b] += sum[b] / frames;
        }
        return mean;
    }

    /// Population variance (divisor: frames).
    public double[] variance() {
        double[] variance = new double[sum.length];
        for (int b = 0; b < variance.length && frames > 0; b++) {
            double m = sum[b] / frames;
            variance[b] = Math.max(0, sumOfSquares[b] / frames - m * m);
        }
        return variance;
    }

    /// Normalises in place with these statistics; mean only, or mean and variance.
    public void apply(Features features, boolean variance) {
        normalise(features, this, variance ? this : null);
    }

    /// In place: subtracts the mean of one set of statistics, divides by the deviation of another; either may be null for "leave it".
    ///
    /// Utterance mean with global variance is `normalise(f, Cmvn.of(f), global)`. A constant band (digital silence) is not scaled.
    public static void normalise(Features features, Cmvn mean, Cmvn variance) {
        int bands = features.bands();
        float[] shift = new float[bands];
        float[] scale = new float[bands];
        Arrays.fill(scale, 1);
        if (mean != null) {
            mean.same(bands);
            double[] m = mean.mean();
            for (int b = 0; b < bands; b++) {
                shift[b] = (float) m[b];
            }
        }
        if (variance != null) {
            variance.same(bands);
            double[] v = variance.variance();
            double[] m = variance.mean();
            for (int b = 0; b < bands; b++) {
                double deviation = Math.sqrt(v[b]);
                scale[b] = deviation > CONSTANT * Math.max(1, Math.abs(m[b])) ? (float) (1 / deviation) : 1;
            }
        }
        float[] data = features.data();
        for (int t = 0, at = 0; t < features.frames(); t++) {
            for (int b = 0; b < bands; b++, at++) {
                data[at] = (data[at] - shift[b]) * scale[b];
            }
        }
    }

    private void same(int bands) {
        if (bands != sum.length) {
            throw new IllegalArgumentException("features have " + bands + " bands, the statistics " + sum.length
                + "; use the options the statistics were made with");
        }
    }
}
