package org.hyperhypo.asr.hmm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hyperhypo.asr.TextMutations;
import org.hyperhypo.asr.data.TextFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LexiconTest {
    @Test
    void variantsAreSeveralLinesAndNoCharacterIsSpecial(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("lexicon.txt");
        Files.writeString(file, "# H AE SH\r\nzero Z IH R OW\n\nصفر  S\tIH F R\nzero Z IY R OW\n<unk> SIL\n");
        Lexicon lexicon = Lexicon.read(file);
        assertEquals(List.of("#", "zero", "صفر", "<unk>"), List.copyOf(lexicon.words()));
        assertEquals(List.of(List.of("Z", "IH", "R", "OW"), List.of("Z", "IY", "R", "OW")), lexicon.pronunciations("zero"));
        assertEquals(List.of("SIL", "AE", "F", "H", "IH", "IY", "OW", "R", "S", "SH", "Z"), lexicon.phones().names());
    }

    @Test
    void everyProblemIsReportedWithFileLineAndRemedy() {
        var e = assertThrows(LexiconException.class, () -> Lexicon.parse("lex", List.of("a A", "b", "a A", "c 0.5 K")));
        assertEquals(3, e.problems().size(), e.getMessage());
        assertTrue(e.problems().get(0).startsWith("lex:2: word \"b\" has no phones; add"), e.getMessage());
        assertTrue(e.problems().get(1).startsWith("lex:3: word \"a\" has the same pronunciation as in line 1; remove"), e.getMessage());
        assertTrue(e.problems().get(2).contains("lexicon.txt, not lexiconp.txt"), e.getMessage());
        assertTrue(assertThrows(LexiconException.class, () -> Lexicon.parse("lex", List.of(""))).getMessage().contains("no words"));
    }

    @Test
    void unreadableFilesAreNamed(@TempDir Path folder) throws IOException {
        assertTrue(assertThrows(LexiconException.class, () -> Lexicon.read(folder.resolve("no.txt"))).getMessage().contains("no.txt"));
        Files.write(folder.resolve("latin.txt"), new byte[] {(byte) 0xE9, ' ', 'A'});
        var e = assertThrows(LexiconException.class, () -> Lexicon.read(folder.resolve("latin.txt")));
        assertTrue(e.getMessage().contains("latin.txt:1: not UTF-8"), e.getMessage());
    }

    @Test
    void aWordIsTheSameHoweverItsAccentWasTyped(@TempDir Path folder) throws IOException {
        Path decomposed = folder.resolve("lexicon.txt");
        Files.writeString(decomposed, "cafe\u0301 K AE F EY\n");
        assertEquals(List.of(List.of("K", "AE", "F", "EY")), Lexicon.read(decomposed).pronunciations("caf\u00e9"));
    }

    @Test
    void aByteOrderMarkIsNamed() {
        var e = assertThrows(IllegalArgumentException.class, () -> TextFile.lines("lex", "\uFEFFa A\n".getBytes(StandardCharsets.UTF_8)));
        assertTrue(e.getMessage().startsWith("lex:1: starts with a byte order mark"), e.getMessage());
    }

    @Test
    void missingWordsAreListedTogether() {
        Lexicon lexicon = Lexicon.of(Map.of("a", List.of(List.of("A"))));
        var e = assertThrows(IllegalArgumentException.class, () -> lexicon.require(List.of("c", "a", "b", "c")));
        assertTrue(e.getMessage().contains("[b, c]"), e.getMessage());
    }

    @Test
    void anyBytesGiveALexiconOrAClearError() {
        TextMutations.check("lexicon", List.of("zero Z IH R OW\nzero Z IY R OW\none W AH N\n", "# H AE SH\r\n\nصفر  S\tIH F R\n<unk> SIL\n"),
                bytes -> Lexicon.parse("lex", TextFile.lines("lex", bytes)), "lex:");
    }

    @Test
    void phonesCanKnowTheirPlaceInTheWord() {
        Lexicon lexicon = Lexicon.of(Map.of("a", List.of(List.of("AH")), "abc", List.of(List.of("A", "B", "SIL", "C")))).positionDependent();
        assertEquals(List.of(List.of("AH_S")), lexicon.pronunciations("a"));
        assertEquals(List.of(List.of("A_B", "B_I", "SIL", "C_E")), lexicon.pronunciations("abc"));
    }

    @Test
    void statesAreNumberedPhoneByPhoneSilenceFirst() {
        var phones = PhoneSet.of(List.of("N", "AH", "SIL", "N"));
        assertEquals(List.of("SIL", "AH", "N"), phones.names());
        var states = new StateInventory(phones, Topology.of(3, 5, 0.6));
        assertEquals(11, states.size());
        for (int s = 0; s < states.size(); s++) {
            assertEquals(s, states.state(states.phoneOf(s), states.positionOf(s)));
            assertEquals(1, Math.exp(states.logSelfLoop(s)) + Math.exp(states.logForward(s)), 1e-12);
            assertEquals(s < 5, states.isSilence(s));
        }
        assertEquals("SIL.5", states.name(4));
        assertEquals("AH.1", states.name(5));
        assertEquals("N.3", states.name(10));
        assertThrows(IndexOutOfBoundsException.class, () -> states.state(1, 3));
        assertThrows(IndexOutOfBoundsException.class, () -> states.name(11));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> phones.index("X")).getMessage().contains("\"X\""));
        assertThrows(IllegalArgumentException.class, () -> Topology.of(3, 3, 1));
        assertThrows(IllegalArgumentException.class, () -> Topology.of(0, 3, 0.5));
    }
}
