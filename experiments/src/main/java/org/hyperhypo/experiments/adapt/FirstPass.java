package org.hyperhypo.experiments.adapt;

import java.util.List;
import org.hyperhypo.asr.decode.Hypothesis;
import org.hyperhypo.experiments.model.AcousticModel;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.model.LogLikelihoods;
import org.hyperhypo.experiments.model.Recognizer;

/// What the unadapted model makes of unlabelled speech: the transcripts and alignments that adaptation then believes, or not.
///
/// @param scores, hypotheses parallel to the utterances of `set`
public record FirstPass(FeatureSet set, LogLikelihoods scores, List<Hypothesis> hypotheses) {

    /// Decodes `unlabelled`; its words are not looked at.
    public static FirstPass of(AcousticModel model, Recognizer recognizer, FeatureSet unlabelled) {
        LogLikelihoods scores = model.score(unlabelled);
        return new FirstPass(unlabelled, scores, recognizer.decode(scores));
    }

    /// The measure for every utterance.
    public double[] confidence(UtteranceSelection.Measure measure) {
        return UtteranceSelection.measure(measure, scores, hypotheses);
    }

    /// The best `share` of each speaker's utterances.
    public boolean[] trusted(UtteranceSelection.Measure measure, double share) {
        return UtteranceSelection.best(set, confidence(measure), share);
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
}
