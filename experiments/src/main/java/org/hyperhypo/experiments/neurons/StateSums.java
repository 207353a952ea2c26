package org.hyperhypo.experiments.neurons;

import java.io.Serializable;
import java.util.Arrays;

/// The outputs of a layer's neurons by HMM state: what a neuron responds to, and how well the state alone predicts it. Frames without a label
/// (negative) are not counted.
public final class StateSums implements Serializable {
    private static final long serialVersionUID = 1L;
    private final int neurons;
    private final long[] frames;
    private final double[] sum;
    private final double[] squares;

    StateSums(int neurons, int states) {
        this.neurons = neurons;
        this.frames = new long[states];
        this.sum = new double[states * neurons];
        this.squares = new double[neurons];
    }

    void frame(float[] x, int from, int state) {
        if (state < 0) {
            return;
        }
        frames[state]++;
        int at = state * neurons;
        for (int n = 0; n < neurons; n++) {
            sum[at + n] += x[from + n];
        }
        for (int n = 0; n < neurons; n++) {
            squares[n] += (double) x[from + n] * x[from + n];
        }
    }

    void add(StateSums other) {
        Arrays.setAll(frames, s -> frames[s] + other.frames[s]);
        Arrays.setAll(sum, i -> sum[i] + other.sum[i]);
        Arrays.setAll(squares, n -> squares[n] + other.squares[n]);
    }

    public long frames(int state) {
        return frames[state];
    }

    /// Mean output of a neuron on the frames of a state; NaN where there are none.
    public double mean(int neuron, int state) {
        return sum[state * neurons + neuron] / frames[state];
    }

    /// Between-state variance over variance, η² = Σ_s T_s (μ_s − μ)² / Σ_t (a_t − μ)²: 0 where the state says nothing about the output, 1
    /// where it says all. It is also the R² of predicting the output from the state label alone. NaN for a constant output.
    public double selectivity(int neuron) {
        long all = Arrays.stream(frames).sum();
        double total = 0;
        double between = 0;
        for (int s = 0; s < frames.length; s++) {
            if (frames[s] > 0) {
                double x = sum[s * neurons + neuron];
                total += x;
                between += x * x / frames[s];
            }
        }
        double correction = total * total / all;
        double variance = squares[neuron] - correction;
        // Below the rounding of the sums there is no variance to explain.
        return variance <= 1e-13 * squares[neuron] ? Double.NaN : Math.clamp((between - correction) / variance, 0, 1);
    }
}
