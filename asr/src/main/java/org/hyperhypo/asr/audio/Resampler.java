package org.hyperhypo.asr.audio;

/// Windowed-sinc sample-rate conversion: `y[m] = Σ_n x[n] h(m·from/to − n)`, h a Kaiser-windowed sinc below the lower Nyquist frequency.
///
/// Half-width 64 samples of the lower rate, cut-off 0.96 of the lower Nyquist frequency, Kaiser β = 10.06 (100 dB): flat to 0.91,
/// nothing above 1.01. Linear phase, no delay; outside the signal is silence. Output length is round(n·to/from).
public final class Resampler {
    private static final int HALF_WIDTH = 64;
    private static final double CUT_OFF = 0.96;
    private static final double BETA = 10.06;
    private static final long MAX_TABLE = 1 << 22;

    private Resampler() {
    }

    /// A new array at rate `to`, or `x` itself where the rates are equal. Rates in Hz.
    public static float[] resample(float[] x, int from, int to) {
        if (from < 1 || to < 1) {
            throw new IllegalArgumentException("resample from " + from + " Hz to " + to + " Hz: rates must be 1 or more");
        }
        if (from == to) {
            return x;
        }
        int divisor = gcd(from, to);
        int up = to / divisor;
        int down = from / divisor;
        long length = (2L * x.length * up + down) / (2L * down);
        if (length > Integer.MAX_VALUE - 64) {
            throw new IllegalArgumentException(x.length + " samples from " + from + " to " + to + " Hz make " + length + ": too many");
        }
        // In input samples: when going down, the filter is as much wider as its cut-off is lower.
        double scale = CUT_OFF * Math.min(1.0, (double) to / from);
        double reach = HALF_WIDTH * Math.max(1.0, (double) from / to);
        int side = (int) Math.ceil(reach);
        int taps = 2 * side;
        boolean table = (long) up * taps <= MAX_TABLE && length > up;
        double[][] phases = new double[table ? up : 1][];
        float[] y = new float[(int) length];
        for (int m = 0; m < y.length; m++) {
            long position = (long) m * down;
            int phase = (int) (position % up);
            int slot = table ? phase : 0;
            if (phases[slot] == null || !table) {
                phases[slot] = weights((double) phase / up, scale, reach, side);
            }
            double[] h = phases[slot];
            int first = (int) (position / up) - side + 1;
            int begin = Math.max(0, -first);
            int end = (int) Math.min(taps, (long) x.length - first);
            double sum = 0;
            for (int k = begin; k < end; k++) {
                sum += h[k] * x[first + k];
            }
            y[m] = (float) sum;
        }
        return y;
    }

    /// Weights of the input samples `side−1` before to `side` after the whole part of a position with this fraction; they sum to 1.
    private static double[] weights(double fraction, double scale, double reach, int side) {
        double[] h = new double[2 * side];
        double sum = 0;
        for (int k = 0; k < h.length; k++) {
            double distance = fraction + side - 1 - k;
            double r = distance / reach;
            if (Math.abs(r) < 1) {
                double angle = Math.PI * scale * distance;
                double sinc = angle == 0 ? 1 : StrictMath.sin(angle) / angle;
                h[k] = scale * sinc * bessel0(BETA * Math.sqrt(1 - r * r)) / bessel0(BETA);
            }
            sum += h[k];
        }
        for (int k = 0; k < h.length; k++) {
            h[k] /= sum;
        }
        return h;
    }

    /// Modified Bessel function of order 0 by its power series.
    private static double bessel0(double x) {
        double term = 1;
        double sum = 1;
        for (int k = 1; term > sum * 1e-17; k++) {
            term *= x * x / (4.0 * k * k);
            sum += term;
        }
        return sum;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
