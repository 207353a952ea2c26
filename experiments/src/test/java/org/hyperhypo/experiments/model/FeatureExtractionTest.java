package org.hyperhypo.experiments.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.hyperhypo.asr.audio.Wav;
import org.hyperhypo.asr.corrupt.Condition;
import org.hyperhypo.asr.data.DataDir;
import org.hyperhypo.asr.data.Utterance;
import org.hyperhypo.experiments.Tiny;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureExtractionTest {
    private static final FeatureSettings SETTINGS = FeatureSettings.of("mel", 8, 8000, FeatureSettings.Cmvn.SPEAKER);

    @TempDir
    private Path folder;

    @Test
    void anUtteranceThatCannotBeUsedIsNamedAndTheOthersGoOn() throws IOException {
        List<Utterance> utterances = speech(20);
        Files.writeString(folder.resolve("u03.wav"), "no sound");
        Wav.write(folder.resolve("u07.wav"), new float[50], 8000);
        Wav.write(folder.resolve("u18.wav"), new float[4000], 8000);
        DataDir data = new DataDir(utterances, java.util.Map.of(), List.of());
        FeatureExtraction.Corruption noise = (samples, rate, id) -> new Condition.ColouredNoise(-3, 10).apply(samples, rate, 1, id);
        AtomicInteger steps = new AtomicInteger();
        FeatureExtraction.Result result = FeatureExtraction.extract(data, SETTINGS, noise, 2, steps::incrementAndGet);
        assertEquals(20, steps.get());
        assertEquals(17, result.set().size());
        assertEquals(List.of("u03", "u07", "u18"), result.failures().stream().map(failure -> failure.item()).toList());
        result.failures().forEach(failure -> assertTrue(failure.reason().contains(failure.item() + ".wav"), failure.toString()));
    }

    @Test
    void theNumberOfThreadsChangesNothing() throws IOException {
        DataDir data = new DataDir(speech(40), java.util.Map.of(), List.of());
        FeatureSet one = FeatureExtraction.extract(data, SETTINGS, FeatureExtraction.Corruption.NONE, 1, () -> { }).set();
        FeatureSet three = FeatureExtraction.extract(data, SETTINGS, FeatureExtraction.Corruption.NONE, 3, () -> { }).set();
        assertEquals(40, three.size());
        for (int u = 0; u < 40; u++) {
            assertEquals(one.entries().get(u).id(), three.entries().get(u).id());
            assertArrayEquals(one.entries().get(u).features().data(), three.entries().get(u).features().data());
        }
    }

    @Test
    void everySpeakersFeaturesHaveMeanZeroAndVarianceOne() throws IOException {
        FeatureSet set = FeatureExtraction.extract(new DataDir(speech(6), java.util.Map.of(), List.of()), SETTINGS, FeatureExtraction.Corruption.NONE, 1, () -> { }).set();
        for (String speaker : set.speakers()) {
            FeatureSet mine = set.where(entry -> entry.speaker().equals(speaker));
            for (int band = 0; band < 8; band++) {
                double sum = 0;
                double squares = 0;
                for (FeatureSet.Entry entry : mine.entries()) {
                    for (int t = 0; t < entry.frames(); t++) {
                        sum += entry.features().get(t, band);
                        squares += Math.pow(entry.features().get(t, band), 2);
                    }
                }
                assertEquals(0, sum / mine.frames(), 1e-5);
                assertEquals(1, squares / mine.frames(), 1e-4);
            }
        }
    }

    private List<Utterance> speech(int count) throws IOException {
        SplittableRandom random = new SplittableRandom(Tiny.seed("FeatureExtraction"));
        List<Utterance> utterances = new ArrayList<>();
        for (int u = 0; u < count; u++) {
            float[] samples = new float[3000 + random.nextInt(2000)];
            Tiny.fill(samples, random, 0.3);
            String id = "u%02d".formatted(u);
            Wav.write(folder.resolve(id + ".wav"), samples, 8000);
            utterances.add(new Utterance(id, "s" + u % 3, folder.resolve(id + ".wav"), List.of("ah")));
        }
        return utterances;
    }
}
