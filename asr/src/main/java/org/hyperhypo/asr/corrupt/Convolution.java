package org.hyperhypo.asr.corrupt;

import org.jtransforms.fft.DoubleFFT_1D;
import org.jtransforms.utils.CommonUtils;

/// Convolution by one large FFT in double precision, on the calling thread.
public final class Convolution {
    private static final int MAX = 1 << 27;

    static {
        // The library would start threads of its own from 8192 points on; parallelism here is over utterances.
        CommonUtils.setThreadsBeginN_1D_FFT_2Threads(Long.MAX_VALUE);
        CommonUtils.setThreadsBeginN_1D_FFT_4Threads(Long.MAX_VALUE);
    }

    private Convolution() {
    }

    /// `y[t] = Σ_k h[k] x[t − k]`, all x.length + h.length − 1 samples (none where either is empty).
    public static float[] convolve(float[] x, float[] h) {
        if (x.length == 0 || h.length == 0) {
            return new float[0];
        }
        long length = (long) x.length + h.length - 1;
        if (length > MAX) {
            throw new IllegalArgumentException("convolution of " + x.length + " with " + h.length + " samples: more than " + MAX + "; cut the signal");
        }
        int n = transformSize((int) length);
        double[] a = new double[n];
        double[] b = new double[n];
        for (int t = 0; t < x.length; t++) {
            a[t] = x[t];
        }
        for (int t = 0; t < h.length; t++) {
            b[t] = h[t];
        }
        DoubleFFT_1D fft = new DoubleFFT_1D(n);
        fft.realForward(a);
        fft.realForward(b);
        a[0] *= b[0];
        a[1] *= b[1];
        for (int k = 2; k < n; k += 2) {
            double re = a[k] * b[k] - a[k + 1] * b[k + 1];
            a[k + 1] = a[k] * b[k + 1] + a[k + 1] * b[k];
            a[k] = re;
        }
        fft.realInverse(a, true);
        float[] y = new float[(int) length];
        for (int t = 0; t < y.length; t++) {
            y[t] = (float) a[t];
        }
        return y;
    }

    /// `x.length` samples of the convolution from sample `delay` on: a filter whose own delay is taken back.
    static float[] aligned(float[] x, float[] h, int delay) {
        float[] full = convolve(x, h);
        float[] y = new float[x.length];
        if (full.length > delay) {
            System.arraycopy(full, delay, y, 0, Math.min(y.length, full.length - delay));
        }
        return y;
    }

    /// Inverse of a packed half spectrum of n values, in place.
    static void inverse(double[] packed) {
        new DoubleFFT_1D(packed.length).realInverse(packed, true);
    }

    static int transformSize(int length) {
        return Math.max(4, Integer.highestOneBit(2 * length - 1));
    }
}
