package org.hyperhypo.experiments.neurons;

import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.Workspace;
import org.hyperhypo.experiments.model.Batches;
import org.hyperhypo.experiments.model.FrameSource;

/// A network cut before a dense layer, so that what that layer reads can be looked at.
///
/// @param lower  what stands below, with its workspace and room for its inputs; null if nothing does
record Split(Network lower, Workspace work, float[] frames, Network upper) {
    static Split of(Network network, String layer) {
        if (network.spec().below(layer).layers().isEmpty()) {
            return new Split(null, null, null, network);
        }
        Network lower = network.below(layer);
        return new Split(lower, lower.workspace(Batches.SIZE), new float[Batches.SIZE * lower.spec().input().size()], network.from(layer));
    }

    /// The inputs of the upper part on frames `[from, from + count)`, one after the other in `out`.
    void inputs(FrameSource source, int from, int count, float[] out) {
        if (lower == null) {
            source.fill(from, count, out);
            return;
        }
        source.fill(from, count, frames);
        lower.forward(frames, 0, count, work);
        System.arraycopy(work.logits(), 0, out, 0, count * upper.spec().input().size());
    }
}
