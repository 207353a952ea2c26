package org.hyperhypo.asr.hmm;

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
import org.hyperhypo.asr.data.TextFile;

/// Words and how they are pronounced: a text file with one pronunciation a line, the word first, then its phones, separated by white
/// space. A word with several pronunciations has several lines; the first is the one a flat start uses. Text is UTF-8 and words are
/// compared code point by code point; no character is special (a line that begins with `#` is the word `#…`). Empty lines are skipped.
public final class Lexicon {
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

    /// Throws a [LexiconException] that lists every problem with file and line.
    public static Lexicon read(Path file) {
        try {
            return parse(file.toString(), TextFile.lines(file));
        } catch (LexiconException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new LexiconException(List.of(e.getMessage()));
        }
    }

    static Lexicon parse(String source, List<String> lines) {
        var problems = new ArrayList<String>();
        var words = new LinkedHashMap<String, List<List<String>>>();
        var firstLine = new LinkedHashMap<List<String>, Integer>();
        for (int i = 0; i < lines.size(); i++) {
            List<String> fields = TextFile.fields(lines.get(i));
            if (fields.isEmpty()) {
                continue;
            }
            String at = source + ":" + (i + 1) + ": ";
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

    /// The same words with phones that know their place, as in Kaldi: `AH_B` at the beginning of a word, `AH_I` inside, `AH_E` at the end,
    /// `AH_S` where the phone is the whole word. `SIL` stays as it is.
    public Lexicon positionDependent() {
        var result = new LinkedHashMap<String, List<List<String>>>();
        words.forEach((word, variants) -> result.put(word, variants.stream().map(Lexicon::withPositions).toList()));
        return new Lexicon(source, result);
    }

    private static List<String> withPositions(List<String> phones) {
        var result = new ArrayList<String>();
        int last = phones.size() - 1;
        for (int i = 0; i <= last; i++) {
            String place = last == 0 ? "_S" : i == 0 ? "_B" : i == last ? "_E" : "_I";
            result.add(phones.get(i).equals(PhoneSet.SILENCE) ? PhoneSet.SILENCE : phones.get(i) + place);
        }
        return result;
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
