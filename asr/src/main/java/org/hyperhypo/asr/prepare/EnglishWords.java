package org.hyperhypo.asr.prepare;

import java.util.List;

/// Pronunciations of the words that isolated-word corpora use, in the 39 phones of ARPAbet.
final class EnglishWords {
    static final List<String> DIGITS = List.of("ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE");

    private static final List<String> LINES = """
        ZERO Z IH R OW
        ZERO Z IY R OW
        ONE W AH N
        TWO T UW
        THREE TH R IY
        FOUR F AO R
        FIVE F AY V
        SIX S IH K S
        SEVEN S EH V AH N
        EIGHT EY T
        NINE N AY N
        BACKWARD B AE K W ER D
        BED B EH D
        BIRD B ER D
        CAT K AE T
        DOG D AO G
        DOWN D AW N
        FOLLOW F AA L OW
        FORWARD F AO R W ER D
        GO G OW
        HAPPY HH AE P IY
        HOUSE HH AW S
        LEARN L ER N
        LEFT L EH F T
        MARVIN M AA R V IH N
        NO N OW
        OFF AO F
        ON AA N
        RIGHT R AY T
        SHEILA SH IY L AH
        STOP S T AA P
        TREE T R IY
        UP AH P
        VISUAL V IH ZH UW AH L
        WOW W AW
        YES Y EH S
        """.lines().toList();

    private EnglishWords() {
    }

    /// The pronunciations of one word, none where it is not listed.
    static List<String> pronunciations(String word) {
        return LINES.stream().filter(line -> line.startsWith(word + " ")).toList();
    }
}
