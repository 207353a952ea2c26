package org.hyperhypo.asr.features;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// Speed on one thread, in CPU time: `-Dhyperhypo.speed=true` on an otherwise quiet machine.
@EnabledIfSystemProperty(named = "hyperhypo.speed", matches = "true")
class FeatureSpeedTest {
    private static final int SECONDS = 30;
    private static final int ROUNDS = 60;

    @Test
    void melBandsTakeATwoThousandthOfTheSpeech() {
        Map<String, FeatureOptions> cases = new LinkedHashMap<>();
        for (int rate : new int[] {16000, 8000}) {
            cases.put("40 mel bands, " + rate + " Hz", FeatureOptions.mel(40, rate));
            cases.put("13 MFCC of 23 bands, " + rate + " Hz", FeatureOptions.mfcc(13, 23, rate));
            cases.put("40 gammatone bands, " + rate + " Hz", FeatureOptions.gammatone(40, rate));
        }
        Map<String, Double> best = new LinkedHashMap<>();
        cases.forEach((name, options) -> best.put(name, timesRealTime(name, options)));
        assertTrue(best.get("40 mel bands, 16000 Hz") >= 2000, best.toString());
    }

    private static double timesRealTime(String name, FeatureOptions options) {
        SplittableRandom random = new SplittableRandom(1);
        float[] x = new float[SECONDS * options.rate()];
        for (int t = 0; t < x.length; t++) {
            x[t] = (float) (0.1 * random.nextGaussian());
        }
        Filterbank bank = Filterbank.of(options);
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        double[] times = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long begin = clock.getCurrentThreadCpuTime();
            bank.compute(x);
            times[round] = SECONDS / ((clock.getCurrentThreadCpuTime() - begin) * 1e-9);
        }
        java.util.Arrays.sort(times);
        System.out.printf(Locale.ROOT, "%-32s best %6.0f, median %6.0f × real time%n", name, times[ROUNDS - 1], times[ROUNDS / 2]);
        return times[ROUNDS - 1];
    }
}
