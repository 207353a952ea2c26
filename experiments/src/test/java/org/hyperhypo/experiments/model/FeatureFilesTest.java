package org.hyperhypo.experiments.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hyperhypo.experiments.Tiny;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.report.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// [FeatureSettings] and [FeatureFolder].
class FeatureFilesTest {
    @TempDir
    private Path folder;

    @Test
    void settingsSurviveJson() throws IOException {
        for (String kind : List.of("mel", "mfcc", "gammatone")) {
            for (FeatureSettings.Cmvn cmvn : FeatureSettings.Cmvn.values()) {
                FeatureSettings settings = FeatureSettings.of(kind, 23, 8000, cmvn);
                assertEquals(settings, FeatureSettings.parse((Map<?, ?>) Json.parse(settings.toJson(), "test"), "test"));
            }
        }
        assertTrue(assertThrows(UserError.class, () -> FeatureSettings.of("plp", 13, 8000, FeatureSettings.Cmvn.NONE)).getMessage().contains("mel, mfcc or gammatone"));
    }

    @Test
    void damagedSettingsAreNamedWithTheirPlace() {
        Map<String, String> whole = FeatureSettings.of("mel", 23, 8000, FeatureSettings.Cmvn.SPEAKER).describe();
        for (String[] damage : new String[][] {{"bands", null, "\"bands\" is missing"}, {"bands", "many", "many"}, {"cmvn", "SOME", "SOME"}, {"cmvn", null, "\"cmvn\" is missing"},
            {"kind", "MFCC", "MFCC"}, {"rate", "3", "100 Hz or more"}}) {
            Map<String, String> damaged = new HashMap<>(whole);
            damaged.put(damage[0], damage[1]);
            String message = assertThrows(UserError.class, () -> FeatureSettings.parse(damaged, "some/feats.json")).getMessage();
            assertTrue(message.startsWith("some/feats.json: ") && message.contains(damage[2]) && message.contains("compute the features again"), message);
        }
    }

    @Test
    void featuresThatDoNotFitAreNamedWithBothValues() {
        FeatureSettings model = FeatureSettings.of("mel", 40, 16000, FeatureSettings.Cmvn.SPEAKER);
        model.require(FeatureSettings.of("mel", 40, 16000, FeatureSettings.Cmvn.SPEAKER), "data");
        String message = assertThrows(UserError.class, () -> model.require(FeatureSettings.of("mel", 23, 16000, FeatureSettings.Cmvn.SPEAKER), "data/test")).getMessage();
        assertTrue(message.startsWith("data/test: ") && message.contains("bands = 23") && message.contains("bands = 40"), message);
        message = assertThrows(UserError.class, () -> model.require(FeatureSettings.of("mel", 40, 16000, FeatureSettings.Cmvn.GLOBAL), "data/test")).getMessage();
        assertTrue(message.contains("cmvn = GLOBAL") && message.contains("cmvn = SPEAKER"), message);
    }

    @Test
    void aFolderKeepsEveryBit() throws IOException {
        FeatureSet set = Tiny.features(Tiny.seed("FeatureFolder"), 2, 3);
        set.entries().getFirst().features().data()[0] = -0f;
        set.entries().getFirst().features().data()[1] = Float.MIN_VALUE;
        FeatureSet withSilence = new FeatureSet(java.util.stream.Stream.concat(set.entries().stream(), java.util.stream.Stream.of(
                new FeatureSet.Entry("z", "s99", List.of(), set.entries().getLast().features()))).toList());
        FeatureSettings settings = FeatureSettings.of("gammatone", Tiny.BANDS, 8000, FeatureSettings.Cmvn.UTTERANCE);
        FeatureFolder.write(folder, withSilence, settings);
        FeatureFolder.Contents read = FeatureFolder.read(folder);
        assertEquals(settings, read.settings());
        assertEquals(withSilence.size(), read.set().size());
        for (int u = 0; u < withSilence.size(); u++) {
            FeatureSet.Entry a = withSilence.entries().get(u);
            FeatureSet.Entry b = read.set().entries().get(u);
            assertEquals(a.id() + a.speaker() + a.words() + a.frames(), b.id() + b.speaker() + b.words() + b.frames());
            assertArrayEquals(bits(a.features().data()), bits(b.features().data()));
        }
    }

    @Test
    void whatIsMissingInAFolderIsNamed() throws IOException {
        assertTrue(assertThrows(UserError.class, () -> FeatureFolder.read(folder)).getMessage().contains("feats.json is missing"));
        FeatureFolder.write(folder, Tiny.features(1, 1, 2), FeatureSettings.of("mel", Tiny.BANDS, 8000, FeatureSettings.Cmvn.NONE));
        Files.writeString(folder.resolve("utt2spk"), "s00-000 s00\n");
        String message = assertThrows(UserError.class, () -> FeatureFolder.read(folder)).getMessage();
        assertTrue(message.contains("s00-001") && message.contains("utt2spk"), message);
        Files.writeString(folder.resolve("feats.json"), "[]");
        assertTrue(assertThrows(UserError.class, () -> FeatureFolder.read(folder)).getMessage().contains("feats.json"));
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(values[i]);
        }
        return bits;
    }
}
