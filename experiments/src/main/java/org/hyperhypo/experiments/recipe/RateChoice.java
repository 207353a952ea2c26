package org.hyperhypo.experiments.recipe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hyperhypo.asr.score.WordErrors;
import org.hyperhypo.engine.ModelException;
import org.hyperhypo.experiments.adapt.AdaptationPlan;
import org.hyperhypo.experiments.adapt.Arm;
import org.hyperhypo.experiments.adapt.DecodeAdapt;
import org.hyperhypo.experiments.adapt.Rates;
import org.hyperhypo.experiments.model.Recognizer;
import org.hyperhypo.experiments.report.Csv;

/// The learning rate of every kind of stage, chosen from one grid on the tuning domains: development speakers in noises, rooms and channels that
/// the test does not have. Test references are never looked at.
///
/// Each kind is trained alone for E₁ epochs at every rate, in the regime of the run, and scored in all tuning domains together: the fewest word
/// errors win, the smaller of equal rates.
final class RateChoice {
    static final String[] COLUMNS = {"replicate", "condition", "kind", "rate", "words", "errors", "wer", "chosen"};

    private record Point(Arm.Trained trained, Arm.Change change, double rate) {
        String kind() {
            return Rates.kind(trained, change);
        }
    }

    private final List<Point> points;
    private final int epochs;
    private final Map<String, Map<Point, WordErrors>> found = new LinkedHashMap<>();

    RateChoice(AdaptationPlan plan) {
        epochs = plan.budget().firstEpochs();
        points = plan.arms().stream().flatMap(arm -> arm.stages().stream()).filter(stage -> stage.change() != Arm.Change.REMOVED)
                .flatMap(stage -> plan.grid().stream().map(rate -> new Point(stage.trained(), stage.change(), rate))).distinct().toList();
    }

    /// Trains every kind at every rate on the speech of `adaptation` and scores it on `test`.
    void measure(String condition, DecodeAdapt adaptation, Scorer test, Recognizer recognizer) {
        Map<Point, WordErrors> here = found.computeIfAbsent(condition, name -> new LinkedHashMap<>());
        for (Point point : points) {
            Arm arm = new Arm(point.kind(), "", List.of(new Arm.Stage(point.trained, point.change, epochs, point.rate)), 1);
            try {
                var outcome = adaptation.run(arm, 0);
                here.put(point, test.evaluate(outcome.network(), outcome.sameConvolutions(), recognizer).total());
            } catch (ModelException e) {
                // A rate at which training diverges is not chosen; the table shows the hole.
                here.remove(point);
            }
        }
    }

    /// One row for every condition, kind and rate; 1 in the column `chosen` where the rate is the kind's choice.
    void addTo(Csv table, Replicate replicate) {
        List<Point> chosen = chosen();
        found.forEach((condition, here) -> points.forEach(point -> {
            WordErrors errors = here.get(point);
            table.add(replicate.number(), condition, point.kind(), point.rate, errors == null ? "" : errors.words(), errors == null ? "" : errors.errors(),
                    errors == null ? Double.NaN : errors.wer(), chosen.contains(point));
        }));
    }

    private List<Point> chosen() {
        List<Point> chosen = new ArrayList<>();
        for (String kind : points.stream().map(Point::kind).distinct().toList()) {
            points.stream().filter(point -> point.kind().equals(kind) && found.values().stream().allMatch(here -> here.containsKey(point)))
                    .min(Comparator.<Point>comparingLong(point -> found.values().stream().mapToLong(here -> here.get(point).errors()).sum())
                            .thenComparingDouble(Point::rate)).ifPresent(chosen::add);
        }
        return chosen;
    }

    /// The chosen rates of a table over those of `rates`, which stay for kinds that have no choice.
    static Rates read(Csv table, Rates rates) {
        Rates result = rates;
        for (Csv.Row row : table.rows()) {
            result = row.number("chosen") == 1 ? result.with(row.text("kind"), row.number("rate")) : result;
        }
        return result;
    }
}
