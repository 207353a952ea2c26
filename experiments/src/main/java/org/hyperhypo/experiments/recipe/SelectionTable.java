package org.hyperhypo.experiments.recipe;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.hyperhypo.asr.score.EditDistance;
import org.hyperhypo.asr.score.WordErrors;
import org.hyperhypo.experiments.adapt.FirstPass;
import org.hyperhypo.experiments.adapt.UtteranceSelection;
import org.hyperhypo.experiments.adapt.UtteranceSelection.Measure;
import org.hyperhypo.experiments.adapt.UtteranceSelection.Trust;
import org.hyperhypo.experiments.neurons.Spearman;
import org.hyperhypo.experiments.report.Csv;

/// How well each confidence measure finds the utterances with few errors: its rank correlation with their true error rate, and the error rate
/// of the best k % of every speaker's utterances, beside the order that knows the errors ("oracle"). The references serve this table alone.
final class SelectionTable {
    static final String[] COLUMNS = {"replicate", "condition", "measure", "spearman", "selected_wer", "all_wer"};
    static final String[] CURVE_COLUMNS = {"replicate", "condition", "measure", "share", "utterances", "words", "errors", "wer"};
    static final String ORACLE = "oracle";
    /// Steps of k from 0 to 100 %.
    private static final int STEPS = 10;

    final Csv summary = new Csv(COLUMNS);
    final Csv curves = new Csv(CURVE_COLUMNS);

    void add(Replicate replicate, String condition, FirstPass pass, Trust trust) {
        WordErrors[] errors = new WordErrors[pass.set().size()];
        for (int u = 0; u < errors.length; u++) {
            errors[u] = EditDistance.count(pass.set().entries().get(u).words(), pass.hypotheses().get(u).text());
        }
        boolean[] everybody = new boolean[errors.length];
        Arrays.fill(everybody, true);
        double all = sum(errors, everybody).wer();
        for (Measure measure : Measure.values()) {
            double[] confidence = pass.confidence(measure, trust.source());
            boolean[] best = UtteranceSelection.best(pass.set(), confidence, trust.share());
            summary.add(replicate.number(), condition, measure.label(), correlation(confidence, errors), sum(errors, best).wer(), all);
            curve(replicate, condition, measure.label(), pass, confidence, errors);
        }
        // Silence in which words were heard is worst of all.
        curve(replicate, condition, ORACLE, pass, Arrays.stream(errors).mapToDouble(e -> e.errors() == 0 ? 0 : -(double) e.errors() / e.words()).toArray(), errors);
    }

    private void curve(Replicate replicate, String condition, String measure, FirstPass pass, double[] confidence, WordErrors[] errors) {
        for (int k = 1; k <= STEPS; k++) {
            double share = (double) k / STEPS;
            boolean[] best = UtteranceSelection.best(pass.set(), confidence, share);
            WordErrors chosen = sum(errors, best);
            long utterances = IntStream.range(0, best.length).filter(u -> best[u]).count();
            curves.add(replicate.number(), condition, measure, share, utterances, chosen.words(), chosen.errors(), chosen.wer());
        }
    }

    private static WordErrors sum(WordErrors[] errors, boolean[] chosen) {
        return IntStream.range(0, errors.length).filter(u -> chosen[u]).mapToObj(u -> errors[u]).reduce(WordErrors.NONE, WordErrors::add);
    }

    /// Spearman's rank correlation of confidence and true error rate, over utterances that have words: below 0 for a measure worth its name.
    static double correlation(double[] confidence, WordErrors[] errors) {
        int[] spoken = IntStream.range(0, errors.length).filter(u -> errors[u].words() > 0).toArray();
        return Spearman.correlation(IntStream.of(spoken).mapToDouble(u -> confidence[u]).toArray(),
                IntStream.of(spoken).mapToDouble(u -> errors[u].wer()).toArray());
    }
}
