package org.hyperhypo.experiments.adapt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.hyperhypo.asr.decode.Hypothesis;
import org.hyperhypo.asr.features.Features;
import org.hyperhypo.experiments.Tiny;
import org.hyperhypo.experiments.adapt.UtteranceSelection.Measure;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.model.LogLikelihoods;
import org.junit.jupiter.api.Test;

class UtteranceSelectionTest {
    @Test
    void theBestShareOfEachSpeakerIsChosenWhateverOtherSpeakersReach() {
        // Speaker a: 4 utterances, b: 3 far less certain ones, c: one.
        FeatureSet set = set("a", "a", "b", "a", "b", "a", "b", "c");
        double[] confidence = {5, 9, -50, 7, -40, 8, -60, Double.NEGATIVE_INFINITY};
        assertArrayEquals(new boolean[] {false, true, true, false, true, true, false, true}, UtteranceSelection.best(set, confidence, 0.5),
                "a: 2 of 4, b: round(1.5) = 2 of 3, c: at least one");
        assertArrayEquals(new boolean[] {true, true, true, true, true, true, true, true}, UtteranceSelection.best(set, confidence, 1));
    }

    @Test
    void theFirstOfEquallyTrustedUtterancesIsChosen() {
        assertArrayEquals(new boolean[] {true, true, false, false}, UtteranceSelection.best(set("a", "a", "a", "a"), new double[4], 0.5));
    }

    @Test
    void everyMeasureIsLargerWhereTheModelIsMoreCertain() {
        FeatureSet set = set("a", "a");
        List<Hypothesis> hypotheses = List.of(hypothesis(-0.1), hypothesis(-3));
        LogLikelihoods scores = new LogLikelihoods(List.of(utterance(4, 0.3), utterance(0.5, 2)));
        for (Measure measure : Measure.values()) {
            double[] values = UtteranceSelection.measure(measure, scores, hypotheses);
            assertTrue(values[0] > values[1], measure.label());
            assertArrayEquals(new boolean[] {true, false}, UtteranceSelection.best(set, values, 0.5));
        }
        assertEquals(4, Measure.OUTPUT_GAP.of(scores.utterances().get(0), hypotheses.get(0)));
        assertEquals(-0.3, Measure.NEGATIVE_ENTROPY.of(scores.utterances().get(0), hypotheses.get(0)));
        assertEquals(-0.1, Measure.PATH_SCORE.of(scores.utterances().get(0), hypotheses.get(0)));
    }

    @Test
    void aSharperNetworkHasALargerGapAndLessEntropy() {
        FeatureSet set = Tiny.features(Tiny.seed("UtteranceSelection"), 2, 3);
        var model = Tiny.model(1);
        var sharper = model.network().copy();
        for (String name : List.of("output.weight", "output.bias")) {
            for (int i = 0; i < sharper.tensor(name).length; i++) {
                sharper.tensor(name)[i] *= 3;
            }
        }
        LogLikelihoods soft = model.score(set);
        LogLikelihoods sharp = model.with(sharper).score(set);
        for (int u = 0; u < set.size(); u++) {
            assertTrue(sharp.utterances().get(u).outputGap() > soft.utterances().get(u).outputGap());
            assertTrue(sharp.utterances().get(u).entropy() < soft.utterances().get(u).entropy());
        }
    }

    private static FeatureSet set(String... speakers) {
        List<FeatureSet.Entry> entries = new ArrayList<>();
        for (int u = 0; u < speakers.length; u++) {
            entries.add(new FeatureSet.Entry(speakers[u] + u, speakers[u], List.of("ah"), new Features(1, 1, new float[1])));
        }
        return new FeatureSet(entries);
    }

    private static LogLikelihoods.Utterance utterance(double gap, double entropy) {
        return new LogLikelihoods.Utterance(1, 1, new float[1], gap, entropy);
    }

    private static Hypothesis hypothesis(double margin) {
        return new Hypothesis(List.of(), List.of(), new int[1], 0, 0, margin, 10);
    }
}
