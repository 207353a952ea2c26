package org.hyperhypo.asr.hmm;

import java.util.List;

/// Which state stands on which frame.
///
/// @param states state per frame
/// @param words words without silence
/// @param confidences one per word, between 0 and 1: `exp` of the mean margin (see `meanMargin`) over the word's frames; empty for a flat start
/// @param phones phones, silence included
/// @param score total path score: scaled acoustic scores plus transitions (0 for a flat start, which looks at no scores)
/// @param meanMargin mean over frames of score(t, aligned state) − max over s of score(t, s): 0 at best, far below 0 where the words
///     do not fit the sound; unscaled
public record Alignment(int[] states, List<Segment> words, List<Double> confidences, List<Segment> phones, double score,
        double meanMargin) {
    public int frames() {
        return states.length;
    }

    public double meanScore() {
        return score / states.length;
    }
}
