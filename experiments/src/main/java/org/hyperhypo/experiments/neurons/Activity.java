package org.hyperhypo.experiments.neurons;

import java.io.Serializable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.Workspace;
import org.hyperhypo.experiments.model.Batches;
import org.hyperhypo.experiments.model.FrameSource;
import org.hyperhypo.experiments.model.Layers;
import org.hyperhypo.kernels.Kernels;

/// All that one forward pass over a set of utterances can tell of the hidden FC neurons, in one go: activity, windowed entropy, outputs by
/// state, and the mean inputs of the lowest layer. Two sets can be added ([#plus]).
///
/// Costs a forward pass and a few looks at every output.
public final class Activity implements Serializable {
    private static final long serialVersionUID = 1L;
    private final LinkedHashMap<String, WindowedEntropy> windowed = new LinkedHashMap<>();
    private final LinkedHashMap<String, StateSums> states = new LinkedHashMap<>();
    private final ActivationStats stats;
    private final int classes;
    private final double[] inputSums;

    private Activity(ActivationStats stats, int classes, int inputs) {
        this.stats = stats;
        this.classes = classes;
        this.inputSums = new double[inputs];
        for (ActivationStats.Layer layer : stats.layers()) {
            windowed.put(layer.name(), new WindowedEntropy(layer.neurons()));
            states.put(layer.name(), new StateSums(layer.neurons(), classes));
        }
    }

    /// @param starts number of the first frame of every utterance, and the number of frames behind the last
    /// @param labels one state a frame, negative where unknown; null: the most probable state by the network itself
    public static Activity over(Network network, FrameSource source, int[] starts, int[] labels) {
        if (source.frames() == 0) {
            throw new IllegalArgumentException("activity statistics need at least one frame");
        }
        Activity activity = new Activity(ActivationStats.empty(network, source.frames()), network.spec().output().size(),
                network.spec().neuronLayer(Layers.firstDense(network.spec())).inputs());
        activity.measure(network, source, starts, labels);
        return activity;
    }

    private void measure(Network network, FrameSource source, int[] starts, int[] labels) {
        Kernels kernels = Kernels.best();
        String first = Layers.firstDense(network.spec());
        Split split = Split.of(network, first);
        Workspace work = split.upper().workspace(Batches.SIZE);
        float[] inputs = new float[Batches.SIZE * inputSums.length];
        int[] chosen = new int[Batches.SIZE];
        int[] bins = new int[stats.widest()];
        int[] utterance = {0};
        for (int from = 0; from < source.frames(); from += Batches.SIZE) {
            int count = Math.min(Batches.SIZE, source.frames() - from);
            split.inputs(source, from, count, inputs);
            split.upper().forward(inputs, 0, count, work);
            kernels.columnStatistics(count, inputSums.length, inputs, 0, inputSums.length, 0, inputSums, null, null, null, null, null, 0, 0, 1);
            for (int i = 0; i < count; i++) {
                chosen[i] = labels != null ? labels[from + i] : best(work.logits(), i * classes, classes);
            }
            int before = utterance[0];
            for (ActivationStats.Layer layer : stats.layers()) {
                float[] outputs = work.activation(layer.name());
                layer.addSums(kernels, count, outputs);
                utterance[0] = before;
                byFrame(layer, outputs, from, count, starts, chosen, bins, utterance);
            }
        }
    }

    /// What depends on the order of frames or on their states. `utterance[0]` is the one that frame `from` belongs to, and is moved on.
    private void byFrame(ActivationStats.Layer layer, float[] outputs, int from, int count, int[] starts, int[] chosen, int[] bins, int[] utterance) {
        WindowedEntropy entropy = windowed.get(layer.name());
        StateSums sums = states.get(layer.name());
        for (int i = 0; i < count; i++) {
            layer.addRow(outputs, i * layer.neurons(), bins);
            entropy.frame(bins);
            sums.frame(outputs, i * layer.neurons(), chosen[i]);
            while (utterance[0] + 1 < starts.length && from + i + 1 == starts[utterance[0] + 1]) {
                entropy.endOfUtterance();
                utterance[0]++;
            }
        }
    }

    static int best(float[] logits, int from, int classes) {
        int best = 0;
        for (int s = 1; s < classes; s++) {
            best = logits[from + s] > logits[from + best] ? s : best;
        }
        return best;
    }

    /// Both sets of utterances, those of the other behind these.
    public Activity plus(Activity other) {
        Activity sum = new Activity(stats.plus(other.stats), classes, inputSums.length);
        for (Activity part : new Activity[] {this, other}) {
            sum.windowed.forEach((layer, entropy) -> entropy.add(part.windowed.get(layer)));
            sum.states.forEach((layer, sums) -> sums.add(part.states.get(layer)));
            Arrays.setAll(sum.inputSums, i -> sum.inputSums[i] + part.inputSums[i]);
        }
        return sum;
    }

    public ActivationStats stats() {
        return stats;
    }

    public StateSums states(String layer) {
        return states.get(layer);
    }

    /// Mean windowed entropy of every neuron.
    public double[] windowedEntropy(String layer) {
        return windowed.get(layer).means();
    }

    /// Mean windowed entropy over the neurons of a layer, for every utterance.
    public double[] utteranceEntropy(String layer) {
        return windowed.get(layer).utterances();
    }

    /// E[h] of what a layer reads: the outputs of the layer below, for the lowest that of the convolutions.
    double[] meansBelow(String layer) {
        String below = null;
        for (ActivationStats.Layer l : stats.layers()) {
            if (l.name().equals(layer)) {
                break;
            }
            below = l.name();
        }
        long frames = stats.layers().getFirst().frames();
        if (below == null) {
            return Arrays.stream(inputSums).map(s -> s / frames).toArray();
        }
        ActivationStats.Layer lower = stats.layer(below);
        double[] means = new double[lower.neurons()];
        Arrays.setAll(means, lower::mean);
        return means;
    }
}
