package org.hyperhypo.asr.decode;

import java.util.List;
import org.hyperhypo.asr.hmm.Alignment;
import org.hyperhypo.asr.hmm.Segment;

/// What the decoder heard.
///
/// @param words the words with their times and confidences; silence is left out
/// @param phones phones of the best path, silence included
/// @param states state of the best path per frame: the alignment of the decoded words
/// @param score total path score: scaled acoustic scores, transitions, language model, word penalties
/// @param acousticScore sum of the unscaled frame scores along the path
/// @param meanMargin mean over frames of score(t, path) − max over s of score(t, s), unscaled: 0 if the path is the best state
///     everywhere. An utterance confidence: the larger, the more the words agree with what the model alone would say
/// @param beam the beam that the search needed (wider than asked for after a retry)
public record Hypothesis(List<Word> words, List<Segment> phones, int[] states, double score, double acousticScore, double meanMargin,
        double beam) {
    /// A word on frames `start` (included) to `end` (excluded). `confidence` is `exp` of the mean margin over these frames, so it lies
    /// between 0 and 1 and is 1 where the path is the best state in every frame.
    public record Word(String word, int start, int end, double confidence) {
    }

    /// The words alone, for scoring.
    public List<String> text() {
        return words.stream().map(Word::word).toList();
    }

    /// The same path as an alignment, for training.
    public Alignment alignment() {
        List<Segment> times = words.stream().map(w -> new Segment(w.word(), w.start(), w.end())).toList();
        return new Alignment(states, times, words.stream().map(Word::confidence).toList(), phones, score, meanMargin);
    }
}
