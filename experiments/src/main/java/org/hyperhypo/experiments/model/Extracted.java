package org.hyperhypo.experiments.model;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.hyperhypo.asr.features.Features;
import org.hyperhypo.experiments.Failure;

/// The features of a few utterances, as they travel between processes.
record Extracted(ArrayList<One> utterances, ArrayList<Failure> failures) implements Serializable {
    /// [FeatureSet.Entry]
    private record One(String id, String speaker, ArrayList<String> words, int frames, int columns, float[] values) implements Serializable {
        private static One of(FeatureSet.Entry entry) {
            Features f = entry.features();
            return new One(entry.id(), entry.speaker(), entry.words() == null ? null : new ArrayList<>(entry.words()), f.frames(), f.bands(), f.data());
        }

        private FeatureSet.Entry entry() {
            return new FeatureSet.Entry(id, speaker, words, new Features(frames, columns, values));
        }
    }

    static Extracted of(List<FeatureSet.Entry> entries, List<Failure> failures) {
        ArrayList<One> utterances = new ArrayList<>();
        entries.forEach(entry -> utterances.add(One.of(entry)));
        return new Extracted(utterances, new ArrayList<>(failures));
    }

    void hand(Consumer<FeatureSet.Entry> action, List<Failure> all) {
        utterances.forEach(one -> action.accept(one.entry()));
        all.addAll(failures);
    }
}
