package org.hyperhypo.experiments.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.hyperhypo.experiments.Tiny;
import org.hyperhypo.experiments.model.FeatureSet;
import org.junit.jupiter.api.Test;

class ReplicateTest {
    private static final long SEED = Tiny.seed("Replicate");

    @Test
    void foldsShareNoSpeakerAndTogetherAreTheWholeSet() {
        FeatureSet all = Tiny.features(SEED, 5, 3);
        for (int folds : new int[] {2, 3, 5}) {
            List<String> tested = new ArrayList<>();
            for (Replicate replicate : Replicate.of(folds, folds, 1)) {
                FeatureSet test = replicate.test(all);
                FeatureSet adaptation = replicate.adaptation(all);
                assertTrue(Collections.disjoint(test.speakers(), adaptation.speakers()));
                assertEquals(all.size(), test.size() + adaptation.size());
                assertTrue(test.size() > 0 && adaptation.size() > 0);
                assertEquals(test.entries().stream().map(FeatureSet.Entry::id).sorted().toList(), test.entries().stream().map(FeatureSet.Entry::id).toList());
                tested.addAll(test.entries().stream().map(FeatureSet.Entry::id).toList());
            }
            assertEquals(all.entries().stream().map(FeatureSet.Entry::id).toList(), tested.stream().sorted().toList(), "every utterance is tested once");
        }
    }

    @Test
    void fewerSpeakersThanFoldsAreSplitByUtterance() {
        FeatureSet all = Tiny.features(SEED, 1, 7);
        assertFalse(new Division.TestFolds(2).bySpeaker(all));
        List<String> tested = new ArrayList<>();
        for (Replicate replicate : Replicate.of(2, 2, 1)) {
            List<String> test = replicate.test(all).entries().stream().map(FeatureSet.Entry::id).toList();
            List<String> adaptation = replicate.adaptation(all).entries().stream().map(FeatureSet.Entry::id).toList();
            assertTrue(Collections.disjoint(test, adaptation));
            assertEquals(7, test.size() + adaptation.size());
            tested.addAll(test);
        }
        assertEquals(7, tested.stream().distinct().count());
        assertEquals(7, tested.size());
    }

    @Test
    void replicatesDifferInSeedAndTakeTurnsInFolds() {
        assertEquals(List.of(new Replicate(1, 10, 0, 2), new Replicate(2, 11, 1, 2), new Replicate(3, 12, 0, 2)), Replicate.of(3, 2, 10));
        assertEquals("r3", Replicate.of(3, 2, 10).getLast().name());
    }

    @Test
    void oneFoldWouldLeaveNothingToAdaptOn() {
        assertThrows(IllegalArgumentException.class, () -> new Division.TestFolds(1));
    }
}
