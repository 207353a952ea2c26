package org.hyperhypo.experiments.model;

import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.Workspace;

/// The outputs of a frozen network prefix, computed once: what the layers above see of every frame, (frames, width).
public final class CachedFrames implements FrameSource {
    private final float[][] blocks;
    private final int frames;
    private final int width;

    private CachedFrames(float[][] blocks, int frames, int width) {
        this.blocks = blocks;
        this.frames = frames;
        this.width = width;
    }

    /// Runs `prefix` over all of `source`; memory is `4 · frames · prefix outputs` bytes.
    public static CachedFrames of(Network prefix, FrameSource source) {
        int width = prefix.spec().output().size();
        int frames = source.frames();
        float[][] blocks = new float[(frames + Batches.SIZE - 1) / Batches.SIZE][];
        Workspace work = prefix.workspace(Batches.SIZE);
        Batches.forEach(prefix, source, work, (from, count) -> {
            float[] block = new float[count * width];
            System.arraycopy(work.logits(), 0, block, 0, block.length);
            blocks[from / Batches.SIZE] = block;
        });
        return new CachedFrames(blocks, frames, width);
    }

    @Override
    public int frames() {
        return frames;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public void fill(int from, int count, float[] out) {
        int done = 0;
        while (done < count) {
            int frame = from + done;
            int inBlock = frame % Batches.SIZE;
            int run = Math.min(count - done, Batches.SIZE - inBlock);
            System.arraycopy(blocks[frame / Batches.SIZE], inBlock * width, out, done * width, run * width);
            done += run;
        }
    }

    @Override
    public void fillFrame(int frame, float[] out, int offset) {
        System.arraycopy(blocks[frame / Batches.SIZE], frame % Batches.SIZE * width, out, offset, width);
    }
}
