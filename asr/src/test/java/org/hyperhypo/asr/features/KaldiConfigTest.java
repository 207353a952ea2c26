package org.hyperhypo.asr.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hyperhypo.asr.Fuzz;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KaldiConfigTest {
    @TempDir
    Path folder;

    @Test
    void kaldisFilesAndDefaultsAreUnderstood() throws Exception {
        Path file = folder.resolve("fbank.conf");
        Files.writeString(file, "# No non-default options but:\n--num-mel-bins=40   # bands\n--sample-frequency=8000\n--snip_edges=false\n--use-energy\n\n--window-type=hamming\n");
        FeatureOptions fbank = KaldiConfig.fbank(file, 3);
        assertEquals(FeatureOptions.mel(40, 8000).withDither(1, 3).withSnipEdges(false).withEnergy(true, true, 0).withWindow(Window.HAMMING), fbank);
        Files.writeString(file, "--num-mel-bins=40\n--num-ceps=40\n--low-freq=20\n--high-freq=-400\n--dither=0\n");
        assertEquals(FeatureOptions.mfcc(40, 40, 16000).withBand(20, -400).withDither(0, 5), KaldiConfig.mfcc(file, 5));
    }

    @Test
    void whatIsNotSupportedIsRefusedByLine() {
        for (String[] bad : new String[][] {{"--htk-compat=true", "HTK's order"}, {"--vtln-warp=1.1", "warping"}, {"--num-ceps=13", "belongs to MFCC"},
            {"--num-mel-bins=4.5", "no whole number"}, {"--use-energy=maybe", "neither true nor false"}, {"--window-type=kaiser", "unknown window"},
            {"num-mel-bins=40", "no option"}, {"--no-such=1", "not an option"}, {"--dither=", "no number"}, {"--preemphasis-coefficient=2", "preemphasis 2.0"}}) {
            String text = assertThrows(IllegalArgumentException.class,
                () -> KaldiConfig.parse("fbank.conf", List.of("--dither=0", bad[0]), FeatureOptions.mel(23, 16000))).getMessage();
            assertTrue(text.startsWith("fbank.conf:2: " + bad[0]) && text.contains(bad[1]), text);
        }
        String text = assertThrows(IllegalArgumentException.class,
            () -> KaldiConfig.parse("fbank.conf", List.of("--high-freq=7000", "--sample-frequency=8000"), FeatureOptions.mel(23, 16000))).getMessage();
        assertTrue(text.startsWith("fbank.conf: highHz 7000.0: must be"), text);
    }

    @Test
    void mutatedFilesGiveOptionsOrAMessage() {
        byte[] good = "--num-mel-bins=40\n--sample-frequency=16000\n--frame-length=25\n--window-type=povey\n--low-freq=20\n".getBytes(StandardCharsets.UTF_8);
        Fuzz.run("Kaldi config", List.of(good), (data, original, name) -> {
            try {
                KaldiConfig.parse(name, new String(data, StandardCharsets.ISO_8859_1).lines().toList(), FeatureOptions.mel(23, 16000));
                return true;
            } catch (IllegalArgumentException e) {
                assertTrue(e.getMessage().startsWith(name + ":"), e.getMessage());
                return false;
            }
        });
    }
}
