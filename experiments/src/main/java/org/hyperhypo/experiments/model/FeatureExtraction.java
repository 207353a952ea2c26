package org.hyperhypo.experiments.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hyperhypo.asr.audio.AudioException;
import org.hyperhypo.asr.audio.AudioFiles;
import org.hyperhypo.asr.data.DataDir;
import org.hyperhypo.asr.data.Utterance;
import org.hyperhypo.asr.features.Cmvn;
import org.hyperhypo.asr.features.Features;
import org.hyperhypo.asr.features.Filterbank;
import org.hyperhypo.experiments.Failure;
import org.hyperhypo.experiments.Jobs;

/// Audio to normalised features for a whole data folder. An utterance that cannot be read is named and left out; the others go on.
public final class FeatureExtraction {
    private static final int CHUNK = 16;

    /// What happens to the samples on their way: noise, a room, a telephone; or nothing.
    @FunctionalInterface
    public interface Corruption {
        Corruption NONE = (samples, rate, utterance) -> samples;

        /// @return samples of the same length at the same rate, always the same for the same arguments
        float[] apply(float[] samples, int rate, String utterance);
    }

    public record Result(FeatureSet set, List<Failure> failures) {
    }

    private FeatureExtraction() {
    }

    /// @param progress called once an utterance, from several threads
    public static Result extract(DataDir data, FeatureSettings settings, Corruption corruption, int threads, Runnable progress) {
        List<Callable<List<Object>>> jobs = new ArrayList<>();
        List<Utterance> utterances = data.utterances();
        for (int from = 0; from < utterances.size(); from += CHUNK) {
            List<Utterance> chunk = utterances.subList(from, Math.min(utterances.size(), from + CHUNK));
            jobs.add(() -> {
                Filterbank filterbank = Filterbank.of(settings.options());
                List<Object> results = new ArrayList<>();
                for (Utterance utterance : chunk) {
                    results.add(extract(utterance, filterbank, corruption));
                    progress.run();
                }
                return results;
            });
        }
        List<FeatureSet.Entry> entries = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        for (List<Object> chunk : Jobs.run(threads, jobs)) {
            for (Object result : chunk) {
                switch (result) {
                    case FeatureSet.Entry entry -> entries.add(entry);
                    case Failure failure -> failures.add(failure);
                    default -> throw new IllegalStateException(String.valueOf(result));
                }
            }
        }
        normalise(entries, settings.cmvn());
        return new Result(new FeatureSet(entries), List.copyOf(failures));
    }

    private static Object extract(Utterance utterance, Filterbank filterbank, Corruption corruption) {
        try {
            int rate = filterbank.options().rate();
            float[] samples = corruption.apply(AudioFiles.read(utterance.audio()).mono(rate), rate, utterance.id());
            Features features = filterbank.compute(samples);
            if (features.frames() == 0) {
                return new Failure("features", utterance.id(), utterance.audio() + ": " + samples.length + " samples are shorter than one window of "
                        + filterbank.options().windowSamples());
            }
            return new FeatureSet.Entry(utterance.id(), utterance.speaker(), utterance.words(), features);
        } catch (AudioException e) {
            return new Failure("features", utterance.id(), e.getMessage());
        } catch (IllegalArgumentException e) {
            // A corruption that this utterance cannot take: noise at an SNR needs speech, for instance.
            return new Failure("features", utterance.id(), utterance.audio() + ": " + e.getMessage());
        }
    }

    private static void normalise(List<FeatureSet.Entry> entries, FeatureSettings.Cmvn cmvn) {
        Map<String, Cmvn> statistics = new LinkedHashMap<>();
        for (FeatureSet.Entry entry : entries) {
            statistics.computeIfAbsent(group(entry, cmvn), group -> new Cmvn(entry.features().bands())).add(entry.features());
        }
        if (cmvn != FeatureSettings.Cmvn.NONE) {
            entries.forEach(entry -> statistics.get(group(entry, cmvn)).apply(entry.features(), true));
        }
    }

    private static String group(FeatureSet.Entry entry, FeatureSettings.Cmvn cmvn) {
        return switch (cmvn) {
            case NONE, GLOBAL -> "";
            case SPEAKER -> entry.speaker();
            case UTTERANCE -> entry.id();
        };
    }
}
