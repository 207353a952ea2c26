package org.hyperhypo.asr.audio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WavTest {
    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsReadBackToTheBit() throws Exception {
        float[] x = new float[65536];
        for (int i = 0; i < x.length; i++) {
            x[i] = (i - 32768) / 32768f;
        }
        Path file = folder.resolve("all.wav");
        Wav.write(file, x, 11025);
        Audio audio = AudioFiles.read(file);
        assertEquals(11025, audio.rate());
        assertTrue(audio.warnings().isEmpty(), audio.warnings().toString());
        assertArrayEquals(x, audio.mono());
        byte[] first = Files.readAllBytes(file);
        Wav.write(file, audio.mono(), 11025);
        assertArrayEquals(first, Files.readAllBytes(file));
        assertEquals(44 + 2 * x.length, first.length);
    }

    @Test
    void valuesRoundToTheNearestStepAndClipAtFullScale() throws Exception {
        float step = 1 / 32768f;
        float[] x = {2, -2, 0.4f * step, 0.6f * step, -0.6f * step, Float.POSITIVE_INFINITY};
        Path file = folder.resolve("x.wav");
        Wav.write(file, x, 8000);
        assertArrayEquals(new float[] {32767 * step, -1, 0, step, -step, 32767 * step}, AudioFiles.read(file).mono());
    }

    @Test
    void channelsKeepTheirOrder() throws Exception {
        Path file = folder.resolve("stereo.wav");
        Wav.write(file, new Audio(new float[][] {{0.5f, 0.25f}, {-0.5f, -0.25f}}, 16000));
        Audio audio = AudioFiles.read(file);
        assertArrayEquals(new float[] {0.5f, 0.25f}, audio.channel(0));
        assertArrayEquals(new float[] {-0.5f, -0.25f}, audio.channel(1));
        assertArrayEquals(new float[2], audio.mono());
    }

    @Test
    void aFailedWriteLeavesNothingBehind() throws Exception {
        AudioException nan = assertThrows(AudioException.class, () -> Wav.write(folder.resolve("n.wav"), new float[] {0, Float.NaN}, 8000));
        assertTrue(nan.getMessage().contains("n.wav") && nan.getMessage().contains("sample 1"), nan.getMessage());
        assertThrows(AudioException.class, () -> Wav.write(folder.resolve("no/such/folder/n.wav"), new float[1], 8000));
        Files.createDirectories(folder.resolve("taken.wav/inside"));
        assertThrows(AudioException.class, () -> Wav.write(folder.resolve("taken.wav"), new float[1], 8000));
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void missingFilesAndFoldersAreNamed() {
        String missing = assertThrows(AudioException.class, () -> AudioFiles.read(folder.resolve("gone.wav"))).getMessage();
        assertTrue(missing.contains("gone.wav") && missing.contains("no such file"), missing);
        String directory = assertThrows(AudioException.class, () -> AudioFiles.read(folder)).getMessage();
        assertTrue(directory.contains("folder"), directory);
    }

    @Test
    void rawSamplesOfAPipeAreRead() throws Exception {
        assertArrayEquals(new float[] {1 / 32768f, -1}, AudioFiles.readRaw(new byte[] {1, 0, 0, -128}, RawFormat.parse("8000"), "pipe").mono());
        assertThrows(AudioException.class, () -> AudioFiles.readRaw(new byte[3], RawFormat.parse("8000"), "pipe"));
    }

    @Test
    void muLawCodesSurviveTheRoundTripAndErrorsStayWithinHalfAStep() {
        for (int code = 0; code < 256; code++) {
            int value = G711.decodeMuLaw((byte) code);
            // Code 127 is minus zero: it decodes to 0, which encodes as plus zero.
            assertEquals(code == 127 ? 255 : code, G711.encodeMuLaw(value) & 0xff, "code " + code);
        }
        assertEquals(-32124, G711.decodeMuLaw((byte) 0));
        assertEquals(32124, G711.decodeMuLaw((byte) 0x80));
        assertEquals(-5504, G711.decodeALaw((byte) 0));
        for (int v = -32768; v < 32768; v++) {
            int error = Math.abs(G711.decodeMuLaw(G711.encodeMuLaw(v)) - v);
            assertTrue(error <= Math.max(4, (Math.abs(v) + 132) / 32 + 1) || Math.abs(v) > 32124, v + " is off by " + error);
        }
    }

    @Test
    void resamplingKeepsToneLevelLengthAndSilenceAndDoesNothingForEqualRates() {
        SplittableRandom random = new SplittableRandom(3);
        for (int[] rates : new int[][] {{16000, 8000}, {8000, 16000}, {44100, 16000}, {16000, 15999}, {11025, 8000}}) {
            float[] x = new float[rates[0]];
            for (int t = 0; t < x.length; t++) {
                x[t] = (float) (0.5 * Math.sin(2 * Math.PI * 500 * t / rates[0]));
            }
            float[] y = Resampler.resample(x, rates[0], rates[1]);
            assertEquals(rates[1], y.length);
            for (int t = rates[1] / 10; t < rates[1] * 9 / 10; t++) {
                assertEquals(0.5 * Math.sin(2 * Math.PI * 500 * t / rates[1]), y[t], 1e-4, rates[0] + " to " + rates[1] + " at " + t);
            }
            assertArrayEquals(new float[rates[1]], Resampler.resample(new float[rates[0]], rates[0], rates[1]));
        }
        float[] x = {(float) random.nextDouble()};
        assertSame(x, Resampler.resample(x, 8000, 8000));
        assertEquals(0, Resampler.resample(new float[0], 8000, 16000).length);
        assertThrows(IllegalArgumentException.class, () -> Resampler.resample(x, 0, 8000));
    }
}
