package org.hyperhypo.experiments.neurons;

import java.io.Serializable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.NeuronMask;
import org.hyperhypo.engine.Workspace;
import org.hyperhypo.experiments.model.Batches;
import org.hyperhypo.experiments.model.FrameSource;
import org.hyperhypo.experiments.model.Layers;

/// What the loss would feel of a neuron, to first order: sums of a·δ with δ = ∂L_t/∂a, L_t the cross entropy of frame t.
///
/// Costs a forward pass and the gradients of the outputs of the FC layers; of the weights only one row's. Sets can be added.
public final class Gradients implements Serializable {
    private static final long serialVersionUID = 1L;

    /// Sums of one layer by neuron: Σ_t |a δ|, Σ_t a δ, Σ_batches (Σ_t a δ)², Σ_t ∂L_t/∂g.
    record Sums(double[] absolute, double[] signed, double[] batchSquares, double[] gate) implements Serializable {
        private Sums(int neurons) {
            this(new double[neurons], new double[neurons], new double[neurons], new double[neurons]);
        }

        private void add(Sums other) {
            add(absolute, other.absolute);
            add(signed, other.signed);
            add(batchSquares, other.batchSquares);
            add(gate, other.gate);
        }

        private static void add(double[] to, double[] from) {
            Arrays.setAll(to, i -> to[i] + from[i]);
        }
    }

    private final LinkedHashMap<String, Sums> layers = new LinkedHashMap<>();
    private long frames;

    private Gradients() {
    }

    /// @param labels one state a frame; frames with a negative one count for nothing
    public static Gradients over(Network network, FrameSource source, int[] labels) {
        Gradients gradients = new Gradients();
        var hidden = Layers.hidden(network.spec());
        hidden.forEach(layer -> gradients.layers.put(layer.name(), new Sums(layer.neurons())));
        // One neuron of the lowest layer makes the backward pass reach it, at the price of one row of weight gradients.
        NeuronMask mask = NeuronMask.of(network.spec(), Map.of(hidden.getFirst().name(), new int[] {0}));
        Workspace work = network.workspace(Batches.SIZE);
        Batches.forEach(network, source, work, (from, count) -> {
            int[] batch = Arrays.copyOfRange(labels, from, from + count);
            int known = (int) Arrays.stream(batch).filter(label -> label >= 0).count();
            if (known > 0) {
                network.backward(batch, count, mask, work);
                gradients.layers.forEach((name, sums) -> add(network, name, sums, count, known, work));
                gradients.frames += known;
            }
        });
        return gradients;
    }

    /// The backward pass gives gradients of the batch mean; times `known` they are those of single frames.
    private static void add(Network network, String layer, Sums sums, int count, int known, Workspace work) {
        int neurons = sums.signed.length;
        float[] outputs = work.activation(layer);
        float[] gradient = work.activationGradient(layer);
        double[] batch = new double[neurons];
        for (int i = 0; i < count; i++) {
            for (int n = 0; n < neurons; n++) {
                double product = (double) outputs[i * neurons + n] * gradient[i * neurons + n] * known;
                batch[n] += product;
                sums.absolute[n] += Math.abs(product);
            }
        }
        float[] gate = new float[neurons];
        network.gateGradient(layer, count, work, gate);
        for (int n = 0; n < neurons; n++) {
            sums.signed[n] += batch[n];
            sums.batchSquares[n] += batch[n] * batch[n];
            sums.gate[n] += (double) gate[n] * known;
        }
    }

    /// Both sets of frames.
    public Gradients plus(Gradients other) {
        Gradients both = new Gradients();
        layers.forEach((name, sums) -> both.layers.put(name, new Sums(sums.signed.length)));
        for (Gradients part : new Gradients[] {this, other}) {
            both.layers.forEach((name, sums) -> sums.add(part.layers.get(name)));
            both.frames += part.frames;
        }
        return both;
    }

    /// mean_t |a δ|.
    double taylorMean(String layer, int neuron) {
        return layers.get(layer).absolute[neuron] / frames;
    }

    /// |Σ_t a δ|, per frame (Molchanov 2017).
    double taylorSum(String layer, int neuron) {
        return Math.abs(layers.get(layer).signed[neuron]) / frames;
    }

    /// Σ_batches (Σ_t a δ)² (Molchanov 2019), per frame.
    double taylorSquared(String layer, int neuron) {
        return layers.get(layer).batchSquares[neuron] / frames;
    }

    /// |∂L/∂g| over the sum of all neurons' (SNIP with a gate per neuron, Lee 2019).
    double snip(String layer, int neuron) {
        double all = layers.values().stream().flatMapToDouble(sums -> Arrays.stream(sums.gate)).map(Math::abs).sum();
        return Math.abs(layers.get(layer).gate[neuron]) / all;
    }
}
