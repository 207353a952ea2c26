package org.hyperhypo.experiments.neurons;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.NeuronLayer;
import org.hyperhypo.engine.Workspace;
import org.hyperhypo.experiments.model.Batches;
import org.hyperhypo.experiments.model.FrameSource;
import org.hyperhypo.kernels.Kernels;

/// How active every hidden neuron of the fully connected layers is over a set of frames; one streaming pass, sums in double precision.
///
/// A neuron is *active* on a frame when its output exceeds the threshold τ (0.5 for the sigmoid, 0 otherwise); its activity rate `r` is the
/// share of active frames. Source: `Saliency statistics` of the method (arXiv:2001.01755 names the idea, the thresholds are ours).
public record ActivationStats(List<Layer> layers) {
    /// The sums of one layer; arrays are indexed by neuron.
    public record Layer(String name, long frames, double threshold, double[] sum, double[] sumOfSquares, float[] min, float[] max,
                        long[] active) {
        public int neurons() {
            return sum.length;
        }

        /// Activity rate: the share of frames with output above τ.
        public double rate(int neuron) {
            return (double) active[neuron] / frames;
        }

        public double mean(int neuron) {
            return sum[neuron] / frames;
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

        /// Mean output of every neuron, for folding a removed neuron into the next layer's bias.
        public float[] means() {
            float[] means = new float[neurons()];
            for (int n = 0; n < means.length; n++) {
                means[n] = (float) mean(n);
            }
            return means;
        }

        private Layer plus(Layer other) {
            if (!name.equals(other.name) || neurons() != other.neurons() || threshold != other.threshold) {
                throw new IllegalArgumentException("statistics of " + name + " (" + neurons() + " neurons) and " + other.name + " ("
                        + other.neurons() + " neurons) do not belong together");
            }
            Layer result = empty(name, neurons(), threshold, frames + other.frames);
            for (int n = 0; n < neurons(); n++) {
                result.sum[n] = sum[n] + other.sum[n];
                result.sumOfSquares[n] = sumOfSquares[n] + other.sumOfSquares[n];
                result.min[n] = Math.min(min[n], other.min[n]);
                result.max[n] = Math.max(max[n], other.max[n]);
                result.active[n] = active[n] + other.active[n];
            }
            return result;
        }

        private static Layer empty(String name, int neurons, double threshold, long frames) {
            Layer layer = new Layer(name, frames, threshold, new double[neurons], new double[neurons], new float[neurons],
                    new float[neurons], new long[neurons]);
            java.util.Arrays.fill(layer.min, Float.POSITIVE_INFINITY);
            java.util.Arrays.fill(layer.max, Float.NEGATIVE_INFINITY);
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
        List<Layer> layers = new ArrayList<>();
        for (NeuronLayer layer : network.spec().neuronLayers()) {
            if (layer.kind() == NeuronLayer.Kind.HIDDEN) {
                layers.add(Layer.empty(layer.name(), layer.neurons(), Thresholds.of(network.spec(), layer.name()), source.frames()));
            }
        }
        Kernels kernels = Kernels.best();
        Workspace work = network.workspace(Batches.SIZE);
        Batches.forEach(network, source, work, (from, count) -> {
            for (Layer layer : layers) {
                kernels.columnStatistics(count, layer.neurons(), work.activation(layer.name()), 0, layer.neurons(), (float) layer.threshold,
                        layer.sum, layer.sumOfSquares, layer.active, layer.min, layer.max, null, 0, 0, 1);
            }
        });
        return new ActivationStats(layers);
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
