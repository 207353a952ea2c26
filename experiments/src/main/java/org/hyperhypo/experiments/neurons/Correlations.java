package org.hyperhypo.experiments.neurons;

import java.io.Serializable;
import java.util.LinkedHashMap;
import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.Workspace;
import org.hyperhypo.experiments.model.Batches;
import org.hyperhypo.experiments.model.FrameSource;
import org.hyperhypo.kernels.Kernels;
import org.hyperhypo.kernels.Scratch;

/// Correlations of the outputs of a layer's neurons; 2·neurons² FLOPs a frame and layer, so use it on a sample of the frames.
///
/// Outputs are centred by means that are known beforehand and divided by their deviations before they are multiplied, so that nothing cancels
/// in single precision; what is left of the mean is taken off in the end.
public final class Correlations implements Serializable {
    private static final long serialVersionUID = 1L;
    private final LinkedHashMap<String, double[]> products = new LinkedHashMap<>();
    private final LinkedHashMap<String, double[]> sums = new LinkedHashMap<>();
    private long frames;

    private Correlations() {
    }

    /// @param stats means and deviations, of these frames or of the set they are a sample of
    public static Correlations over(Network network, FrameSource source, ActivationStats stats) {
        Correlations result = new Correlations();
        Kernels kernels = Kernels.best();
        Scratch scratch = new Scratch();
        Workspace work = network.workspace(Batches.SIZE);
        for (ActivationStats.Layer layer : stats.layers()) {
            result.products.put(layer.name(), new double[layer.neurons() * layer.neurons()]);
            result.sums.put(layer.name(), new double[layer.neurons()]);
        }
        Batches.forEach(network, source, work, (from, count) -> {
            for (ActivationStats.Layer layer : stats.layers()) {
                int neurons = layer.neurons();
                float[] centred = new float[count * neurons];
                float[] outputs = work.activation(layer.name());
                double[] sum = result.sums.get(layer.name());
                for (int n = 0; n < neurons; n++) {
                    double mean = layer.mean(n);
                    double scale = layer.deviation(n) > 0 ? 1 / layer.deviation(n) : 0;
                    for (int i = 0; i < count; i++) {
                        float value = (float) ((outputs[i * neurons + n] - mean) * scale);
                        centred[i * neurons + n] = value;
                        sum[n] += value;
                    }
                }
                float[] block = new float[neurons * neurons];
                kernels.gemm(Kernels.Form.TN, neurons, neurons, count, centred, 0, neurons, centred, 0, neurons, false, block, 0, neurons, scratch);
                double[] all = result.products.get(layer.name());
                for (int i = 0; i < block.length; i++) {
                    all[i] += block[i];
                }
            }
            result.frames += count;
        });
        return result;
    }

    /// Both sets of frames; both must have been centred by the same statistics.
    public Correlations plus(Correlations other) {
        Correlations both = new Correlations();
        both.frames = frames + other.frames;
        products.forEach((name, mine) -> both.products.put(name, sum(mine, other.products.get(name))));
        sums.forEach((name, mine) -> both.sums.put(name, sum(mine, other.sums.get(name))));
        return both;
    }

    private static double[] sum(double[] a, double[] b) {
        double[] sum = new double[a.length];
        java.util.Arrays.setAll(sum, i -> a[i] + b[i]);
        return sum;
    }

    /// Pearson's correlation of two neurons' outputs; NaN where one does not vary.
    double correlation(String layer, int i, int j) {
        double variance = covariance(layer, i, i) * covariance(layer, j, j);
        return variance > 0 ? Math.clamp(covariance(layer, i, j) / Math.sqrt(variance), -1, 1) : Double.NaN;
    }

    private double covariance(String layer, int i, int j) {
        double[] sum = sums.get(layer);
        return products.get(layer)[i * sum.length + j] - sum[i] * sum[j] / frames;
    }

    /// max_j |corr(a_n, a_j)| over the other neurons of the layer: 1 where another says the same. 0 for a neuron that does not vary.
    double redundancy(String layer, int neuron) {
        double most = 0;
        for (int j = 0; j < sums.get(layer).length; j++) {
            double r = j == neuron ? 0 : Math.abs(correlation(layer, neuron, j));
            most = r > most ? r : most;
        }
        return most;
    }
}
