package org.hyperhypo.asr.corrupt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.hyperhypo.asr.corrupt.Room.Point;
import org.junit.jupiter.api.Test;

class CorruptTest {
    private static final long SEED = 404;
    private static final int RATE = 16000;

    @Test
    void theSnrOfTheActiveSpeechIsAchievedWithinATenthOfADecibel() {
        // Speech in the middle third only: pauses must not count.
        float[] speech = speech(1);
        double level = SpeechLevel.rms(speech, 16000, 32000);
        for (double snr : new double[] {-5, 0, 10, 20}) {
            float[] noise = Noise.coloured(speech.length, RATE, -3, random());
            float[] mixed = Noise.mix(speech, noise, snr, RATE);
            float[] added = new float[speech.length];
            for (int t = 0; t < added.length; t++) {
                added[t] = mixed[t] - speech[t];
            }
            assertEquals(snr, 20 * Math.log10(level / SpeechLevel.rms(added)), 0.1);
        }
    }

    @Test
    void noiseHasTheSlopeAskedForAndUnitLevel() {
        for (double slope : new double[] {0, -3, -6, 3}) {
            float[] x = Noise.coloured(1 << 17, RATE, slope, random());
            assertEquals(1, SpeechLevel.rms(x), 1e-5);
            double low = SpeechLevel.rms(Telephone.bandPass(x, RATE, 400, 800));
            double high = SpeechLevel.rms(Telephone.bandPass(x, RATE, 3200, 6400));
            // Three octaves up; a band of an octave holds 8 times the width, 9.03 dB.
            assertEquals(3 * slope + 9.03, 20 * Math.log10(high / low), 0.4, "slope " + slope);
        }
    }

    @Test
    void convolutionEqualsTheDirectSum() {
        SplittableRandom random = random();
        for (int[] size : new int[][] {{1, 1}, {5, 3}, {100, 1000}, {1000, 37}, {4096, 4097}}) {
            float[] x = gaussian(size[0], random);
            float[] h = gaussian(size[1], random);
            float[] y = Convolution.convolve(x, h);
            assertEquals(size[0] + size[1] - 1, y.length);
            for (int t = 0; t < y.length; t += 1 + y.length / 200) {
                double sum = 0;
                double scale = 0;
                for (int k = Math.max(0, t - x.length + 1); k <= Math.min(t, h.length - 1); k++) {
                    sum += (double) h[k] * x[t - k];
                    scale += Math.abs((double) h[k] * x[t - k]);
                }
                assertEquals(sum, y[t], 1e-6 * scale + 1e-6, size[0] + " * " + size[1] + " at " + t);
            }
        }
        assertEquals(0, Convolution.convolve(new float[0], new float[3]).length);
    }

    @Test
    void imageRoomsDecayInTheTimeAskedForWithinAFifth() {
        Point source = new Point(1.3, 2.1, 1.4);
        Point microphone = new Point(3.7, 3.3, 1.1);
        for (Point size : new Point[] {new Point(6, 5, 3), new Point(4.2, 4.9, 2.5), new Point(12, 8, 4)}) {
            for (double t60 : new double[] {0.25, 0.5, 0.9}) {
                Room room = Room.withT60(size, t60, source, microphone);
                float[] h = Rooms.impulseResponse(room, RATE);
                double measured = Rooms.t60(h, RATE);
                System.out.printf(Locale.ROOT, "room %s: asked %.2f s, measured %.3f s, Eyring %.3f s, absorption %.3f, direct/reverberant %.1f dB%n",
                    size, t60, measured, room.eyringT60(), room.absorption(), Rooms.directToReverberantDb(h, RATE));
                assertEquals(t60, measured, 0.2 * t60);
            }
        }
    }

    @Test
    void theDirectPathArrivesWhenSoundDoesAndDominatesInADeadRoom() {
        Room dead = new Room(new Point(6, 5, 3), 1, new Point(1, 1, 1), new Point(4.43, 1, 1));
        float[] h = Rooms.impulseResponse(dead, RATE);
        int flight = (int) Math.round(3.43 / 343 * RATE);
        assertEquals(flight + 20, Rooms.directPath(h), 1);
        assertTrue(Rooms.directToReverberantDb(h, RATE) > 20);
        Room near = new Room(new Point(6, 5, 3), 0.3, new Point(1, 1, 1), new Point(1.3, 1, 1));
        Room far = new Room(new Point(6, 5, 3), 0.3, new Point(1, 1, 1), new Point(5, 4, 2));
        assertTrue(Rooms.directToReverberantDb(Rooms.impulseResponse(near, RATE), RATE)
            > Rooms.directToReverberantDb(Rooms.impulseResponse(far, RATE), RATE) + 10);
    }

