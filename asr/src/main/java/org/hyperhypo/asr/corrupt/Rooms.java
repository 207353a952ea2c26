package org.hyperhypo.asr.corrupt;

/// Room impulse responses: made by the image method, applied to speech, and measured.
public final class Rooms {
    private static final double MAX_SECONDS = 3;
    private static final double HIGH_PASS_HZ = 60;
    private static final int HALF_TAPS = 20;
    private static final int PHASES = 128;
    private static final float[][] DELAYS = delays();

    private Rooms() {
    }

    /// Impulse response of a room: every image arrives after distance/343 s with `(1 − α)^(reflections/2) / distance`, at fractional
    /// delays, high-passed at 60 Hz. Scaled so that the direct path has a peak near 1.
    public static float[] impulseResponse(Room room, int rate) {
        double direct = room.source().distance(room.microphone());
        double seconds = Math.min(MAX_SECONDS, 1.5 * room.eyringT60() + direct / Room.SPEED_OF_SOUND + 0.01);
        double[] gains = new double[1 << 12];
        for (int n = 0; n < gains.length; n++) {
            gains[n] = direct * StrictMath.pow(1 - room.absorption(), n / 2.0);
        }
        double[] h = new double[(int) (seconds * rate) + 2 * HALF_TAPS];
        Images.forEach(room, seconds * Room.SPEED_OF_SOUND, (distance, reflections) -> {
            if (reflections < gains.length) {
                place(h, distance / Room.SPEED_OF_SOUND * rate, gains[reflections] / distance);
            }
        });
        highPass(h, rate);
        float[] out = new float[h.length];
        for (int t = 0; t < h.length; t++) {
            out[t] = (float) h[t];
        }
        return out;
    }

    /// Adds a Hann-windowed sinc at `position + HALF_TAPS`, its fraction rounded to 1/128 sample.
    private static void place(double[] h, double position, double gain) {
        int steps = (int) Math.round(position * PHASES);
        float[] kernel = DELAYS[steps % PHASES];
        int from = steps / PHASES + 1;
        int count = Math.min(kernel.length, h.length - from);
        for (int k = 0; k < count; k++) {
            h[from + k] += gain * kernel[k];
        }
    }

    private static float[][] delays() {
        float[][] table = new float[PHASES][2 * HALF_TAPS];
        for (int p = 0; p < PHASES; p++) {
            for (int k = 0; k < 2 * HALF_TAPS; k++) {
                double d = k + 1 - HALF_TAPS - (double) p / PHASES;
                double sinc = d == 0 ? 1 : StrictMath.sin(Math.PI * d) / (Math.PI * d);
                table[p][k] = (float) (sinc * (0.5 + 0.5 * StrictMath.cos(Math.PI * d / HALF_TAPS)));
            }
        }
        return table;
    }

    /// Butterworth of second order: equal signs of all images would leave a constant that real rooms do not have.
    private static void highPass(double[] x, int rate) {
        double k = StrictMath.tan(Math.PI * HIGH_PASS_HZ / rate);
        double norm = 1 / (1 + Math.sqrt(2) * k + k * k);
        double a1 = 2 * (k * k - 1) * norm;
        double a2 = (1 - Math.sqrt(2) * k + k * k) * norm;
        double s1 = 0;
        double s2 = 0;
        for (int t = 0; t < x.length; t++) {
            double in = x[t] * norm;
            double out = in + s1;
            s1 = -2 * in - a1 * out + s2;
            s2 = in - a2 * out;
            x[t] = out;
        }
    }

    /// Speech in a room: convolved, the direct path moved back to where the speech was, the active level kept, the tail cut off.
    public static float[] reverberate(float[] speech, float[] response, int rate) {
        if (response.length == 0 || SpeechLevel.rms(response) == 0) {
            throw new IllegalArgumentException("impulse response of " + response.length + " samples is silent; take another one");
        }
        float[] wet = Convolution.aligned(speech, response, directPath(response));
        return SpeechLevel.atLevel(wet, rate, SpeechLevel.active(speech, rate));
    }

    /// Sample of the direct path: the strongest one.
    public static int directPath(float[] response) {
        int best = 0;
        for (int t = 1; t < response.length; t++) {
            if (Math.abs(response[t]) > Math.abs(response[best])) {
                best = t;
            }
        }
        return best;
    }

    /// Reverberation time in seconds: Schroeder's backward integral, a line through −5 .. −25 dB, extrapolated to −60 dB. NaN where
    /// the response does not decay that far.
    public static double t60(float[] response, int rate) {
        double[] energy = new double[response.length];
        for (int t = 0; t < energy.length; t++) {
            energy[t] = (double) response[t] * response[t];
        }
        double time = decayTime(energy, rate);
        return time > 0 && Double.isFinite(time) ? time : Double.NaN;
    }

    /// 0 where the energy falls at once, infinite where it does not fall by 25 dB.
    static double decayTime(double[] energy, double rate) {
        double[] left = new double[energy.length + 1];
        for (int t = energy.length - 1; t >= 0; t--) {
            left[t] = left[t + 1] + energy[t];
        }
        double n = 0;
        double st = 0;
        double sl = 0;
        double stt = 0;
        double stl = 0;
        double lowest = 0;
        for (int t = 0; t < energy.length && left[t] > 0; t++) {
            double level = 10 * StrictMath.log10(left[t] / left[0]);
            lowest = level;
            if (level <= -5 && level >= -25) {
                double time = t / rate;
                n++;
                st += time;
                sl += level;
                stt += time * time;
                stl += time * level;
            }
        }
        double slope = (n * stl - st * sl) / (n * stt - st * st);
        if (lowest > -25) {
            return Double.POSITIVE_INFINITY;
        }
        return n < 2 || !(slope < 0) ? 0 : -60 / slope;
    }

    /// Energy within 2.5 ms of the direct path over the energy after it, in dB.
    public static double directToReverberantDb(float[] response, int rate) {
        int direct = directPath(response);
        int side = (int) Math.round(0.0025 * rate);
        double near = 0;
        double late = 0;
        for (int t = Math.max(0, direct - side); t < response.length; t++) {
            double e = (double) response[t] * response[t];
            if (t <= direct + side) {
                near += e;
            } else {
                late += e;
            }
        }
        return 10 * StrictMath.log10(near / late);
    }
}
