package org.hyperhypo.experiments.model;

import java.util.List;
import org.hyperhypo.asr.features.FrameContext;

/// The frames of a feature set with their context, (bands, left + 1 + right) each: what the convolutions see.
public final class SplicedFrames implements FrameSource {
    private final List<FeatureSet.Entry> entries;
    private final FrameContext context;
    private final int[] starts;
    private final int[] utteranceOf;
    private final int width;

    public SplicedFrames(FeatureSet set, FrameContext context, int bands) {
        this.entries = set.entries();
        this.context = context;
        this.starts = set.starts();
        this.width = bands * context.frames();
        this.utteranceOf = new int[starts[entries.size()]];
        for (int u = 0; u < entries.size(); u++) {
            if (entries.get(u).features().bands() != bands) {
                throw new IllegalArgumentException("utterance \"" + entries.get(u).id() + "\" has " + entries.get(u).features().bands()
                        + " bands, the model expects " + bands + "; compute the features with --bands " + bands);
            }
            java.util.Arrays.fill(utteranceOf, starts[u], starts[u + 1], u);
        }
    }

    @Override
    public int frames() {
        return utteranceOf.length;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public void fill(int from, int count, float[] out) {
        for (int i = 0; i < count; i++) {
            fillFrame(from + i, out, i * width);
        }
    }

    @Override
    public void fillFrame(int frame, float[] out, int offset) {
        int utterance = utteranceOf[frame];
        context.window(entries.get(utterance).features(), frame - starts[utterance], out, offset);
    }
}
