package org.hyperhypo.asr.prepare;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.hyperhypo.asr.data.Utterance;

/// Google's Speech Commands, either version: `bird/0a7c2a8d_nohash_0.wav`, with the sets that `validation_list.txt` and `testing_list.txt`
/// name (by speaker). Background noise is left out.
final class SpeechCommands {
    private SpeechCommands() {
    }

    static void read(Source source, Prepared.Builder out) throws IOException {
        Set<String> dev = new HashSet<>(source.lines("validation_list.txt"));
        Set<String> test = new HashSet<>(source.lines("testing_list.txt"));
        Set<String> words = new HashSet<>();
        source.files("(?<word>[a-z]+)/(?<speaker>[0-9a-f]+)_nohash_(?<take>[0-9]+)\\.wav", (file, name) -> {
            String word = name.group("word").toUpperCase(Locale.ROOT);
            String id = name.group("speaker") + "-" + name.group("word") + "-" + name.group("take");
            out.add(test.contains(name.group()) ? "test" : dev.contains(name.group()) ? "dev" : "train",
                new Utterance(id, name.group("speaker"), file, List.of(word)));
            if (words.add(word)) {
                EnglishWords.pronunciations(word).forEach(out::pronunciation);
            }
        });
    }
}
