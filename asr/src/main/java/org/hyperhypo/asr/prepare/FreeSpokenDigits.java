package org.hyperhypo.asr.prepare;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.hyperhypo.asr.data.Utterance;

/// Free Spoken Digit Dataset: `recordings/7_jackson_32.wav`. Its own rule makes indices 0 to 4 the test set; of the others 5 to 9 become the
/// development set here. All speakers are in all sets.
final class FreeSpokenDigits {
    private FreeSpokenDigits() {
    }

    static void read(Source source, Prepared.Builder out) throws IOException {
        source.files("(?:recordings/)?(?<digit>[0-9])_(?<speaker>[A-Za-z]+)_(?<index>[0-9]+)\\.(?:wav|flac)", (file, name) -> {
            int index = Integer.parseInt(name.group("index"));
            String speaker = name.group("speaker");
            String id = String.format(Locale.ROOT, "%s-%s-%02d", speaker, name.group("digit"), index);
            String word = EnglishWords.DIGITS.get(Integer.parseInt(name.group("digit")));
            out.add(index < 5 ? "test" : index < 10 ? "dev" : "train", new Utterance(id, speaker, file, List.of(word)));
        });
        EnglishWords.DIGITS.forEach(word -> EnglishWords.pronunciations(word).forEach(out::pronunciation));
    }
}
