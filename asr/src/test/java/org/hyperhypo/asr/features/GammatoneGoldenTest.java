package org.hyperhypo.asr.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.hyperhypo.asr.audio.AudioFiles;
import org.hyperhypo.asr.audio.Golden;
import org.hyperhypo.asr.features.FeatureOptions.Compression;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Against the closed-form gammatone bank in the frequency domain (float64).
@Tag("shared")
class GammatoneGoldenTest {
    @Test
    void centresAndShapesAreThoseOfGlasbergAndMoore() throws Exception {
        Path folder = Golden.folder("golden/gammatone");
        for (int rate : new int[] {16000, 8000}) {
            String bank = "bank/erb40_" + rate / 1000 + "k";
            FeatureOptions options = FeatureOptions.gammatone(40, rate).withPower(false);
            int fft = rate == 16000 ? 512 : 256;
            Filters filters = Filters.of(options, fft);
            double[] centres = Golden.npy(folder.resolve(bank + "_centre_hz.npy"));
            double[] magnitude = Golden.npy(folder.resolve(bank + "_magnitude_analytic.npy"));
            for (int b = 0; b < 40; b++) {
                assertEquals(centres[b], filters.centresHz()[b], 1e-6 * centres[b]);
                for (int k = 0; k <= fft / 2; k++) {
                    assertEquals(magnitude[b * (fft / 2 + 1) + k], filters.weights()[b][k], 1e-5);
                }
            }
        }
    }

    @Test
    void energiesLogsAndRootsEqualTheReference() throws Exception {
        Path folder = Golden.folder("golden/gammatone");
        int compared = 0;
        double worst = 0;
        for (Map<String, Object> c : Golden.maps(Golden.json(folder.resolve("cases.json")).get("cases"))) {
            if (!c.get("method").equals("fd_analytic")) {
                continue;
            }
            Map<String, Object> o = Golden.map(c.get("options"));
            int rate = Golden.integer(o, "frame_samples") * 40;
            FeatureOptions options = FeatureOptions.gammatone(40, rate).withRemoveMean((Boolean) o.get("remove_dc"))
                .withPreemphasis((Double) o.get("preemphasis"))
                .withWindow(Window.valueOf(o.get("window").toString().toUpperCase(Locale.ROOT)));
            float[] x = AudioFiles.read(folder.resolve((String) c.get("clip"))).mono();
            Map<String, Object> files = Golden.map(c.get("files"));
            double[] energy = Golden.npy(folder.resolve((String) files.get("energy")));
            double top = Arrays.stream(energy).max().orElseThrow();
            Features linear = Filterbank.of(options.withCompression(Compression.NONE)).compute(x);
            assertEquals(energy.length, linear.data().length);
            for (int i = 0; i < energy.length; i++) {
                double d = Math.abs(linear.data()[i] - energy[i]) / (energy[i] + 1e-9 * top);
                worst = Math.max(worst, d);
                assertTrue(d <= 1e-4, c.get("id") + " value " + i + ": " + linear.data()[i] + " against " + energy[i]);
            }
            near(folder, files.get("log"), Filterbank.of(options.withCompression(Compression.LOG)).compute(x), 1e-3);
            near(folder, files.get("root15"), Filterbank.of(options.withCompression(Compression.ROOT15)).compute(x), 1e-4);
            compared++;
        }
        System.out.printf(Locale.ROOT, "gammatone energies: %d cases, worst relative difference %.2g%n", compared, worst);
        assertTrue(compared >= 8, compared + " cases");
    }

    private static void near(Path folder, Object file, Features got, double tolerance) throws Exception {
        if (file == null) {
            return;
        }
        double[] expected = Golden.npy(folder.resolve((String) file));
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], got.data()[i], tolerance, file + " value " + i);
        }
    }
}
