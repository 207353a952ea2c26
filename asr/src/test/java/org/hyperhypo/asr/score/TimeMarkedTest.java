package org.hyperhypo.asr.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hyperhypo.asr.TextMutations;
import org.hyperhypo.asr.data.TextFile;
import org.hyperhypo.asr.decode.Golden;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// CTM, STM, trn, and the normalised cross entropy of confidences.
class TimeMarkedTest {
    @Test
    @Tag("shared")
    void ctmAgainstStmEqualsSclite() throws IOException {
        Path folder = Golden.folder("scoring").resolve("ctm");
        Map<String, Object> results = Golden.json(folder.resolve("results.json"));
        List<Stm.Segment> segments = Stm.read(folder.resolve("ref.stm"));
        for (String system : List.of("GOODCONF", "FLATCONF", "NOCONF")) {
            Map<String, List<Ctm.Word>> words = Stm.assign(segments, Ctm.read(folder.resolve("hyp_" + system + ".ctm")));
            var sclite = Nist.sgml(folder.resolve("sclite").resolve(system + ".sgml"));
            assertEquals(segments.stream().map(Stm.Segment::id).toList(), List.copyOf(sclite.keySet()));
            var entropy = new CrossEntropy();
            var perSpeaker = new HashMap<String, CrossEntropy>();
            WordErrors all = WordErrors.NONE;
            for (Stm.Segment s : segments) {
                List<Ctm.Word> hypothesis = words.get(s.id());
                var steps = EditDistance.align(s.words().stream().map(Transcripts::foldCase).toList(),
                        hypothesis.stream().map(w -> Transcripts.foldCase(w.word())).toList());
                assertEquals(sclite.get(s.id()), steps, system + " " + s.id());
                all = all.add(WordErrors.of(steps));
                if (!system.equals("NOCONF")) {
                    double[] confidences = hypothesis.stream().mapToDouble(Ctm.Word::confidence).toArray();
                    entropy.add(steps, confidences);
                    perSpeaker.computeIfAbsent(s.speaker(), k -> new CrossEntropy()).add(steps, confidences);
                }
            }
            Map<String, Object> total = Golden.map(Golden.map(results.get("totals")).get(system));
            assertEquals(List.of(Golden.integer(total.get("ref_words")), Golden.integer(total.get("sub")), Golden.integer(total.get("del")),
                    Golden.integer(total.get("ins"))), List.of((int) all.words(), (int) all.substitutions(), (int) all.deletions(),
                    (int) all.insertions()), system);
            if (!system.equals("NOCONF")) {
                Map<String, Object> nce = Golden.map(Golden.map(results.get("nce")).get(system));
                assertEquals(Golden.number(nce.get("nce_restated")), entropy.value(), 5e-6, system);
                assertEquals(Golden.integer(nce.get("words")), entropy.words());
            }
            if (system.equals("GOODCONF")) {
                // As sclite's report has them; s1044 makes no error, where the value is undefined.
                assertEquals(0.198, perSpeaker.get("s0005").value(), 5e-4);
                assertEquals(0.469, perSpeaker.get("s0053").value(), 5e-4);
                assertTrue(Double.isNaN(perSpeaker.get("s1044").value()));
            }
        }
    }

    @Test
    void filesSurviveWritingAndReading(@TempDir Path folder) throws IOException {
        var words = List.of(new Ctm.Word("r1", "A", 0.5, 0.25, "naïve", 0.125), new Ctm.Word("r1", "A", 1, 0.5, "cat", Double.NaN));
        Ctm.write(folder.resolve("x.ctm"), words);
        assertEquals(words, Ctm.read(folder.resolve("x.ctm")));
        var segments = List.of(new Stm.Segment("s1-000", "r1", "A", "s1", 0, 1, List.of("O", "F"), List.of("a", "b")),
                new Stm.Segment("s1-001", "r1", "A", "s1", 1, 2.5, List.of(), List.of()));
        Stm.write(folder.resolve("x.stm"), segments);
        assertEquals(segments, Stm.read(folder.resolve("x.stm")));
        var transcripts = new LinkedHashMap<String, List<String>>();
        transcripts.put("s1-u1", List.of("واحد", "two"));
        transcripts.put("s1-u2", List.of());
        transcripts.put("s1-u3", List.of("(um)", "no"));
        for (String name : List.of("x.trn", "text")) {
            Transcripts.write(folder.resolve(name), transcripts);
            assertEquals(transcripts, Transcripts.read(folder.resolve(name)), name);
        }
    }

