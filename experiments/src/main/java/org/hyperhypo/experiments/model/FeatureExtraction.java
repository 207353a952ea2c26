package org.hyperhypo.experiments.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.hyperhypo.asr.ark.Archive;
import org.hyperhypo.asr.ark.ArchiveWriter;
import org.hyperhypo.asr.ark.FloatMatrix;
import org.hyperhypo.asr.audio.AudioException;
import org.hyperhypo.asr.corrupt.Seeds;
import org.hyperhypo.asr.data.DataDir;
import org.hyperhypo.asr.data.SpeechReader;
import org.hyperhypo.asr.data.Utterance;
import org.hyperhypo.asr.features.Features;
import org.hyperhypo.asr.features.Filterbank;
import org.hyperhypo.engine.Peers;
import org.hyperhypo.experiments.Failure;
import org.hyperhypo.experiments.mpi.Dealt;

/// Audio to normalised features for a whole data folder. An utterance that cannot be read is named and left out; the others go on.
public final class FeatureExtraction {
    private static final int CHUNK = 8;
    private static final int MAX_CHUNK = 512;
    private static final int CHUNKS_AHEAD = 4;

    /// What happens to the samples on their way: noise, a room, a telephone; or nothing.
    @FunctionalInterface
    public interface Corruption {
        Corruption NONE = (samples, rate, utterance) -> samples;

        /// @return samples of the same length at the same rate, always the same for the same arguments
        float[] apply(float[] samples, int rate, String utterance);
    }

    public record Result(FeatureSet set, List<Failure> failures) {
    }

    /// What [#toFolder] wrote.
    public record Written(int utterances, long frames, int speakers, List<Failure> failures) {
    }

    private final FeatureSettings settings;
    private final Corruption corruption;
    private final int channel;

    /// @param channel of the recordings, or [SpeechReader#MIX]
    public FeatureExtraction(FeatureSettings settings, Corruption corruption, int channel) {
        this.settings = settings;
        this.corruption = corruption;
        this.channel = channel;
    }

    /// Everything in memory. @param progress called once an utterance, from several threads
    public static Result extract(DataDir data, FeatureSettings settings, Corruption corruption, int threads, Runnable progress) {
        List<FeatureSet.Entry> raw = new ArrayList<>();
        Normalisation normalisation = new Normalisation(settings);
        List<Failure> failures = new FeatureExtraction(settings, corruption, SpeechReader.MIX).forEach(data.utterances(), threads, progress, entry -> {
            normalisation.add(entry.speaker(), entry.features());
            raw.add(entry);
        });
        List<FeatureSet.Entry> entries = raw.stream().map(entry -> entry.with(normalisation.apply(entry.speaker(), entry.features()))).toList();
        return new Result(new FeatureSet(entries), failures);
    }

    /// To a [FeatureFolder], in memory that does not grow with the data: normalisation over speakers goes through a file beside the result.
    /// Nothing is written where no utterance could be read.
    public Written toFolder(DataDir data, Path folder, int threads, Runnable progress) throws IOException {
        return toFolder(data, folder, threads, progress, Peers.NONE);
    }

    /// The same files by several processes, all of which call this; the first writes them, the others say that they wrote nothing.
    public Written toFolder(DataDir data, Path folder, int threads, Runnable progress, Peers peers) throws IOException {
        if (peers.rank() > 0) {
            return new Written(0, 0, 0, forEach(data, threads, progress, peers, _ -> { }));
        }
        Normalisation normalisation = new Normalisation(settings);
        Set<String> speakers = new HashSet<>();
        long[] frames = {0};
        Files.createDirectories(folder);
        try (FeatureFolder.Writer out = new FeatureFolder.Writer(folder, settings)) {
            Consumer<FeatureSet.Entry> finished = entry -> {
                out.put(entry.with(normalisation.apply(entry.speaker(), entry.features())));
                speakers.add(entry.speaker());
                frames[0] += entry.frames();
            };
            List<Failure> failures = normalisation.overMoreThanAnUtterance()
                    ? inTwoPasses(data, folder, threads, progress, peers, normalisation, finished)
                    : forEach(data, threads, progress, peers, finished);
            if (out.count() > 0) {
                out.finish();
            }
            return new Written(out.count(), frames[0], speakers.size(), failures);
        }
    }

    private List<Failure> inTwoPasses(DataDir data, Path folder, int threads, Runnable progress, Peers peers, Normalisation normalisation,
            Consumer<FeatureSet.Entry> finished) throws IOException {
        Path raw = folder.resolve(".unnormalised.ark");
        List<FeatureSet.Entry> order = new ArrayList<>();
        Features none = new Features(0, 1, new float[0]);
        try {
            List<Failure> failures;
            try (ArchiveWriter<FloatMatrix> out = Archive.FLOAT_MATRICES.writer(raw, null)) {
                failures = forEach(data, threads, progress, peers, entry -> {
                    normalisation.add(entry.speaker(), entry.features());
                    FeatureFolder.put(out, entry);
                    order.add(entry.with(none));
                });
                out.finish();
            }
            int[] next = {0};
            Archive.FLOAT_MATRICES.forEach(raw, (id, m) -> finished.accept(order.get(next[0]++).with(new Features(m.rows(), m.columns(), m.data()))));
            return failures;
        } finally {
            Files.deleteIfExists(raw);
        }
    }

