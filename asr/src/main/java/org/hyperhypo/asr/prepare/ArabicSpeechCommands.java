package org.hyperhypo.asr.prepare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hyperhypo.asr.data.Utterance;

/// Arabic Speech Commands: `dataset/backward/00000014_NO_01.wav`, sets by speaker in `train.csv`, `val.csv` and `test.csv` (file, class).
/// Words are the corpus's English names in upper case; it has no lexicon.
final class ArabicSpeechCommands {
    private static final Map<String, String> SETS = new TreeMap<>(Map.of("train", "train.csv", "dev", "val.csv", "test", "test.csv"));
    private static final Pattern FILE = Pattern.compile("dataset/(?<word>[a-z_ ]+)/(?<speaker>[0-9]+)_NO_(?<take>[0-9]+)\\.wav");

    private ArabicSpeechCommands() {
    }

    static void read(Source source, Prepared.Builder out) throws IOException {
        for (Map.Entry<String, String> set : SETS.entrySet()) {
            Path table = source.root().resolve(set.getValue());
            List<String> lines = source.lines(table);
            for (int i = 1; i < lines.size(); i++) {
                Matcher name = FILE.matcher(lines.get(i).split(",", 2)[0].strip());
                if (!name.matches()) {
                    source.problem(table, i + 1, "\"" + lines.get(i) + "\" is not dataset/<word>/<speaker>_NO_<n>.wav,<word>; get the table again");
                } else if (!Files.exists(source.root().resolve(name.group()))) {
                    source.problem(table, i + 1, "no file " + name.group() + "; unpack the corpus whole");
                } else {
                    String word = name.group("word").replace(' ', '_');
                    out.add(set.getKey(), new Utterance(name.group("speaker") + "-" + word + "-" + name.group("take"), name.group("speaker"),
                        source.root().resolve(name.group()), List.of(word.toUpperCase(Locale.ROOT))));
                }
            }
        }
    }
}
