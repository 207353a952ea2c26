package org.hyperhypo.asr.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.hyperhypo.asr.TextMutations;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class NgramModelTest {
    private static final String SMALL = """
            \\data\\
            ngram 1=4
            ngram 2=2

            \\1-grams:
            -99 <s> -0.5
            -1 </s>
            -0.3 a -0.25
            -0.7 #b

            \\2-grams:
            -0.2 <s> a
            -0.1 a #b

            \\end\\
            """;

    static NgramModel parse(String text) throws IOException {
        return new ArpaReader("lm.arpa").read(new Utf8Lines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    @Tag("shared")
    void wordScoresAndOrdersEqualTheGoldenOnes() throws IOException {
        Path folder = Golden.folder("arpa_decode");
        int sentences = 0;
        for (Object m : Golden.list(Golden.json(folder.resolve("lm_scores.json")).get("models"))) {
            NgramModel model = NgramModel.readArpa(folder.resolve((String) Golden.map(m).get("file")));
            assertEquals(Golden.integer(Golden.map(m).get("order")), model.order());
            for (var e : Golden.map(Golden.map(m).get("ngrams")).entrySet()) {
                assertEquals(Golden.integer(e.getValue()), model.count(Integer.parseInt(e.getKey())));
            }
            for (Object s : Golden.list(Golden.map(m).get("sentences"))) {
                String text = (String) Golden.map(s).get("sentence");
                List<NgramModel.WordScore> scores = model.score(text.isBlank() ? List.of() : List.of(text.split(" +")));
                List<Object> expected = Golden.list(Golden.map(s).get("words"));
                assertEquals(expected.size(), scores.size(), text);
                int oov = 0;
                double total = 0;
                for (int i = 0; i < expected.size(); i++) {
                    Map<String, Object> w = Golden.map(expected.get(i));
                    String where = text + " @" + i;
                    if (w.get("log10") == null) {
                        assertEquals(Double.NEGATIVE_INFINITY, scores.get(i).log10(), where);
                    } else {
                        assertEquals(Golden.number(w.get("log10")), scores.get(i).log10(), 1e-5, where);
                        assertEquals(Golden.integer(w.get("order")), scores.get(i).order(), where);
                        total += scores.get(i).log10();
                    }
                    assertEquals(w.get("oov"), scores.get(i).unknown(), where);
                    oov += scores.get(i).unknown() ? 1 : 0;
                }
                assertEquals(Golden.integer(Golden.map(s).get("oov")), oov, text);
                if (Golden.map(s).get("log10_total") != null) {
                    assertEquals(Golden.number(Golden.map(s).get("log10_total")), total, 1e-4, text);
                }
                sentences++;
            }
        }
        assertEquals(54, sentences);
    }

    @Test
    void backOffFollowsTheFormula() throws IOException {
        NgramModel m = parse(SMALL);
        var scores = m.score(List.of("a", "a", "#b"));
        assertEquals(-0.2, scores.get(0).log10(), 1e-6);
        assertEquals(-0.25 - 0.3, scores.get(1).log10(), 1e-6);
        assertEquals(-0.1, scores.get(2).log10(), 1e-6);
        assertEquals(-1, scores.get(3).log10(), 1e-6);
    }

    @Test
    void everyProblemNamesFileAndLine() {
        problem(SMALL.replace("ngram 2=2", "ngram 2=3"), "lm.arpa:15: 2 2-grams, but the header announces 3");
        problem(SMALL.replace("ngram 2=2", "ngram 2=1"), "lm.arpa:13: more 2-grams than the 1");
        problem(SMALL.replace("-0.1 a #b", "0.1 a #b"), "lm.arpa:13: log10 probability 0.1");
        problem(SMALL.replace("-0.1 a #b", "-0.1 c #b"), "lm.arpa:13: \"-0.1 c #b\": its context up to \"c\"");
        problem(SMALL.replace("-0.1 a #b", "-0.1 a c"), "lm.arpa:13: \"-0.1 a c\": word \"c\" is not among the 1-grams");
        problem(SMALL.replace("-0.1 a #b", "-0.1 #b"), "lm.arpa:13: \"-0.1 #b\": 2 fields");
        problem(SMALL.replace("-0.1 a #b", "x a #b"), "lm.arpa:13: \"x\" is not a number");
        problem(SMALL.replace("-0.1 a #b", "-0.1 <s> a"), "is listed twice");
        problem(SMALL.replace("\\end\\", ""), "the file ends here");
        problem(SMALL.replace("\\2-grams:", "\\3-grams:"), "expected \"\\2-grams:\"");
        problem("", "the file ends here");
    }

    private static void problem(String text, String expected) {
        var e = assertThrows(IllegalArgumentException.class, () -> parse(text));
        assertTrue(e.getMessage().contains(expected), e.getMessage());
    }

    @Test
    void spoiltFilesGiveAModelOrAClearError() {
        TextMutations.check("ARPA", List.of(SMALL, randomTrigram(new SplittableRandom(3), List.of("a", "صفر"))),
                bytes -> new ArpaReader("lm.arpa").read(new Utf8Lines(new ByteArrayInputStream(bytes))).score(List.of("a", "#b", "c")), "lm.arpa:");
    }

    /// A random trigram, not normalised.
    static String randomTrigram(SplittableRandom random, List<String> words) {
        var one = new ArrayList<String>();
        var two = new ArrayList<String>();
        var three = new ArrayList<String>();
        one.add("-99 <s> " + -random.nextDouble());
        one.add(-3 - random.nextDouble() + " </s>");
        words.forEach(w -> one.add(-3 - random.nextDouble() + " " + w + " " + -random.nextDouble()));
        for (String a : with("<s>", words)) {
            for (String b : with("</s>", words)) {
                if (random.nextInt(3) > 0) {
                    two.add(-1.5 - random.nextDouble() + " " + a + " " + b + (b.equals("</s>") ? "" : " " + -random.nextDouble()));
                    if (!b.equals("</s>")) {
                        for (String c : with("</s>", words)) {
                            if (random.nextInt(2) > 0) {
                                three.add(-random.nextDouble() + " " + a + " " + b + " " + c);
                            }
                        }
                    }
                }
            }
        }
        return "\\data\\\nngram 1=" + one.size() + "\nngram 2=" + two.size() + "\nngram 3=" + three.size() + "\n\n\\1-grams:\n"
                + String.join("\n", one) + "\n\n\\2-grams:\n" + String.join("\n", two) + "\n\n\\3-grams:\n" + String.join("\n", three)
                + "\n\n\\end\\\n";
    }

    private static List<String> with(String first, List<String> words) {
        var all = new ArrayList<String>(List.of(first));
        all.addAll(words);
        return all;
    }
}
