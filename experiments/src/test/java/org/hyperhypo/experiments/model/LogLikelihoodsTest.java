package org.hyperhypo.experiments.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.Workspace;
import org.hyperhypo.experiments.Tiny;
import org.junit.jupiter.api.Test;

class LogLikelihoodsTest {
    private static final long SEED = Tiny.seed("LogLikelihoods");
    private static final int STATES = Tiny.STATES.size();

    private final AcousticModel model = Tiny.model(SEED);
    private final Workspace work = model.network().workspace(1);
    // More frames than one batch, so that an utterance crosses its border.
    private final FeatureSet set = Tiny.features(SEED, 4, 4);

    @Test
    void scoresEqualADirectComputation() {
        assertTrue(set.frames() > Batches.SIZE);
        LogLikelihoods scores = model.score(set);
        for (int u = 0; u < set.size(); u++) {
            LogLikelihoods.Utterance utterance = scores.utterances().get(u);
            FeatureSet.Entry entry = set.entries().get(u);
            assertEquals(entry.frames(), utterance.frames());
            for (int t = 0; t < entry.frames(); t++) {
                double[] logits = logits(model.network(), entry, t);
                double sum = Arrays.stream(logits).map(Math::exp).sum();
                for (int s = 0; s < STATES; s++) {
                    double logPosterior = logits[s] - Math.log(sum);
                    assertEquals(logPosterior - model.logPriors()[s], utterance.score(t, s), 2e-5);
                }
            }
        }
    }

    @Test
    void anUtteranceScoresTheSameAloneAsAmongOthers() {
        LogLikelihoods together = model.score(set);
        for (int u = 0; u < set.size(); u++) {
            assertArrayEquals(model.score(new FeatureSet(List.of(set.entries().get(u)))).utterances().getFirst().values(), together.utterances().get(u).values());
        }
    }

    @Test
    void accuracyIsTheShareOfLabelledFramesWhoseBestPosteriorIsTheLabel() {
        int[] labels = Tiny.labels(SEED, set.frames(), STATES);
        int right = 0;
        int counted = 0;
        int frame = 0;
        for (FeatureSet.Entry entry : set.entries()) {
            for (int t = 0; t < entry.frames(); t++, frame++) {
                double[] logits = logits(model.network(), entry, t);
                int best = 0;
                for (int s = 1; s < STATES; s++) {
                    best = logits[s] > logits[best] ? s : best;
                }
                counted += labels[frame] >= 0 ? 1 : 0;
                right += labels[frame] == best ? 1 : 0;
            }
        }
        assertTrue(right > 0 && counted < labels.length);
        assertEquals((double) right / counted, model.score(set).accuracy(labels, model.logPriors()));
        Arrays.fill(labels, -1);
        assertTrue(Double.isNaN(model.score(set).accuracy(labels, model.logPriors())));
    }

    @Test
    void theNumberOfPriorsMustBeThatOfTheOutputs() {
        assertThrows(IllegalArgumentException.class, () -> LogLikelihoods.of(model.network(), model.splice(set), set.starts(), new float[2]));
    }

    private double[] logits(Network network, FeatureSet.Entry entry, int t) {
        float[] window = new float[Tiny.CONTEXT.size(Tiny.BANDS)];
        Tiny.CONTEXT.window(entry.features(), t, window, 0);
        network.forward(window, 0, 1, work);
        double[] logits = new double[STATES];
        for (int s = 0; s < STATES; s++) {
            logits[s] = work.logits()[s];
        }
        return logits;
    }
}
