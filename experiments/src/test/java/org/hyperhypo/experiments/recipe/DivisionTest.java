package org.hyperhypo.experiments.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hyperhypo.asr.features.Features;
import org.hyperhypo.experiments.model.FeatureSet;
import org.junit.jupiter.api.Test;

/// Leave one speaker out; folds of the test speakers are tested with [ReplicateTest].
class DivisionTest {
    private static final List<String> SPEAKERS = List.of("ann", "bob", "cy");
    private static final Map<String, FeatureSet> ALL = Map.of("train", set("train"), "dev", set("development.adapt", "development.test"),
            "dev.tune-noise", set("development.adapt", "development.test"), "test", set("source", "adapt", "test"),
            "test.noise", set("source", "adapt", "test"));

    @Test
    void theHeldOutSpeakerIsHeardInTheTargetDomainAlone() {
        for (Replicate replicate : Replicate.of(6, new Division.HeldOutSpeaker(SPEAKERS), 1)) {
            String held = SPEAKERS.get((replicate.number() - 1) % 3);
            Map<String, FeatureSet> mine = replicate.sets(ALL);
            assertEquals(ALL.keySet(), mine.keySet());
            mine.forEach((name, set) -> {
                Set<String> expected = new TreeSet<>(name.equals("test.noise") ? List.of(held) : SPEAKERS);
                if (!name.equals("test.noise")) {
                    expected.remove(held);
                }
                assertEquals(expected, new TreeSet<>(set.speakers()), name);
            });
            assertEquals(Set.of("source"), parts(mine.get("test")));
            assertEquals(Set.of("adapt", "test"), parts(mine.get("test.noise")));
        }
    }

    @Test
    void whatIsAdaptedOnIsNotScored() {
        Replicate replicate = new Replicate(1, 1, 1, new Division.HeldOutSpeaker(SPEAKERS));
        Map<String, FeatureSet> mine = replicate.sets(ALL);
        assertEquals(Set.of("adapt"), parts(replicate.adaptation(mine.get("test.noise"))));
        assertEquals(Set.of("test"), parts(replicate.test(mine.get("test.noise"))));
        assertEquals(Set.of("development.adapt"), parts(replicate.adaptation(mine.get("dev.tune-noise"))));
        assertEquals(Set.of("development.test"), parts(replicate.test(mine.get("dev.tune-noise"))));
        assertEquals(mine.get("test"), replicate.test(mine.get("test")), "all source speech is scored");
    }

    @Test
    void aFoldThatIsNotThereIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Replicate(1, 1, 3, new Division.HeldOutSpeaker(SPEAKERS)));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new Division.TestFolds(1)).getMessage().contains("at least two"));
    }

    private static Set<String> parts(FeatureSet set) {
        return set.entries().stream().map(entry -> entry.id().split("-")[1]).collect(Collectors.toSet());
    }

    private static FeatureSet set(String... parts) {
        List<FeatureSet.Entry> entries = new ArrayList<>();
        for (String speaker : SPEAKERS) {
            for (String part : parts) {
                for (int number = 0; number < 2; number++) {
                    entries.add(new FeatureSet.Entry(speaker + "-" + part + "-00" + number, speaker, List.of("ah"), new Features(1, 1, new float[1])));
                }
            }
        }
        return new FeatureSet(entries);
    }
}
