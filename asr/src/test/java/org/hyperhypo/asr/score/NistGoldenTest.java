package org.hyperhypo.asr.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hyperhypo.asr.decode.Golden;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Counts, alignments and MAPSSWE against sclite and sc_stats.
@Tag("shared")
class NistGoldenTest {
    @Test
    void countsAndAlignmentsEqualSclite() throws IOException {
        Path scoring = Golden.folder("scoring");
        int alignments = 0;
        for (String set : List.of("sentences", "digits", "arabic", "weights")) {
            Path folder = scoring.resolve(set);
            Map<String, List<String>> ref = Nist.trn(folder.resolve("ref.trn"), false);
            Map<String, Object> results = Golden.json(folder.resolve("results.json"));
            for (var total : Golden.map(results.get("totals")).entrySet()) {
                String system = total.getKey();
                Map<String, List<String>> hyp = Nist.trn(folder.resolve("hyp_" + system + ".trn"), false);
                Scorer.Result scored = Scorer.score(ref, hyp, Map.of(), Scorer.Missing.STRICT);
                compare(set + " " + system, Golden.map(total.getValue()), scored);
                for (Object o : Golden.list(Golden.map(results.get("per_utterance")).get(system))) {
                    Map<String, Object> u = Golden.map(o);
                    WordErrors e = scored.utterances().get((String) u.get("id"));
                    assertEquals(List.of(Golden.integer(u.get("c")), Golden.integer(u.get("s")), Golden.integer(u.get("d")),
                            Golden.integer(u.get("i"))), List.of((int) e.correct(), (int) e.substitutions(), (int) e.deletions(),
                            (int) e.insertions()), set + " " + system + " " + u.get("id"));
                }
                for (var path : Nist.sgml(folder.resolve("sclite").resolve(system + ".sgml")).entrySet()) {
                    assertEquals(path.getValue(), EditDistance.align(ref.get(path.getKey()), hyp.get(path.getKey())), path.getKey());
                    alignments++;
                }
            }
        }
        assertEquals(130 * 3 + 76 * 2 + 120 * 2 + 18, alignments);
    }

    private static void compare(String what, Map<String, Object> total, Scorer.Result r) {
        WordErrors e = r.overall();
        assertEquals(Golden.integer(total.get("ref_words")), e.words(), what);
        assertEquals(Golden.integer(total.get("correct")), e.correct(), what);
        assertEquals(Golden.integer(total.get("sub")), e.substitutions(), what);
        assertEquals(Golden.integer(total.get("del")), e.deletions(), what);
        assertEquals(Golden.integer(total.get("ins")), e.insertions(), what);
        assertEquals(Golden.number(total.get("wer_percent")), e.wer(), 5e-5, what);
        assertEquals(Golden.integer(total.get("utterances_with_error")), r.wrongUtterances(), what);
    }

    /// Odd cases; lines with alternations in braces are left out, which plain text cannot express.
    @Test
    void oddUtterancesEqualSclite() throws IOException {
        Path folder = Golden.folder("scoring").resolve("edge");
        for (boolean caseMatters : new boolean[] {false, true}) {
            Map<String, List<String>> ref = Nist.trn(folder.resolve("ref.trn"), caseMatters);
            Map<String, List<String>> hyp = Nist.trn(folder.resolve("hyp_E.trn"), caseMatters);
            Map<String, Object> variants = Golden.map(Golden.json(folder.resolve("results.json")).get("variants"));
            int compared = 0;
            for (Object o : Golden.list(Golden.map(variants.get(caseMatters ? ".case" : "default")).get("per_utterance"))) {
                Map<String, Object> u = Golden.map(o);
                String id = (String) u.get("id");
                if (!ref.get(id).contains("{")) {
                    WordErrors e = EditDistance.count(ref.get(id), hyp.get(id));
                    assertEquals(List.of(Golden.integer(u.get("s")), Golden.integer(u.get("d")), Golden.integer(u.get("i"))),
                            List.of((int) e.substitutions(), (int) e.deletions(), (int) e.insertions()), id);
                    compared++;
                }
            }
            assertEquals(28, compared);
        }
    }

