package org.hyperhypo.experiments.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.hyperhypo.experiments.report.Answer.Outcome;
import org.junit.jupiter.api.Test;

class AnswerTest {
    private static Contrast contrast(String name, String condition, double difference) {
        return new Contrast(name, condition, difference, difference - 0.5, difference + 0.5, 0.02,
            new double[] {difference - 0.1, difference + 0.1}, 6100, Double.NaN, Double.NaN, Double.NaN);
    }

    /// Differences in points, intervals ± 0.5: A7−A1, A7−A9, A7−A8, A6−A3, best removal − A0; NaN is not measured.
    private static Answer planted(double... points) {
        List<Contrast> contrasts = new ArrayList<>();
        for (int i = 0; i < points.length; i++) if (!Double.isNaN(points[i])) contrasts.add(contrast(Contrast.DECLARED.get(i), "all",
            points[i]));
        return Answer.of(contrasts);
    }

    private static void assertOutcomes(Answer answer, Outcome removal, Outcome procedure, Outcome mechanism) {
        assertEquals(List.of(removal, procedure, mechanism), answer.claims().stream().map(Answer.Claim::outcome).toList(),
            answer.toString());
    }

    @Test
    void aClaimHoldsOnlyWhereEveryIntervalIsOnTheRightSide() {
        assertOutcomes(planted(-0.9, -0.8, -0.7, -0.6, -0.9), Outcome.YES, Outcome.YES, Outcome.YES);
        assertOutcomes(planted(0.9, 0.8, 0.7, 0.6, 0.9), Outcome.NO, Outcome.NO, Outcome.NO);
        assertOutcomes(planted(-0.4, 0.4, 0.1, -0.2, 0), Outcome.CANNOT_TELL, Outcome.CANNOT_TELL, Outcome.CANNOT_TELL);
    }

    @Test
    void anIntervalThatTouchesZeroDecidesNothing() {
        assertOutcomes(planted(-0.5, -0.5, -0.5, -0.5, -0.5), Outcome.CANNOT_TELL, Outcome.CANNOT_TELL, Outcome.CANNOT_TELL);
    }

    @Test
    void halfAClaimIsMixedAndSaysWhichHalf() {
        Answer answer = planted(-0.9, -0.2, -0.1, -0.8, 0.1);
        assertOutcomes(answer, Outcome.CANNOT_TELL, Outcome.MIXED, Outcome.MIXED);
        assertTrue(answer.procedure().reason().contains("the extra epochs may explain the gain"), answer.procedure().reason());
        assertTrue(planted(-0.9, 0.9).procedure().reason().contains("the extra epochs did it"));
        assertEquals(Outcome.MIXED, planted(0.9, -0.9).procedure().outcome());
        assertEquals(Outcome.MIXED, planted(0, 0, -0.9, -0.9).mechanism().outcome());
    }

    @Test
    void aGainThatRandomNeuronsShareIsCalledStaging() {
        Answer answer = planted(-0.9, -0.9, 0.1, 0.2, 0);
        assertEquals(Outcome.YES, answer.procedure().outcome());
        assertEquals(Outcome.CANNOT_TELL, answer.mechanism().outcome());
        assertTrue(answer.mechanism().reason().contains("staging"));
    }

    @Test
    void conditionsThatDisagreeMakeItMixed() {
        List<Contrast> contrasts = List.of(contrast("A7-A1", "all", -0.6), contrast("A7-A1", "noise", 0.9),
            contrast("A7-A9", "all", -0.6), contrast("removal-A0", "all", 0),
            contrast("removal-A0", "noise", 0.8), contrast("removal-A0", "telephone", -0.8));
        assertOutcomes(Answer.of(contrasts), Outcome.MIXED, Outcome.MIXED, Outcome.CANNOT_TELL);
    }

    @Test
    void whatWasNotMeasuredIsNamed() {
        Answer answer = planted(-0.9, Double.NaN, -0.9, -0.9);
        assertOutcomes(answer, Outcome.CANNOT_TELL, Outcome.CANNOT_TELL, Outcome.MIXED);
        assertTrue(answer.procedure().reason().startsWith("A7 − A9 was not measured"), answer.procedure().reason());
        assertTrue(Answer.of(List.of()).certainty().getFirst().startsWith("No contrast"));
    }

    @Test
    void detectableDifferencesAreThoseOfTheMethod() {
        assertEquals(1.4, Contrast.detectable(1000), 0.05);
        assertEquals(0.8, Contrast.detectable(3000), 0.005);
        assertEquals(0.56, Contrast.detectable(6100), 0.005);
        assertTrue(planted(0, 0).certainty().getFirst().contains("0.56 points"));
    }

    @Test
    void oneReplicateIsCalledAHint() {
        Contrast one = new Contrast("A7-A1", "all", -1, -2, -0.5, 0.01, new double[] {-1}, 1000, Double.NaN, Double.NaN, Double.NaN);
        assertTrue(Answer.of(List.of(one)).certainty().get(1).contains("only one replicate"));
    }

    @Test
    void holmMultipliesTheLeastAndNeverFalls() {
        List<Contrast> contrasts = new ArrayList<>();
        double[] p = {0.01, 0.04, 0.03, 0.005};
        for (int i = 0; i < p.length; i++) contrasts.add(new Contrast(Contrast.DECLARED.get(i), "all", 0, 0, 0, p[i], new double[0], 1, Double.NaN, Double.NaN, Double.NaN));
        var holm = Contrast.holm(contrasts);
        assertEquals(0.03, holm.get("A7-A1"), 1e-12);
        assertEquals(0.06, holm.get("A7-A9"), 1e-12);
        assertEquals(0.06, holm.get("A7-A8"), 1e-12);
        assertEquals(0.02, holm.get("A6-A3"), 1e-12);
    }
}
