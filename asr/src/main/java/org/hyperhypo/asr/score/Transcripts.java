package org.hyperhypo.asr.score;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Kaldi `text` files: an utterance id and its words on every line, separated by white space; an id alone is an utterance without words.
public final class Transcripts {
    private static final Pattern BLANKS = Pattern.compile("[ \t\r]+");

    private Transcripts() {
    }

    /// Id to words, in file order. All problems are reported together, each with file and line.
    public static Map<String, List<String>> read(Path file) {
        try {
            return parse(file.toString(), StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(file))).toString());
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(file + ": not UTF-8; convert it, for instance with iconv -t utf-8");
        } catch (IOException e) {
            throw new IllegalArgumentException(file + ": cannot be read (" + e + "); check the path");
        }
    }

    static Map<String, List<String>> parse(String source, String text) {
        var result = new LinkedHashMap<String, List<String>>();
        var lines = new LinkedHashMap<String, Integer>();
        var problems = new ArrayList<String>();
        int number = 0;
        for (String raw : text.split("\n", -1)) {
            number++;
            String line = BLANKS.matcher(raw).replaceAll(" ").strip();
            if (line.isEmpty()) {
                continue;
            }
            List<String> fields = List.of(line.split(" "));
            String id = fields.getFirst();
            Integer earlier = lines.putIfAbsent(id, number);
            if (earlier != null) {
                problems.add(source + ":" + number + ": utterance \"" + id + "\" is already in line " + earlier
                        + "; remove one of the two");
            } else {
                result.put(id, List.copyOf(fields.subList(1, fields.size())));
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        return result;
    }

    /// Writes the same format in the given order, through a temporary name, so that a reader never sees half a file.
    public static void write(Path file, Map<String, List<String>> transcripts) {
        var lines = new ArrayList<String>();
        transcripts.forEach((id, words) -> lines.add(words.isEmpty() ? id : id + " " + String.join(" ", words)));
        Path temporary = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.write(temporary, lines);
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be written", e);
        }
    }
}
