package org.hyperhypo.experiments.corpus;

import java.util.List;

/// A synthetic utterance: its audio (−1..1, [SyntheticDigits#RATE] Hz) and what is spoken when.
///
/// `phones` cover the whole audio without gaps, `SIL` included; `wordTimes` has one entry a word, in the order of `words`.
public record SpokenUtterance(String id, String speaker, List<String> words, float[] samples,
        List<TimedLabel> phones, List<TimedLabel> wordTimes) {
    public SpokenUtterance {
        words = List.copyOf(words);
        phones = List.copyOf(phones);
        wordTimes = List.copyOf(wordTimes);
    }

    public double seconds() {
        return samples.length / (double) SyntheticDigits.RATE;
    }
}
