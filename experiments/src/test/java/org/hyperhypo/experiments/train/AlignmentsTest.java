package org.hyperhypo.experiments.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hyperhypo.asr.features.Features;
import org.hyperhypo.asr.hmm.Alignment;
import org.hyperhypo.asr.hmm.Segment;
import org.hyperhypo.experiments.Tiny;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.model.LogLikelihoods;
import org.hyperhypo.experiments.train.AlignmentQuality.Timed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// [Alignments] and [AlignmentQuality].
class AlignmentsTest {
    @TempDir
    private Path folder;

    @Test
    void qualityOfAHandMadeAlignment() throws IOException {
        Path ctm = folder.resolve("phones.ctm");
        // Frame t is centred at 10 t + 12.5 ms.
        Files.writeString(ctm, """
                same 1 0.000 0.030 SIL
                same 1 0.030 0.050 A
                same 1 0.080 0.120 O
                other 1 0.000 0.100 O
                late 1 0.000 0.0575 A
                late 1 0.0575 0.0425 O
                """);
        FeatureSet set = set(10, "same", "other", "late", "unknown");
        Alignments alignments = new Alignments(List.of(
                phones(new Segment("SIL", 0, 2), new Segment("A", 2, 6), new Segment("O", 6, 10)),
                phones(new Segment("A", 0, 5), new Segment("SIL", 5, 10)),
                phones(new Segment("A", 0, 8), new Segment("O", 8, 10)),
                phones(new Segment("A", 0, 10))), List.of());
        AlignmentQuality quality = AlignmentQuality.of(set, alignments, AlignmentQuality.readCtm(ctm), 25, 10);
        // same: frame 6 (72.5 ms) is A. other: 5 wrong, 92.5 ms is the last in O, frame 9 is beyond and so silent: 1 right.
        // late: frames 5 to 7 (62.5 to 82.5 ms) are O; frame 9 (102.5 ms) lies behind the end: 5 + 1 right.
        assertEquals((9 + 1 + 6) / 30.0, quality.phoneAgreement(), 1e-12);
        // Starts: 27.5 against 30, 67.5 against 80; 7.5 against 0, 87.5 against 57.5. "other" has other phones, so no starts to compare.
        assertEquals((2.5 + 12.5 + 7.5 + 30) / 4, quality.boundaryMillis(), 1e-9);
        assertEquals(0.75, quality.within20());
    }

    @Test
    void aBrokenLineOfACtmIsNamed() throws IOException {
        Path ctm = folder.resolve("phones.ctm");
        Files.writeString(ctm, "u 1 0.0 0.1 A\nu 1 0.1 A\n");
        String message = assertThrows(IOException.class, () -> AlignmentQuality.readCtm(ctm)).getMessage();
        assertTrue(message.startsWith(ctm + ":2: "), message);
        Files.writeString(ctm, "u 1 0.5 0.1 A\n");
        assertEquals(Map.of("u", List.of(new Timed(0.5, 0.6, "A"))), AlignmentQuality.readCtm(ctm));
    }

    @Test
    void anUtteranceTooShortForItsWordsHasNoLabelsAndAReason() {
        FeatureSet set = new FeatureSet(List.of(entry("long", 12, "ah"), entry("short", 5, "ah", "oh"), entry("last", 9, "oh")));
        Alignments flat = Alignments.flat(set, Tiny.LEXICON, Tiny.STATES);
        assertEquals(List.of("short"), flat.failures().stream().map(failure -> failure.item()).toList());
        assertEquals(26, flat.labels().length);
        for (int t = 0; t < 26; t++) {
            assertEquals(t >= 12 && t < 17, flat.labels()[t] < 0, "frame " + t);
        }
        LogLikelihoods scores = Tiny.model(1).score(new FeatureSet(set.entries().stream()
                .map(e -> new FeatureSet.Entry(e.id(), e.speaker(), e.words(), new Features(e.frames(), Tiny.BANDS, new float[e.frames() * Tiny.BANDS]))).toList()));
        Alignments forced = Alignments.forced(set, scores, Tiny.LEXICON, Tiny.STATES, 1);
        assertEquals(List.of("short"), forced.failures().stream().map(failure -> failure.item()).toList());
        assertEquals(26, forced.labels().length);
    }

    @Test
    void forcedAlignmentFollowsPlantedScores() {
        int[] path = {0, 1, 2, 3, 3, 4, 4, 4, 5, 6, 7, 7, 8, 0, 1, 2};
        float[] values = new float[path.length * 9];
        java.util.Arrays.fill(values, -9);
        for (int t = 0; t < path.length; t++) {
            values[t * 9 + path[t]] = 0;
        }
        FeatureSet set = new FeatureSet(List.of(entry("u", path.length, "ah", "oh")));
        Alignments forced = Alignments.forced(set, new LogLikelihoods(List.of(new LogLikelihoods.Utterance(path.length, 9, values))), Tiny.LEXICON, Tiny.STATES, 1);
        assertArrayEquals(path, forced.labels());
        assertEquals(List.of("SIL", "A", "O", "SIL"), forced.utterances().getFirst().phones().stream().map(Segment::label).toList());
    }

    @Test
    void agreementIsTheShareOfEqualLabels() {
        Alignments one = new Alignments(List.of(states(1, 2), states(3, 4, 5)), List.of());
        assertEquals(0.6, one.agreement(new Alignments(List.of(states(1, 0), states(3, 4, 6)), List.of())), 1e-12);
        assertEquals(1, one.agreement(one));
    }

    private static Alignment states(int... states) {
        return new Alignment(states, List.of(), List.of(), List.of(), 0, 0);
    }

    private static Alignment phones(Segment... phones) {
        return new Alignment(new int[phones[phones.length - 1].end()], List.of(), List.of(), List.of(phones), 0, 0);
    }

    private static FeatureSet set(int frames, String... ids) {
        List<FeatureSet.Entry> entries = new ArrayList<>();
        for (String id : ids) {
            entries.add(entry(id, frames, "ah"));
        }
        return new FeatureSet(entries);
    }

    private static FeatureSet.Entry entry(String id, int frames, String... words) {
        return new FeatureSet.Entry(id, "s", List.of(words), new Features(frames, 1, new float[frames]));
    }
}
