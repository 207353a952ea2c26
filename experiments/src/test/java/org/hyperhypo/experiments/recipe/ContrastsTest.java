package org.hyperhypo.experiments.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.hyperhypo.asr.score.EditDistance;
import org.hyperhypo.asr.score.WordErrors;
import org.hyperhypo.experiments.report.Csv;
import org.junit.jupiter.api.Test;

class ContrastsTest {
    private final Csv utterances = new Csv(Evaluation.UTTERANCE_COLUMNS);

    @Test
    void drawsAreAveraged() {
        add(1, "noise", "A6", 0, "u", 4, 2);
        add(1, "noise", "A3", 0, "u", 4, 2);
        add(1, "noise", "A3", 1, "u", 4, 0);
        add(1, "noise", "A3", 2, "u", 4, 1);
        Csv.Row row = compare("A6", "A3").getFirst();
        assertEquals(100 * (2 / 4.0 - 1 / 4.0), row.number("difference"), 1e-6);
        assertEquals(4, row.number("words"), "words are counted once, not per draw");
    }

    @Test
    void onlyUtterancesOfBothSystemsCountAndTheyArePaired() {
        for (int u = 0; u < 50; u++) {
            // Very different utterances, but A7 makes exactly one error fewer on each: paired, the difference is certain.
            add(1, "noise", "A1", 0, "u" + u, 10, 1 + u % 9);
            add(1, "noise", "A7", 0, "u" + u, 10, u % 9);
        }
        add(1, "noise", "A7", 0, "only here", 10, 10);
        Csv.Row row = compare("A7", "A1").getFirst();
        assertEquals(-10, row.number("difference"), 1e-6);
        assertEquals(-10, row.number("low"), 1e-6);
        assertEquals(-10, row.number("high"), 1e-6);
        assertEquals(500, row.number("words"));
        assertTrue(row.number("p") < 0.001);
    }

    @Test
    void everyReplicateHasItsOwnDifferenceInOrder() {
        add(2, "noise", "A7", 0, "u", 10, 1);
        add(2, "noise", "A1", 0, "u", 10, 3);
        add(1, "noise", "A7", 0, "u", 10, 5);
        add(1, "noise", "A1", 0, "u", 10, 4);
        assertEquals("10;-20", compare("A7", "A1").getFirst().text("replicates"));
    }

    @Test
    void allMeansTheTargetConditionsAndCleanSpeechStandsAlone() {
        add(1, "clean", "a", 0, "u", 10, 9);
        add(1, "clean", "b", 0, "u", 10, 0);
        add(1, "noise", "a", 0, "u", 10, 2);
        add(1, "noise", "b", 0, "u", 10, 1);
        add(1, "room", "a", 0, "u", 10, 1);
        add(1, "room", "b", 0, "u", 10, 1);
        List<Csv.Row> rows = compare("a", "b");
        assertEquals(List.of("all", "clean", "noise", "room"), rows.stream().map(row -> row.text("condition")).toList());
        assertEquals(List.of("5", "90", "10", "0"), rows.stream().map(row -> row.text("difference")).toList());
        assertEquals(20, rows.getFirst().number("words"));
    }

    @Test
    void theMatchedPairsTestAndTheSpeakersStandBeside() {
        for (int u = 0; u < 40; u++) {
            add(1, "noise", "a", 0, (char) ('a' + u % 4) + "-" + u, 10, u % 2);
            add(1, "noise", "b", 0, (char) ('a' + u % 4) + "-" + u, 10, u % 2 + (u % 7 == 0 ? 1 : 0));
        }
        Csv.Row row = compare("a", "b").getFirst();
        assertEquals(4, row.number("speakers"));
        assertTrue(row.number("speaker_low") < row.number("difference") && row.number("speaker_high") > row.number("difference"), row.toString());
        assertTrue(row.number("mapsswe_z") < -1.96 && row.number("mapsswe_p") < 0.05, row.toString());
        assertEquals(-row.number("mapsswe_z"), compare("b", "a").getFirst().number("mapsswe_z"), 1e-8);
    }

    @Test
    void whatWasNotMeasuredIsNoRow() {
        add(1, "clean", "a", 0, "u", 10, 9);
        add(1, "clean", "b", 0, "u", 10, 0);
        add(1, "noise", "a", 0, "v", 0, 1);
        add(1, "noise", "b", 0, "v", 0, 0);
        assertEquals(List.of("clean"), compare("a", "b").stream().map(row -> row.text("condition")).toList(), "no words in noise, so none in all");
        assertEquals(List.of(), compare("a", "never ran"));
    }

    @Test
    void editsKeepWhatTheMatchedPairsTestNeeds() {
        List<String> reference = List.of("one", "two", "three", "four");
        List<String> heard = List.of("one", "too", "three", "five", "six", "four");
        String edits = Evaluation.edits(reference, heard);
        assertEquals("CSCIIC", edits);
        assertEquals(EditDistance.align(reference, heard).stream().map(EditDistance.Step::edit).toList(), Evaluation.steps(edits).stream().map(EditDistance.Step::edit).toList());
        assertEquals(List.of(), Evaluation.steps(""));
    }

    @Test
    void theFourDeclaredContrastsComeFirst() {
        assertEquals(List.of("A7-A1", "A7-A9", "A7-A8", "A6-A3"), Contrasts.ARMS.subList(0, 4).stream().map(pair -> String.join("-", pair)).toList());
    }

    @Test
    void confidenceThatFallsWithTheErrorsHasANegativeCorrelation() {
        WordErrors[] errors = {new WordErrors(0, 0, 0, 4), new WordErrors(1, 0, 0, 4), new WordErrors(0, 0, 1, 0), new WordErrors(2, 1, 0, 4)};
        assertEquals(-1, SelectionTable.correlation(new double[] {0.9, 0.5, 7, 0.1}, errors), 1e-12, "an utterance without words does not count");
    }

    private void add(int replicate, String condition, String arm, int draw, String utterance, int words, int errors) {
        int third = errors / 3;
        String edits = "S".repeat(third) + "D".repeat(third) + "C".repeat(words - 2 * third) + "I".repeat(errors - 2 * third);
        utterances.add(replicate, condition, arm, draw, utterance, utterance.substring(0, 1), words, third, third, errors - 2 * third, edits);
    }

    private List<Csv.Row> compare(String a, String b) {
        Contrasts contrasts = new Contrasts(1);
        contrasts.add(utterances);
        contrasts.compare(a + "-" + b, a, b);
        return contrasts.table().rows();
    }
}
