package org.hyperhypo.experiments.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.hyperhypo.asr.audio.Audio;
import org.hyperhypo.asr.audio.Wav;
import org.hyperhypo.asr.data.DataDir;
import org.hyperhypo.asr.data.SpeechReader;
import org.hyperhypo.asr.data.Utterance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Features of 10,000 files, normalised by speaker, in the memory that a few of them take.
class LargeFolderTest {
    private static final int FILES = 10_000;
    private static final int RATE = 8000;

    @TempDir
    Path folder;

    @Test
    void memoryDoesNotGrowWithTheNumberOfFiles() throws IOException {
        float[] samples = new float[RATE / 4];
        SplittableRandom random = new SplittableRandom(1);
        for (int t = 0; t < samples.length; t++) {
            samples[t] = (float) (0.1 * random.nextGaussian());
        }
        byte[] wav = Wav.encode(new Audio(new float[][] {samples}, RATE));
        List<Utterance> utterances = new ArrayList<>();
        for (int u = 0; u < FILES; u++) {
            String id = "u%05d".formatted(u);
            Path file = folder.resolve(id + ".wav");
            Files.write(file, wav);
            utterances.add(new Utterance(id, "s" + u / 100, file, List.of("ah")));
        }
        FeatureSettings settings = FeatureSettings.of("mel", 40, RATE, FeatureSettings.Cmvn.SPEAKER);
        long[] used = new long[FILES + 1];
        int[] done = {0};
        Runnable progress = () -> {
            if (++done[0] % (FILES / 4) == 0) {
                used[done[0]] = usedMegabytes();
            }
        };
        FeatureExtraction.Written written = new FeatureExtraction(settings, FeatureExtraction.Corruption.NONE, SpeechReader.MIX)
                .toFolder(new DataDir(utterances, Map.of(), List.of()), folder.resolve("features"), 1, progress);
        assertEquals(FILES, written.utterances());
        long grown = used[FILES] - used[FILES / 4];
        long archive = Files.size(folder.resolve("features/feats.ark")) >> 20;
        System.out.println("10,000 files: heap grew by " + grown + " MB over the last 7,500, the archive has " + archive + " MB");
        assertTrue(archive > 30 && grown < 10, grown + " MB of " + archive);
    }

    private static long usedMegabytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
    }
}
