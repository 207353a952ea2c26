package org.hyperhypo.asr.score;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreTest {
    /// All alignments, by definition: what remains after a substitution or match, an insertion, a deletion.
    private static int leastCost(List<String> r, List<String> h) {
        if (r.isEmpty() || h.isEmpty()) {
            return 3 * (r.size() + h.size());
        }
        int diagonal = leastCost(r.subList(1, r.size()), h.subList(1, h.size())) + (r.getFirst().equals(h.getFirst()) ? 0 : 4);
        return Math.min(diagonal, 3 + Math.min(leastCost(r, h.subList(1, h.size())), leastCost(r.subList(1, r.size()), h)));
    }

    private static List<String> words(SplittableRandom random, int most) {
        var words = new ArrayList<String>();
        for (int n = random.nextInt(most + 1); n > 0; n--) {
            words.add("" + (char) ('a' + random.nextInt(3)));
        }
        return words;
    }

    @Test
    void alignmentsAreOfLeastCostAndSpellBothSequences() {
        long seed = 5;
        System.out.println("ScoreTest seed " + seed);
        var random = new SplittableRandom(seed);
        for (int trial = 0; trial < 500; trial++) {
            List<String> r = words(random, 6);
            List<String> h = words(random, 6);
            var steps = EditDistance.align(r, h);
            WordErrors e = WordErrors.of(steps);
            assertEquals(leastCost(r, h), 4 * e.substitutions() + 3 * (e.insertions() + e.deletions()));
            assertEquals(r, steps.stream().map(EditDistance.Step::reference).filter(w -> w != null).toList());
            assertEquals(h, steps.stream().map(EditDistance.Step::hypothesis).filter(w -> w != null).toList());
            assertEquals(r.size(), e.words());
        }
    }

    @Test
    void theLineIsTheOneKaldiPrints() {
        assertEquals("%WER 12.34 [ 210 / 1702, 20 ins, 60 del, 130 sub ]", new WordErrors(130, 60, 20, 1702).line());
    }

    @Test
    void speakersAddUpToTheWhole() {
        Map<String, List<String>> ref = new LinkedHashMap<>();
        ref.put("u1", List.of("a", "b"));
        ref.put("u2", List.of("c"));
        ref.put("u3", List.of("d"));
        var hyp = Map.of("u1", List.of("a"), "u2", List.of("x"), "u3", List.of("d", "d"));
        var r = Scorer.score(ref, hyp, Map.of("u1", "s", "u2", "s", "u3", "t"), Scorer.Missing.STRICT);
        assertEquals(new WordErrors(1, 1, 0, 3), r.speakers().get("s"));
        assertEquals(new WordErrors(0, 0, 1, 1), r.speakers().get("t"));
        assertEquals(new WordErrors(1, 1, 1, 4), r.overall());
        assertEquals("%WER 75.00 [ 3 / 4, 1 ins, 1 del, 1 sub ]", r.text().lines().findFirst().orElseThrow());
    }

    @Test
    void unknownAndDuplicateIdsAreNamed() {
        var e = assertThrows(IllegalArgumentException.class,
                () -> Scorer.score(Map.of("u1", List.of()), Map.of("u9", List.of()), Map.of(), Scorer.Missing.ALL));
        assertTrue(e.getMessage().contains("u9"), e.getMessage());
        var d = assertThrows(IllegalArgumentException.class, () -> Transcripts.parse("hyp", List.of("u1 a", "u2 b", "u1 c", "u2 d"), false));
        assertEquals(List.of("hyp:3: utterance \"u1\" is already in line 1; remove one of the two",
                "hyp:4: utterance \"u2\" is already in line 2; remove one of the two"), d.getMessage().lines().toList());
    }

    @Test
    void transcriptsComeBackAsWritten(@TempDir Path folder) throws IOException {
        Map<String, List<String>> t = new LinkedHashMap<>();
        t.put("b", List.of("صفر", "#x"));
        t.put("a", List.of());
        Transcripts.write(folder.resolve("text"), t);
        assertEquals("b صفر #x\na\n", Files.readString(folder.resolve("text")));
        assertEquals(t, Transcripts.read(folder.resolve("text")));
        Files.write(folder.resolve("latin"), new byte[] {'u', ' ', (byte) 0xE9});
        var e = assertThrows(IllegalArgumentException.class, () -> Transcripts.read(folder.resolve("latin")));
        assertTrue(e.getMessage().contains("latin:1: not UTF-8"), e.getMessage());
    }

    @Test
    void mapssweIsAntisymmetricAndCountsEveryError() {
        long seed = 8;
        var random = new SplittableRandom(seed);
        for (int trial = 0; trial < 50; trial++) {
            var a = new ArrayList<List<EditDistance.Step>>();
            var b = new ArrayList<List<EditDistance.Step>>();
            long errors = 0;
            for (int u = 0; u < 20; u++) {
                List<String> r = words(random, 8);
                a.add(EditDistance.align(r, words(random, 8)));
                b.add(EditDistance.align(r, words(random, 8)));
                errors += WordErrors.of(a.getLast()).errors();
            }
            var ab = Mapsswe.test(a, b);
            var ba = Mapsswe.test(b, a);
            assertEquals(ab.z(), -ba.z(), 0.0, "seed " + seed);
            assertEquals(ab.p(), ba.p());
            assertEquals(errors, ab.segments().stream().mapToInt(Mapsswe.Segment::errorsA).sum());
            assertEquals(1, Mapsswe.test(a, a).p());
        }
    }

    @Test
    void normalTailsEqualKnownValues() {
        assertEquals(1, Normal.twoSided(0), 1e-15);
        assertEquals(0.3173105078629141, Normal.twoSided(1), 1e-14);
        assertEquals(0.04999579029644087, Normal.twoSided(-1.96), 1e-14);
        assertEquals(0.0026997960632601866, Normal.twoSided(3), 1e-15);
        assertEquals(1.973175290075395e-09, Normal.twoSided(6), 1e-21);
    }

    /// For independent units the interval must be about ±1.96 standard errors of the mean difference.
    @Test
    void bootstrapIntervalsHaveTheWidthOfTheNormalApproximation() {
        long seed = 21;
        System.out.println("ScoreTest bootstrap seed " + seed);
        var random = new SplittableRandom(seed);
        var a = new ArrayList<WordErrors>();
        var b = new ArrayList<WordErrors>();
        var groups = new ArrayList<String>();
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < 400; i++) {
            a.add(new WordErrors(random.nextInt(4), 0, 0, 10));
            b.add(new WordErrors(random.nextInt(3), 0, 0, 10));
            groups.add("s" + i);
            double d = 10 * (a.getLast().errors() - b.getLast().errors());
            sum += d;
            squares += d * d;
        }
        double mean = sum / 400;
        double error = Math.sqrt((squares / 400 - mean * mean) / 400);
        Bootstrap.Result r = Bootstrap.paired(a, b, Bootstrap.RESAMPLES, seed);
        assertEquals(mean, r.difference(), 1e-9);
        assertEquals(mean - 1.96 * error, r.low(), 0.1 * error);
        assertEquals(mean + 1.96 * error, r.high(), 0.1 * error);
        assertTrue(r.p() < 0.001, "" + r);
        assertEquals(r, Bootstrap.paired(a, b, Bootstrap.RESAMPLES, seed));
        assertEquals(r, Bootstrap.paired(groups, a, b, Bootstrap.RESAMPLES, seed));
        Bootstrap.Result same = Bootstrap.paired(a, a, 1000, seed);
        assertEquals(0, same.difference());
        assertEquals(1, same.p());
        Bootstrap.Result back = Bootstrap.paired(b, a, Bootstrap.RESAMPLES, seed);
        assertEquals(-r.high(), back.low(), 1e-9);
    }

    @Test
    void drawingSpeakersTogetherWidensTheInterval() {
        long seed = 4;
        var random = new SplittableRandom(seed);
        var a = new ArrayList<WordErrors>();
        var b = new ArrayList<WordErrors>();
        var groups = new ArrayList<String>();
        for (int s = 0; s < 20; s++) {
            int worse = random.nextInt(4);
            for (int u = 0; u < 20; u++) {
                a.add(new WordErrors(worse, 0, 0, 10));
                b.add(new WordErrors(1, 0, 0, 10));
                groups.add("s" + s);
            }
        }
        var byUtterance = Bootstrap.paired(a, b, 2000, seed);
        var bySpeaker = Bootstrap.paired(groups, a, b, 2000, seed);
        assertEquals(20, bySpeaker.units());
        assertTrue(bySpeaker.high() - bySpeaker.low() > 3 * (byUtterance.high() - byUtterance.low()), byUtterance + " " + bySpeaker);
    }

    @Test
    void holmMultipliesFromTheSmallestAndNeverDecreases() {
        assertArrayEquals(new double[] {0.06, 0.06, 0.03, 0.06}, round(Holm.adjust(0.02, 0.03, 0.0075, 0.0325)));
        assertArrayEquals(new double[] {1, 1}, Holm.adjust(0.9, 0.8));
        assertThrows(IllegalArgumentException.class, () -> Holm.adjust(Double.NaN));
    }

    private static double[] round(double[] x) {
        for (int i = 0; i < x.length; i++) {
            x[i] = Math.round(x[i] * 1e12) / 1e12;
        }
        return x;
    }

    @Test
    void aHundredThousandUtterancesAreScoredWithinTenSeconds() {
        var random = new SplittableRandom(1);
        var ref = new LinkedHashMap<String, List<String>>();
        var hyp = new LinkedHashMap<String, List<String>>();
        for (int i = 0; i < 100_000; i++) {
            ref.put("u" + i, words(random, 20));
            hyp.put("u" + i, words(random, 20));
        }
        long start = System.nanoTime();
        Scorer.score(ref, hyp, Map.of(), Scorer.Missing.STRICT);
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("ScoreTest: 100,000 utterances scored in %.2f s%n", seconds);
        assertTrue(seconds < 10, seconds + " s");
    }
}
