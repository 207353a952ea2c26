package org.hyperhypo.experiments.recipe;

import java.util.ArrayList;
import java.util.List;
import org.hyperhypo.experiments.model.FeatureSet;

/// One training seed paired with one fold of the test speakers: adapt on the speech of the other fold, test on this one.
///
/// So no word that is scored was ever adapted on, every test word is scored once per pass over the folds, and two replicates differ in the
/// initial network, the frame order and the test speakers.
public record Replicate(int number, long seed, int fold, int folds) {
    public Replicate {
        if (folds < 2 || fold < 0 || fold >= folds) {
            throw new IllegalArgumentException("fold " + fold + " of " + folds
                    + ": at least two folds are needed, one to adapt on and one to test, numbered from 0");
        }
    }

    /// `count` replicates of a base seed; fold r mod folds.
    public static List<Replicate> of(int count, int folds, long seed) {
        List<Replicate> replicates = new ArrayList<>();
        for (int r = 0; r < count; r++) {
            replicates.add(new Replicate(r + 1, seed + r, r % folds, folds));
        }
        return replicates;
    }

    public String name() {
        return "r" + number;
    }

    /// Whether the folds can be made of whole speakers; a test set of one speaker is split by utterance instead.
    public static boolean bySpeaker(FeatureSet test, int folds) {
        return test.speakers().size() >= folds;
    }

    /// This replicate's test utterances.
    public FeatureSet test(FeatureSet all) {
        return part(all, true);
    }

    /// The other folds' utterances: the unlabelled speech of the target domain.
    public FeatureSet adaptation(FeatureSet all) {
        return part(all, false);
    }

    private FeatureSet part(FeatureSet all, boolean inside) {
        List<String> speakers = all.speakers();
        if (bySpeaker(all, folds)) {
            return all.where(entry -> speakers.indexOf(entry.speaker()) % folds == fold == inside);
        }
        List<FeatureSet.Entry> chosen = new ArrayList<>();
        for (int u = 0; u < all.size(); u++) {
            if (u % folds == fold == inside) {
                chosen.add(all.entries().get(u));
            }
        }
        return new FeatureSet(chosen);
    }
}