    @Test
    void schroedersMeasureFindsTheDecayOfAPureExponential() {
        SplittableRandom random = random();
        float[] h = gaussian(2 * RATE, random);
        for (int t = 0; t < h.length; t++) {
            h[t] *= (float) Math.pow(10, -3.0 * t / (0.6 * RATE));
        }
        assertEquals(0.6, Rooms.t60(h, RATE), 0.03);
        assertTrue(Double.isNaN(Rooms.t60(new float[] {1}, RATE)));
        assertTrue(Double.isNaN(Rooms.t60(new float[] {1, 1}, RATE)));
    }

    @Test
    void reverberationNeitherDelaysSpeechNorChangesItsLevel() {
        float[] speech = speech(2);
        float[] h = Rooms.impulseResponse(Room.withT60(new Point(6, 5, 3), 0.4, new Point(1, 2, 1.5), new Point(4, 3, 1.2)), RATE);
        float[] wet = Rooms.reverberate(speech, h, RATE);
        assertEquals(speech.length, wet.length);
        assertEquals(SpeechLevel.active(speech, RATE), SpeechLevel.active(wet, RATE), 1e-4);
        assertEquals(0, bestLag(speech, wet));
        // A single echo-free pulse at any place changes nothing.
        float[] pulse = new float[50];
        pulse[37] = 0.5f;
        assertArrayEquals(speech, Rooms.reverberate(speech, pulse, RATE), 1e-5f);
    }

    @Test
    void theTelephonePassesItsBandOnlyWithoutDelay() {
        for (int rate : new int[] {8000, 16000, 44100}) {
            assertEquals(0, level(1000, rate), 0.5);
            assertEquals(0, level(3000, rate), 0.5);
            assertTrue(level(100, rate) < -30, "100 Hz: " + level(100, rate));
            if (rate > 8000) {
                assertTrue(level(5000, rate) < -30, "5 kHz: " + level(5000, rate));
            }
            float[] x = Noise.coloured(rate, rate, -3, random());
            float[] y = Telephone.line(Gain.decibels(x, -20), rate);
            assertEquals(x.length, y.length);
            assertEquals(0, bestLag(x, y));
        }
    }

    @Test
    void babbleIsMadeOfTheGivenVoicesAndLoopsOfRecordings() {
        float[] a = Telephone.bandPass(Noise.coloured(RATE, RATE, 0, random()), RATE, 500, 700);
        float[] b = Telephone.bandPass(Noise.coloured(RATE / 2, RATE, 0, random()), RATE, 2000, 2400);
        float[] babble = Noise.babble(List.of(a, b, new float[100]), 6, 3 * RATE, RATE, random());
        assertEquals(1, SpeechLevel.rms(babble), 1e-4);
        double inside = Math.hypot(SpeechLevel.rms(Telephone.bandPass(babble, RATE, 350, 850)),
            SpeechLevel.rms(Telephone.bandPass(babble, RATE, 1850, 2550)));
        assertEquals(1, inside, 0.02);
        float[] ramp = new float[100];
        for (int t = 0; t < 100; t++) {
            ramp[t] = t + 1;
        }
        float[] part = Noise.recorded(ramp, 30, 8000, random());
        for (int t = 1; t < 30; t++) {
            assertEquals(part[0] + t, part[t]);
        }
        float[] looped = Noise.recorded(Noise.coloured(5000, RATE, 0, random()), 50000, RATE, random());
        assertEquals(1, SpeechLevel.rms(looped), 0.03);
        assertEquals(looped[40000], looped[40000 - (5000 - 160)]);
    }

    @Test
    void clippingAndGainDoWhatTheySay() {
        float[] x = {0.5f, -1, 0.2f, 0.8f};
        assertArrayEquals(new float[] {0.5f, -0.5f, 0.2f, 0.5f}, Gain.clip(x, 0.5));
        assertArrayEquals(new float[] {5, -10, 2, 8}, Gain.decibels(x, 20), 1e-5f);
        assertArrayEquals(new float[] {0.495f, -0.99f, 0.198f, 0.792f}, Gain.protect(x), 1e-6f);
        assertArrayEquals(new float[] {0.1f}, Gain.protect(new float[] {0.1f}));
    }

