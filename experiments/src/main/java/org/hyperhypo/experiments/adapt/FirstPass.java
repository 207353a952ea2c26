package org.hyperhypo.experiments.adapt;

import java.util.List;
import java.util.stream.IntStream;
import org.hyperhypo.asr.decode.Hypothesis;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.asr.hmm.StateInventory;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.model.AcousticModel;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.model.LogLikelihoods;
import org.hyperhypo.experiments.model.Recognizer;
import org.hyperhypo.experiments.train.Alignments;

/// What a model makes of unlabelled speech: the transcripts and alignments that adaptation then believes, or not.
///
/// @param scores, hypotheses parallel to the utterances of `set`
public record FirstPass(AcousticModel model, Recognizer recognizer, FeatureSet set, LogLikelihoods scores, List<Hypothesis> hypotheses) {

    /// Decodes `unlabelled`; its words are not looked at.
    public static FirstPass of(AcousticModel model, Recognizer recognizer, FeatureSet unlabelled) {
        LogLikelihoods scores = model.score(unlabelled);
        return new FirstPass(model, recognizer, unlabelled, scores, recognizer.decode(scores));
    }

    /// The measure for every utterance.
    ///
    /// @param source what is typical of source speech; may be null for measures that do not compare with it
    public double[] confidence(UtteranceSelection.Measure measure, SourceActivity source) {
        return switch (measure) {
            case FREE_LOOP -> Confidence.againstFreeLoop(scores, hypotheses, model.states(), recognizer.options());
            case ACTIVATION_ENTROPY -> {
                if (source == null) {
                    throw new UserError("the measure \"" + measure.label() + "\" compares with source speech, and there is none");
                }
                yield source.confidence(model, set);
            }
            case OUTPUT_GAP, POSTERIOR_GAP, NEGATIVE_ENTROPY, PATH_SCORE -> IntStream.range(0, set.size()).mapToDouble(u ->
                    Confidence.of(measure, scores.utterances().get(u), hypotheses.get(u), model.logPriors())).toArray();
        };
    }

    /// The utterances to learn from.
    public boolean[] trusted(UtteranceSelection.Trust trust) {
        return UtteranceSelection.best(set, confidence(trust.measure(), trust.source()), trust.share());
    }

    /// The reference transcripts aligned to the scores of the first pass.
    public Alignments reference(Lexicon lexicon, StateInventory states, double acousticScale) {
        return Alignments.forced(set, scores, lexicon, states, acousticScale);
    }

    /// The states of the best paths, −1 on every frame of utterances that are not trusted or in which nothing was heard.
    public int[] labels(boolean[] trusted) {
        int[] labels = new int[set.frames()];
        int frame = 0;
        for (int u = 0; u < set.size(); u++) {
            boolean wanted = trusted[u] && !hypotheses.get(u).words().isEmpty();
            for (int state : hypotheses.get(u).states()) {
                labels[frame++] = wanted ? state : -1;
            }
        }
        return labels;
    }

    /// The labels of `alignments` on the utterances that [#labels(boolean\[\])] labels, so that both differ in nothing but their errors; −1 elsewhere.
    public int[] labels(boolean[] trusted, Alignments alignments) {
        int[] heard = labels(trusted);
        int[] labels = alignments.labels();
        return IntStream.range(0, heard.length).map(t -> heard[t] < 0 ? -1 : labels[t]).toArray();
    }
}
