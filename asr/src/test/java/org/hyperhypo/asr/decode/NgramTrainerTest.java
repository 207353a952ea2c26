package org.hyperhypo.asr.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NgramTrainerTest {
    private static final List<String> WORDS = List.of("a", "b", "c", "#", "صفر");

    private static List<List<String>> text(SplittableRandom random, int sentences) {
        var text = new ArrayList<List<String>>();
        for (int i = 0; i < sentences; i++) {
            var s = new ArrayList<String>();
            for (int n = random.nextInt(6); n > 0; n--) {
                s.add(WORDS.get(random.nextInt(random.nextInt(WORDS.size() - 1) + 1)));
            }
            text.add(s);
        }
        return text;
    }

    @Test
    void everyDistributionSumsToOne() {
        long seed = 12;
        System.out.println("NgramTrainerTest seed " + seed);
        var random = new SplittableRandom(seed);
        for (int sentences : new int[] {0, 1, 5, 40, 2000}) {
            for (int order = 1; order <= 3; order++) {
                NgramModel m = NgramTrainer.train(text(random, sentences), WORDS, order);
                for (int state = 0; state < m.word.length; state++) {
                    if (m.length[state] < order && !(m.word[state] >= 0 && m.words().get(m.word[state]).equals("</s>"))) {
                        double sum = 0;
                        for (String w : m.words()) {
                            sum += w.equals("<s>") ? 0 : Math.pow(10, m.log10(state, m.id(w)));
                        }
                        assertEquals(1, sum, 1e-5, sentences + " sentences, order " + order + ", state " + state);
                    }
                }
            }
        }
    }

    @Test
    void seenContinuationsAreLikelierThanUnseenOnes() {
        var text = List.of(List.of("a", "b"), List.of("a", "b"), List.of("b", "a"), List.of("c"));
        NgramModel m = NgramTrainer.train(text, WORDS, 2);
        int a = m.next(m.start(), m.id("a"));
        assertTrue(m.log10(a, m.id("b")) > m.log10(a, m.id("c")));
        // "a b" twice, "a </s>" once: D = n1/(n1 + 2 n2) with n1 = 5, n2 = 3 is 5/11; p(b | a) = (2 − 5/11)/3.
        assertEquals(Math.log10((2 - 5 / 11.0) / 3), m.log10(a, m.id("b")), 1e-6);
    }

    @Test
    void wordsOutsideTheVocabularyAreNamed() {
        var e = assertThrows(IllegalArgumentException.class, () -> NgramTrainer.train(List.of(List.of("a", "z")), WORDS, 2));
        assertTrue(e.getMessage().contains("[z]"), e.getMessage());
    }
}
