package org.hyperhypo.asr.score;

import java.util.List;
import java.util.Locale;

/// Counts of an alignment; `words` is the number of reference words.
public record WordErrors(long substitutions, long deletions, long insertions, long words) {
    /// Nothing counted yet.
    public static final WordErrors NONE = new WordErrors(0, 0, 0, 0);

    public static WordErrors of(List<EditDistance.Step> steps) {
        long s = 0;
        long d = 0;
        long i = 0;
        long n = 0;
        for (EditDistance.Step step : steps) {
            switch (step.edit()) {
                case CORRECT -> n++;
                case SUBSTITUTION -> {
                    n++;
                    s++;
                }
                case DELETION -> {
                    n++;
                    d++;
                }
                case INSERTION -> i++;
            }
        }
        return new WordErrors(s, d, i, n);
    }

    public long errors() {
        return substitutions + deletions + insertions;
    }

    public long correct() {
        return words - substitutions - deletions;
    }

    public WordErrors add(WordErrors o) {
        return new WordErrors(substitutions + o.substitutions, deletions + o.deletions, insertions + o.insertions, words + o.words);
    }

    /// Word error rate in percent; NaN without reference words and errors, Infinity with insertions alone.
    public double wer() {
        return 100.0 * errors() / words;
    }

    /// As Kaldi prints it: `%WER 12.34 [ 210 / 1702, 20 ins, 60 del, 130 sub ]`.
    public String line() {
        return String.format(Locale.ROOT, "%%WER %.2f [ %d / %d, %d ins, %d del, %d sub ]",
                wer(), errors(), words, insertions, deletions, substitutions);
    }
}
