package org.hyperhypo.experiments.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.hyperhypo.asr.features.Features;

/// The features of a data set in memory, one entry an utterance, sorted by id. Frames are numbered through the whole set.
public record FeatureSet(List<Entry> entries) {

    /// One utterance: who said what, and its normalised features (frames, bands).
    public record Entry(String id, String speaker, List<String> words, Features features) {
        public Entry {
            words = List.copyOf(words);
        }

        public int frames() {
            return features.frames();
        }

        Entry with(Features other) {
            return new Entry(id, speaker, words, other);
        }
    }

    public FeatureSet {
        entries = List.copyOf(entries);
    }

    public int size() {
        return entries.size();
    }

    public int frames() {
        return entries.stream().mapToInt(Entry::frames).sum();
    }

    public int words() {
        return entries.stream().mapToInt(entry -> entry.words().size()).sum();
    }

    public List<String> speakers() {
        return entries.stream().map(Entry::speaker).distinct().sorted().toList();
    }

    /// Number of the first frame of every utterance, and after the last one the number of frames.
    public int[] starts() {
        int[] starts = new int[entries.size() + 1];
        for (int u = 0; u < entries.size(); u++) {
            starts[u + 1] = starts[u] + entries.get(u).frames();
        }
        return starts;
    }

    public FeatureSet where(Predicate<Entry> wanted) {
        return new FeatureSet(entries.stream().filter(wanted).toList());
    }

    /// Every `step`-th utterance from `first`: a sample spread evenly over speakers, since entries are sorted by speaker.
    public FeatureSet every(int step, int first) {
        List<Entry> chosen = new ArrayList<>();
        for (int u = first; u < entries.size(); u += step) {
            chosen.add(entries.get(u));
        }
        return new FeatureSet(chosen);
    }
}
