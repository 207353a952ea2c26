package org.hyperhypo.experiments.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hyperhypo.asr.audio.AudioException;
import org.hyperhypo.asr.audio.AudioFiles;
import org.hyperhypo.asr.corrupt.SpeechLevel;
import org.hyperhypo.asr.data.DataDir;
import org.hyperhypo.asr.data.Utterance;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.experiments.Failure;
import org.hyperhypo.experiments.UserError;

/// Recordings of one word each by several speakers, from all sets of a corpus folder, whatever set they are in.
///
/// @param rate     Hz of the first recording; the others are brought to it
/// @param tokens   sorted by id
/// @param failures recordings that could not be used
public record IsolatedWords(int rate, List<Token> tokens, List<Failure> failures) {

    /// One spoken word.
    ///
    /// @param index   the number behind the last hyphen of the id: which repetition it is
    /// @param samples at an RMS of 1
    /// @param floor   RMS of its quietest 10 ms
    public record Token(String id, String speaker, String word, int index, float[] samples, double floor) {
    }

    /// Reads every folder below `root` that has a `wav.scp`. A recording that cannot be read is a failure; a folder of something else an error.
    public static IsolatedWords read(Path root) throws IOException {
        if (!Files.exists(root.resolve("lexicon.txt"))) {
            throw new UserError(root.resolve("lexicon.txt") + ": no such file; the folder must hold the words' pronunciations beside its sets");
        }
        Lexicon lexicon = Lexicon.read(root.resolve("lexicon.txt"));
        TreeMap<String, Token> tokens = new TreeMap<>();
        List<Failure> failures = new ArrayList<>();
        int rate = 0;
        for (Path set : sets(root)) {
            for (Utterance utterance : DataDir.read(set, root).utterances()) {
                int index = check(utterance, set, lexicon);
                try {
                    rate = rate == 0 ? AudioFiles.read(utterance.audio()).rate() : rate;
                    Token token = token(utterance, index, AudioFiles.read(utterance.audio()).mono(rate), rate);
                    if (tokens.putIfAbsent(utterance.id(), token) != null) {
                        throw new UserError(set + ": utterance \"" + utterance.id() + "\" is in another set too; remove it from one");
                    }
                } catch (AudioException e) {
                    failures.add(new Failure("corpus", utterance.id(), e.getMessage()));
                }
            }
        }
        if (tokens.isEmpty()) {
            throw new UserError(root + ": no recording could be read" + (failures.isEmpty() ? "; it needs folders with wav.scp, text, utt2spk"
                    : "; the first: " + failures.getFirst().reason()));
        }
        return new IsolatedWords(rate, List.copyOf(tokens.values()), List.copyOf(failures));
    }

    private static List<Path> sets(Path root) throws IOException {
        try (Stream<Path> all = Files.list(root)) {
            return all.filter(folder -> Files.exists(folder.resolve("wav.scp"))).sorted().toList();
        }
    }

    private static int check(Utterance utterance, Path set, Lexicon lexicon) {
        if (utterance.words().size() != 1) {
            throw new UserError(set.resolve("text") + ": utterance \"" + utterance.id() + "\" has " + utterance.words().size()
                    + " words, not one; strings are made of single words (recipe commands takes speech as it is)");
        }
        if (!lexicon.contains(utterance.words().getFirst())) {
            throw new UserError(set.resolve("text") + ": word \"" + utterance.words().getFirst() + "\" is not in lexicon.txt; add its pronunciation");
        }
        try {
            return Integer.parseInt(utterance.id().substring(utterance.id().lastIndexOf('-') + 1));
        } catch (NumberFormatException e) {
            throw new UserError(set.resolve("wav.scp") + ": utterance id \"" + utterance.id() + "\" does not end with -<number>; the number of the repetition "
                    + "tells which speech trains, adapts and tests (prepare fsdd writes such ids)", e);
        }
    }

    private static Token token(Utterance utterance, int index, float[] samples, int rate) throws AudioException {
        int frame = rate / 100;
        double level = SpeechLevel.rms(samples);
        if (level == 0 || samples.length < frame) {
            throw new AudioException(utterance.audio().toString(), samples.length + " samples of silence are no word");
        }
        double floor = Double.MAX_VALUE;
        for (int t = 0; t + frame <= samples.length; t += frame) {
            floor = Math.min(floor, SpeechLevel.rms(samples, t, t + frame));
        }
        float[] scaled = new float[samples.length];
        for (int t = 0; t < scaled.length; t++) {
            scaled[t] = (float) (samples[t] / level);
        }
        return new Token(utterance.id(), utterance.speaker(), utterance.words().getFirst(), index, scaled, floor / level);
    }
}
