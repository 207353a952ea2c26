package org.hyperhypo.asr.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.hyperhypo.asr.features.FeatureOptions.Compression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterbankTest {
    private static final long SEED = 20261122;

    @ParameterizedTest
    @ValueSource(ints = {8000, 16000})
    void aPureToneLandsInTheBandWhoseCentreIsNearest(int rate) {
        for (FeatureOptions options : new FeatureOptions[] {FeatureOptions.mel(40, rate), FeatureOptions.gammatone(40, rate)}) {
            Filterbank bank = Filterbank.of(options.withPreemphasis(0));
            double[] centres = bank.centresHz();
            for (int band = 5; band < 38; band++) {
                Features f = bank.compute(tone(centres[band], rate, rate / 4));
                int best = 0;
                for (int b = 1; b < 40; b++) {
                    best = f.get(10, b) > f.get(10, best) ? b : best;
                }
                assertTrue(Math.abs(best - band) <= (centres[band] < 500 ? 1 : 0),
                    options.kind() + " at " + centres[band] + " Hz: strongest band " + best + " instead of " + band);
            }
        }
    }

    @Test
    void melTrianglesPassOnTheWholePowerBetweenTheOuterCentres() {
        // Neighbouring triangles sum to 1, so the bands' energies add up to the windowed frame's energy (Parseval).
        int rate = 16000;
        FeatureOptions options = FeatureOptions.mel(40, rate).withPreemphasis(0).withRemoveMean(false).withWindow(Window.HANNING)
            .withCompression(Compression.NONE).withSampleScale(1);
        float[] x = tone(1234.5, rate, 400);
        Features f = Filterbank.of(options).compute(x);
        double sum = 0;
        for (int b = 0; b < 40; b++) {
            sum += f.get(0, b);
        }
        float[] w = Window.HANNING.values(400, 0.42);
        double energy = 0;
        for (int i = 0; i < 400; i++) {
            energy += Math.pow(w[i] * x[i], 2);
        }
        assertEquals(energy * 512 / 2, sum, 1e-3 * sum);
    }

    @Test
    void twiceTheAmplitudeIsLogFourMoreInEveryBand() {
        float[] x = noise(8000);
        float[] louder = x.clone();
        for (int i = 0; i < x.length; i++) {
            louder[i] *= 2;
        }
        Filterbank bank = Filterbank.of(FeatureOptions.mel(40, 16000));
        Features a = bank.compute(x);
        Features b = bank.compute(louder);
        for (int i = 0; i < a.data().length; i++) {
            assertEquals(a.data()[i] + Math.log(4), b.data()[i], 1e-4);
        }
    }

    @Test
    void digitalSilenceSitsOnTheFloorAndTooShortAudioHasNoFrames() {
        Filterbank bank = Filterbank.of(FeatureOptions.mel(40, 16000));
        for (float value : bank.compute(new float[400]).data()) {
            assertEquals(Math.log(1.1920929e-7), value, 1e-5);
        }
        assertEquals(0, bank.compute(new float[399]).frames());
        assertEquals(0, bank.compute(new float[0]).frames());
        assertEquals(0, Filterbank.of(FeatureOptions.mel(40, 16000).withSnipEdges(false)).compute(new float[0]).frames());
    }

    @Test
    void theSameInstanceGivesTheSameBitsAgain() {
        float[] x = noise(16000);
        Filterbank bank = Filterbank.of(FeatureOptions.gammatone(40, 16000));
        float[] first = bank.compute(x).data();
        bank.compute(noise(3000));
        assertArrayEquals(first, bank.compute(x).data());
        assertArrayEquals(first, Filterbank.of(FeatureOptions.gammatone(40, 16000)).compute(x).data());
    }

    @Test
    void errorsNameTheValueAndWhatWouldBeRight() {
        float[] x = new float[1000];
        x[123] = Float.NaN;
        message("sample 123", () -> Filterbank.of(FeatureOptions.mel(40, 16000)).compute(x));
        message("highHz 5000", () -> FeatureOptions.mel(40, 8000).withBand(20, 5000));
        message("Nyquist frequency of 8000 Hz", () -> FeatureOptions.mel(40, 8000).withBand(20, 5000));
        message("200 mel bands", () -> Filterbank.of(FeatureOptions.mel(200, 8000)));
        message("cepstra 24", () -> FeatureOptions.mfcc(24, 23, 8000));
        message("cepstra 5", () -> FeatureOptions.gammatone(40, 8000).withCepstra(5, 0));
        message("dither -1", () -> FeatureOptions.mel(40, 8000).withDither(-1, 0));
        message("bands 0", () -> FeatureOptions.mel(0, 8000));
        message("frame 3 of features with 3", () -> new FrameContext(1, 1).window(new Features(3, 1, new float[3]), 3, new float[3], 0));
        message("40 bands, the statistics 3", () -> new Cmvn(3).add(new Features(1, 40, new float[40])));
    }

    @Test
    void ditherIsTheSameForASeedAndAddsItsVarianceToEachBand() {
        FeatureOptions options = FeatureOptions.mel(40, 16000).withDither(1, 7);
        float[] silence = new float[16000];
        Features a = Filterbank.of(options).compute(silence);
        assertArrayEquals(a.data(), Filterbank.of(options).compute(silence).data());
        assertTrue(a.get(3, 20) != Filterbank.of(options.withDither(1, 8)).compute(silence).get(3, 20));
        // White noise of deviation 2 on the int16 scale is the same thing without dither.
        SplittableRandom random = new SplittableRandom(SEED);
        float[] noise = new float[16000];
        for (int t = 0; t < noise.length; t++) {
            noise[t] = (float) (2 * random.nextGaussian() / 32768);
        }
        double[] dithered = Cmvn.of(Filterbank.of(options.withDither(2, 7)).compute(silence)).mean();
        double[] noisy = Cmvn.of(Filterbank.of(FeatureOptions.mel(40, 16000)).compute(noise)).mean();
        for (int b = 0; b < 40; b++) {
            assertEquals(noisy[b], dithered[b], 0.5, "band " + b);
        }
    }

    @Test
    void cepstraAreTheDctOfTheBandsAndEnergyTakesTheFirstPlace() {
        float[] x = noise(4000);
        Features bands = Filterbank.of(FeatureOptions.mel(23, 8000).withEnergy(true, true, 0)).compute(x);
        Features plain = Filterbank.of(FeatureOptions.mel(23, 8000).withCepstra(13, 0)).compute(x);
        Features mfcc = Filterbank.of(FeatureOptions.mfcc(13, 23, 8000)).compute(x);
        assertEquals(24, bands.bands());
        assertEquals(13, mfcc.bands());
        for (int t = 0; t < mfcc.frames(); t++) {
            assertEquals(bands.get(t, 0), mfcc.get(t, 0), "the log energy");
            double c0 = 0;
            double c3 = 0;
            for (int b = 0; b < 23; b++) {
                c0 += bands.get(t, b + 1) / Math.sqrt(23);
                c3 += bands.get(t, b + 1) * Math.sqrt(2 / 23.0) * Math.cos(Math.PI * 3 * (b + 0.5) / 23);
            }
            assertEquals(c0, plain.get(t, 0), 1e-3);
            assertEquals(c3, plain.get(t, 3), 1e-3);
            assertEquals(c3 * (1 + 11 * Math.sin(Math.PI * 3 / 22)), mfcc.get(t, 3), 1e-2);
        }
    }

    @Test
    void theWindowRepeatsTheEdgeFrames() {
        Features f = new Features(3, 2, new float[] {1, 10, 2, 20, 3, 30});
        float[] out = new float[10];
        new FrameContext(2, 2).window(f, 0, out, 0);
        assertArrayEquals(new float[] {1, 1, 1, 2, 3, 10, 10, 10, 20, 30}, out);
        new FrameContext(2, 2).window(f, 2, out, 0);
        assertArrayEquals(new float[] {1, 2, 3, 3, 3, 10, 20, 30, 30, 30}, out);
    }

    static float[] tone(double hz, int rate, int samples) {
        float[] x = new float[samples];
        for (int t = 0; t < samples; t++) {
            x[t] = (float) (0.5 * Math.sin(2 * Math.PI * hz * t / rate));
        }
        return x;
    }

    private static float[] noise(int samples) {
        System.out.println("seed " + SEED);
        SplittableRandom random = new SplittableRandom(SEED);
        float[] x = new float[samples];
        for (int t = 0; t < samples; t++) {
            x[t] = (float) (0.1 * random.nextGaussian());
        }
        return x;
    }

    private static void message(String part, org.junit.jupiter.api.function.Executable action) {
        String text = assertThrows(IllegalArgumentException.class, action).getMessage();
        assertTrue(text.contains(part), text);
    }
}
