package org.hyperhypo.experiments.corpus;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.hyperhypo.asr.audio.Wav;
import org.hyperhypo.asr.data.DataDir;
import org.hyperhypo.asr.data.Utterance;

/// Writes the synthetic corpus as Kaldi-style data folders, whole or not at all.
final class CorpusWriter {
    /// Rises whenever equal options would give other samples or files than before.
    private static final int VERSION = 1;
    private static final List<String> ENTRIES = List.of("wav", "train", "dev", "test", "lexicon.txt", "README.txt");

    private final Path root;
    private final SyntheticDigits.Options options;
    private final String mark;

    CorpusWriter(Path root, SyntheticDigits.Options options) {
        this.root = root;
        this.options = options;
        this.mark = "synthetic digits, version " + VERSION + ", " + options + "\n";
    }

    boolean write(int threads, Consumer<SyntheticDigits.Progress> progress) throws IOException {
        return WholeCorpus.make(root, mark, ENTRIES, folder -> make(folder, threads, progress));
    }

    private void make(Path folder, int threads, Consumer<SyntheticDigits.Progress> progress) throws IOException {
        SequencedMap<String, List<UtterancePlan>> sets = SyntheticDigits.plan(options);
        List<Written> written = speakAll(folder, sets, threads, progress);
        int next = 0;
        for (String set : sets.sequencedKeySet()) {
            List<Written> part = written.subList(next, next += sets.get(set).size());
            DataDir.write(folder.resolve(set), folder, part.stream().map(Written::utterance).toList());
            Files.writeString(folder.resolve(set).resolve("phones.ctm"), String.join("", part.stream().map(Written::ctm).toList()));
        }
        Files.writeString(folder.resolve("lexicon.txt"), String.join("\n", DigitLexicon.lines()) + "\n");
        Files.writeString(folder.resolve("README.txt"), readme(sets, written));
    }

    private record Written(Utterance utterance, String ctm, double seconds) {
    }

    /// Utterances are independent, so threads change nothing but the time; results keep the plan's order.
    private static List<Written> speakAll(Path partial, SequencedMap<String, List<UtterancePlan>> sets, int threads,
            Consumer<SyntheticDigits.Progress> progress) throws IOException {
        List<Written> written = new ArrayList<>();
        ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, threads));
        try {
            List<Future<Written>> tasks = new ArrayList<>();
            for (String set : sets.sequencedKeySet()) {
                for (UtterancePlan plan : sets.get(set)) {
                    Path folder = Files.createDirectories(partial.resolve("wav").resolve(set).resolve(plan.speaker().id()));
                    tasks.add(pool.submit(() -> writeOne(folder.resolve(plan.id() + ".wav"), plan)));
                }
            }
            for (Future<Written> task : tasks) {
                written.add(task.get());
                progress.accept(new SyntheticDigits.Progress(written.size(), tasks.size()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted after " + written.size() + " utterances; run again to make the corpus");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            pool.shutdownNow();
            pool.close();
        }
        return written;
    }

    private static Written writeOne(Path wav, UtterancePlan plan) throws IOException {
        SpokenUtterance spoken = SyntheticDigits.speak(plan);
        Wav.write(wav, spoken.samples(), SyntheticDigits.RATE);
        StringBuilder ctm = new StringBuilder();
        for (TimedLabel phone : spoken.phones()) {
            ctm.append(String.format(Locale.ROOT, "%s 1 %.4f %.4f %s\n", plan.id(), phone.start(), phone.duration(), phone.label()));
        }
        return new Written(new Utterance(plan.id(), spoken.speaker(), wav, spoken.words()), ctm.toString(), spoken.seconds());
    }

    private String readme(SequencedMap<String, List<UtterancePlan>> sets, List<Written> written) {
        StringBuilder text = new StringBuilder("""
                This speech is SYNTHETIC. No person speaks here: it is the voice kevin16 of the FreeTTS synthesizer,
                changed in pitch, tempo and formant positions into many "speakers". Results on it say little about
                people's speech; call it synthetic wherever they are shown.

                Connected digit strings, 16 kHz, 16 bit, one channel. Speakers of train, dev and test are disjoint.
                Paths in wav.scp are relative to this folder. phones.ctm holds the times of the phones as synthesized
                (utterance, channel, start, duration in seconds, phone); SIL is silence.

                """);
        int next = 0;
        for (String set : sets.sequencedKeySet()) {
            List<UtterancePlan> plans = sets.get(set);
            double seconds = written.subList(next, next += plans.size()).stream().mapToDouble(Written::seconds).sum();
            text.append(String.format(Locale.ROOT, "%-5s %3d speakers, %4d utterances, %5d words, %5.1f minutes\n", set,
                    plans.stream().map(UtterancePlan::speaker).distinct().count(), plans.size(),
                    plans.stream().mapToInt(plan -> plan.words().size()).sum(), seconds / 60));
        }
        return text.append("\nMade by: ").append(mark).toString();
    }
}
