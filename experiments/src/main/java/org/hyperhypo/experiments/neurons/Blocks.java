package org.hyperhypo.experiments.neurons;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.hyperhypo.engine.Peers;
import org.hyperhypo.experiments.mpi.Dealt;
import org.hyperhypo.experiments.model.FrameSource;

/// Statistics over many frames as the sum of statistics over fixed blocks of them, added in the order of the blocks: the same bits whoever measured which block.
final class Blocks {
    /// Frames of a block, at least; a whole number of batches.
    static final int FRAMES = 4096;

    private Blocks() {
    }

    /// Frames [from, to) of a source.
    record Block(FrameSource whole, int from, int to) implements FrameSource {
        @Override
        public int frames() {
            return to - from;
        }

        @Override
        public int width() {
            return whole.width();
        }

        @Override
        public void fill(int first, int count, float[] out) {
            whole.fill(from + first, count, out);
        }

        @Override
        public void fillFrame(int frame, float[] out, int offset) {
            whole.fillFrame(from + frame, out, offset);
        }

        /// The numbers of these frames; null for null.
        int[] of(int[] perFrame) {
            return perFrame == null ? null : java.util.Arrays.copyOfRange(perFrame, from, to);
        }

        /// The first frames of the utterances in this block, and the number of frames behind the last, counted from its first frame.
        int[] starts(int[] all) {
            return java.util.Arrays.stream(all).filter(start -> start >= from && start <= to).map(start -> start - from).toArray();
        }
    }

    /// Blocks of whole utterances, of at least [#FRAMES] frames but for the last.
    static List<Block> ofUtterances(FrameSource source, int[] starts) {
        List<Block> blocks = new ArrayList<>();
        int from = 0;
        for (int start : starts) {
            if (start - from >= FRAMES && start < source.frames()) {
                blocks.add(new Block(source, from, start));
                from = start;
            }
        }
        blocks.add(new Block(source, from, source.frames()));
        return blocks;
    }

    /// Blocks of `frames` frames.
    static List<Block> of(FrameSource source, int frames) {
        List<Block> blocks = new ArrayList<>();
        for (int from = 0; from == 0 || from < source.frames(); from += frames) {
            blocks.add(new Block(source, from, Math.min(source.frames(), from + frames)));
        }
        return blocks;
    }

    /// The sum over all blocks, in every process.
    static <T extends Serializable> T sum(Peers peers, List<Block> blocks, Class<T> type, Function<Block, T> measure, BinaryOperator<T> plus) {
        List<T> sum = new ArrayList<>(1);
        Dealt.inOrder(peers, blocks.size(), type, block -> measure.apply(blocks.get(block)), next -> {
            if (sum.isEmpty()) {
                sum.add(next);
            } else {
                sum.set(0, plus.apply(sum.getFirst(), next));
            }
        });
        return sum.getFirst();
    }
}
