package org.hyperhypo.asr.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

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
