package org.hyperhypo.experiments.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hyperhypo.experiments.model.FeatureSet;

/// One training seed paired with one fold of a [Division].
///
/// No word that is scored was ever adapted on, every test word is scored once per pass over the folds, and two replicates differ in the
/// initial network, the frame order and the speakers.
public record Replicate(int number, long seed, int fold, Division division) {
    public Replicate {
        if (fold < 0 || fold >= division.folds()) {
            throw new IllegalArgumentException("fold " + fold + " of " + division.folds() + ": folds are numbered from 0");
        }
    }

    /// With one of so many folds of the test speakers.
    public Replicate(int number, long seed, int fold, int folds) {
        this(number, seed, fold, new Division.TestFolds(folds));
    }

    /// `count` replicates of a base seed; fold r mod folds. No two share a seed, so that folds that train on the same speech have different networks.
    public static List<Replicate> of(int count, Division division, long seed) {
        List<Replicate> replicates = new ArrayList<>();
        for (int r = 0; r < count; r++) {
            replicates.add(new Replicate(r + 1, seed + r, r % division.folds(), division));
        }
        return replicates;
    }

    /// With so many folds of the test speakers.
    public static List<Replicate> of(int count, int folds, long seed) {
        return of(count, new Division.TestFolds(folds), seed);
    }

    public String name() {
        return "r" + number;
    }

    /// What this replicate may see of the prepared sets.
    public Map<String, FeatureSet> sets(Map<String, FeatureSet> all) {
        return division.sets(fold, all);
    }

    /// This replicate's test utterances.
    public FeatureSet test(FeatureSet set) {
        return division.test(fold, set);
    }

    /// The unlabelled speech of the target domain.
    public FeatureSet adaptation(FeatureSet set) {
        return division.adaptation(fold, set);
    }
}
