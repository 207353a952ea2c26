package org.hyperhypo.experiments.adapt;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.hyperhypo.asr.decode.Hypothesis;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.model.LogLikelihoods;

/// Which first-pass transcripts to trust: ranks utterances by a confidence measure and keeps the best part of every speaker's.
public final class UtteranceSelection {

    /// Confidence measures; a larger value means more trust. Sources: the method, section 6.
    public enum Measure {
        /// Mean gap between the two largest outputs (arXiv:1802.06861).
        OUTPUT_GAP("output gap"),
        /// Minus the mean entropy of the posteriors.
        NEGATIVE_ENTROPY("negative entropy"),
        /// Mean score of the aligned path minus that of the best state of each frame.
        PATH_SCORE("aligned-path score");

        private final String label;

        Measure(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }

        public double of(LogLikelihoods.Utterance scores, Hypothesis hypothesis) {
            return switch (this) {
                case OUTPUT_GAP -> scores.outputGap();
                case NEGATIVE_ENTROPY -> -scores.entropy();
                case PATH_SCORE -> hypothesis.meanMargin();
            };
        }
    }

    private UtteranceSelection() {
    }

    /// The measure for every utterance of the set.
    public static double[] measure(Measure measure, LogLikelihoods scores, List<Hypothesis> hypotheses) {
        double[] values = new double[hypotheses.size()];
        for (int u = 0; u < values.length; u++) {
            values[u] = measure.of(scores.utterances().get(u), hypotheses.get(u));
        }
        return values;
    }

    /// The best `share` of each speaker's utterances (at least one of each), as flags in the order of the set.
    public static boolean[] best(FeatureSet set, double[] confidence, double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("share of trusted utterances is " + share + "; it must lie above 0 and not above 1");
        }
        var bySpeaker = new TreeMap<String, List<Integer>>();
        for (int u = 0; u < set.size(); u++) {
            bySpeaker.computeIfAbsent(set.entries().get(u).speaker(), speaker -> new ArrayList<>()).add(u);
        }
        boolean[] chosen = new boolean[set.size()];
        for (List<Integer> utterances : bySpeaker.values()) {
            utterances.sort(Comparator.<Integer>comparingDouble(u -> -confidence[u]).thenComparingInt(u -> u));
            int count = Math.max(1, (int) Math.round(share * utterances.size()));
            utterances.subList(0, count).forEach(u -> chosen[u] = true);
        }
        return chosen;
    }
}
