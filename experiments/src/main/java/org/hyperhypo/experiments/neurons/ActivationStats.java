package org.hyperhypo.experiments.neurons;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.NeuronLayer;
import org.hyperhypo.engine.Peers;
import org.hyperhypo.engine.Workspace;
import org.hyperhypo.experiments.model.Batches;
import org.hyperhypo.experiments.model.FrameSource;
import org.hyperhypo.kernels.Kernels;

/// How active every hidden neuron of the fully connected layers is over a set of frames; one streaming pass, sums in double precision.
///
/// A neuron is *active* on a frame when its output exceeds the threshold τ (0.5 for the sigmoid, 0 otherwise); its activity rate `r` is the
/// share of active frames. Source: `Saliency statistics` of the method (arXiv:2001.01755 names the idea, the thresholds are ours).
public record ActivationStats(List<Layer> layers) implements Serializable {
    /// Bins of the histogram of a neuron's outputs.
    public static final int BINS = 32;

    /// The sums of one layer; arrays are indexed by neuron, `histogram` by neuron·[#BINS] + bin over `range`.
    public record Layer(String name, long frames, OutputRange range, double[] sum, double[] sumOfSquares, float[] min, float[] max,
                        long[] active, long[] histogram) implements Serializable {
        public int neurons() {
            return sum.length;
        }

        /// Activity rate: the share of frames with output above τ.
        public double rate(int neuron) {
            return (double) active[neuron] / frames;
        }

        /// Share of frames on which the output is next to nothing (APoZ, arXiv:1607.03250): at most ε, or within ε of 0 where outputs may be
        /// negative. ε is 0 for rectifiers, one bin of the histogram for the sigmoid (1/32) and tanh (1/16).
        public double zeros(int neuron) {
            return switch (range.zero()) {
                case BELOW_THRESHOLD -> 1 - rate(neuron);
                case LOWEST_BIN -> (double) histogram[neuron * BINS] / frames;
                case MIDDLE_BINS -> (double) (histogram[neuron * BINS + BINS / 2 - 1] + histogram[neuron * BINS + BINS / 2]) / frames;
            };
        }

        public double mean(int neuron) {
            return sum[neuron] / frames;
        }

        /// Mean square of the output.
        public double energy(int neuron) {
            return sumOfSquares[neuron] / frames;
        }

        /// Population standard deviation; never negative, whatever rounding does.
        public double deviation(int neuron) {
            double mean = mean(neuron);
            return Math.sqrt(Math.max(0, sumOfSquares[neuron] / frames - mean * mean));
        }

        /// Firing entropy −r log₂ r − (1−r) log₂(1−r) in bits: low for always-on and for always-off neurons.
        public double entropy(int neuron) {
            double r = rate(neuron);
            return r <= 0 || r >= 1 ? 0 : -(r * Math.log(r) + (1 - r) * Math.log(1 - r)) / Math.log(2);
        }

        /// Shannon entropy of the histogram over log₂ 32: 0 where all outputs share a bin, 1 where they spread evenly.
        public double amplitudeEntropy(int neuron) {
            double bits = 0;
            for (int b = 0; b < BINS; b++) {
                bits += Shift.entropy(share(neuron, b));
            }
            return bits / (Math.log(BINS) / Math.log(2));
        }

        /// Share of frames in a bin of the histogram.
        public double share(int neuron, int bin) {
            return (double) histogram[neuron * BINS + bin] / frames;
        }

        /// Mean output of every neuron, for folding a removed neuron into the next layer's bias.
        public float[] means() {
            float[] means = new float[neurons()];
            for (int n = 0; n < means.length; n++) {
                means[n] = (float) mean(n);
            }
            return means;
        }

        /// Adds a batch; `bins` has room for a row and holds the histogram bins of the last one afterwards.
        void add(Kernels kernels, int count, float[] outputs, int[] bins) {
            addSums(kernels, count, outputs);
            for (int i = 0; i < count; i++) {
                addRow(outputs, i * neurons(), bins);
            }
        }

        /// The sums and counts of a batch; [#addRow] adds the rest of each of its rows.
        void addSums(Kernels kernels, int count, float[] outputs) {
            kernels.columnStatistics(count, neurons(), outputs, 0, neurons(), range.threshold(), sum, sumOfSquares, active, null, null, null, BINS,
                    range.low(), range.high());
        }

        /// Extremes and histogram of one row. Small loops without branches, each of which the compiler turns into vector code but the last.
        void addRow(float[] outputs, int from, int[] bins) {
            range.bins(outputs, from, neurons(), bins);
            for (int n = 0; n < min.length; n++) {
                min[n] = Math.min(min[n], outputs[from + n]);
            }
            for (int n = 0; n < max.length; n++) {
                max[n] = Math.max(max[n], outputs[from + n]);
            }
            for (int n = 0; n < min.length; n++) {
                histogram[n * BINS + bins[n]]++;
            }
        }

        private Layer plus(Layer other) {
            if (!name.equals(other.name) || neurons() != other.neurons() || !range.equals(other.range)) {
                throw new IllegalArgumentException("statistics of " + name + " (" + neurons() + " neurons) and " + other.name + " ("
                        + other.neurons() + " neurons) do not belong together");
            }
            Layer result = empty(name, neurons(), range, frames + other.frames);
            for (int n = 0; n < neurons(); n++) {
                result.sum[n] = sum[n] + other.sum[n];
                result.sumOfSquares[n] = sumOfSquares[n] + other.sumOfSquares[n];
                result.min[n] = Math.min(min[n], other.min[n]);
                result.max[n] = Math.max(max[n], other.max[n]);
                result.active[n] = active[n] + other.active[n];
            }
            Arrays.setAll(result.histogram, i -> histogram[i] + other.histogram[i]);
            return result;
        }

        static Layer empty(String name, int neurons, OutputRange range, long frames) {
            Layer layer = new Layer(name, frames, range, new double[neurons], new double[neurons], new float[neurons], new float[neurons],
                    new long[neurons], new long[neurons * BINS]);
            Arrays.fill(layer.min, Float.POSITIVE_INFINITY);
            Arrays.fill(layer.max, Float.NEGATIVE_INFINITY);
            return layer;
        }
    }

