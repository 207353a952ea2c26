package org.hyperhypo.experiments.corpus;

import java.util.SplittableRandom;

/// What a speaker's "microphone" makes of clean speech: spectral tilt, level, noise floor.
final class Recording {
    private static final float PEAK = 0.97f;
    private static final int FADE = SyntheticDigits.RATE * 30 / 1000;
    /// Pole of the noise floor's low-pass: rooms hum more than they hiss.
    private static final float NOISE_POLE = 0.7f;
    /// Makes the low-passed noise of power 1.
    private static final float STATIONARY = (float) Math.sqrt(1 - NOISE_POLE * NOISE_POLE);
    /// A 16-bit uniform number has variance 65536²/12, four have a third of 65536².
    private static final float SPREAD = (float) (Math.sqrt(3) / 65536);

    private Recording() {
    }

    /// `y[n] = x[n] − tilt·x[n−1]`, in place.
    static void tilt(float[] x, double tilt) {
        float a = (float) tilt;
        float before = 0;
        for (int n = 0; n < x.length; n++) {
            float now = x[n];
            x[n] = now - a * before;
            before = now;
        }
    }

    /// Fades the voice out within 30 ms of speech, in place: some of its silences hold a murmur (before ONE only 20 dB below speech).
    static void quietSilences(float[] x, boolean[] spoken) {
        int since = FADE;
        float[] gain = new float[x.length];
        for (int n = 0; n < x.length; n++) {
            since = spoken[n] ? 0 : Math.min(FADE, since + 1);
            gain[n] = 1 - (float) since / FADE;
        }
        int until = FADE;
        for (int n = x.length - 1; n >= 0; n--) {
            until = spoken[n] ? 0 : Math.min(FADE, until + 1);
            x[n] *= Math.max(gain[n], 1 - (float) until / FADE);
        }
    }

    /// Scales speech to `levelDb` over the samples that `spoken` marks, or to the highest level that does not clip, then adds the noise floor.
    static void levelAndFloor(float[] x, boolean[] spoken, double levelDb, double floorDb, SplittableRandom random) {
        double power = 0;
        int count = 0;
        float peak = 0;
        for (int n = 0; n < x.length; n++) {
            peak = Math.max(peak, Math.abs(x[n]));
            if (spoken[n]) {
                power += (double) x[n] * x[n];
                count++;
            }
        }
        if (count == 0 || power == 0) {
            throw new IllegalStateException("no speech among " + x.length + " samples");
        }
        double rms = Math.sqrt(power / count);
        float noise = (float) amplitude(levelDb + floorDb);
        double gain = Math.min(amplitude(levelDb) / rms, (PEAK - 6 * noise) / peak);
        float state = 0;
        for (int n = 0; n < x.length; n++) {
            state = NOISE_POLE * state + nearlyGaussian(random);
            x[n] = (float) (gain * x[n]) + noise * STATIONARY * state;
        }
    }

    static double amplitude(double db) {
        return StrictMath.pow(10, db / 20);
    }

    /// Mean 0, variance 1: four 16-bit uniform numbers from one draw. Arithmetic only, so every machine draws the same.
    private static float nearlyGaussian(SplittableRandom random) {
        long bits = random.nextLong();
        long sum = (bits & 0xffff) + (bits >>> 16 & 0xffff) + (bits >>> 32 & 0xffff) + (bits >>> 48);
        return (sum - 131070) * SPREAD;
    }
}
