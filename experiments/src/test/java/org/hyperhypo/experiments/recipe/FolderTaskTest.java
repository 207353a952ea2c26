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
        FolderTask task = new FolderTask(root.resolve("corpus"), null, null);
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
        String message = assertThrows(UserError.class, () -> prepare(new FolderTask(root.resolve("corpus"), null, null))).getMessage();
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
        FolderTask task = new FolderTask(root.resolve("corpus"), root.resolve("noise"), root.resolve("rooms"));
        prepare(task);
        assertEquals(List.of("noise", "reverberation", "telephone"), task.targets().stream().map(Domain::name).toList());
        for (int domain = 0; domain < 2; domain++) {
            assertEquals(Set.of("a", "c", "e"), recordings(task.targets().get(domain)));
            assertEquals(Set.of("b", "d"), recordings(task.tuning().get(domain)));
        }
        Files.delete(root.resolve("rooms/a.wav"));
        Files.delete(root.resolve("rooms/b.wav"));
        Files.delete(root.resolve("rooms/c.wav"));
        Files.delete(root.resolve("rooms/d.wav"));
        assertTrue(assertThrows(UserError.class, task::targets).getMessage().contains("at least two"));
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
