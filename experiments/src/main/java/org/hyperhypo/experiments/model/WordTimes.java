package org.hyperhypo.experiments.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hyperhypo.asr.features.FeatureOptions;
import org.hyperhypo.asr.score.Ctm;

/// Times of words or phones in frames, for a CTM file in seconds.
///
/// A frame stands for one shift around the centre of its window: frame t begins at `t·shift + (window − shift) / 2`.
public final class WordTimes {
    private final List<Ctm.Word> words = new ArrayList<>();
    private final double shift;
    private final double first;

    public WordTimes(FeatureOptions frames) {
        this.shift = frames.shiftMillis() / 1000;
        this.first = (frames.windowMillis() - frames.shiftMillis()) / 2000;
    }

    /// A label on frames `start` (included) to `end` (excluded).
    public void add(String utterance, int start, int end, String label) {
        add(utterance, start, end, label, Double.NaN);
    }

    /// @param confidence between 0 and 1; NaN for none
    public void add(String utterance, int start, int end, String label, double confidence) {
        words.add(new Ctm.Word(utterance, "1", first + start * shift, (end - start) * shift, label, confidence));
    }

    public void write(Path file) throws IOException {
        Ctm.write(file, words);
    }
}
