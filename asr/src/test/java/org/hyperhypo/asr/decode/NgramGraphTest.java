package org.hyperhypo.asr.decode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.asr.hmm.StateInventory;
import org.hyperhypo.asr.hmm.Topology;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class NgramGraphTest {
    @Test
    void exactTrigramDecodingEqualsTryingEverySentence() throws IOException {
        long seed = 99;
        System.out.println("NgramGraphTest seed " + seed);
        var random = new SplittableRandom(seed);
        var lexicon = Lexicon.of(Map.of("x", List.of(List.of("P")), "y", List.of(List.of("Q"), List.of("P", "Q"))));
        for (int trial = 0; trial < 60; trial++) {
            boolean silence = trial % 2 == 0;
            var states = new StateInventory(lexicon.phones(), Topology.of(1, 1, 0.5));
            NgramModel model = NgramModelTest.parse(NgramModelTest.randomTrigram(random, List.of("x", "y")));
            ScoreMatrix scores = ViterbiDecoderTest.random(random, 2 + random.nextInt(4), states.size(), 12);
            double lmScale = random.nextDouble(0.3, 1.5);
            var oracle = new BruteForce(states, lexicon, scores, 1, -0.5);
            for (List<String> sentence : sentences(List.of("x", "y"), 5)) {
                double lm = lmScale * Math.log(10) * model.score(sentence).stream().mapToDouble(NgramModel.WordScore::log10).sum();
                oracle.sequence(sentence, silence, silence, lm);
            }
            var graph = DecodingGraph.ngram(states, lexicon, model, lmScale, silence);
            Hypothesis h = new ViterbiDecoder(graph, DecoderOptions.exact(1, -0.5)).decode(scores);
            assertEquals(oracle.best, h.score(), 1e-9 * Math.max(1, Math.abs(oracle.best)), "trial " + trial);
            assertEquals(oracle.bestWords, h.text(), "trial " + trial);
            assertArrayEquals(oracle.bestPath, h.states(), "trial " + trial);
        }
    }

    static List<List<String>> sentences(List<String> words, int most) {
        var all = new ArrayList<List<String>>(List.of(List.of()));
        for (int from = 0, n = 0; n < most; n++) {
            int to = all.size();
            for (; from < to; from++) {
                for (String w : words) {
                    var longer = new ArrayList<>(all.get(from));
                    longer.add(w);
                    all.add(longer);
                }
            }
        }
        return all;
    }

    /// The golden loop has one bigram per pair of words; written as an ARPA file whose back-off is out of reach.
    @Test
    @Tag("shared")
    void wordLoopWithBigramEqualsTheGoldenDecoder() throws IOException {
        Path folder = Golden.folder("arpa_decode");
        var lexicon = Lexicon.of(Map.of("A", List.of(List.of("a")), "B", List.of(List.of("b1", "b2")), "C", List.of(List.of("c1", "c2"))));
        var states = new StateInventory(lexicon.phones(), Topology.of(1, 1, 0.5));
        int cases = 0;
        for (Object o : Golden.list(Golden.json(folder.resolve("hmm.json")).get("word_loop"))) {
            Map<String, Object> c = Golden.map(o);
            Map<String, Object> bigrams = Golden.map(c.get("bigram_ln"));
            var arpa = new StringBuilder("\\data\\\nngram 1=5\nngram 2=" + bigrams.size()
                    + "\n\\1-grams:\n-99 <s> -99\n-99 </s>\n-99 A -99\n-99 B -99\n-99 C -99\n\\2-grams:\n");
            bigrams.forEach((pair, ln) -> arpa.append(Golden.number(ln) / Math.log(10)).append(' ').append(pair).append('\n'));
            NgramModel model = NgramModelTest.parse(arpa.append("\\end\\\n").toString());
            ScoreMatrix golden = Golden.npy(folder.resolve((String) c.get("loglik")));
            // Silence is state 0 here and forbidden; the golden states follow.
            var rows = new float[golden.frames()][states.size()];
            for (int t = 0; t < rows.length; t++) {
                rows[t][0] = Float.NEGATIVE_INFINITY;
                System.arraycopy(golden.scores(), t * golden.states(), rows[t], 1, golden.states());
            }
            var graph = DecodingGraph.ngram(states, lexicon, model, Golden.number(c.get("lm_scale")), false);
            var options = DecoderOptions.exact(1, Golden.number(c.get("word_insertion_score")));
            Hypothesis h = new ViterbiDecoder(graph, options).decode(ScoreMatrix.of(rows));
            Map<String, Object> best = Golden.map(c.get("graph_viterbi"));
            assertEquals(best.get("words"), String.join(" ", h.text()), (String) c.get("id"));
            // float32 scores and model: 1e-6 relative
            assertEquals(Golden.number(best.get("total")), h.score(), 1e-6 * Math.abs(h.score()), (String) c.get("id"));
            cases++;
        }
        assertEquals(3, cases);
    }

    @Test
    void aModelWithoutWordsOfTheLexiconIsRefused() throws IOException {
        var lexicon = Lexicon.of(Map.of("X", List.of(List.of("P"))));
        NgramModel model = NgramModelTest.parse(NgramModelTest.randomTrigram(new SplittableRandom(1), List.of("x", "y")));
        var states = new StateInventory(lexicon.phones(), Topology.standard());
        var e = assertThrows(IllegalArgumentException.class, () -> DecodingGraph.ngram(states, lexicon, model, 1, true));
        assertTrue(e.getMessage().contains("no word in common"), e.getMessage());
    }
}
