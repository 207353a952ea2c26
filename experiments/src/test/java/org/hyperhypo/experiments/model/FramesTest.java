package org.hyperhypo.experiments.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.Workspace;
import org.hyperhypo.experiments.Tiny;
import org.junit.jupiter.api.Test;

/// [SplicedFrames], [CachedFrames], [LabelledFrames] and [FeatureSet].
class FramesTest {
    private static final long SEED = Tiny.seed("Frames");
    private static final int WIDTH = Tiny.CONTEXT.size(Tiny.BANDS);

    private final FeatureSet set = Tiny.features(SEED, 4, 5);
    private final SplicedFrames spliced = new SplicedFrames(set, Tiny.CONTEXT, Tiny.BANDS);

    @Test
    void splicedFramesAreTheContextWindowsAndNeverReachIntoTheNextUtterance() {
        assertEquals(set.frames(), spliced.frames());
        assertEquals(WIDTH, spliced.width());
        float[] all = new float[set.frames() * WIDTH];
        spliced.fill(0, set.frames(), all);
        int frame = 0;
        for (FeatureSet.Entry entry : set.entries()) {
            for (int t = 0; t < entry.frames(); t++, frame++) {
                float[] expected = new float[WIDTH];
                Tiny.CONTEXT.window(entry.features(), t, expected, 0);
                assertArrayEquals(expected, Arrays.copyOfRange(all, frame * WIDTH, (frame + 1) * WIDTH), entry.id() + " frame " + t);
                float[] one = new float[WIDTH + 3];
                spliced.fillFrame(frame, one, 3);
                assertArrayEquals(expected, Arrays.copyOfRange(one, 3, 3 + WIDTH));
            }
        }
    }

    @Test
    void featuresOfAnotherNumberOfBandsAreNamed() {
        String message = assertThrows(IllegalArgumentException.class, () -> new SplicedFrames(set, Tiny.CONTEXT, 7)).getMessage();
        assertTrue(message.contains("6 bands") && message.contains("expects 7") && message.contains("s00-000"), message);
    }

    @Test
    void cachedFramesEqualTheOutputsOfThePrefixAcrossBlockBorders() {
        Network prefix = Tiny.network(SEED).below("fc1");
        assertTrue(spliced.frames() > 2 * Batches.SIZE, spliced.frames() + " frames");
        CachedFrames cached = CachedFrames.of(prefix, spliced);
        int width = prefix.spec().output().size();
        assertEquals(width, cached.width());
        assertEquals(spliced.frames(), cached.frames());
        float[][] expected = new float[spliced.frames()][];
        Workspace work = prefix.workspace(1);
        float[] input = new float[WIDTH];
        for (int t = 0; t < expected.length; t++) {
            spliced.fillFrame(t, input, 0);
            prefix.forward(input, 0, 1, work);
            expected[t] = Arrays.copyOf(work.logits(), width);
            float[] actual = new float[width + 1];
            cached.fillFrame(t, actual, 1);
            assertArrayEquals(expected[t], Arrays.copyOfRange(actual, 1, width + 1), "frame " + t);
        }
        for (int from : new int[] {0, 1, Batches.SIZE - 2, Batches.SIZE - 1, Batches.SIZE, 2 * Batches.SIZE - 1}) {
            for (int count : new int[] {0, 1, 2, 3, Batches.SIZE, Batches.SIZE + 3}) {
                count = Math.min(count, cached.frames() - from);
                float[] run = new float[count * width];
                cached.fill(from, count, run);
                for (int i = 0; i < count; i++) {
                    assertArrayEquals(expected[from + i], Arrays.copyOfRange(run, i * width, (i + 1) * width), "frame " + from + " + " + i);
                }
            }
        }
    }

    @Test
    void labelledFramesLeaveOutFramesWithoutALabel() {
        FrameSource source = Tiny.frames(new float[] {0, 1, 2, 3, 4}, 1);
        LabelledFrames frames = new LabelledFrames(source, new int[] {-1, 7, -1, 8, 9});
        assertEquals(3, frames.size());
        float[] x = new float[2];
        int[] labels = new int[2];
        frames.fill(new int[] {0, 2, 1}, 1, 2, x, labels);
        assertArrayEquals(new float[] {4, 3}, x);
        assertArrayEquals(new int[] {9, 8}, labels);
        assertThrows(IllegalArgumentException.class, () -> new LabelledFrames(source, new int[4]));
    }

    @Test
    void partsOfASetKeepTheOrder() {
        assertEquals(List.of("s00-001", "s01-002", "s02-003", "s03-004"), set.every(6, 1).entries().stream().map(FeatureSet.Entry::id).toList());
        assertEquals(List.of("s00", "s01", "s02", "s03"), set.speakers());
        assertEquals(5, set.where(entry -> entry.speaker().equals("s02")).size());
        assertEquals(set.frames(), set.starts()[set.size()]);
    }
}