    @Test
    void everyBadLineIsNamed() {
        var e = assertThrows(IllegalArgumentException.class, () -> Ctm.parse("h.ctm", List.of("r A 0 1 fine 0.5", "r A 0 1", "r A -1 1 x",
                "r A 0 NaN x", "r A 0 1 x 1.5", "r A 0 1 <ALT_BEGIN>", ";; a comment")));
        assertEquals(List.of("h.ctm:2", "h.ctm:3", "h.ctm:4", "h.ctm:5", "h.ctm:6"), e.getMessage().lines().map(l -> l.substring(0, 7)).toList());
        e = assertThrows(IllegalArgumentException.class, () -> Stm.parse("r.stm", List.of("r A s 0 1 <O> fine", "r A s 0", "r A s 2 1 x",
                "r A s 0 x y", "r A s 0 1 { a / b }")));
        assertEquals(List.of("r.stm:2", "r.stm:3", "r.stm:4", "r.stm:5"), e.getMessage().lines().map(l -> l.substring(0, 7)).toList());
        e = assertThrows(IllegalArgumentException.class, () -> Transcripts.parse("h.trn", List.of("a b (u1)", "a b", "a (u1)", "a ()",
                "{ a / b } (u2)", "a (u 3)"), true));
        assertEquals(List.of("h.trn:2", "h.trn:3", "h.trn:4", "h.trn:5", "h.trn:6"), e.getMessage().lines().map(l -> l.substring(0, 7)).toList());
    }

    @Test
    void spoiltFilesGiveAResultOrAClearError() {
        TextMutations.check("CTM", List.of("r1 A 0.50 0.25 naïve 0.125\nr1 1 1 0.5 cat\n;; comment\nr2 A 0 0 dog 1\n"),
                bytes -> Ctm.byRecording(Ctm.parse("x.ctm", TextFile.lines("x.ctm", bytes))), "x.ctm:");
        TextMutations.check("STM", List.of(";; CATEGORY \"0\"\nr A s 0.43 2.28 <O,C> MIKE LIKES\nr A s 3 4.5 BILLY\nr A x 5 6 IGNORE_TIME_SEGMENT_IN_SCORING\n"),
                bytes -> Stm.assign(Stm.parse("x.stm", TextFile.lines("x.stm", bytes)), List.of(new Ctm.Word("r", "A", 3, 1, "x", 1))), "x.stm:");
        TextMutations.check("trn", List.of("THIS MONTH (s1-u1)\n(s1-u2)\nA (UH) B (s1-u3)\n"),
                bytes -> Transcripts.parse("x.trn", TextFile.lines("x.trn", bytes), true), "x.trn:");
        TextMutations.check("text", List.of("u1 this month\nu2\nu3 واحد two\n"),
                bytes -> Transcripts.parse("text", TextFile.lines("text", bytes), false), "text:");
    }

    @Test
    void crossEntropyIsOneForCertaintyAndZeroForTheMean() {
        var steps = EditDistance.align(List.of("a", "b", "c", "d"), List.of("a", "b", "c", "x"));
        var certain = new CrossEntropy();
        certain.add(steps, new double[] {1, 1, 1, 0});
        assertEquals(1, certain.value(), 1e-6);
        var mean = new CrossEntropy();
        mean.add(steps, new double[] {0.75, 0.75, 0.75, 0.75});
        assertEquals(0, mean.value(), 1e-12);
        assertThrows(IllegalArgumentException.class, () -> new CrossEntropy().add(steps, new double[] {1, 1, 1}));
    }

    @Test
    void groupsAddUp() {
        var r = Scorer.score(Map.of("u1", List.of("a", "b"), "u2", List.of("c")), Map.of("u1", List.of("a"), "u2", List.of("d")), Map.of(),
                Scorer.Missing.STRICT);
        var by = r.by(id -> id.equals("u1") ? List.of("all", "noise") : List.of("all"));
        assertEquals(r.overall(), by.get("all"));
        assertEquals(new WordErrors(0, 1, 0, 2), by.get("noise"));
        String report = AlignmentReport.of("u1", EditDistance.align(List.of("a", "bee"), List.of("a")));
        assertEquals("u1 ref  a bee\nu1 hyp  a ***\nu1 op   C  D\nu1 #csid 1 0 0 1\n", report);
    }
}
