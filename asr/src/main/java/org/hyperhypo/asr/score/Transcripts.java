package org.hyperhypo.asr.score;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hyperhypo.asr.audio.WholeFile;
import org.hyperhypo.asr.data.TextFile;

/// Words per utterance on disk, in one of two forms: Kaldi's `text` (`id words …`; an id alone is an utterance without words) and NIST's
/// trn (`words … (id)`). Ids are unique. All problems of a file are reported together, each with file and line.
public final class Transcripts {
    private Transcripts() {
    }

    /// Id to words, in file order; a file whose name ends in `.trn` is read as trn, any other as Kaldi's text.
    public static Map<String, List<String>> read(Path file) {
        return parse(file.toString(), TextFile.lines(file), file.toString().endsWith(".trn"));
    }

    static Map<String, List<String>> parse(String source, List<String> lines, boolean trn) {
        var result = new LinkedHashMap<String, List<String>>();
        var firstLine = new LinkedHashMap<String, Integer>();
        var problems = new ArrayList<String>();
        for (int i = 0; i < lines.size(); i++) {
            List<String> fields = trn ? idFirst(lines.get(i)) : TextFile.fields(lines.get(i));
            if (fields == null) {
                problems.add(source + ":" + (i + 1) + ": \"" + shortened(lines.get(i)) + "\" does not end in an utterance id; write: words (id)");
                continue;
            }
            if (fields.isEmpty()) {
                continue;
            }
            String id = fields.getFirst();
            Integer earlier = firstLine.putIfAbsent(id, i + 1);
            if (earlier != null) {
                problems.add(source + ":" + (i + 1) + ": utterance \"" + id + "\" is already in line " + earlier + "; remove one of the two");
            } else if (trn && fields.contains("{")) {
                problems.add(source + ":" + (i + 1) + ": utterance \"" + id + "\" has alternatives in braces, which are not scored here;"
                        + " decide for one of them");
            } else {
                result.put(id, List.copyOf(fields.subList(1, fields.size())));
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        return result;
    }

    /// The fields of a trn line with the id in front; null where it has none. Lines that begin with `;;` are comments.
    private static List<String> idFirst(String line) {
        String text = line.strip();
        if (text.isEmpty() || text.startsWith(";;")) {
            return List.of();
        }
        int open = text.lastIndexOf('(');
        String id = open < 0 || !text.endsWith(")") ? "" : text.substring(open + 1, text.length() - 1).strip();
        if (id.isEmpty() || TextFile.fields(id).size() != 1) {
            return null;
        }
        var fields = new ArrayList<String>();
        fields.add(id);
        fields.addAll(TextFile.fields(text.substring(0, open)));
        return fields;
    }

    static String shortened(String line) {
        return line.length() <= 60 ? line.strip() : line.strip().substring(0, 57) + "...";
    }

    /// Writes Kaldi's text, or trn where the name ends in `.trn`, in the given order; the file is there whole or not at all.
    public static void write(Path file, Map<String, List<String>> transcripts) throws IOException {
        boolean trn = file.toString().endsWith(".trn");
        var text = new StringBuilder();
        transcripts.forEach((id, words) -> {
            if (!trn) {
                text.append(id);
            }
            for (String word : words) {
                text.append(trn ? "" : " ").append(word).append(trn ? " " : "");
            }
            text.append(trn ? "(" + id + ")" : "").append('\n');
        });
        WholeFile.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /// The same with ASCII capitals as small letters: what sclite compares unless told otherwise.
    public static Map<String, List<String>> foldCase(Map<String, List<String>> transcripts) {
        var folded = new LinkedHashMap<String, List<String>>();
        transcripts.forEach((id, words) -> folded.put(id, words.stream().map(Transcripts::foldCase).toList()));
        return folded;
    }

    static String foldCase(String word) {
        var letters = new StringBuilder(word);
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                letters.setCharAt(i, (char) (c + 'a' - 'A'));
            }
        }
        return letters.toString();
    }
}
