package org.hyperhypo.asr.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hyperhypo.asr.audio.AudioFiles;
import org.hyperhypo.asr.audio.Golden;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirTest {
    @TempDir
    Path root;
    private Path dir;

    @BeforeEach
    void threeRecordings() throws IOException {
        dir = Files.createDirectories(root.resolve("train"));
        Files.createDirectories(root.resolve("wav"));
        for (String name : List.of("a", "b", "c")) {
            Files.write(root.resolve("wav/" + name + ".wav"), new byte[1]);
        }
        put("wav.scp", "s1-a wav/a.wav\ns1-b wav/b.wav\ns2-c wav/c.wav\n");
        put("text", "s1-a ONE\ns1-b zwei  três\ns2-c واحد\n");
        put("utt2spk", "s1-a s1\ns1-b s1\ns2-c s2\n");
    }

    @Test
    void aGoodFolderIsReadWithUnicodeWordsAndPathsAgainstTheRoot() throws Exception {
        for (Path corpus : new Path[] {root, null}) {
            DataDir data = DataDir.read(dir, corpus);
            assertEquals(List.of("s1-a", "s1-b", "s2-c"), data.utterances().stream().map(Utterance::id).toList());
            assertEquals(List.of("zwei", "três"), data.utterances().get(1).words());
            assertEquals(List.of("واحد"), data.utterances().get(2).words());
            assertTrue(Files.isSameFile(root.resolve("wav/c.wav"), Path.of(data.utterances().get(2).audio().toString())));
            assertEquals(List.of("s1", "s2"), List.copyOf(data.bySpeaker().keySet()));
            assertTrue(data.notes().isEmpty());
        }
    }

    @Test
    void everyProblemIsNamedWithFileLineAndRemedy() throws IOException {
        put("wav.scp", "s1-a wav/a.wav\ns1-b sox x.wav - |\ns2-c wav/gone.wav\ns3-d\ns1-a wav/b.wav\ns9-x wav/a.wav\n");
        put("text", "s1-a ONE\ns1-b TWO\ns2-c\ns3-d FOUR\ns4-e FIVE\n\n");
        put("utt2spk", "s1-a s1\ns1-b s1 extra\ns2-c s2\ns3-d s3\n");
        DataException e = assertThrows(DataException.class, () -> DataDir.read(dir, root));
        List<String> said = e.problems().stream().map(Problem::toString).toList();
        for (String expected : List.of(
                "wav.scp:2: utterance \"s1-b\" is a command (\"sox x.wav - |\"); commands are not run unless allowed",
                "wav.scp:3: utterance \"s2-c\": no audio file",
                "wav.scp:4: utterance \"s3-d\" has no audio path",
                "wav.scp:5: \"s1-a\" is already on line 1",
                "wav.scp:6: utterance \"s9-x\" has no line in text",
                "wav.scp:6: utterance \"s9-x\" has no line in utt2spk",
                "text:3: utterance \"s2-c\" has no words",
                "text:5: utterance \"s4-e\" has no line in wav.scp",
                "text:6: empty line",
                "utt2spk:2: utterance \"s1-b\" needs exactly one speaker, has \"s1 extra\"")) {
            assertTrue(said.stream().anyMatch(s -> s.contains(expected)), expected + "\nnot in\n" + String.join("\n", said));
            assertTrue(e.getMessage().contains(expected));
        }
        assertEquals(10, said.size(), String.join("\n", said));
        assertTrue(said.stream().allMatch(s -> s.contains(";")), "every problem has a remedy");
    }

    @Test
    void missingFilesAndFoldersAreProblemsAndTextMayBeOptional() throws Exception {
        Files.delete(dir.resolve("text"));
        assertTrue(assertThrows(DataException.class, () -> DataDir.read(dir, root)).getMessage().contains("text: no such file"));
        assertTrue(DataDir.read(dir, root, new DataDir.Options(false, 0)).utterances().stream().allMatch(u -> u.words().isEmpty()));
        assertThrows(DataException.class, () -> DataDir.read(root.resolve("nowhere"), root));
    }

    @Test
    void unsortedFilesAreANoteAndTheUtterancesComeSortedByBytes() throws Exception {
        put("wav.scp", "s2-c wav/c.wav\ns1-a wav/a.wav\ns1-b wav/b.wav\n");
        DataDir data = DataDir.read(dir, root);
        assertEquals("s1-a", data.utterances().get(0).id());
        assertEquals(1, data.notes().size());
        assertTrue(data.notes().get(0).toString().contains("wav.scp:2: \"s1-a\" after \"s2-c\": not sorted"), data.notes().toString());
    }

    @Test
    void otherLineEndsAMarkAndBadUtf8AreTreatedByTheirKind() throws Exception {
        put("text", "\ufeffs1-a ONE\r\ns1-b TWO\r\ns2-c THREE\r\n");
        assertEquals(List.of("ONE"), DataDir.read(dir, root).utterances().get(0).words());
        Files.write(dir.resolve("text"), new byte[] {'s', '1', '-', 'a', ' ', (byte) 0xff, '\n'});
        assertTrue(assertThrows(DataException.class, () -> DataDir.read(dir, root)).getMessage().contains("text:1: not UTF-8"));
    }

    @Test
    void aDisagreeingSpk2uttIsNamed() throws Exception {
        put("spk2utt", "s1 s1-a s2-c\n");
        String text = assertThrows(DataException.class, () -> DataDir.read(dir, root)).getMessage();
        assertTrue(text.contains("spk2utt:1: speaker \"s1\" has utterance \"s2-c\", utt2spk says \"s2\""), text);
    }

    @Test
    void whatIsWrittenIsReadBackAndTheSameBytesComeAgain() throws Exception {
        DataDir data = DataDir.read(dir, root);
        Path copy = root.resolve("deep/copy");
        DataDir.write(copy, root, data.utterances().reversed());
        DataDir again = DataDir.read(copy, root);
        assertEquals(data.utterances(), again.utterances());
        assertEquals("s1-a wav/a.wav\ns1-b wav/b.wav\ns2-c wav/c.wav\n", Files.readString(copy.resolve("wav.scp")));
        assertEquals("s1 s1-a s1-b\ns2 s2-c\n", Files.readString(copy.resolve("spk2utt")));
        try (var files = Files.list(copy)) {
            assertEquals(4, files.count(), "no temporary file is left");
        }
    }

    @Test
    void aFolderWithBadIdsIsNotWrittenAtAll() {
        Path bad = root.resolve("bad");
        List<Utterance> two = List.of(new Utterance("a b", "s", root, List.of()), new Utterance("c", "", root, List.of()));
        assertEquals(2, assertThrows(DataException.class, () -> DataDir.write(bad, null, two)).problems().size());
        assertFalse(Files.exists(bad));
    }

    @Test
    @Tag("shared")
    void theDevelopmentCorporaAreReadWhole() throws Exception {
        Path corpora = Golden.folder("corpora");
        DataDir digits = DataDir.read(corpora.resolve("fsdd8k/train"), corpora.resolve("fsdd8k"));
        assertEquals(1350, digits.utterances().size());
        assertEquals(3, digits.bySpeaker().size());
        assertEquals("m", digits.genders().get("theo"));
        assertEquals(8000, AudioFiles.read(digits.utterances().get(0).audio()).rate());
        assertFalse(DataDir.read(corpora.resolve("arabic-commands/test"), null).utterances().isEmpty());
    }

    private void put(String name, String text) throws IOException {
        Files.writeString(dir.resolve(name), text);
    }
}
