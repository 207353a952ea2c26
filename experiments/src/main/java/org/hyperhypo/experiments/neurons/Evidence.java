package org.hyperhypo.experiments.neurons;

import java.util.List;
import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.Peers;
import org.hyperhypo.engine.Workspace;
import org.hyperhypo.experiments.model.Batches;
import org.hyperhypo.experiments.model.FrameSource;

/// Everything that was measured of a network's hidden FC neurons on one set of frames: what criteria are computed from. Parts may be null.
///
/// @param shift from these frames' domain to another
public record Evidence(Network network, Activity activity, Gradients gradients, Correlations correlations, Ablation ablation, Shift shift) {

    /// How many frames, evenly spread, the dearer statistics look at; 0 leaves them out.
    ///
    /// @param sampled for gradients and correlations
    /// @param ablated for the ablation oracle, which runs the layers above every neuron once for each of them
    public record Effort(int sampled, int ablated) {
        public static final Effort STANDARD = new Effort(16_384, 512);
    }

    /// @param starts number of the first frame of every utterance, and the number of frames behind the last
    /// @param labels one state a frame, negative where unknown; null: the most probable state by the network itself
    public static Evidence measure(Network network, FrameSource source, int[] starts, int[] labels, Effort effort) {
        return measure(network, source, starts, labels, effort, Peers.NONE);
    }

    /// The same, to the bit, by several processes, all of which call this and get everything.
    public static Evidence measure(Network network, FrameSource source, int[] starts, int[] labels, Effort effort, Peers peers) {
        Activity activity = Blocks.sum(peers, Blocks.ofUtterances(source, starts), Activity.class,
                block -> Activity.over(network, block, block.starts(starts), block.of(labels)), Activity::plus);
        Gradients gradients = null;
        Correlations correlations = null;
        Ablation ablation = null;
        if (effort.sampled > 0) {
            SampledFrames sample = SampledFrames.atMost(source, effort.sampled);
            int[] sampled = labels == null ? null : sample.of(labels);
            List<Blocks.Block> blocks = Blocks.of(sample, Blocks.FRAMES);
            gradients = Blocks.sum(peers, blocks, Gradients.class, block -> Gradients.over(network, block, states(network, block, sampled)), Gradients::plus);
            correlations = Blocks.sum(peers, blocks, Correlations.class, block -> Correlations.over(network, block, activity.stats()), Correlations::plus);
        }
        if (effort.ablated > 0) {
            SampledFrames sample = SampledFrames.atMost(source, effort.ablated);
            int[] sampled = labels == null ? null : sample.of(labels);
            ablation = Blocks.sum(peers, Blocks.of(sample, Batches.SIZE), Ablation.class, block -> Ablation.over(network, block, states(network, block, sampled)),
                    Ablation::plus);
        }
        return new Evidence(network, activity, gradients, correlations, ablation, null);
    }

    public Evidence with(Shift other) {
        return new Evidence(network, activity, gradients, correlations, ablation, other);
    }

    /// The same with the activity on more frames.
    public Evidence with(Activity other) {
        return new Evidence(network, other, gradients, correlations, ablation, shift);
    }

    public ActivationStats stats() {
        return activity.stats();
    }

    ActivationStats.Layer layer(String name) {
        return activity.stats().layer(name);
    }

    private static int[] states(Network network, Blocks.Block block, int[] labels) {
        return labels != null ? block.of(labels) : ownStates(network, block);
    }

    private static int[] ownStates(Network network, FrameSource source) {
        int[] states = new int[source.frames()];
        int classes = network.spec().output().size();
        Workspace work = network.workspace(Batches.SIZE);
        Batches.forEach(network, source, work, (from, count) -> {
            for (int i = 0; i < count; i++) {
                states[from + i] = Activity.best(work.logits(), i * classes, classes);
            }
        });
        return states;
    }
}
