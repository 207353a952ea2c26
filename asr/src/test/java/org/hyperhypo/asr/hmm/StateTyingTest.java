package org.hyperhypo.asr.hmm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.hyperhypo.asr.TextMutations;
import org.hyperhypo.asr.align.ForcedAligner;
import org.hyperhypo.asr.data.TextFile;
import org.hyperhypo.asr.decode.DecoderOptions;
import org.hyperhypo.asr.decode.DecodingGraph;
import org.hyperhypo.asr.decode.LexiconTree;
import org.hyperhypo.asr.decode.NgramTrainer;
import org.hyperhypo.asr.decode.ScoreMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A made-up language: the vowel A sounds one way after stops (P, T) and another after nasals (M, N); nothing else depends on context.
class StateTyingTest {
    private static final long SEED = 4;
    private static final int SIZE = 2;
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Lexicon lexicon = lexicon();
    private final StateInventory plain = new StateInventory(lexicon.phones(), Topology.standard());

    private static Lexicon lexicon() {
        var words = new LinkedHashMap<String, List<List<String>>>();
        for (String first : List.of("P", "T", "M", "N")) {
            for (String last : List.of("P", "T", "M", "N")) {
                words.put((first + "a" + last).toLowerCase(), List.of(List.of(first, "A", last)));
            }
        }
        return Lexicon.of(words);
    }

    /// Each phone has its place in the plane; A has two.
    private float[] features(Contexts c) {
        var x = new float[c.phone().length * SIZE];
        for (int t = 0; t < c.phone().length; t++) {
            String phone = lexicon.phones().name(c.phone()[t]);
            boolean nasal = List.of("M", "N").contains(lexicon.phones().name(c.left()[t]));
            double mean = phone.equals("A") ? nasal ? 9 : 3 : List.of("SIL", "P", "T", "M", "N").indexOf(phone) * 0.5;
            x[t * SIZE] = (float) (mean + 0.3 * random.nextDouble());
            x[t * SIZE + 1] = (float) (random.nextDouble() + (phone.equals("A") ? 0 : 3));
        }
        return x;
    }

    private StateInventory tied(int states) {
        var tying = new StateTying(plain.phones(), plain.topology(), SIZE);
        for (String word : lexicon.words()) {
            for (int i = 0; i < 5; i++) {
                Alignment a = FlatStart.align(40, List.of(word, word), lexicon, plain, FlatStart.Options.standard());
                Contexts c = Contexts.of(a, plain);
                tying.add(c, features(c), 0);
                assertArrayEquals(a.states(), c.states(plain));
            }
        }
        return tying.build(states, 20, 50);
    }

    @Test
    void onlyWhatDependsOnContextIsSplitAndByTheRightPhones() {
        StateInventory states = tied(1000);
        int a = states.phones().index("A");
        assertEquals(plain.size() + 3, states.size(), states.toString());
        for (int i = 0; i < 3; i++) {
            assertEquals(2, states.tree(a, i).leaves());
            assertEquals(states.state(states.phones().index("P"), a, 0, i), states.state(states.phones().index("T"), a, a, i));
            assertEquals(states.state(states.phones().index("M"), a, 0, i), states.state(states.phones().index("N"), a, a, i));
            assertNotEquals(states.state(states.phones().index("P"), a, 0, i), states.state(states.phones().index("M"), a, 0, i));
        }
        assertTrue(states.tied());
        assertFalse(plain.tied());
        assertEquals(plain.size() + 1, tied(plain.size() + 1).size(), "never more than asked for");
        for (int s = 0; s < states.size(); s++) {
            assertEquals(plain.state(states.phoneOf(s), states.positionOf(s)), plain.state(0, states.phoneOf(s), 0, states.positionOf(s)));
        }
        assertEquals(Set.of("A.1_1", "A.1_2"), Set.of(states.name(states.state(states.phones().index("P"), a, 0, 0)),
                states.name(states.state(states.phones().index("M"), a, 0, 0))));
    }

    @Test
    void flatStartAlignmentAndBothDecodersAgreeOnTheTiedStatesOfAWord() {
        StateInventory states = tied(1000);
        var text = new ArrayList<List<String>>();
        lexicon.words().forEach(w -> text.add(List.of(w, "pap")));
        var tree = LexiconTree.of(states, lexicon, NgramTrainer.train(text, lexicon.words(), 2), 0.1, true);
        for (String word : lexicon.words()) {
            List<String> said = List.of(word, "pap");
            Alignment wanted = FlatStart.align(50, said, lexicon, states, FlatStart.Options.standard());
            assertArrayEquals(wanted.states(), Contexts.of(wanted, states).states(states));
            var rows = new float[50][states.size()];
            for (int t = 0; t < 50; t++) {
                for (int s = 0; s < states.size(); s++) {
                    rows[t][s] = s == wanted.states()[t] ? 0 : -9;
                }
            }
            ScoreMatrix scores = ScoreMatrix.of(rows);
            Alignment forced = new ForcedAligner(states, lexicon).align(scores, said);
            assertArrayEquals(wanted.states(), forced.states());
            assertEquals(List.of(1.0, 1.0), forced.confidences());
            var options = new DecoderOptions(1, 0, 200, 5000);
            for (var grammar : List.of(DecodingGraph.wordLoop(states, lexicon), tree)) {
                var h = grammar.decoder(options).decode(scores);
                assertEquals(said, h.text(), grammar.toString());
                assertArrayEquals(wanted.states(), h.states(), grammar.toString());
                assertEquals(wanted.phones(), h.phones());
            }
        }
    }

    @Test
    void anInventorySurvivesWritingAndReading(@TempDir Path folder) throws IOException {
        for (StateInventory states : List.of(plain, tied(1000), new StateInventory(lexicon.phones(), Topology.of(1, 5, 0.75)))) {
            StateFile.write(folder.resolve("states.txt"), states);
            StateInventory read = StateFile.read(folder.resolve("states.txt"));
            assertEquals(StateFile.text(states), StateFile.text(read));
            assertEquals(states.topology(), read.topology());
            for (String word : lexicon.words()) {
                List<String> phones = lexicon.pronunciations(word).getFirst();
                assertArrayEquals(states.pronunciation(phones), read.pronunciation(phones));
            }
        }
        TextMutations.check("states", List.of(StateFile.text(tied(1000))), bytes -> StateFile.parse("st", TextFile.lines("st", bytes)), "st:");
    }

    @Test
    void treesThatDoNotFitAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> ContextTree.parse("L:1 .", 5));
        assertThrows(IllegalArgumentException.class, () -> ContextTree.parse("L:9 . .", 5));
        assertThrows(IllegalArgumentException.class, () -> ContextTree.parse(". .", 5));
        assertEquals("L:1,3 . R:0 . .", ContextTree.parse("L:1,3 . R:0 . .", 5).text());
        var e = assertThrows(IllegalArgumentException.class, () -> new StateInventory(lexicon.phones(), Topology.standard(), List.of()));
        assertTrue(e.getMessage().contains("one tree per position"), e.getMessage());
    }
}
