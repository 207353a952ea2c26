package org.hyperhypo.experiments.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.hyperhypo.asr.decode.DecodingGraph;
import org.hyperhypo.asr.features.Features;
import org.hyperhypo.asr.score.WordErrors;
import org.hyperhypo.experiments.Tiny;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.model.LogLikelihoods;
import org.hyperhypo.experiments.train.Tuning.Point;
import org.junit.jupiter.api.Test;

class TuningTest {
    @Test
    void theSweepFindsThePenaltyThatUndoesAPlantedInsertionWithoutADeletion() {
        // Both utterances sound like "ah ah". Saying it once costs the first 4, which is what was said, and the second 40, which is not.
        // So with scale s an insertion is left while penalty > −4 s, and a deletion comes when penalty < −40 s.
        // Scale 0.1 with penalty −100: silence, which costs 6 · 50 · 0.1 = 30, is cheaper than any word.
        Tuning.Speech speech = new Tuning.Speech(set(List.of("ah"), List.of("ah", "ah")), new LogLikelihoods(List.of(twice(-2), twice(-20))));
        List<Point> points = Tuning.sweep(DecodingGraph.wordLoop(Tiny.STATES, Tiny.LEXICON), List.of(speech), new double[] {0.1, 1, 10},
                new double[] {0, -10, -100}, 1000, 1000);
        List<String> found = points.stream().map(p -> "%s %s %d".formatted(p.scale(), p.penalty(), p.errors().errors())).toList();
        assertEquals(List.of("0.1 0.0 1", "0.1 -10.0 1", "0.1 -100.0 3", "1.0 0.0 1", "1.0 -10.0 0", "1.0 -100.0 1", "10.0 0.0 1", "10.0 -10.0 1",
                "10.0 -100.0 0"), found);
        points.forEach(point -> assertEquals(3, point.errors().words()));
        assertEquals(List.of("1.0 -10.0 0"), points.stream().filter(Point::chosen).map(p -> "%s %s %d".formatted(p.scale(), p.penalty(), p.errors().errors())).toList());
    }

    @Test
    void errorsAreAddedOverAllDevelopmentSets() {
        Tuning.Speech one = new Tuning.Speech(set(List.of("ah")), new LogLikelihoods(List.of(twice(-2))));
        Point point = Tuning.sweep(DecodingGraph.wordLoop(Tiny.STATES, Tiny.LEXICON), List.of(one, one, one), new double[] {1}, new double[] {0}, 1000, 1000).getFirst();
        assertEquals(new WordErrors(0, 0, 3, 3), point.errors());
    }

    @Test
    void amongPointsWithinHalfAPointOfTheBestTheSmallestPenaltyWins() {
        // In 1,000 words: 20 errors are 2.0 %, 25 are 2.5 %, 26 are 2.6 %.
        assertEquals(-5, choice(1, point(1, 0, 26), point(1, -5, 25), point(1, -10, 20)).penalty());
        assertEquals(5, choice(1, point(1, -20, 20), point(1, 5, 25), point(1, -10, 20)).penalty());
        assertEquals(-10, choice(1, point(1, 0, 26), point(1, -5, 26), point(1, -10, 20)).penalty());
    }

    @Test
    void thenTheScaleNearestToTheMiddleByRatioThenTheFewestErrors() {
        assertEquals(0.7, choice(0.5, point(0.2, -5, 20), point(0.7, -5, 24), point(1, -5, 20)).scale());
        // 0.25 is half of 0.5 and 0.9 is less than twice it.
        assertEquals(0.9, choice(0.5, point(0.25, 0, 20), point(0.9, 0, 21)).scale());
        assertEquals(20, choice(0.5, point(0.5, 5, 22), point(0.5, -5, 20)).errors().errors());
    }

    @Test
    void speechWithoutWordsStillGivesAChoice() {
        Point none = new Point(1, 0, WordErrors.NONE, false);
        assertEquals(0, choice(1, new Point(1, -10, WordErrors.NONE, false), none).penalty());
    }

    private static Point choice(double middle, Point... points) {
        return Tuning.choice(List.of(points), middle);
    }

    private static Point point(double scale, double penalty, int errors) {
        return new Point(scale, penalty, new WordErrors(errors, 0, 0, 1000), false);
    }

    /// Six frames that fit the states A.1 A.2 A.3 A.1 A.2 A.3; another state of A costs `other` on a frame, any other 50.
    private static LogLikelihoods.Utterance twice(float other) {
        int states = Tiny.STATES.size();
        int phone = Tiny.STATES.phones().index("A");
        float[] values = new float[6 * states];
        for (int t = 0; t < 6; t++) {
            for (int s = 0; s < states; s++) {
                values[t * states + s] = Tiny.STATES.phoneOf(s) != phone ? -50 : Tiny.STATES.positionOf(s) == t % 3 ? 0 : other;
            }
        }
        return new LogLikelihoods.Utterance(6, states, values);
    }

    @SafeVarargs
    private static FeatureSet set(List<String>... words) {
        List<FeatureSet.Entry> entries = new ArrayList<>();
        for (int u = 0; u < words.length; u++) {
            entries.add(new FeatureSet.Entry("u" + u, "s", words[u], new Features(6, 1, new float[6])));
        }
        return new FeatureSet(entries);
    }
}
