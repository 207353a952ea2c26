package org.hyperhypo.asr.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/// A text file of lines `key rest`, UTF-8, keys unique; sorted as `LC_ALL=C sort` does.
final class Table {
    static final Comparator<String> ORDER = (a, b) ->
        Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    record Entry(int line, String rest) {
    }

    final Path file;
    final TreeMap<String, Entry> entries = new TreeMap<>(ORDER);

    private Table(Path file) {
        this.file = file;
    }

    static Table read(Path file, List<Problem> problems, List<Problem> notes) {
        Table table = new Table(file);
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            problems.add(new Problem(file, 0, "no such file; a data folder needs wav.scp, text and utt2spk"));
            return table;
        } catch (IOException e) {
            problems.add(new Problem(file, 0, "cannot be read: " + e + "; check the path and its permissions"));
            return table;
        }
        String last = null;
        boolean sorted = true;
        for (int from = 0, line = 1; from < bytes.length; line++) {
            int end = from;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            String key = table.line(bytes, from, end, line, problems);
            if (key != null && last != null && sorted && ORDER.compare(last, key) > 0) {
                sorted = false;
                notes.add(new Problem(file, line, "\"" + key + "\" after \"" + last + "\": not sorted; sort with LC_ALL=C sort (read anyway)"));
            }
            last = key == null ? last : key;
            from = end + 1;
        }
        return table;
    }

    private String line(byte[] bytes, int from, int end, int number, List<Problem> problems) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, end - from)).toString();
        } catch (CharacterCodingException e) {
            problems.add(new Problem(file, number, "not UTF-8; convert the file"));
            return null;
        }
        if (number == 1 && text.startsWith("\ufeff")) {
            text = text.substring(1);
        }
        text = trim(text);
        if (text.isEmpty()) {
            problems.add(new Problem(file, number, "empty line; remove it"));
            return null;
        }
        int space = 0;
        while (space < text.length() && !isSpace(text.charAt(space))) {
            space++;
        }
        String key = text.substring(0, space);
        Entry before = entries.putIfAbsent(key, new Entry(number, trim(text.substring(space))));
        if (before != null) {
            problems.add(new Problem(file, number, "\"" + key + "\" is already on line " + before.line() + "; keep one of them"));
        }
        return key;
    }

    /// ASCII white space only, as Kaldi splits: other Unicode spaces may belong to a word.
    static boolean isSpace(char c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }

    private static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }
}
