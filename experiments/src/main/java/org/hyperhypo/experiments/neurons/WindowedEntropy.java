package org.hyperhypo.experiments.neurons;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;

/// How much a neuron's output varies within half a second: the entropy of its 8-bin histogram in windows of 50 frames, every 25, over log₂ 8,
/// averaged over the windows (arXiv:1708.09516). The mean over a layer's neurons sums an utterance up.
///
/// Windows do not cross utterances; frames behind the last whole window are left out, but an utterance shorter than a window is one.
final class WindowedEntropy implements Serializable {
    private static final long serialVersionUID = 1L;
    static final int BINS = 8;
    static final int WINDOW = 50;
    static final int HOP = 25;
    private static final double[] C_LOG_C = new double[WINDOW + 1];

    static {
        for (int c = 1; c <= WINDOW; c++) {
            C_LOG_C[c] = c * Math.log(c) / Math.log(2);
        }
    }

    private final int neurons;
    private final double[] sum;
    private final ArrayList<Double> utterances;
    private final double[] inUtterance;
    private long windows;
    private int windowsInUtterance;
    // The window is two halves of one hop; a half is counted once and used twice.
    private int[] half;
    private int[] before;
    private int framesInHalf;
    private int framesBefore;

    WindowedEntropy(int neurons) {
        this.neurons = neurons;
        this.sum = new double[neurons];
        this.inUtterance = new double[neurons];
        this.half = new int[neurons * BINS];
        this.before = new int[neurons * BINS];
        this.utterances = new ArrayList<>();
    }

    /// The next frame of the utterance, as the bin of every neuron's output in the histogram of [ActivationStats]: four of them make one here.
    void frame(int[] bins) {
        count(bins, half, neurons);
        if (++framesInHalf == HOP) {
            if (framesBefore == HOP) {
                window();
            }
            int[] free = before;
            before = half;
            half = free;
            Arrays.fill(half, 0);
            framesBefore = HOP;
            framesInHalf = 0;
        }
    }

    private static void count(int[] bins, int[] counts, int neurons) {
        for (int n = 0; n < neurons; n++) {
            counts[n * BINS + (bins[n] >> 2)]++;
        }
    }

    void endOfUtterance() {
        if (windowsInUtterance == 0 && framesBefore + framesInHalf > 0) {
            window();
        }
        double mean = 0;
        for (int n = 0; n < neurons; n++) {
            sum[n] += inUtterance[n];
            mean += inUtterance[n] / windowsInUtterance / neurons;
        }
        utterances.add(windowsInUtterance == 0 ? Double.NaN : mean);
        windows += windowsInUtterance;
        Arrays.fill(inUtterance, 0);
        Arrays.fill(half, 0);
        Arrays.fill(before, 0);
        windowsInUtterance = framesInHalf = framesBefore = 0;
    }

    /// Entropy log₂ T − (1/T) Σ c log₂ c of the counts of both halves.
    private void window() {
        int frames = framesBefore + framesInHalf;
        double most = Math.log(frames) / Math.log(2);
        for (int n = 0; n < neurons; n++) {
            double counted = 0;
            for (int b = n * BINS; b < (n + 1) * BINS; b++) {
                counted += C_LOG_C[half[b] + before[b]];
            }
            inUtterance[n] += Math.max(0, most - counted / frames) / 3;
        }
        windowsInUtterance++;
    }

    /// Means over all windows; NaN where there was none.
    double[] means() {
        return Arrays.stream(sum).map(s -> s / windows).toArray();
    }

    /// Mean over the layer's neurons for every utterance.
    double[] utterances() {
        return utterances.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /// Adds what another pass over other utterances found.
    void add(WindowedEntropy other) {
        Arrays.setAll(sum, n -> sum[n] + other.sum[n]);
        windows += other.windows;
        utterances.addAll(other.utterances);
    }
}
