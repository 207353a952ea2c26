package org.hyperhypo.experiments.model;

import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.Workspace;

/// Runs a network forward over a [FrameSource] in batches of [#SIZE] frames.
public final class Batches {
    /// Frames per forward call; the workspace must be made for at least as many.
    public static final int SIZE = 256;

    private Batches() {
    }

    /// What to do with the workspace after frames `[from, from + count)` went through.
    @FunctionalInterface
    public interface Visitor {
        void visit(int from, int count);
    }

    /// Forward passes in frame order; `visitor` reads the results from `work`.
    public static void forEach(Network network, FrameSource source, Workspace work, Visitor visitor) {
        float[] inputs = new float[SIZE * source.width()];
        for (int from = 0; from < source.frames(); from += SIZE) {
            int count = Math.min(SIZE, source.frames() - from);
            source.fill(from, count, inputs);
            network.forward(inputs, 0, count, work);
            visitor.visit(from, count);
        }
    }
}
