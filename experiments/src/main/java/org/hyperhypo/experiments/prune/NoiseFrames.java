package org.hyperhypo.experiments.prune;

import java.util.SplittableRandom;
import org.hyperhypo.experiments.model.FrameSource;

/// Standard normal numbers in place of normalised features: enough to time a network and to compare the outputs of two.
public record NoiseFrames(int frames, int width, long seed) implements FrameSource {
    @Override
    public void fill(int from, int count, float[] out) {
        for (int i = 0; i < count; i++) {
            fillFrame(from + i, out, i * width);
        }
    }

    @Override
    public void fillFrame(int frame, float[] out, int offset) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + frame);
        for (int i = 0; i < width; i++) {
            out[offset + i] = (float) random.nextGaussian();
        }
    }
}
