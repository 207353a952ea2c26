package org.hyperhypo.experiments.adapt;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.hyperhypo.experiments.model.FeatureSet;

/// Which first-pass transcripts to trust: ranks utterances by a confidence measure and keeps the best part of every speaker's.
public final class UtteranceSelection {

    /// Confidence measures; a larger value means more trust. Sources: the method, section 6.
    public enum Measure {
        /// Mean gap between the two largest outputs, which is that of the log posteriors (arXiv:1802.06861).
        OUTPUT_GAP("output gap"),
        /// Mean gap between the two largest posteriors.
        POSTERIOR_GAP("posterior gap"),
        /// Minus the mean entropy of the posteriors, over log S.
        NEGATIVE_ENTROPY("negative entropy"),
        /// Minus the distance of the last hidden layer's windowed entropy from what is typical of source speech ([SourceActivity]).
        ACTIVATION_ENTROPY("activation entropy"),
        /// Mean score of the aligned path minus that of the best state of each frame.
        PATH_SCORE("aligned-path score"),
        /// Score of the path per frame minus that of the best path through any phones.
        FREE_LOOP("score against free loop");

        private final String label;

        Measure(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /// Which measure is believed, what share of each speaker's utterances, and what source speech is like (null where it is not known).
    public record Trust(Measure measure, double share, SourceActivity source) {
    }

    private UtteranceSelection() {
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
