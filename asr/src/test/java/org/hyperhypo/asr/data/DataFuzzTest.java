package org.hyperhypo.asr.data;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hyperhypo.asr.Fuzz;
import org.hyperhypo.asr.audio.Wav;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A data folder in which one table is mutated gives data or problems that name the file, and what is left can be written and read again.
class DataFuzzTest {
    private static final String[][] TABLES = {{"wav.scp", "s1-a a.wav\ns2-b a.wav\ncall a.wav\n"}, {"segments", "s1-a call 0.01 0.05\ns2-b call 0.05 -1 0\n"},
        {"text", "s1-a one two\ns2-b été واحد\n"}, {"utt2spk", "s1-a s1\ns2-b s2\n"}, {"spk2utt", "s1 s1-a\ns2 s2-b\n"}, {"spk2gender", "s1 m\ns2 f\n"},
        {"lexicon.txt", "one W AH N\ntwo T UW\nété E T E\n"}};

    @TempDir
    Path dir;

    @Test
    void mutatedTablesGiveDataOrProblems() throws IOException {
        Wav.write(dir.resolve("a.wav"), new float[800], 8000);
        List<byte[]> good = List.of(TABLES).stream().map(table -> table[1].getBytes(StandardCharsets.UTF_8)).toList();
        for (int t = 0; t < TABLES.length; t++) {
            Files.write(dir.resolve(TABLES[t][0]), good.get(t));
        }
        assertTrue(DataDir.read(dir, null).utterances().size() == 2);
        Fuzz.run("data tables", good, (data, original, name) -> {
            Path table = dir.resolve(TABLES[good.indexOf(original)][0]);
            Files.write(table, data);
            try {
                DataDir.Usable usable = DataDir.readUsable(dir, null, DataDir.Options.STANDARD);
                assertTrue(usable.data().utterances().size() <= 2);
                for (Problem problem : usable.problems()) {
                    assertTrue(problem.toString().startsWith(dir.toString()) && problem.message().contains(";"), problem.toString());
                }
                for (Utterance utterance : usable.data().utterances()) {
                    assertFalse(utterance.id().isEmpty() || utterance.words().isEmpty() || utterance.speaker().isEmpty());
                }
                return usable.problems().isEmpty();
            } catch (DataException e) {
                assertFalse(e.problems().isEmpty());
                return false;
            } finally {
                Files.write(table, original);
            }
        });
    }
}
