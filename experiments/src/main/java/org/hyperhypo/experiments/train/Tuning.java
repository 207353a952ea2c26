package org.hyperhypo.experiments.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.hyperhypo.asr.decode.DecoderOptions;
import org.hyperhypo.asr.decode.Grammar;
import org.hyperhypo.asr.score.WordErrors;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.model.LogLikelihoods;
import org.hyperhypo.experiments.model.Recognizer;

/// Chooses acoustic scale and word-insertion penalty on *corrupted* development speech.
///
/// Clean speech cannot see a wrong penalty, and an untuned one makes removing neurons look helpful because it only moves the balance of
/// insertions and deletions. The corruptions must not be those of the test.
public final class Tuning {
    /// A choice within this many points of the best word error rate counts as equal to it.
    public static final double TOLERANCE = 0.5;

    private Tuning() {
    }

    public record Point(double scale, double penalty, WordErrors errors, boolean chosen) {
    }

    /// One development set with its scores.
    public record Speech(FeatureSet set, LogLikelihoods scores) {
    }

    /// The whole sweep with exactly one point chosen: of those within [#TOLERANCE] of the best, the smallest absolute penalty, then the
    /// scale nearest to the middle of the grid, then the fewest errors.
    public static List<Point> sweep(Grammar grammar, List<Speech> speech, double[] scales, double[] penalties, double beam, int maxActive) {
        List<Point> points = new ArrayList<>();
        for (double scale : scales) {
            for (double penalty : penalties) {
                Recognizer recognizer = new Recognizer(grammar, new DecoderOptions(scale, penalty, beam, maxActive));
                WordErrors errors = WordErrors.NONE;
                for (Speech part : speech) {
                    errors = errors.add(recognizer.evaluate(part.set, part.scores).total());
                }
                points.add(new Point(scale, penalty, errors, false));
            }
        }
        Point chosen = choice(points, scales[scales.length / 2]);
        return points.stream().map(point -> point == chosen ? new Point(point.scale, point.penalty, point.errors, true) : point).toList();
    }

    /// The point that [#sweep] chooses. Without reference words nothing is better than anything else.
    static Point choice(List<Point> points, double middle) {
        double best = points.stream().mapToDouble(point -> point.errors.wer()).min().orElseThrow();
        return points.stream().filter(point -> !(point.errors.wer() > best + TOLERANCE))
                .min(Comparator.<Point>comparingDouble(point -> Math.abs(point.penalty))
                        .thenComparingDouble(point -> Math.abs(Math.log(point.scale / middle)))
                        .thenComparingLong(point -> point.errors.errors())).orElseThrow();
    }
}
