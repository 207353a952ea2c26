package org.hyperhypo.experiments.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.hyperhypo.asr.decode.DecoderOptions;
import org.hyperhypo.asr.decode.DecodingGraph;
import org.hyperhypo.experiments.Tiny;
import org.hyperhypo.experiments.adapt.Arm;
import org.hyperhypo.experiments.adapt.SourceActivity;
import org.hyperhypo.experiments.adapt.UtteranceSelection;
import org.hyperhypo.experiments.model.AcousticModel;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.model.Recognizer;
import org.hyperhypo.experiments.report.Csv;
import org.junit.jupiter.api.Test;

class AdaptationTableTest {
    private static final long SEED = Tiny.seed("AdaptationTable");
    private final AcousticModel model = Tiny.model(SEED);
    private final FeatureSet test = Tiny.features(SEED + 1, 2, 3);
    private final FeatureSet clean = Tiny.features(SEED + 2, 2, 3);

    @Test
    void everyArmIsScoredWithItsCountsOnTargetAndSource() {
        AdaptationTable.Rows table = run(Tiny.features(SEED, 2, 4), 0);
        assertEquals(List.of("A0", "A1", "A2", "A3", "A3", "A6", "A6m", "A7", "A8", "A8", "A9"), table.arms().rows().stream().map(row -> row.text("arm")).toList());
        for (Csv.Row row : table.arms().rows()) {
            assertEquals(test.words(), row.number("words"));
            assertEquals(clean.words(), row.number("source_words"));
            assertEquals(row.number("errors"), row.number("sub") + row.number("del") + row.number("ins"));
            assertEquals(100 * row.number("errors") / test.words(), row.number("wer"), 1e-6);
        }
        // 12.5 % of 8 neurons in each tail of two layers; fc2 reads 8 numbers.
        Csv.Row a6 = table.arms().rows().get(5);
        assertEquals("4", a6.text("neurons"));
        int inputs = model.network().spec().neuronLayer("fc1").inputs();
        assertEquals(2 * (inputs + 1) + 2 * 9, a6.number("parameters"));
        assertEquals("0.3", a6.text("rate"));
        assertEquals("0.3, then 0.03", table.arms().rows().get(7).text("rate"));
        assertEquals(11 * test.size(), table.utterances().rows().size());
        assertEquals(11 * 2, table.saturation().rows().size());
        assertTrue(table.failures().rows().isEmpty());
    }

    @Test
    void scoringOnKeptConvolutionOutputsEqualsScoringTheWholeNetwork() {
        Scorer scorer = new Scorer(model, test);
        Recognizer recognizer = recognizer(0);
        assertEquals(recognizer.evaluate(test, model.score(test)).errors(), scorer.evaluate(model.network(), true, recognizer).errors());
        for (int u = 0; u < test.size(); u++) {
            org.junit.jupiter.api.Assertions.assertArrayEquals(model.score(test).utterances().get(u).values(),
                    scorer.score(model.network(), true).utterances().get(u).values());
        }
    }

    @Test
    void speechInWhichNoWordIsHeardIsNamedAndOnlyA0IsScored() {
        // A prohibitive word penalty: everything is silence.
        AdaptationTable.Rows table = run(Tiny.features(SEED, 2, 4), -1e6);
        assertEquals(List.of("A0"), table.arms().rows().stream().map(row -> row.text("arm")).toList());
        assertEquals(test.words(), table.arms().rows().getFirst().number("del"));
        Csv.Row failure = table.failures().rows().getFirst();
        assertEquals("adaptation r1: noise", failure.text("stage") + ": " + failure.text("item"));
    }

    /// All arms, one below the other, and first what failed before any.
    private AdaptationTable.Rows run(FeatureSet unlabelled, double penalty) {
        RecipeOptions options = ToneTask.options();
        AdaptationTable table = new AdaptationTable(new Replicate(1, SEED, 0, 2), "noise", model, recognizer(penalty), Tiny.LEXICON,
                new UtteranceSelection.Trust(UtteranceSelection.Measure.PATH_SCORE, 0.5, SourceActivity.of(model, clean)), options, unlabelled,
                new Scorer(model, test), new Scorer(model, clean));
        AdaptationTable.Rows all = new AdaptationTable.Rows(new Csv(AdaptationTable.COLUMNS), new Csv(AdaptationTable.SATURATION_COLUMNS),
                new Csv(Evaluation.UTTERANCE_COLUMNS), table.failures());
        for (Arm arm : options.arms().arms()) {
            for (int draw = 0; draw < arm.draws(); draw++) {
                AdaptationTable.Rows rows = table.run(arm, draw);
                append(all.arms(), rows.arms());
                append(all.saturation(), rows.saturation());
                append(all.utterances(), rows.utterances());
                append(all.failures(), rows.failures());
            }
        }
        return all;
    }

    private static void append(Csv all, Csv rows) {
        rows.rows().forEach(row -> all.add(row.cells().toArray()));
    }

    private static Recognizer recognizer(double penalty) {
        return new Recognizer(DecodingGraph.wordLoop(Tiny.STATES, Tiny.LEXICON), new DecoderOptions(1, penalty, 1e9, 1000));
    }
}