    public ActivationStats {
        layers = List.copyOf(layers);
    }

    /// The hidden fully connected layers of `network`, over all frames of `source`. Costs one forward pass and one look at each output.
    public static ActivationStats over(Network network, FrameSource source) {
        if (source.frames() == 0) {
            throw new IllegalArgumentException("activity statistics need at least one frame");
        }
        ActivationStats stats = empty(network, source.frames());
        Kernels kernels = Kernels.best();
        Workspace work = network.workspace(Batches.SIZE);
        int[] bins = new int[stats.widest()];
        Batches.forEach(network, source, work, (from, count) -> {
            for (Layer layer : stats.layers) {
                layer.add(kernels, count, work.activation(layer.name()), bins);
            }
        });
        return stats;
    }

    /// The same by several processes, all of which call this and get everything: the sum over fixed blocks of frames.
    public static ActivationStats over(Network network, FrameSource source, Peers peers) {
        return Blocks.sum(peers, Blocks.of(source, Blocks.FRAMES), ActivationStats.class, block -> over(network, block), ActivationStats::plus);
    }

    /// Nothing added yet, but already said to hold `frames`.
    static ActivationStats empty(Network network, long frames) {
        List<Layer> layers = new ArrayList<>();
        for (NeuronLayer layer : network.spec().neuronLayers()) {
            if (layer.kind() == NeuronLayer.Kind.HIDDEN) {
                layers.add(Layer.empty(layer.name(), layer.neurons(), OutputRange.of(network.spec(), layer.name()), frames));
            }
        }
        return new ActivationStats(layers);
    }

    int widest() {
        return layers.stream().mapToInt(Layer::neurons).max().orElse(0);
    }

    /// Statistics over both sets of frames.
    public ActivationStats plus(ActivationStats other) {
        List<Layer> merged = new ArrayList<>();
        for (Layer layer : layers) {
            merged.add(layer.plus(other.layer(layer.name())));
        }
        return new ActivationStats(merged);
    }

    public Layer layer(String name) {
        return layers.stream().filter(layer -> layer.name().equals(name)).findFirst()
                .orElseThrow(() -> new NoSuchElementException("no statistics of layer " + name));
    }
}