    @Test
    void everyConditionKeepsLengthAndInputGivesTheSameBitsAgainAndDescribesItself() {
        float[] speech = speech(3);
        float[] before = speech.clone();
        Condition room = Condition.room(Room.withT60(new Point(5, 4, 3), 0.3, new Point(1, 1, 1), new Point(3, 3, 1.5)), RATE);
        List<Condition> conditions = List.of(new Condition.Clean(), new Condition.ColouredNoise(-3, 10),
            new Condition.RecordedNoise("tap", Noise.coloured(9000, RATE, 0, random()), 5),
            new Condition.Babble("train", List.of(speech), 8, 0), room, new Condition.TelephoneLine(), new Condition.Band(300, 2000),
            new Condition.Clipping(0.1), new Condition.Level(-10),
            new Condition.Chain(List.of(room, new Condition.ColouredNoise(-6, 15), new Condition.TelephoneLine())));
        for (Condition c : conditions) {
            float[] a = c.apply(speech, RATE, 7, "utt-1");
            assertArrayEquals(a, c.apply(speech, RATE, 7, "utt-1"), c.description());
            assertArrayEquals(before, speech, c.description() + " changed its input");
            assertEquals(speech.length, a.length);
            assertTrue(Gain.peak(a) <= 0.991, c.description());
            assertFalse(c.description().isBlank());
            boolean seeded = c.description().contains("SNR");
            assertEquals(!seeded, Arrays.equals(a, c.apply(speech, RATE, 7, "utt-2")), c.description());
            assertEquals(!seeded, Arrays.equals(a, c.apply(speech, RATE, 8, "utt-1")), c.description());
            System.out.println(c.description());
        }
    }

    @Test
    void impossibleRequestsSayWhatIsWrong() {
        float[] speech = speech(4);
        message("speech level 0.0", () -> Noise.mix(new float[1000], speech, 10, RATE));
        message("noise of 10 samples for speech of 48000", () -> Noise.mix(speech, new float[10], 10, RATE));
        message("not inside the room", () -> new Room(new Point(3, 3, 3), 0.5, new Point(4, 1, 1), new Point(1, 1, 1)));
        message("absorption 1.5", () -> new Room(new Point(3, 3, 3), 1.5, new Point(2, 1, 1), new Point(1, 1, 1)));
        message("T60 of 20.0 s", () -> Room.withT60(new Point(3, 3, 3), 20, new Point(2, 1, 1), new Point(1, 1, 1)));
        message("8000 Hz, the speech 16000 Hz", () -> new Condition.Reverberation("r", new float[] {1}, 8000).spoil(speech, RATE, random()));
        message("silent", () -> Rooms.reverberate(speech, new float[5], RATE));
        message("band of 300.0 to 9000.0 Hz", () -> Telephone.bandPass(speech, RATE, 300, 9000));
    }

    private static double level(double hz, int rate) {
        float[] x = new float[rate];
        for (int t = 0; t < rate; t++) {
            x[t] = (float) (0.3 * Math.sin(2 * Math.PI * hz * t / rate));
        }
        float[] y = Telephone.line(x, rate);
        return 20 * Math.log10(SpeechLevel.rms(y, rate / 10, rate * 9 / 10) / SpeechLevel.rms(x, rate / 10, rate * 9 / 10) + 1e-9);
    }

    private static int bestLag(float[] a, float[] b) {
        int best = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int lag = -200; lag <= 200; lag++) {
            double sum = 0;
            for (int t = 200; t < a.length - 200; t++) {
                sum += (double) a[t] * b[t + lag];
            }
            if (sum > most) {
                most = sum;
                best = lag;
            }
        }
        return best;
    }

    /// Three seconds at 16 kHz: silence, a second of modulated coloured noise, silence.
    private static float[] speech(int number) {
        float[] x = new float[48000];
        float[] voice = Noise.coloured(16000, RATE, -4, new SplittableRandom(SEED + number));
        for (int t = 0; t < 16000; t++) {
            x[16000 + t] = (float) (0.1 * voice[t] * (1 + 0.5 * Math.sin(t / 300.0)));
        }
        return x;
    }

    private static SplittableRandom random() {
        return new SplittableRandom(SEED);
    }

    private static float[] gaussian(int n, SplittableRandom random) {
        System.out.println("seed " + SEED);
        float[] x = new float[n];
        for (int t = 0; t < n; t++) {
            x[t] = (float) random.nextGaussian();
        }
        return x;
    }

    private static void message(String part, org.junit.jupiter.api.function.Executable action) {
        String text = assertThrows(IllegalArgumentException.class, action).getMessage();
        assertTrue(text.contains(part), text);
    }
}
