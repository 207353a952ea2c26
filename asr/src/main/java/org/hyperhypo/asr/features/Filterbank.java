package org.hyperhypo.asr.features;

import java.util.SplittableRandom;
import org.hyperhypo.asr.features.FeatureOptions.Compression;
import org.jtransforms.fft.FloatFFT_1D;

/// Filterbank energies or cepstra of short frames, in Kaldi's order of steps:
///
/// 1. frame of 25 ms every 10 ms; add dither; subtract its mean; its raw log energy;
/// 2. `x[i] −= p·x[i−1]` backwards, `x[0] −= p·x[0]`; window; zero-pad to N, a power of two;
/// 3. `P[k] = |FFT|²`, k = 0..N/2; energy of band b = `Σ_k w_b[k]·P[k]`; compression;
/// 4. with `cepstra`, the DCT of the log bands.
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
    private final float[] bands;
    private final Cepstra cepstra;

    private Filterbank(FeatureOptions options) {
        this.options = options;
        length = options.windowSamples();
        fftSize = options.powerOfTwo() ? Math.max(2, Integer.highestOneBit(2 * length - 1)) : length + (length & 1);
        window = options.window().values(length, options.blackman());
        filters = Filters.of(options, fftSize);
        fft = new FloatFFT_1D(fftSize);
        frame = new float[fftSize];
        spectrum = new float[fftSize / 2 + 1];
        bands = new float[options.bands()];
        cepstra = options.cepstra() == 0 ? null : new Cepstra(options.cepstra(), options.bands(), options.lifter());
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
    public Features compute(float[] samples) {
        return compute(samples, new SplittableRandom(options.ditherSeed()));
    }

    /// The same with the source of dither, for instance one that depends on the utterance; without dither it is not used.
    public synchronized Features compute(float[] samples, SplittableRandom random) {
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
            if (options.dither() > 0) {
                for (int i = 0; i < length; i++) {
                    frame[i] += (float) (options.dither() * random.nextGaussian());
                }
            }
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
            float mean = (float) (sum() / length);
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
        filters.energies(spectrum, bands);
        compress(options.compression(), bands);
        float energy = options.energyFloor() > 0 ? Math.max(logEnergy, (float) Math.log(options.energyFloor())) : logEnergy;
        if (cepstra != null) {
            cepstra.of(bands, out, offset);
        } else {
            System.arraycopy(bands, 0, out, offset + (options.energy() ? 1 : 0), bands.length);
        }
        if (options.energy()) {
            out[offset] = energy;
        }
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

    /// Four partial sums, so that an addition does not wait for the one before.
    private double sum() {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 3 < length; i += 4) {
            s0 += frame[i];
            s1 += frame[i + 1];
            s2 += frame[i + 2];
            s3 += frame[i + 3];
        }
        for (; i < length; i++) {
            s0 += frame[i];
        }
        return s0 + s1 + (s2 + s3);
    }

    private float logEnergy() {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 3 < length; i += 4) {
            s0 += (double) frame[i] * frame[i];
            s1 += (double) frame[i + 1] * frame[i + 1];
            s2 += (double) frame[i + 2] * frame[i + 2];
            s3 += (double) frame[i + 3] * frame[i + 3];
        }
        for (; i < length; i++) {
            s0 += (double) frame[i] * frame[i];
        }
        return (float) Math.log(Math.max(s0 + s1 + (s2 + s3), FLOOR));
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

    private static void compress(Compression compression, float[] x) {
        switch (compression) {
            case LOG -> {
                for (int i = 0; i < x.length; i++) {
                    x[i] = (float) Math.log(Math.max(x[i], FLOOR));
                }
            }
            case ROOT15 -> {
                for (int i = 0; i < x.length; i++) {
                    x[i] = (float) Math.exp(Math.log(x[i]) / 15);
                }
            }
            case NONE -> {
            }
        }
    }
}
