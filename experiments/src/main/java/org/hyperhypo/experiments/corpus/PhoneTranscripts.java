package org.hyperhypo.experiments.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeSet;
import org.hyperhypo.asr.data.DataDir;
import org.hyperhypo.asr.data.Utterance;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.experiments.Failure;
import org.hyperhypo.experiments.UserError;

/// A corpus whose "words" are phones: each word is replaced by its first pronunciation without stress marks, so that a word loop is a phone loop and
/// a word error rate a phone error rate.
///
/// @param sets     by name
/// @param failures utterances with a word that the lexicon lacks
public record PhoneTranscripts(SequencedMap<String, List<Utterance>> sets, List<Failure> failures) {
    private static final int VERSION = 1;

    /// @param from folders below `root` that each set is made of
    public static PhoneTranscripts read(Path root, SequencedMap<String, List<String>> from) throws IOException {
        for (String name : from.values().stream().flatMap(List::stream).toList()) {
            if (!Files.exists(root.resolve(name).resolve("wav.scp"))) {
                throw new UserError(root.resolve(name) + ": no data folder (wav.scp text utt2spk); this recipe needs "
                        + String.join(", ", from.values().stream().flatMap(List::stream).toList()) + " and lexicon.txt");
            }
        }
        Lexicon lexicon = Lexicon.read(root.resolve("lexicon.txt"));
        SequencedMap<String, List<Utterance>> sets = new LinkedHashMap<>();
        List<Failure> failures = new ArrayList<>();
        for (Map.Entry<String, List<String>> set : from.entrySet()) {
            List<Utterance> phones = sets.computeIfAbsent(set.getKey(), name -> new ArrayList<>());
            for (String folder : set.getValue()) {
                for (Utterance u : DataDir.read(root.resolve(folder), root).utterances()) {
                    List<String> unknown = u.words().stream().filter(word -> !lexicon.contains(word)).toList();
                    if (unknown.isEmpty()) {
                        phones.add(new Utterance(u.id(), u.speaker(), u.audio(), u.segment(), phones(u.words(), lexicon)));
                    } else {
                        failures.add(new Failure("corpus", u.id(), "lexicon.txt has no pronunciation of " + String.join(" ", unknown)));
                    }
                }
            }
            if (phones.isEmpty()) {
                throw new UserError(root.resolve(set.getValue().getFirst()) + ": no utterance whose words are all in lexicon.txt");
            }
        }
        return new PhoneTranscripts(sets, List.copyOf(failures));
    }

    private static List<String> phones(List<String> words, Lexicon lexicon) {
        return words.stream().flatMap(word -> lexicon.pronunciations(word).getFirst().stream()).map(phone -> phone.replaceFirst("\\d$", "")).toList();
    }

    /// Writes the sets and a lexicon of phones, unless they are there. The audio stays where it is.
    public void write(Path folder) throws IOException {
        TreeSet<String> phones = new TreeSet<>();
        sets.values().forEach(set -> set.forEach(utterance -> phones.addAll(utterance.words())));
        List<String> entries = new ArrayList<>(sets.sequencedKeySet());
        entries.add("lexicon.txt");
        String mark = "phone transcripts, version " + VERSION + ", " + sets.hashCode() + "\n";
        WholeCorpus.make(folder, mark, entries, partial -> {
            for (Map.Entry<String, List<Utterance>> set : sets.entrySet()) {
                DataDir.write(partial.resolve(set.getKey()), null, set.getValue());
            }
            Files.writeString(partial.resolve("lexicon.txt"), String.join("", phones.stream().map(phone -> phone + " " + phone + "\n").toList()));
        });
    }
}
