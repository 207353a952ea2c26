package org.hyperhypo.experiments.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hyperhypo.asr.audio.AudioException;
import org.hyperhypo.asr.audio.Wav;
import org.hyperhypo.experiments.Tiny;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.report.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTaskTest {
    @TempDir
    private Path root;

    @Test
    void theRateIsThatOfTheFirstRecordingThatCanBeRead() throws IOException {
        ToneTask.write(root.resolve("corpus"), Tiny.seed("FolderTask"));
        Path wavs = root.resolve("corpus/wav");
        Files.writeString(wavs.resolve("train-a-00.wav"), "not a sound");
        FolderTask task = new FolderTask(root.resolve("corpus"), null, null, false);
        assertEquals(root.resolve("corpus"), prepare(task));
        assertEquals(8000, task.rate());
        try (var all = Files.list(wavs)) {
            for (Path wav : all.toList()) {
                Files.writeString(wav, "not a sound");
            }
        }
        assertTrue(assertThrows(AudioException.class, () -> prepare(task)).getMessage().contains("train-a-00.wav"));
    }

    @Test
    void whatACorpusFolderLacksIsNamed() throws IOException {
        ToneTask.write(root.resolve("corpus"), 1);
        Files.delete(root.resolve("corpus/lexicon.txt"));
        String message = assertThrows(UserError.class, () -> prepare(new FolderTask(root.resolve("corpus"), null, null, false))).getMessage();
        assertTrue(message.contains("lexicon.txt") && message.contains("train, dev, test"), message);
    }

    @Test
    void noRecordedNoiseOrRoomIsInBothTestAndTuning() throws IOException {
        ToneTask.write(root.resolve("corpus"), 1);
        for (String name : List.of("a", "b", "c", "d", "e")) {
            for (String folder : List.of("noise", "rooms")) {
                Files.createDirectories(root.resolve(folder));
                float[] samples = new float[4000];
                Tiny.fill(samples, new java.util.SplittableRandom(name.hashCode()), 0.5);
                samples[0] = 0.9f;
                Wav.write(root.resolve(folder).resolve(name + ".wav"), samples, 8000);
            }
        }
        FolderTask task = new FolderTask(root.resolve("corpus"), root.resolve("noise"), root.resolve("rooms"), false);
        prepare(task);
        assertEquals(List.of("noise", "reverberation", "telephone"), task.targets().stream().map(Domain::name).toList());
        for (int domain = 0; domain < 2; domain++) {
            assertEquals(Set.of("a", "c", "e"), recordings(task.targets().get(domain)));
            assertEquals(Set.of("b", "d"), recordings(task.tuning().get(domain)));
        }
        FolderTask whole = new FolderTask(root.resolve("corpus"), root.resolve("noise"), root.resolve("rooms"), true);
        prepare(whole);
        assertEquals(List.of("noise", "reverberation", "telephone", "strong-noise", "channel", "noisy-room"), whole.targets().stream().map(Domain::name).toList());
        assertEquals(6, whole.targets().stream().map(Domain::seed).distinct().count(), "no two conditions draw the same numbers");
        Files.delete(root.resolve("rooms/a.wav"));
        Files.delete(root.resolve("rooms/b.wav"));
        Files.delete(root.resolve("rooms/c.wav"));
        Files.delete(root.resolve("rooms/d.wav"));
        assertTrue(assertThrows(UserError.class, task::targets).getMessage().contains("at least 2"));
    }

    @Test
    void recordingsOfOneKindGoTheSameWayAndEveryUseHasItsOwn() throws IOException {
        Files.createDirectories(root.resolve("noise"));
        for (String name : List.of("rain_1-17-A", "rain_2-18-A", "babble8_adult", "sea_1", "tap")) {
            Wav.write(root.resolve("noise").resolve(name + ".wav"), new float[] {0.5f, -0.5f, 0.1f}, 8000);
        }
        Surroundings three = new Surroundings(root.resolve("noise"), null, 3);
        assertEquals(List.of("babble8_adult", "tap"), names(three.noise(Surroundings.TEST, 8000, 10)));
        assertEquals(List.of("rain_1-17-A", "rain_2-18-A"), names(three.noise(Surroundings.TUNING, 8000, 10)));
        assertEquals(List.of("sea_1"), names(three.noise(Surroundings.TRAINING, 8000, 10)));
        Files.delete(root.resolve("noise/sea_1.wav"));
        Files.delete(root.resolve("noise/tap.wav"));
        assertTrue(assertThrows(UserError.class, () -> three.noise(Surroundings.TEST, 8000, 10)).getMessage().contains("2 kinds of noise"));
        assertTrue(assertThrows(UserError.class, () -> new Surroundings(root.resolve("none"), null, 2).noise(0, 8000, 10)).getMessage().contains("no such folder"));
    }

    private static List<String> names(List<org.hyperhypo.asr.corrupt.Condition> conditions) {
        return conditions.stream().map(condition -> condition.description().split("\"")[1]).toList();
    }

    /// The names in quotes.
    private static Set<String> recordings(Domain domain) {
        return domain.variants().stream().map(variant -> variant.description().split("\"")[1]).collect(Collectors.toSet());
    }

    private Path prepare(FolderTask task) throws IOException {
        try (Progress progress = new Progress(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), false, System::nanoTime)) {
            return task.prepare(new RunFolder(root.resolve("run")), 1, progress);
        }
    }
}
