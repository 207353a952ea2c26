package org.hyperhypo.asr.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
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

    interface LineAction {
        void accept(int number, String line);
    }

    static Table read(Path file, List<Problem> problems, List<Problem> notes) {
        Table table = new Table(file);
        String[] last = {null, null};
        lines(file, problems, (number, line) -> {
            String key = table.put(number, line, problems);
            if (last[0] != null && last[1] == null && ORDER.compare(last[0], key) > 0) {
                last[1] = key;
                notes.add(new Problem(file, number, "\"" + key + "\" after \"" + last[0] + "\": not sorted; sort with LC_ALL=C sort (read anyway)"));
            }
            last[0] = key;
        });
        return table;
    }

    /// Every line that is text; others are problems.
    static void lines(Path file, List<Problem> problems, LineAction action) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            problems.add(new Problem(file, 0, "no such file; a data folder needs wav.scp, text and utt2spk"));
            return;
        } catch (IOException e) {
            problems.add(new Problem(file, 0, "cannot be read: " + e + "; check the path and its permissions"));
            return;
        }
        for (int from = 0, number = 1; from < bytes.length; number++) {
            int end = from;
            while (end < bytes.length && bytes[end] != '\n') {
                end++;
            }
            try {
                String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, end - from)).toString();
                text = trim(number == 1 && text.startsWith("\ufeff") ? text.substring(1) : text);
                if (text.isEmpty()) {
                    problems.add(new Problem(file, number, "empty line; remove it"));
                } else {
                    action.accept(number, text);
                }
            } catch (CharacterCodingException e) {
                problems.add(new Problem(file, number, "not UTF-8 (at byte " + from + " of the file or after); convert the file"));
            }
            from = end + 1;
        }
    }

    private String put(int number, String text, List<Problem> problems) {
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

    static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        for (int from = 0, i = 0; i <= text.length(); i++) {
            if (i == text.length() || isSpace(text.charAt(i))) {
                if (i > from) {
                    words.add(text.substring(from, i));
                }
                from = i + 1;
            }
        }
        return words;
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
