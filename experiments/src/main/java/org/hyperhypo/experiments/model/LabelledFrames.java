package org.hyperhypo.experiments.model;

import org.hyperhypo.engine.Examples;

/// Frames of a source with their state labels, as the trainer wants them; optionally only some of the frames.
public final class LabelledFrames implements Examples {
    private final FrameSource source;
    private final int[] labels;
    private final int[] chosen;

    /// @param labels one state a frame of the source; a frame with a negative label is left out
    public LabelledFrames(FrameSource source, int[] labels) {
        if (labels.length != source.frames()) {
            throw new IllegalArgumentException(labels.length + " labels for " + source.frames() + " frames");
        }
        this.source = source;
        this.labels = labels;
        this.chosen = java.util.stream.IntStream.range(0, labels.length).filter(t -> labels[t] >= 0).toArray();
    }

    @Override
    public int size() {
        return chosen.length;
    }

    @Override
    public int inputSize() {
        return source.width();
    }

    @Override
    public void fill(int[] index, int from, int count, float[] inputs, int[] targets) {
        for (int i = 0; i < count; i++) {
            int frame = chosen[index[from + i]];
            source.fillFrame(frame, inputs, i * source.width());
            targets[i] = labels[frame];
        }
    }
}