    @Test
    void missingHypothesesCountAsTheCallerDecides() throws IOException {
        Path folder = Golden.folder("scoring").resolve("edge");
        Map<String, List<String>> ref = Nist.trn(folder.resolve("ref.trn"), false);
        ref.values().removeIf(words -> words.contains("{"));
        Map<String, List<String>> hyp = Nist.trn(folder.resolve("hyp_missing3.trn"), false);
        hyp.keySet().retainAll(ref.keySet());
        Map<String, Object> golden = Golden.map(Golden.json(folder.resolve("results.json")).get("missing_hypotheses"));
        // The two lines left out hold 15 reference words, all right.
        var present = Scorer.score(ref, hyp, Map.of(), Scorer.Missing.PRESENT);
        assertEquals(Golden.integer(Golden.map(golden.get("sclite_ignores_them")).get("errors")), present.overall().errors());
        assertEquals(Golden.integer(Golden.map(golden.get("sclite_ignores_them")).get("ref_words")) - 15, present.overall().words());
        var all = Scorer.score(ref, hyp, Map.of(), Scorer.Missing.ALL);
        assertEquals(Golden.integer(Golden.map(golden.get("with_empty_lines_instead")).get("errors")), all.overall().errors());
        assertEquals(Golden.integer(Golden.map(golden.get("with_empty_lines_instead")).get("ref_words")) - 15, all.overall().words());
        assertEquals(Golden.list(golden.get("missing_ids")), all.missing());
        var e = assertThrows(IllegalArgumentException.class, () -> Scorer.score(ref, hyp, Map.of(), Scorer.Missing.STRICT));
        assertTrue(e.getMessage().contains("s0005-000050040"), e.getMessage());
    }

    @Test
    void mapssweEqualsScStats() throws IOException {
        Path scoring = Golden.folder("scoring");
        int pairs = 0;
        for (String set : List.of("sentences", "digits", "arabic")) {
            Path folder = scoring.resolve(set);
            for (Object o : Golden.list(Golden.json(folder.resolve("results.json")).get("mapsswe"))) {
                Map<String, Object> m = Golden.map(o);
                var a = Nist.sgml(folder.resolve("sclite/" + m.get("a") + ".sgml"));
                var b = Nist.sgml(folder.resolve("sclite/" + m.get("b") + ".sgml"));
                assertEquals(a.keySet(), b.keySet());
                var ids = List.copyOf(a.keySet());
                Mapsswe.Result r = Mapsswe.test(List.copyOf(a.values()), List.copyOf(b.values()));
                var segments = new ArrayList<String>();
                r.segments().forEach(s -> segments.add(ids.get(s.utterance()) + " " + s.errorsA() + " " + s.errorsB()));
                var expected = Files.readAllLines(folder.resolve((String) m.get("segments"))).stream().skip(1)
                        .map(l -> l.split("\t")).map(f -> f[0] + " " + f[2] + " " + f[3]).toList();
                assertEquals(expected, segments);
                assertEquals(Golden.number(m.get("mean")), r.mean(), 1e-8);
                assertEquals(Golden.number(m.get("sd")), r.sd(), 1e-8);
                assertEquals(Golden.number(m.get("Z")), r.z(), 1e-6);
                assertEquals(Golden.number(m.get("p_two_sided")), r.p(), 1e-8);
                assertEquals(m.get("different_at_95"), r.different());
                // From our own alignments of the trn files the same, since the traceback rule is the same.
                Map<String, List<String>> ref = Nist.trn(folder.resolve("ref.trn"), false);
                Mapsswe.Result own = Mapsswe.test(own(folder, ref, m.get("a")), own(folder, ref, m.get("b")));
                assertEquals(r.z(), own.z());
                pairs++;
            }
        }
        assertEquals(5, pairs);
    }

    private static List<List<EditDistance.Step>> own(Path folder, Map<String, List<String>> ref, Object system) throws IOException {
        Map<String, List<String>> hyp = Nist.trn(folder.resolve("hyp_" + system + ".trn"), false);
        return ref.entrySet().stream().map(e -> EditDistance.align(e.getValue(), hyp.get(e.getKey()))).toList();
    }

    /// Kaldi prints 100 times the probability that set 2 is better; its interval is normal-shaped around the mean of its resamples.
    @Test
    void bootstrapAgreesWithKaldi() throws IOException {
        Path folder = Golden.folder("scoring").resolve("sentences");
        Map<String, List<String>> ref = Nist.trn(folder.resolve("ref.trn"), false);
        Map<String, List<String>> hyp = Nist.trn(folder.resolve("hyp_A.trn"), false);
        var a = List.copyOf(Scorer.score(ref, hyp, Map.of(), Scorer.Missing.STRICT).utterances().values());
        var none = a.stream().map(e -> new WordErrors(0, 0, 0, e.words())).toList();
        Bootstrap.Result r = Bootstrap.paired(a, none, Bootstrap.RESAMPLES, 1);
        assertEquals(16.47, r.difference(), 0.005);
        assertEquals(13.44, r.low(), 0.5);
        assertEquals(19.50, r.high(), 0.5);
    }
}
