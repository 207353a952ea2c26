package org.hyperhypo.experiments.neurons;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.NeuronLayer;
import org.hyperhypo.engine.Workspace;
import org.hyperhypo.experiments.model.Batches;
import org.hyperhypo.experiments.model.FrameSource;
import org.hyperhypo.experiments.model.Layers;

/// The oracle that saliency criteria approximate: the loss with one neuron's gate closed, for every neuron in turn.
///
/// Everything up to the neuron's layer is computed once a batch; per neuron the layers above run again. Needs
/// `frames · neurons · FLOPs above`, so use it on a small sample of the frames.
public final class Ablation implements Serializable {
    private static final long serialVersionUID = 1L;

    /// By neuron: Σ_t (L_t without − L_t full), and the frames on which the full network has the larger loss.
    private record Sums(double[] increase, long[] violations) implements Serializable {
    }

    private final LinkedHashMap<String, Sums> layers = new LinkedHashMap<>();
    private long frames;

    private Ablation() {
    }

    /// @param labels one state a frame; frames with a negative one count for nothing
    public static Ablation over(Network network, FrameSource source, int[] labels) {
        Ablation result = new Ablation();
        List<NeuronLayer> hidden = Layers.hidden(network.spec());
        hidden.forEach(layer -> result.layers.put(layer.name(), new Sums(new double[layer.neurons()], new long[layer.neurons()])));
        Workspace work = network.workspace(Batches.SIZE);
        Batches.forEach(network, source, work, (from, count) -> {
            double[] full = losses(network, work, count, labels, from);
            for (NeuronLayer layer : hidden) {
                result.layer(network, layer, work.activation(layer.name()), full, labels, from, count);
            }
            result.frames += IntStream.range(from, from + count).filter(t -> labels[t] >= 0).count();
        });
        return result;
    }

    private void layer(Network network, NeuronLayer layer, float[] outputs, double[] full, int[] labels, int from, int count) {
        Network above = network.from(Layers.above(network.spec(), layer.name()).name());
        Workspace work = above.workspace(Batches.SIZE).keepPackedWeights();
        float[] inputs = java.util.Arrays.copyOf(outputs, count * layer.neurons());
        float[] column = new float[count];
        Sums sums = layers.get(layer.name());
        for (int n = 0; n < layer.neurons(); n++) {
            for (int i = 0; i < count; i++) {
                column[i] = inputs[i * layer.neurons() + n];
                inputs[i * layer.neurons() + n] = 0;
            }
            above.forward(inputs, 0, count, work);
            double[] without = losses(above, work, count, labels, from);
            for (int i = 0; i < count; i++) {
                inputs[i * layer.neurons() + n] = column[i];
                if (labels[from + i] >= 0) {
                    sums.increase[n] += without[i] - full[i];
                    sums.violations[n] += full[i] > without[i] ? 1 : 0;
                }
            }
        }
    }

    /// Cross entropy of every frame with a label: log Σ exp o − o[label], in double precision.
    private static double[] losses(Network network, Workspace work, int count, int[] labels, int from) {
        int classes = network.spec().output().size();
        float[] logPosteriors = new float[count * classes];
        network.logPosteriors(count, work, logPosteriors);
        double[] losses = new double[count];
        for (int i = 0; i < count; i++) {
            losses[i] = labels[from + i] < 0 ? 0 : -logPosteriors[i * classes + labels[from + i]];
        }
        return losses;
    }

    /// Both sets of frames.
    public Ablation plus(Ablation other) {
        Ablation both = new Ablation();
        both.frames = frames + other.frames;
        layers.forEach((name, mine) -> {
            Sums theirs = other.layers.get(name);
            Sums sum = new Sums(mine.increase.clone(), mine.violations.clone());
            java.util.Arrays.setAll(sum.increase, n -> mine.increase[n] + theirs.increase[n]);
            java.util.Arrays.setAll(sum.violations, n -> mine.violations[n] + theirs.violations[n]);
            both.layers.put(name, sum);
        });
        return both;
    }

    /// ΔL = L(g = 0) − L(g = 1), mean over frames: above 0 where the neuron helps.
    double increase(String layer, int neuron) {
        return layers.get(layer).increase[neuron] / frames;
    }

    /// Share of frames on which the loss is larger with the neuron than without (the comparative loss of arXiv:2301.03765, read per neuron).
    double violation(String layer, int neuron) {
        return (double) layers.get(layer).violations[neuron] / frames;
    }
}
