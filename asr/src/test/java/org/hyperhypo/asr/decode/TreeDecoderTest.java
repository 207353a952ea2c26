package org.hyperhypo.asr.decode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.asr.hmm.StateInventory;
import org.hyperhypo.asr.hmm.Topology;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The tree search against trying everything, its lattice against its definition.
class TreeDecoderTest {
    private static final Lexicon TINY = Lexicon.of(Map.of("x", List.of(List.of("P")), "y", List.of(List.of("Q"), List.of("P", "Q"))));

    @Test
    void exactSearchEqualsTryingEverySentence() throws IOException {
        long seed = 77;
        System.out.println("TreeDecoderTest seed " + seed);
        var random = new SplittableRandom(seed);
        for (int trial = 0; trial < 100; trial++) {
            boolean silence = trial % 2 == 0;
            var states = new StateInventory(TINY.phones(), Topology.of(1 + trial / 50, 1, 0.4));
            NgramModel model = NgramModelTest.parse(NgramModelTest.randomTrigram(random, List.of("x", "y")));
            ScoreMatrix scores = ViterbiDecoderTest.random(random, 2 + random.nextInt(4), states.size(), 12);
            double lmScale = random.nextDouble(0.3, 1.5);
            var oracle = new BruteForce(states, TINY, scores, 0.7, -0.5);
            Map<List<String>, Double> sentences = new LinkedHashMap<>();
            for (List<String> sentence : sentences(List.of("x", "y"), 5)) {
                double lm = lmScale * Math.log(10) * model.score(sentence).stream().mapToDouble(NgramModel.WordScore::log10).sum();
                oracle.sequence(sentence, silence, silence, lm);
                var alone = new BruteForce(states, TINY, scores, 0.7, -0.5);
                alone.sequence(sentence, silence, silence, lm);
                sentences.put(sentence, alone.best);
            }
            var decoder = LexiconTree.of(states, TINY, model, lmScale, silence).decoder(DecoderOptions.exact(0.7, -0.5));
            if (oracle.bestWords == null) {
                assertThrows(DecodingException.class, () -> decoder.decode(scores));
                continue;
            }
            TreeDecoder.Result r = decoder.decode(scores, Double.POSITIVE_INFINITY);
            assertEquals(oracle.best, r.best().score(), 1e-6 * Math.max(1, Math.abs(oracle.best)), "trial " + trial);
            assertEquals(oracle.bestWords, r.best().text(), "trial " + trial);
            assertArrayEquals(oracle.bestPath, r.best().states(), "trial " + trial);
            checkLattice(r.lattice(), sentences, "trial " + trial);
        }
    }

    /// Every sentence of the n-best list is a possible one, none scores more than it can, and they come best first and once.
    private static void checkLattice(Lattice lattice, Map<List<String>, Double> possible, String what) {
        List<NBest.Sentence> best = NBest.of(lattice, 10);
        assertEquals(best.size(), new HashSet<>(best.stream().map(NBest.Sentence::words).toList()).size(), what);
        assertEquals(lattice.score(), best.getFirst().score(), 1e-9 * Math.abs(lattice.score()), what);
        for (int i = 0; i < best.size(); i++) {
            assertTrue(best.get(i).score() <= possible.get(best.get(i).words()) + 1e-6, what + " " + best.get(i));
            assertTrue(i == 0 || best.get(i).score() <= best.get(i - 1).score() + 1e-12, what);
        }
        double[] p = lattice.posteriors(0.7);
        // Of the arcs over any frame, one is on every path: their posteriors add up to 1.
        for (int t = 0; t < 2; t++) {
            double sum = 0;
            for (int a = 0; a < p.length; a++) {
                Lattice.Arc arc = lattice.arcs().get(a);
                sum += lattice.frame(arc.from()) <= t && t < lattice.frame(arc.to()) ? p[a] : 0;
            }
            assertEquals(1, sum, 1e-9, what);
        }
    }

    @Test
    void digitsAreRecognisedAndABeamChangesNothing() throws IOException {
        var digits = new Digits();
        long seed = 11;
        var random = new SplittableRandom(seed);
        var text = new ArrayList<List<String>>();
        for (int i = 0; i < 300; i++) {
            text.add(List.copyOf(digits.lexicon.words()).subList(i % 8, i % 8 + 1 + random.nextInt(4)));
        }
        NgramModel model = NgramTrainer.train(text, digits.lexicon.words(), 3);
        var tree = LexiconTree.of(digits.states, digits.lexicon, model, 1, true);
        var exact = tree.decoder(DecoderOptions.exact(0.3, -2));
        var pruned = tree.decoder(new DecoderOptions(0.3, -2, 30, 400));
        for (int i = 0; i < 6; i++) {
            Digits.Utterance u = digits.utterance(random, 150, 4);
            Hypothesis h = exact.decode(u.scores());
            assertEquals(u.alignment().words().stream().map(s -> s.label()).toList(), h.text());
            assertEquals(h.score(), pruned.decode(u.scores()).score(), 1e-9);
            assertEquals(h.score(), exact.decode(u.scores()).score(), "the decoder remembers nothing");
            h.words().forEach(w -> assertTrue(w.confidence() > 0.9 && w.confidence() <= 1, w.toString()));
            assertEquals(150, h.phones().getLast().end());
        }
    }

