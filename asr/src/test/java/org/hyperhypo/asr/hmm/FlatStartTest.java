package org.hyperhypo.asr.hmm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FlatStartTest {
    private static final Lexicon LEXICON = Lexicon.of(Map.of("ab", List.of(List.of("A", "B")), "a", List.of(List.of("A"), List.of("B"))));

    @Test
    void framesAreDividedEquallyAmongTheStates() {
        var states = new StateInventory(LEXICON.phones(), Topology.of(2, 1, 0.5));
        var alignment = FlatStart.align(9, List.of("ab"), LEXICON, states, FlatStart.Options.none());
        assertArrayEquals(new int[] {1, 1, 2, 2, 3, 3, 4, 4, 4}, alignment.states());
        assertEquals(List.of(new Segment("ab", 0, 9)), alignment.words());
        assertEquals(List.of(new Segment("A", 0, 4), new Segment("B", 4, 9)), alignment.phones());
    }

    @Test
    void silenceTakesItsShareAtTheEndsAndBetweenWords() {
        var states = new StateInventory(LEXICON.phones(), Topology.of(1, 1, 0.5));
        var alignment = FlatStart.align(20, List.of("a", "a"), LEXICON, states, new FlatStart.Options(0.1, 0.2));
        var expected = new int[20];
        Arrays.fill(expected, 2, 8, 1);
        Arrays.fill(expected, 12, 18, 1);
        assertArrayEquals(expected, alignment.states());
        assertEquals(List.of(new Segment("a", 2, 8), new Segment("a", 12, 18)), alignment.words());
        assertEquals(List.of("SIL", "A", "SIL", "A", "SIL"), alignment.phones().stream().map(Segment::label).toList());
    }

    @Test
    void everyAlignmentPassesThroughEveryStateInOrder() {
        long seed = 2;
        System.out.println("FlatStartTest seed " + seed);
        var random = new SplittableRandom(seed);
        int refused = 0;
        for (int trial = 0; trial < 2000; trial++) {
            var states = new StateInventory(LEXICON.phones(), Topology.of(random.nextInt(1, 4), random.nextInt(1, 4), 0.5));
            var words = new ArrayList<String>();
            for (int n = random.nextInt(5); n > 0; n--) {
                words.add(random.nextInt(2) == 0 ? "a" : "ab");
            }
            int frames = random.nextInt(0, 60);
            var options = new FlatStart.Options(random.nextDouble(0.3), random.nextDouble(0.3));
            Alignment alignment;
            try {
                alignment = FlatStart.align(frames, words, LEXICON, states, options);
            } catch (AlignmentException e) {
                assertTrue(e.getMessage().contains(frames + " frames are fewer"), e.getMessage());
                refused++;
                continue;
            }
            assertEquals(frames, alignment.frames());
            assertEquals(words, alignment.words().stream().map(Segment::label).toList());
            int at = 0;
            for (Segment phone : alignment.phones()) {
                assertEquals(at, phone.start());
                int p = states.phones().index(phone.label());
                int position = -1;
                for (int t = at; t < phone.end(); t++) {
                    int s = alignment.states()[t];
                    assertEquals(p, states.phoneOf(s));
                    assertTrue(states.positionOf(s) == position || states.positionOf(s) == position + 1, "no state is skipped");
                    position = states.positionOf(s);
                }
                assertEquals(states.statesOf(p) - 1, position, "the last state is reached");
                at = phone.end();
            }
            assertEquals(frames, at);
        }
        assertTrue(refused > 0);
        assertThrows(IllegalArgumentException.class, () -> new FlatStart.Options(0.5, 0));
    }
}
