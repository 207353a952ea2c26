package org.hyperhypo.asr.corrupt;

import org.hyperhypo.asr.audio.G711;
import org.hyperhypo.asr.audio.Resampler;

/// A telephone line: 300–3400 Hz, 8 kHz, mu-law, and back to the original rate; no delay.
public final class Telephone {
    private static final int RATE = 8000;
    /// Transition of the band edges; sets the filter's length.
    private static final double TRANSITION_HZ = 120;

    private Telephone() {
    }

    public static float[] line(float[] x, int rate) {
        float[] narrow = bandPass(Resampler.resample(x, rate, RATE), RATE, 300, 3400);
        float[] coded = new float[narrow.length];
        for (int t = 0; t < narrow.length; t++) {
            int value = Math.clamp(Math.round(narrow[t] * 32768.0), -32768, 32767);
            coded[t] = G711.decodeMuLaw(G711.encodeMuLaw(value)) / 32768f;
        }
        float[] back = Resampler.resample(coded, RATE, rate);
        return back.length == x.length ? back : java.util.Arrays.copyOf(back, x.length);
    }

    /// Linear-phase band-pass (windowed sinc, Blackman, −6 dB at both edges), its delay taken back.
    public static float[] bandPass(float[] x, int rate, double lowHz, double highHz) {
        if (!(lowHz >= 0 && highHz > lowHz && highHz <= rate / 2.0)) {
            throw new IllegalArgumentException("band of " + lowHz + " to " + highHz + " Hz at " + rate + " Hz: needs 0 ≤ low < high ≤ "
                + rate / 2.0);
        }
        int side = (int) Math.ceil(2.75 * rate / TRANSITION_HZ);
        float[] h = new float[2 * side + 1];
        for (int k = -side; k <= side; k++) {
            double u = Math.PI * k / (side + 1);
            double blackman = 0.42 + 0.5 * StrictMath.cos(u) + 0.08 * StrictMath.cos(2 * u);
            h[k + side] = (float) (blackman * (lowPass(k, highHz / rate) - lowPass(k, lowHz / rate)));
        }
        return Convolution.aligned(x, h, side);
    }

    private static double lowPass(int k, double cutOff) {
        return k == 0 ? 2 * cutOff : StrictMath.sin(2 * Math.PI * cutOff * k) / (Math.PI * k);
    }
}
