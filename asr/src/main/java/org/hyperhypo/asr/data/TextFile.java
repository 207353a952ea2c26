package org.hyperhypo.asr.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// A small UTF-8 text file as lines, the form in which lexicons, transcripts and time-marked words come. Lines are composed (Unicode NFC), so that a word is the
/// same word in every file, however its accents were typed.
///
/// Problems are [IllegalArgumentException]s of the form `file:line: what is wrong; what to do`.
public final class TextFile {
    private static final Pattern BLANKS = Pattern.compile("[ \t\r\f\u000b]+");

    private TextFile() {
    }

    /// All lines without their line ends (`\n`; a `\r` before it stays, [#fields] takes it for white space).
    public static List<String> lines(Path file) {
        try {
            return lines(file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new IllegalArgumentException(file + ": cannot be read (" + e + "); check the path", e);
        }
    }

    /// The same of bytes in memory; `source` is named in errors.
    public static List<String> lines(String source, byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        var lines = new ArrayList<String>();
        for (int from = 0; from < bytes.length;) {
            int end = from;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            String line;
            try {
                line = decoder.decode(ByteBuffer.wrap(bytes, from, end - from)).toString();
            } catch (CharacterCodingException e) {
                throw new IllegalArgumentException(source + ":" + (lines.size() + 1)
                        + ": not UTF-8; convert the file, for instance with iconv -t utf-8", e);
            }
            if (lines.isEmpty() && line.startsWith("\uFEFF")) {
                throw new IllegalArgumentException(source + ":1: starts with a byte order mark, which would become part of the first"
                        + " word; save it without");
            }
            lines.add(composed(line));
            from = end + 1;
        }
        return lines;
    }

    /// One spelling for one word: Unicode composition (NFC).
    public static String composed(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    /// The fields of a line between blanks and tabs; none for an empty line. Other Unicode spaces are part of a word.
    public static List<String> fields(String line) {
        String[] parts = BLANKS.split(line);
        if (parts.length > 0 && parts[0].isEmpty()) {
            parts = Arrays.copyOfRange(parts, 1, parts.length);
        }
        return List.of(parts);
    }
}
