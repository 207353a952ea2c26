package org.hyperhypo.experiments.neurons;

import org.hyperhypo.experiments.model.FrameSource;

/// Every `step`-th frame of a source: enough for statistics that cost more than a forward pass.
record SampledFrames(FrameSource source, int step) implements FrameSource {
    SampledFrames {
        if (step < 1) {
            throw new IllegalArgumentException("every " + step + "-th frame; give 1 or more");
        }
    }

    /// At most about `most` frames, evenly spread.
    static SampledFrames atMost(FrameSource source, int most) {
        return new SampledFrames(source, Math.max(1, Math.ceilDiv(source.frames(), Math.max(1, most))));
    }

    /// The labels of these frames.
    int[] of(int[] labels) {
        int[] chosen = new int[frames()];
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = labels[i * step];
        }
        return chosen;
    }

    @Override
    public int frames() {
        return Math.ceilDiv(source.frames(), step);
    }

    @Override
    public int width() {
        return source.width();
    }

    @Override
    public void fill(int from, int count, float[] out) {
        for (int i = 0; i < count; i++) {
            fillFrame(from + i, out, i * width());
        }
    }

    @Override
    public void fillFrame(int frame, float[] out, int offset) {
        source.fillFrame(frame * step, out, offset);
    }
}
