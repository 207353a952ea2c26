package org.hyperhypo.experiments.recipe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hyperhypo.experiments.corpus.ConnectedDigits.Part;
import org.hyperhypo.experiments.model.FeatureSet;

/// Who trains, who is adapted on and who is scored: how the replicates of a recipe divide a corpus. No speech that is scored was trained on.
public sealed interface Division {
    /// Of how many ways there are to divide it.
    int folds();

    /// What one fold may see of the prepared sets, under the same names.
    Map<String, FeatureSet> sets(int fold, Map<String, FeatureSet> all);

    /// The utterances of one of those sets that are scored.
    FeatureSet test(int fold, FeatureSet set);

    /// The utterances of one of those sets that are the unlabelled speech of its domain.
    FeatureSet adaptation(int fold, FeatureSet set);

    /// One training set for all; of the test speakers (and of the development speakers, where rates are chosen) one fold is scored, the others are
    /// adapted on. A set of fewer speakers than folds is divided by utterance.
    record TestFolds(int folds) implements Division {
        public TestFolds {
            if (folds < 2) {
                throw new IllegalArgumentException("fold 0 of " + folds + ": at least two folds are needed, one to adapt on and one to test");
            }
        }

        @Override
        public Map<String, FeatureSet> sets(int fold, Map<String, FeatureSet> all) {
            return all;
        }

        @Override
        public FeatureSet test(int fold, FeatureSet set) {
            return part(fold, set, true);
        }

        @Override
        public FeatureSet adaptation(int fold, FeatureSet set) {
            return part(fold, set, false);
        }

        /// Whether the folds can be made of whole speakers.
        boolean bySpeaker(FeatureSet set) {
            return set.speakers().size() >= folds;
        }

        private FeatureSet part(int fold, FeatureSet set, boolean inside) {
            List<String> speakers = set.speakers();
            if (bySpeaker(set)) {
                return set.where(entry -> speakers.indexOf(entry.speaker()) % folds == fold == inside);
            }
            List<FeatureSet.Entry> chosen = new ArrayList<>();
            for (int u = 0; u < set.size(); u++) {
                if (u % folds == fold == inside) {
                    chosen.add(set.entries().get(u));
                }
            }
            return new FeatureSet(chosen);
        }
    }

    /// Target domains with recordings of their own, some of them given to adapt on. The source domain and the development speech have folds.
    record Given(Set<String> adaptation) implements Division {
        private static final TestFolds OTHERS = new TestFolds(2);

        public Given {
            adaptation = Set.copyOf(adaptation);
        }

        @Override
        public int folds() {
            return OTHERS.folds();
        }

        @Override
        public Map<String, FeatureSet> sets(int fold, Map<String, FeatureSet> all) {
            return all;
        }

        @Override
        public FeatureSet test(int fold, FeatureSet set) {
            FeatureSet given = set.where(entry -> adaptation.contains(entry.id()));
            return given.size() == 0 ? OTHERS.test(fold, set) : set.where(entry -> !adaptation.contains(entry.id()));
        }

        @Override
        public FeatureSet adaptation(int fold, FeatureSet set) {
            FeatureSet given = set.where(entry -> adaptation.contains(entry.id()));
            return given.size() == 0 ? OTHERS.adaptation(fold, set) : given;
        }
    }

    /// Nothing to divide: some test speakers are the target domain, the others the source domain. For looking at networks, not for adapting them.
    record Groups(Set<String> targets) implements Division {
        public Groups {
            targets = Set.copyOf(targets);
        }

        @Override
        public int folds() {
            return 1;
        }

        @Override
        public Map<String, FeatureSet> sets(int fold, Map<String, FeatureSet> all) {
            Map<String, FeatureSet> mine = new LinkedHashMap<>();
            all.forEach((name, set) -> mine.put(name, name.equals("test") || name.startsWith("test.")
                    ? set.where(entry -> targets.contains(entry.speaker()) == name.startsWith("test.")) : set));
            return mine;
        }

        @Override
        public FeatureSet test(int fold, FeatureSet set) {
            return set;
        }

        @Override
        public FeatureSet adaptation(int fold, FeatureSet set) {
            return set;
        }
    }

    /// A fold for every speaker of a corpus of [org.hyperhypo.experiments.corpus.ConnectedDigits], who is new to its network: the others train it, tune it
    /// and are its source domain; some recordings of the new speaker are adapted on, others scored.
    record HeldOutSpeaker(List<String> speakers) implements Division {
        public HeldOutSpeaker {
            speakers = List.copyOf(speakers);
        }

        @Override
        public int folds() {
            return speakers.size();
        }

        @Override
        public Map<String, FeatureSet> sets(int fold, Map<String, FeatureSet> all) {
            String held = speakers.get(fold);
            Map<String, FeatureSet> mine = new LinkedHashMap<>();
            all.forEach((name, set) -> mine.put(name, set.where(entry -> name.startsWith("test.")
                    ? entry.speaker().equals(held) && Part.of(entry) != Part.SOURCE
                    : !entry.speaker().equals(held) && (!name.equals("test") || Part.of(entry) == Part.SOURCE))));
            return mine;
        }

        @Override
        public FeatureSet test(int fold, FeatureSet set) {
            return set.where(entry -> Part.of(entry).scored());
        }

        /// Source speech is never adapted on; here it is what the target's activity is compared with.
        @Override
        public FeatureSet adaptation(int fold, FeatureSet set) {
            return set.where(entry -> !Part.of(entry).scored() || Part.of(entry) == Part.SOURCE);
        }
    }
}
