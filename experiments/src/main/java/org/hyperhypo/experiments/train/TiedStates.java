package org.hyperhypo.experiments.train;

import java.util.ArrayList;
import java.util.List;
import org.hyperhypo.asr.hmm.Alignment;
import org.hyperhypo.asr.hmm.Contexts;
import org.hyperhypo.asr.hmm.StateInventory;
import org.hyperhypo.asr.hmm.StateTying;
import org.hyperhypo.experiments.model.FeatureSet;

/// Context-dependent states from a context-independent alignment: trees grown on the features, and the alignment renumbered.
public final class TiedStates {
    private static final int MIN_FRAMES = 30;
    private static final double MIN_GAIN = 100;

    private TiedStates() {
    }

    /// At most `count` states; fewer where contexts have fewer than 30 frames or a split gains less than 100 in log likelihood.
    public static StateInventory grow(FeatureSet set, Alignments alignments, StateInventory states, int count) {
        int size = set.entries().getFirst().features().bands();
        StateTying tying = new StateTying(states.phones(), states.topology(), size);
        for (int u = 0; u < set.size(); u++) {
            Alignment alignment = alignments.utterances().get(u);
            if (!alignment.phones().isEmpty()) {
                tying.add(Contexts.of(alignment, states), set.entries().get(u).features().data(), 0);
            }
        }
        return tying.build(count, MIN_FRAMES, MIN_GAIN);
    }

    /// The same alignments in the numbers of `tied`.
    public static Alignments renumbered(Alignments alignments, StateInventory states, StateInventory tied) {
        List<Alignment> all = new ArrayList<>();
        for (Alignment a : alignments.utterances()) {
            all.add(a.phones().isEmpty() ? a : new Alignment(Contexts.of(a, states).states(tied), a.words(), a.confidences(), a.phones(), a.score(),
                    a.meanMargin()));
        }
        return new Alignments(List.copyOf(all), alignments.failures());
    }
}
