package org.hyperhypo.experiments.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hyperhypo.asr.decode.DecoderOptions;
import org.hyperhypo.asr.decode.DecodingGraph;
import org.hyperhypo.experiments.Tiny;
import org.hyperhypo.experiments.adapt.AdaptationPlan;
import org.hyperhypo.experiments.adapt.Arm;
import org.hyperhypo.experiments.adapt.FirstPass;
import org.hyperhypo.experiments.adapt.Rates;
import org.hyperhypo.experiments.adapt.Regime;
import org.hyperhypo.experiments.adapt.UtteranceSelection;
import org.hyperhypo.experiments.model.AcousticModel;
import org.hyperhypo.experiments.model.Recognizer;
import org.hyperhypo.experiments.report.Csv;
import org.junit.jupiter.api.Test;

class RateChoiceTest {
    private static final long SEED = Tiny.seed("RateChoice");
    private static final double ABSURD = 1e39;
    private final AcousticModel model = Tiny.model(SEED);

    @Test
    void eachKindGetsTheRateWithTheFewestErrorsAndTheSmallerOfEqualOnes() {
        Rates fixed = new Rates(new Rates.Family(0.03, 0.3, 0.03, 0.3, 0.3));
        AdaptationPlan plan = new AdaptationPlan(new Arm.Budget(fixed, 1, 1, 1), false, Regime.SPEAKER_DISJOINT, 0.5, 1, List.of(0.05, 0.5, ABSURD));
        Csv table = new Csv(RateChoice.COLUMNS);
        RateChoice choice = new RateChoice(plan);
        Recognizer recognizer = new Recognizer(DecodingGraph.wordLoop(Tiny.STATES, Tiny.LEXICON), new DecoderOptions(1, 0, 1e9, 1000));
        ArmLabels labels = new ArmLabels(model, recognizer, Tiny.LEXICON, new UtteranceSelection.Trust(UtteranceSelection.Measure.PATH_SCORE, 0.5, null),
                ToneTask.options(), new Csv(ResultTables.FAILURES));
        Replicate replicate = new Replicate(1, SEED, 0, 2);
        for (String condition : List.of("hiss", "hall")) {
            choice.measure(condition, labels.adaptation(replicate, condition, FirstPass.of(model, recognizer, Tiny.features(SEED + condition.length(), 2, 4))),
                    new Scorer(model, Tiny.features(SEED + 9, 2, 6)), recognizer);
        }
        choice.addTo(table, replicate);
        // everything, hidden dense, random, both, middle; at three rates; in two conditions.
        assertEquals(5 * 3 * 2, table.rows().size());
        Rates chosen = RateChoice.read(table, fixed);
        for (String kind : table.rows().stream().map(row -> row.text("kind")).distinct().toList()) {
            Map<Double, Double> errors = new LinkedHashMap<>();
            table.rows().stream().filter(row -> row.text("kind").equals(kind)).forEach(row -> errors.merge(row.number("rate"), row.number("errors"), Double::sum));
            double best = errors.entrySet().stream().filter(e -> !e.getValue().isNaN()).min(Map.Entry.<Double, Double>comparingByValue()
                    .thenComparing(Comparator.comparingDouble(Map.Entry::getKey))).orElseThrow().getKey();
            assertEquals(best, chosen.byKind().get(kind), kind + " " + errors);
            assertTrue(errors.get(ABSURD).isNaN(), "training at the absurd rate diverges: " + errors);
        }
        assertEquals(0.3, chosen.of(Arm.Trained.HYPO, Arm.Change.WEIGHTS), "a kind that was not tried keeps the rate of its family");
    }
}
