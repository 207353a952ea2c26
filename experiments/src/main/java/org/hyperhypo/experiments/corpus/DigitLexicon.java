package org.hyperhypo.experiments.corpus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The ten words and their phones as the voice speaks them, in ARPAbet.
///
/// The voice has a schwa of its own (`ax`, in SEVEN); it is written `AH`, which no other word uses. Its silence is `SIL`.
/// ONE is spoken with `AA`, not with the `AH` of dictionaries.
final class DigitLexicon {
    static final String SILENCE = "SIL";
    private static final Map<String, List<String>> PHONES = new LinkedHashMap<>();
    static final List<String> WORDS;

    static {
        word("ZERO", "Z IH R OW");
        word("ONE", "W AA N");
        word("TWO", "T UW");
        word("THREE", "TH R IY");
        word("FOUR", "F AO R");
        word("FIVE", "F AY V");
        word("SIX", "S IH K S");
        word("SEVEN", "S EH V AH N");
        word("EIGHT", "EY T");
        word("NINE", "N AY N");
        WORDS = List.copyOf(PHONES.keySet());
    }

    private DigitLexicon() {
    }

    private static void word(String word, String phones) {
        PHONES.put(word, List.of(phones.split(" ")));
    }

    static List<String> phones(String word) {
        List<String> phones = PHONES.get(word);
        if (phones == null) {
            throw new IllegalArgumentException("\"" + word + "\" is none of " + WORDS);
        }
        return phones;
    }

    /// The ARPAbet name of a phone of the voice.
    static String arpabet(String name) {
        return switch (name) {
            case "pau" -> SILENCE;
            case "ax" -> "AH";
            default -> name.toUpperCase(Locale.ROOT);
        };
    }

    /// Lines of `lexicon.txt`: word, space, phones.
    static List<String> lines() {
        List<String> lines = new ArrayList<>();
        PHONES.forEach((word, phones) -> lines.add(word + " " + String.join(" ", phones)));
        return lines;
    }
}
