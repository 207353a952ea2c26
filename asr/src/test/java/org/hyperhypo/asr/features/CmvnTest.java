package org.hyperhypo.asr.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CmvnTest {
    private static final long SEED = 5;

    @Test
    void normalisedFeaturesHaveMeanZeroAndVarianceOne() {
        Features f = random(500, 4);
        Cmvn.of(f).apply(f, true);
        Cmvn after = Cmvn.of(f);
        for (int b = 0; b < 4; b++) {
            assertEquals(0, after.mean()[b], 1e-5);
            assertEquals(1, after.variance()[b], 1e-4);
        }
    }

    @Test
    void mergedStatisticsAreThoseOfAllTheData() {
        Features a = random(300, 3);
        Features b = random(77, 3);
        Features both = new Features(377, 3, new float[377 * 3]);
        System.arraycopy(a.data(), 0, both.data(), 0, 900);
        System.arraycopy(b.data(), 0, both.data(), 900, 231);
        Cmvn merged = new Cmvn(3).add(Cmvn.of(a)).add(new Cmvn(3)).add(Cmvn.of(b));
        Cmvn restored = Cmvn.of(merged.mean(), merged.variance(), merged.frames());
        for (int d = 0; d < 3; d++) {
            double mean = 0;
            for (int t = 0; t < 377; t++) {
                mean += both.get(t, d) / 377.0;
            }
            double variance = 0;
            for (int t = 0; t < 377; t++) {
                variance += Math.pow(both.get(t, d) - mean, 2) / 377;
            }
            for (Cmvn c : new Cmvn[] {merged, restored, Cmvn.of(both)}) {
                assertEquals(377, c.frames());
                assertEquals(mean, c.mean()[d], 1e-9 * Math.abs(mean) + 1e-12);
                assertEquals(variance, c.variance()[d], 1e-9 * variance);
            }
        }
    }

    @Test
    void digitalSilenceBecomesZeroAndNothingBecomesNan() {
        float[] silence = new float[50 * 2];
        java.util.Arrays.fill(silence, -15.9424f);
        Features f = new Features(50, 2, silence);
        Cmvn.of(f).apply(f, true);
        for (float v : f.data()) {
            assertEquals(0, v, 1e-5);
        }
        Features none = new Features(0, 2, new float[0]);
        Cmvn.of(none).apply(none, true);
    }

    @Test
    void utteranceMeanWithGlobalVarianceUsesEachForItsPart() {
        Features f = random(100, 2);
        Cmvn global = Cmvn.of(new double[] {99, 99}, new double[] {4, 0.25}, 10);
        double[] mean = Cmvn.of(f).mean();
        Features g = f.copy();
        Cmvn.normalise(g, Cmvn.of(f), global);
        assertEquals((f.get(7, 0) - mean[0]) / 2, g.get(7, 0), 1e-5);
        assertEquals((f.get(7, 1) - mean[1]) * 2, g.get(7, 1), 1e-3);
        assertTrue(g.data() != f.data());
    }

    /// The definition, frame by frame, from the window's own mean and variance.
    @ParameterizedTest
    @CsvSource({"true, 10, 1, 40", "false, 10, 5, 40", "false, 10, 1, 40", "true, 11, 1, 40", "false, 100, 30, 40", "true, 100, 1, 40", "false, 1, 1, 40",
        "true, 2, 1, 1", "false, 600, 100, 3"})
    void slidingNormalisationIsThatOfItsWindow(boolean centred, int window, int minimum, int frames) {
        Features f = random(frames, 3);
        for (boolean variance : new boolean[] {false, true}) {
            Features got = new SlidingCmvn(window, minimum, centred, variance).apply(f);
            for (int t = 0; t < frames; t++) {
                int[] span = centred ? centred(t, window, frames) : causal(t, window, minimum, frames);
                for (int b = 0; b < 3; b++) {
                    double mean = 0;
                    double square = 0;
                    for (int u = span[0]; u < span[1]; u++) {
                        mean += (double) f.get(u, b) / (span[1] - span[0]);
                        square += Math.pow(f.get(u, b), 2) / (span[1] - span[0]);
                    }
                    double expected = f.get(t, b) - mean;
                    if (variance) {
                        expected = span[1] - span[0] == 1 ? 0 : expected / Math.sqrt(square - mean * mean);
                    }
                    assertEquals(expected, got.get(t, b), 1e-4 * Math.max(1, Math.abs(expected)), "frame " + t + " of " + span[0] + ".." + span[1]);
                }
            }
        }
    }

    /// As many frames as the window has, if there are as many, as near to the middle as the ends allow.
    private static int[] centred(int t, int window, int frames) {
        int size = Math.min(window, frames);
        int start = Math.clamp((long) t - window / 2, 0, frames - size);
        return new int[] {start, start + size};
    }

    /// The frames before and the frame itself; at the begin at least the minimum.
    private static int[] causal(int t, int window, int minimum, int frames) {
        int end = Math.min(frames, Math.max(t + 1, minimum));
        return new int[] {Math.max(0, t - window), end};
    }

    private static Features random(int frames, int bands) {
        System.out.println("seed " + SEED);
        SplittableRandom random = new SplittableRandom(SEED);
        float[] data = new float[frames * bands];
        for (int i = 0; i < data.length; i++) {
            data[i] = (float) (Math.pow(10, i % bands) * (3 + random.nextGaussian()));
        }
        return new Features(frames, bands, data);
    }
}
