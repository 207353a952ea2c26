package org.hyperhypo.asr.prepare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hyperhypo.asr.data.Utterance;

/// CMU's AN4 with SPHERE files: line n of `etc/an4_train.fileids` (`an4_clstk/fash/an251-fash-b`) has its words in line n of
/// `etc/an4_train.transcription` (`<s> YES </s> (an251-fash-b)`). Every eighth speaker of train becomes the development set here.
final class An4 {
    private static final Pattern FILE = Pattern.compile("(?:.*/)?(?<speaker>[^/]+)/(?<name>[^/]+)");
    private static final Pattern SAID = Pattern.compile("(?:<s>)?(?<words>.*?)(?:</s>)?\\s*\\((?<name>[^()]+)\\)\\s*");

    private An4() {
    }

    static void read(Source source, Prepared.Builder out) throws IOException {
        for (String set : List.of("train", "test")) {
            List<String> files = source.lines("etc/an4_" + set + ".fileids");
            Path table = source.root().resolve("etc/an4_" + set + ".transcription");
            List<String> said = source.lines(table);
            for (int i = 0; i < Math.max(files.size(), said.size()); i++) {
                Matcher file = FILE.matcher(i < files.size() ? files.get(i).strip() : "");
                Matcher words = SAID.matcher(i < said.size() ? said.get(i).strip() : "");
                if (!file.matches() || !words.matches() || !file.group("name").equals(words.group("name")) || words.group("words").isBlank()) {
                    source.problem(table, i + 1, "does not belong to line " + (i + 1) + " of an4_" + set + ".fileids; get both files again");
                    continue;
                }
                Path audio = source.root().resolve("wav/" + file.group() + ".sph");
                if (!Files.exists(audio)) {
                    source.problem(table, i + 1, "no file " + audio + "; unpack an4_sphere.tar.gz whole");
                    continue;
                }
                String speaker = file.group("speaker");
                out.add(set, new Utterance(speaker + "-" + file.group("name"), speaker, audio, Source.words(words.group("words"))));
            }
        }
        out.splitSpeakers("train", "dev", 8);
        for (String line : source.linesIfThere("etc/an4.dic")) {
            out.pronunciation(line.strip().replaceAll("\\s+", " ").replaceFirst("^(\\S+?)\\([0-9]+\\) ", "$1 "));
        }
    }
}