    /// Features as the filterbank makes them, in the order of the utterances, in every process.
    private List<Failure> forEach(DataDir data, int threads, Runnable progress, Peers peers, Consumer<FeatureSet.Entry> action) {
        List<Utterance> all = data.utterances();
        if (peers.size() == 1) {
            return forEach(all, threads, progress, action);
        }
        List<List<Utterance>> pieces = new ArrayList<>();
        for (int from = 0, end; from < all.size(); from = end) {
            end = from;
            for (int chunk = 0; chunk < threads && end < all.size(); chunk++) {
                end = chunkEnd(all, end);
            }
            pieces.add(all.subList(from, end));
        }
        List<Failure> failures = new ArrayList<>();
        Dealt.inOrder(peers, pieces.size(), Extracted.class, piece -> {
            List<FeatureSet.Entry> entries = new ArrayList<>();
            return Extracted.of(entries, forEach(pieces.get(piece), threads, progress, entries::add));
        }, extracted -> extracted.hand(action, failures));
        return failures;
    }

    /// At most a few chunks are in memory.
    private List<Failure> forEach(List<Utterance> utterances, int threads, Runnable progress, Consumer<FeatureSet.Entry> action) {
        List<Failure> failures = new ArrayList<>();
        ConcurrentLinkedQueue<Filterbank> idle = new ConcurrentLinkedQueue<>();
        if (threads == 1) {
            for (int from = 0; from < utterances.size();) {
                List<Utterance> chunk = utterances.subList(from, chunkEnd(utterances, from));
                hand(chunk(chunk, idle, progress), action, failures);
                from += chunk.size();
            }
            return List.copyOf(failures);
        }
        ExecutorService pool = Executors.newFixedThreadPool(threads, Thread.ofPlatform().daemon().factory());
        try {
            Deque<Future<List<Object>>> running = new ArrayDeque<>();
            for (int from = 0; from < utterances.size() || !running.isEmpty();) {
                if (from < utterances.size() && running.size() < CHUNKS_AHEAD * threads) {
                    List<Utterance> chunk = utterances.subList(from, chunkEnd(utterances, from));
                    running.add(pool.submit(() -> chunk(chunk, idle, progress)));
                    from += chunk.size();
                } else {
                    hand(running.remove().get(), action, failures);
                }
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            pool.shutdownNow();
        }
        return List.copyOf(failures);
    }

    private static void hand(List<Object> results, Consumer<FeatureSet.Entry> action, List<Failure> failures) {
        for (Object result : results) {
            switch (result) {
                case FeatureSet.Entry entry -> action.accept(entry);
                case Failure failure -> failures.add(failure);
                default -> throw new IllegalStateException(String.valueOf(result));
            }
        }
    }

    /// A few utterances, and more while they are segments of one recording: it is then read once.
    private static int chunkEnd(List<Utterance> utterances, int from) {
        int end = Math.min(utterances.size(), from + CHUNK);
        while (end < utterances.size() && end - from < MAX_CHUNK && utterances.get(end).audio().equals(utterances.get(end - 1).audio())) {
            end++;
        }
        return end;
    }

    private List<Object> chunk(List<Utterance> utterances, ConcurrentLinkedQueue<Filterbank> idle, Runnable progress) {
        Filterbank mine = idle.poll();
        Filterbank filterbank = mine != null ? mine : Filterbank.of(settings.options());
        SpeechReader reader = new SpeechReader(settings.options().rate(), channel);
        List<Object> results = new ArrayList<>();
        for (Utterance utterance : utterances) {
            results.add(extract(utterance, reader, filterbank));
            progress.run();
        }
        idle.add(filterbank);
        return results;
    }

    private Object extract(Utterance utterance, SpeechReader reader, Filterbank filterbank) {
        try {
            int rate = settings.options().rate();
            float[] samples = corruption.apply(reader.read(utterance), rate, utterance.id());
            Features features = filterbank.compute(samples, Seeds.of(settings.options().ditherSeed(), utterance.id()));
            if (features.frames() == 0) {
                return new Failure("features", utterance.id(), utterance.audio() + ": " + samples.length + " samples are shorter than one window of "
                        + settings.options().windowSamples());
            }
            return new FeatureSet.Entry(utterance.id(), utterance.speaker(), utterance.words(), features);
        } catch (AudioException e) {
            return new Failure("features", utterance.id(), e.getMessage());
        } catch (IllegalArgumentException e) {
            // A corruption that this utterance cannot take: noise at an SNR needs speech, for instance.
            return new Failure("features", utterance.id(), utterance.audio() + ": " + e.getMessage());
        }
    }
}