    @Test
    void droppingWhatNoTokenLeadsBackToChangesNothing() {
        var digits = new Digits();
        var random = new SplittableRandom(12);
        NgramModel model = NgramTrainer.train(List.of(List.of("one", "two"), List.of("nine")), digits.lexicon.words(), 2);
        var tree = LexiconTree.of(digits.states, digits.lexicon, model, 1, true);
        var options = new DecoderOptions(0.5, -2, 25, 500);
        var keeping = tree.decoder(options);
        var dropping = tree.decoder(options);
        dropping.search.words.firstCollection = 20;
        for (int i = 0; i < 4; i++) {
            ScoreMatrix scores = digits.utterance(random, 600, 6).scores();
            TreeDecoder.Result all = keeping.decode(scores, 8);
            TreeDecoder.Result few = dropping.decode(scores, 8);
            assertEquals(all.best().words(), few.best().words());
            assertArrayEquals(all.best().states(), few.best().states());
            assertEquals(all.lattice().arcs(), few.lattice().arcs());
            assertTrue(dropping.search.words.arcs < keeping.search.words.arcs / 2, dropping.search.words.arcs + " arcs kept");
        }
    }

    @Test
    void aLatticeIsWrittenAsHtkReadsIt() {
        var lattice = new Lattice(new int[] {0, 10, 10, 20}, new double[] {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY,
            Double.NEGATIVE_INFINITY, -0.5}, List.of(new Lattice.Arc(0, 1, "a", 0, -1, -0.25), new Lattice.Arc(0, 2, "b", 1, -1, -0.25),
            new Lattice.Arc(1, 3, null, -1, -2, 0), new Lattice.Arc(2, 3, null, -1, -2, 0)));
        assertEquals("""
            VERSION=1.0
            UTTERANCE=u1
            base=2.71828183
            lmscale=1.0
            acscale=1.0
            wdpenalty=0.0
            start=0 end=4
            N=5 L=5
            I=0 t=0.000
            I=1 t=0.100
            I=2 t=0.100
            I=3 t=0.200
            I=4 t=0.200
            J=0 S=0 E=1 W=a a=-1.0000 l=-0.2500 p=0.500000
            J=1 S=0 E=2 W=b a=-1.0000 l=-0.2500 p=0.500000
            J=2 S=1 E=3 W=!NULL a=-2.0000 l=0.0000 p=0.500000
            J=3 S=2 E=3 W=!NULL a=-2.0000 l=0.0000 p=0.500000
            J=4 S=3 E=4 W=!NULL a=0.0000 l=-0.5000
            """, Slf.text("u1", lattice, 0.01));
        assertEquals(-3.75, lattice.score());
        assertEquals(List.of(new NBest.Sentence(List.of("a"), -3.75), new NBest.Sentence(List.of("b"), -3.75)), NBest.of(lattice, 5));
        assertArrayEquals(new double[] {0.5}, lattice.confidences(List.of(lattice.arcs().getFirst()), 1), 1e-12);
    }

    @Test
    void whatCannotBeSaidIsAnErrorThatSaysWhy() throws IOException {
        var digits = new Digits();
        NgramModel model = NgramTrainer.train(List.of(List.of("one")), digits.lexicon.words(), 2);
        var decoder = LexiconTree.of(digits.states, digits.lexicon, model, 1, true).decoder(new DecoderOptions(1, 0, 20, 100));
        var x = new float[5 * digits.states.size()];
        x[7] = Float.NaN;
        var e = assertThrows(DecodingException.class, () -> decoder.decode(new ScoreMatrix(5, digits.states.size(), x)));
        assertEquals(DecodingException.Reason.BAD_SCORE, e.reason());
        e = assertThrows(DecodingException.class, () -> decoder.decode(new ScoreMatrix(2, digits.states.size(), new float[2 * digits.states.size()])));
        assertEquals(DecodingException.Reason.NO_PATH, e.reason());
        Arrays.fill(x, 0);
        assertEquals(5, decoder.decode(new ScoreMatrix(5, digits.states.size(), x)).states().length, "and goes on");
        var other = Lexicon.of(Map.of("hello", List.of(List.of("HH"))));
        assertThrows(IllegalArgumentException.class,
                () -> LexiconTree.of(new StateInventory(other.phones(), Topology.standard()), other, model, 1, true));
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
            var tree = LexiconTree.of(states, lexicon, model, Golden.number(c.get("lm_scale")), false);
            var options = DecoderOptions.exact(1, Golden.number(c.get("word_insertion_score")));
            Hypothesis h = tree.decoder(options).decode(ScoreMatrix.of(rows));
            Map<String, Object> best = Golden.map(c.get("graph_viterbi"));
            assertEquals(best.get("words"), String.join(" ", h.text()), (String) c.get("id"));
            // float32 scores and model: 1e-6 relative
            assertEquals(Golden.number(best.get("total")), h.score(), 1e-6 * Math.abs(h.score()), (String) c.get("id"));
            cases++;
        }
        assertEquals(3, cases);
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
}
