package org.hyperhypo.asr.features;

import org.hyperhypo.asr.features.FeatureOptions.Compression;
import org.jtransforms.fft.FloatFFT_1D;

/// Filterbank energies of short frames, in Kaldi's order of steps:
///
/// 1. frame of 25 ms every 10 ms; subtract its mean; its raw log energy;
/// 2. `x[i] −= p·x[i−1]` backwards, `x[0] −= p·x[0]`; window; zero-pad to N, a power of two;
/// 3. `P[k] = |FFT|²`, k = 0..N/2; energy of band b = `Σ_k w_b[k]·P[k]`; compression.
///
/// The tables are made once. One instance works on one signal at a time (calls are serialised): take one per thread.
public final class Filterbank {
    /// Kaldi's floor under the logarithm, FLT_EPSILON.
    static final float FLOOR = 1.1920929e-7f;

    private final FeatureOptions options;
    private final int length;
    private final int fftSize;
    private final float[] window;
    private final Filters filters;
    private final FloatFFT_1D fft;
    private final float[] frame;
    private final float[] spectrum;

    private Filterbank(FeatureOptions options) {
        this.options = options;
        length = options.windowSamples();
        fftSize = options.powerOfTwo() ? Math.max(2, Integer.highestOneBit(2 * length - 1)) : length + (length & 1);
        window = options.window().values(length);
        filters = Filters.of(options, fftSize);
        fft = new FloatFFT_1D(fftSize);
        frame = new float[fftSize];
        spectrum = new float[fftSize / 2 + 1];
    }

    public static Filterbank of(FeatureOptions options) {
        return new Filterbank(options);
    }

    public FeatureOptions options() {
        return options;
    }

    /// Centre frequency of each band in Hz.
    public double[] centresHz() {
        return filters.centresHz().clone();
    }

    /// Features of samples −1..1. Too few samples for one frame give 0 frames; a NaN or infinite sample is an error that names it.
    public synchronized Features compute(float[] samples) {
        for (int t = 0; t < samples.length; t++) {
            if (!Float.isFinite(samples[t])) {
                throw new IllegalArgumentException("sample " + t + " is " + samples[t] + ": features need finite samples");
            }
        }
        int frames = options.frames(samples.length);
        int columns = options.columns();
        float[] out = new float[frames * columns];
        for (int t = 0; t < frames; t++) {
            cut(samples, t);
            frame(out, t * columns);
        }
        return new Features(frames, columns, out);
    }

    private void cut(float[] samples, int t) {
        int shift = options.shiftSamples();
        float scale = (float) options.sampleScale();
        int start = options.snipEdges() ? t * shift : t * shift + shift / 2 - length / 2;
        if (start >= 0 && start + length <= samples.length) {
            for (int i = 0; i < length; i++) {
                frame[i] = samples[start + i] * scale;
            }
            return;
        }
        for (int i = 0; i < length; i++) {
            frame[i] = samples[mirror(start + i, samples.length)] * scale;
        }
    }

    /// −1 → 0, −2 → 1, n → n−1, and again where the signal is shorter than the overhang.
    private static int mirror(int i, int n) {
        int period = Math.floorMod(i, 2 * n);
        return period < n ? period : 2 * n - 1 - period;
    }

    private void frame(float[] out, int offset) {
        if (options.removeMean()) {
            double sum = 0;
            for (int i = 0; i < length; i++) {
                sum += frame[i];
            }
            float mean = (float) (sum / length);
            for (int i = 0; i < length; i++) {
                frame[i] -= mean;
            }
        }
        float logEnergy = options.energy() && options.rawEnergy() ? logEnergy() : 0;
        emphasiseAndWindow((float) options.preemphasis());
        if (options.energy() && !options.rawEnergy()) {
            logEnergy = logEnergy();
        }
        java.util.Arrays.fill(frame, length, fftSize, 0);
        fft.realForward(frame);
        powerSpectrum();
        int at = offset;
        if (options.energy()) {
            out[at++] = options.energyFloor() > 0 ? Math.max(logEnergy, (float) Math.log(options.energyFloor())) : logEnergy;
        }
        for (int b = 0; b < options.bands(); b++) {
            out[at + b] = dot(filters.weights()[b], spectrum, filters.first()[b]);
        }
        compress(options.compression(), out, at, options.bands());
    }

    private void emphasiseAndWindow(float p) {
        if (p == 0) {
            for (int i = 0; i < length; i++) {
                frame[i] *= window[i];
            }
            return;
        }
        float before = frame[0];
        for (int i = 0; i < length; i++) {
            float x = frame[i];
            frame[i] = (x - p * before) * window[i];
            before = x;
        }
    }

    private float logEnergy() {
        double sum = 0;
        for (int i = 0; i < length; i++) {
            sum += (double) frame[i] * frame[i];
        }
        return (float) Math.log(Math.max(sum, FLOOR));
    }

    /// The packed transform keeps the real parts of bins 0 and N/2 in its first two slots.
    private void powerSpectrum() {
        int half = fftSize / 2;
        spectrum[0] = frame[0] * frame[0];
        spectrum[half] = frame[1] * frame[1];
        for (int k = 1; k < half; k++) {
            float re = frame[2 * k];
            float im = frame[2 * k + 1];
            spectrum[k] = re * re + im * im;
        }
        if (!options.power()) {
            for (int k = 0; k <= half; k++) {
                spectrum[k] = (float) Math.sqrt(spectrum[k]);
            }
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

    private static void compress(Compression compression, float[] x, int from, int count) {
        switch (compression) {
            case LOG -> {
                for (int i = from; i < from + count; i++) {
                    x[i] = (float) Math.log(Math.max(x[i], FLOOR));
                }
            }
            case ROOT15 -> {
                for (int i = from; i < from + count; i++) {
                    x[i] = (float) Math.exp(Math.log(x[i]) / 15);
                }
            }
            case NONE -> {
            }
        }
    }
}
