package org.hyperhypo.asr.corrupt;

import java.util.List;
import java.util.SplittableRandom;

/// Noise signals and their mixing with speech. Signals made here have a root mean square of 1 until they are mixed.
public final class Noise {
    private static final double FLAT_BELOW_HZ = 50;

    private Noise() {
    }

    /// Stationary Gaussian noise whose spectrum falls (negative) or rises with frequency: 0 white, −3 pink, −6 brown.
    /// Below 50 Hz the spectrum is flat; nothing at 0 Hz.
    public static float[] coloured(int samples, int rate, double slopeDbPerOctave, SplittableRandom random) {
        if (samples < 1) {
            return new float[0];
        }
        int n = Convolution.transformSize(samples);
        double[] spectrum = new double[n];
        double exponent = slopeDbPerOctave / (20 * StrictMath.log10(2));
        for (int k = 1; k < n / 2; k++) {
            double hz = Math.max(FLAT_BELOW_HZ, (double) k * rate / n);
            double size = StrictMath.pow(hz / FLAT_BELOW_HZ, exponent);
            spectrum[2 * k] = size * random.nextGaussian();
            spectrum[2 * k + 1] = size * random.nextGaussian();
        }
        Convolution.inverse(spectrum);
        float[] y = new float[samples];
        double sum = 0;
        for (int t = 0; t < samples; t++) {
            sum += spectrum[t] * spectrum[t];
        }
        double factor = sum == 0 ? 0 : 1 / Math.sqrt(sum / samples);
        for (int t = 0; t < samples; t++) {
            y[t] = (float) (spectrum[t] * factor);
        }
        return y;
    }

    /// Several talkers at once: each runs through the utterances in random order from a random start, all at the same active level.
    public static float[] babble(List<float[]> utterances, int talkers, int samples, int rate, SplittableRandom random) {
        List<float[]> voices = utterances.stream().filter(u -> SpeechLevel.active(u, rate) > 0).toList();
        if (voices.isEmpty() || talkers < 1) {
            throw new IllegalArgumentException("babble of " + talkers + " talkers from " + voices.size()
                + " audible utterances: both must be 1 or more");
        }
        double[] sum = new double[samples];
        for (int talker = 0; talker < talkers; talker++) {
            int at = 0;
            boolean first = true;
            while (at < samples) {
                float[] voice = voices.get(random.nextInt(voices.size()));
                double gain = 1 / SpeechLevel.active(voice, rate);
                int from = first ? random.nextInt(voice.length) : 0;
                for (int t = from; t < voice.length && at < samples; t++, at++) {
                    sum[at] += voice[t] * gain;
                }
                first = false;
            }
        }
        float[] y = new float[samples];
        for (int t = 0; t < samples; t++) {
            y[t] = (float) sum[t];
        }
        return unit(y);
    }

    /// A stretch of recorded noise from a random offset, repeated where it is too short; seams are cross-faded over 10 ms.
    public static float[] recorded(float[] noise, int samples, int rate, SplittableRandom random) {
        if (noise.length == 0 || SpeechLevel.rms(noise) == 0) {
            throw new IllegalArgumentException("recorded noise of " + noise.length + " samples is silent; take another recording");
        }
        float[] y = new float[samples];
        if (noise.length >= samples) {
            System.arraycopy(noise, random.nextInt(noise.length - samples + 1), y, 0, samples);
            return y;
        }
        int fade = Math.min(rate / 100, noise.length / 4);
        int period = noise.length - fade;
        int at = random.nextInt(period);
        for (int t = 0; t < samples; t++, at = at + 1 == period ? 0 : at + 1) {
            if (at < fade) {
                double in = (at + 0.5) / fade;
                y[t] = (float) (noise[at] * Math.sqrt(in) + noise[period + at] * Math.sqrt(1 - in));
            } else {
                y[t] = noise[at];
            }
        }
        return y;
    }

    /// `speech + g·noise` with g such that active speech level over noise level (of the part used) is `snrDb`.
    ///
    /// The sum may exceed full scale; see [Gain#protect].
    public static float[] mix(float[] speech, float[] noise, double snrDb, int rate) {
        if (noise.length < speech.length) {
            throw new IllegalArgumentException("noise of " + noise.length + " samples for speech of " + speech.length
                + "; lengthen it with Noise.recorded");
        }
        double factor = factor(speech, noise, snrDb, rate);
        float[] y = new float[speech.length];
        for (int t = 0; t < y.length; t++) {
            y[t] = (float) (speech[t] + factor * noise[t]);
        }
        return y;
    }

    private static double factor(float[] speech, float[] noise, double snrDb, int rate) {
        double speechLevel = SpeechLevel.active(speech, rate);
        double noiseLevel = SpeechLevel.rms(noise, 0, speech.length);
        if (speechLevel == 0 || noiseLevel == 0) {
            throw new IllegalArgumentException("an SNR of " + snrDb + " dB needs sound in both: speech level " + speechLevel + ", noise level "
                + noiseLevel + "; leave this utterance out");
        }
        return speechLevel / noiseLevel * StrictMath.pow(10, -snrDb / 20);
    }

    private static float[] unit(float[] x) {
        double level = SpeechLevel.rms(x);
        return level == 0 ? x : SpeechLevel.scaled(x, 1 / level);
    }
}
