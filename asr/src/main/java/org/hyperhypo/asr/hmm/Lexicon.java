package org.hyperhypo.asr.hmm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Words and how they are pronounced: a text file with one pronunciation a line, the word first, then its phones, separated by white
/// space. A word with several pronunciations has several lines; the first is the one a flat start uses. Text is UTF-8 and words are
/// compared code point by code point; no character is special (a line that begins with `#` is the word `#…`). Empty lines are skipped.
public final class Lexicon {
    private static final Pattern BLANKS = Pattern.compile("[ \t\r]+");
    private static final Pattern PROBABILITY = Pattern.compile("[01]?\\.[0-9]+([eE][-+]?[0-9]+)?");

    private final String source;
    private final Map<String, List<List<String>>> words;

    private Lexicon(String source, Map<String, List<List<String>>> words) {
        this.source = source;
        this.words = words;
    }

    /// A lexicon made in memory: word to pronunciations, each a list of phones.
    public static Lexicon of(Map<String, List<List<String>>> words) {
        var problems = new ArrayList<String>();
        var copy = new LinkedHashMap<String, List<List<String>>>();
        words.forEach((word, variants) -> {
            if (variants.isEmpty() || variants.stream().anyMatch(List::isEmpty)) {
                problems.add("word \"" + word + "\" has no phones; give it a pronunciation");
            }
            copy.put(word, variants.stream().map(List::copyOf).distinct().toList());
        });
        if (copy.isEmpty()) {
            problems.add("the lexicon has no words; give at least one");
        }
        if (!problems.isEmpty()) {
            throw new LexiconException(problems);
        }
        return new Lexicon("lexicon", copy);
    }

    public static Lexicon read(Path file) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(file))).toString();
        } catch (CharacterCodingException e) {
            throw new LexiconException(List.of(file + ": not UTF-8; convert it, for instance with iconv -t utf-8"));
        } catch (IOException e) {
            throw new LexiconException(List.of(file + ": cannot be read (" + e + "); check the path"));
        }
        return parse(file.toString(), text);
    }

    static Lexicon parse(String source, String text) {
        var problems = new ArrayList<String>();
        var words = new LinkedHashMap<String, List<List<String>>>();
        var firstLine = new LinkedHashMap<List<String>, Integer>();
        if (text.startsWith("\uFEFF")) {
            problems.add(source + ":1: starts with a byte order mark, which would become part of the first word; save it without");
            text = text.substring(1);
        }
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = BLANKS.matcher(lines[i]).replaceAll(" ").strip();
            if (line.isEmpty()) {
                continue;
            }
            String at = source + ":" + (i + 1) + ": ";
            List<String> fields = List.of(line.split(" "));
            String word = fields.getFirst();
            List<String> phones = fields.subList(1, fields.size());
            if (phones.isEmpty()) {
                problems.add(at + "word \"" + word + "\" has no phones; add its pronunciation or remove the line");
                continue;
            }
            if (PROBABILITY.matcher(phones.getFirst()).matches()) {
                problems.add(at + "word \"" + word + "\": \"" + phones.getFirst()
                        + "\" looks like a pronunciation probability, not a phone; give a lexicon without probabilities"
                        + " (lexicon.txt, not lexiconp.txt)");
                continue;
            }
            Integer earlier = firstLine.putIfAbsent(fields, i + 1);
            if (earlier != null) {
                problems.add(at + "word \"" + word + "\" has the same pronunciation as in line " + earlier + "; remove one of the two");
                continue;
            }
            words.computeIfAbsent(word, w -> new ArrayList<>()).add(List.copyOf(phones));
        }
        if (words.isEmpty() && problems.isEmpty()) {
            problems.add(source + ":1: no words; every line needs a word and its phones");
        }
        if (!problems.isEmpty()) {
            throw new LexiconException(problems);
        }
        return new Lexicon(source, words);
    }

    /// Words in the order in which they appear first.
    public Set<String> words() {
        return Collections.unmodifiableSet(words.keySet());
    }

    public boolean contains(String word) {
        return words.containsKey(word);
    }

    /// All pronunciations of a word, in file order.
    public List<List<String>> pronunciations(String word) {
        List<List<String>> variants = words.get(word);
        if (variants == null) {
            throw new IllegalArgumentException("word \"" + word + "\" is not in " + source + "; add a line with its pronunciation");
        }
        return Collections.unmodifiableList(variants);
    }

    /// `SIL` and all phones used here.
    public PhoneSet phones() {
        var all = new TreeSet<String>();
        words.values().forEach(variants -> variants.forEach(all::addAll));
        return PhoneSet.of(all);
    }

    /// Throws with the list of all words that have no pronunciation.
    public void require(Collection<String> wanted) {
        var missing = new TreeSet<String>(wanted);
        missing.removeAll(words.keySet());
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("not in " + source + ": " + missing + "; add their pronunciations or remove the utterance");
        }
    }

    @Override
    public String toString() {
        return source + ": " + words.size() + " words";
    }
}
