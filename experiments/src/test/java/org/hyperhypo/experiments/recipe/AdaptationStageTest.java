package org.hyperhypo.experiments.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hyperhypo.asr.corrupt.Condition;
import org.hyperhypo.asr.decode.DecoderOptions;
import org.hyperhypo.asr.decode.DecodingGraph;
import org.hyperhypo.experiments.Tiny;
import org.hyperhypo.experiments.adapt.Adaptation;
import org.hyperhypo.experiments.adapt.AdaptationPlan;
import org.hyperhypo.experiments.adapt.Arm;
import org.hyperhypo.experiments.adapt.FirstPass;
import org.hyperhypo.experiments.adapt.Regime;
import org.hyperhypo.experiments.adapt.UtteranceSelection;
import org.hyperhypo.experiments.model.AcousticModel;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.model.Recognizer;
import org.hyperhypo.experiments.report.Csv;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdaptationStageTest {
    private static final long SEED = Tiny.seed("AdaptationStage");
    private static final RecipeOptions OPTIONS = ToneTask.options();
    private static final Replicate REPLICATE = new Replicate(1, SEED, 0, 2);

    @TempDir
    private Path folder;
    private final AcousticModel model = Tiny.model(SEED);
    private final Recognizer recognizer = new Recognizer(DecodingGraph.wordLoop(Tiny.STATES, Tiny.LEXICON), new DecoderOptions(1, 0, 1e9, 1000));
    private final Map<String, FeatureSet> sets = new LinkedHashMap<>();

    AdaptationStageTest() {
        sets.put("dev", Tiny.features(SEED + 1, 2, 3));
        sets.put("test", Tiny.features(SEED + 2, 4, 3));
        sets.put("dev.tune", Tiny.features(SEED + 3, 2, 4));
        sets.put("test.noise", Tiny.features(SEED + 4, 4, 4));
    }

    @Test
    void theRegimeSaysWhoseSpeechIsAdaptedOn() {
        FeatureSet all = sets.get("test.noise");
        String disjoint = networkOf("A1", Regime.SPEAKER_DISJOINT);
        assertEquals(byHand(REPLICATE.adaptation(all)), disjoint);
        String transductive = networkOf("A1", Regime.TRANSDUCTIVE);
        assertEquals(byHand(REPLICATE.test(all)), transductive);
        assertNotEquals(disjoint, transductive);
    }

    @Test
    void everyArmOfTheMethodIsScoredAtTheRatesChosenOnTheTuningDomain() {
        AdaptationPlan full = new AdaptationPlan(OPTIONS.arms().budget(), true, Regime.SPEAKER_DISJOINT, 0.5, 1, List.of(0.02, 0.2));
        RunFolder run = run(full);
        Map<String, String> chosen = new LinkedHashMap<>();
        for (Csv.Row row : run.readPart("rates-r1.csv").rows()) {
            assertEquals("tune", row.text("condition"));
            if (row.number("chosen") == 1) {
                assertEquals(null, chosen.put(row.text("kind"), row.text("rate")), "one choice for each kind");
            }
        }
        assertEquals(18, chosen.size(), "11 sets of neurons by weights, 2 by scales and 1 by entropy, 2 near the source, 2 by reference: " + chosen);
        List<Csv.Row> rows = arms(run, full);
        assertEquals(Arm.all(full.budget()).stream().mapToInt(Arm::draws).sum(), rows.size());
        assertTrue(cells(full).stream().allMatch(cell -> run.readPart(cell.failures()).rows().isEmpty()));
        for (String[] pair : new String[][] {{"A1", "everything: weights"}, {"A3", "random: weights"}, {"A12", "hidden dense: scales"},
            {"A14", "hidden dense: scales and biases by entropy"}, {"A11", "everything: weights"}, {"A15.A6", "both: weights by reference"}}) {
            assertEquals(chosen.get(pair[1]), row(rows, pair[0]).text("rate"), pair[0]);
        }
        assertEquals("0", row(rows, "A0").text("moment_bytes"));
        assertEquals(4L * model.network().spec().parameterCount(), row(rows, "A7").number("moment_bytes"), "momentum of everything");
    }

    private static List<Cell> cells(AdaptationPlan plan) {
        return Grid.of(Map.of(), OPTIONS.with(plan), List.of(), List.of(new Domain("noise", "noise", List.of(new Condition.Clean()), 1)))
                .groups(Stage.ADAPTATION).getFirst().cells();
    }

    private RunFolder run(AdaptationPlan plan) {
        RunFolder run = new RunFolder(folder.resolve(plan.regime().label()));
        AdaptationStage stage = new AdaptationStage(REPLICATE, OPTIONS.with(plan), run, Tiny.LEXICON, sets, model, recognizer);
        if (!plan.grid().isEmpty()) {
            stage.chooseRates(Cell.of(Stage.RATES, 1), () -> { });
        }
        AdaptationStage.Condition noise = stage.condition("noise");
        cells(plan).forEach(cell -> noise.run(cell, () -> { }));
        return run;
    }

    private static List<Csv.Row> arms(RunFolder run, AdaptationPlan plan) {
        return cells(plan).stream().filter(cell -> !cell.item().isEmpty()).flatMap(cell -> run.readPart(cell.part("adaptation")).rows().stream()).toList();
    }

    private String networkOf(String arm, Regime regime) {
        AdaptationPlan plan = OPTIONS.arms().with(regime, 1);
        return row(arms(run(plan), plan), arm).text("network");
    }

    private String byHand(FeatureSet speech) {
        FirstPass pass = FirstPass.of(model, recognizer, speech);
        var trust = new UtteranceSelection.Trust(OPTIONS.trust(), OPTIONS.trustShare(), null);
        var labels = new Adaptation.Labels(pass.labels(pass.trusted(trust)), null);
        Arm blind = Arm.standard(OPTIONS.arms().budget()).get(1);
        return new Adaptation(model.network(), model.splice(speech), labels, OPTIONS.adapting(SEED)).run(blind, 0).network().hash();
    }

    private static Csv.Row row(List<Csv.Row> rows, String arm) {
        return rows.stream().filter(row -> row.text("arm").equals(arm)).findFirst().orElseThrow();
    }
}
