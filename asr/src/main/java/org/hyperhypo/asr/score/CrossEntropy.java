package org.hyperhypo.asr.score;

import java.util.List;

/// Normalised cross entropy (NCE) of word confidences, as sclite computes it: how much better the confidences tell right from wrong words
/// than the mean alone does. 1 is perfect, 0 is no better than the constant nc/n, negative is worse.
///
/// `NCE = (Hmax − H) / Hmax`, `H = −Σ log₂ c over right words − Σ log₂(1 − c) over wrong ones`,
/// `Hmax = −nc·log₂ p − (n − nc)·log₂(1 − p)`, `p = nc/n`,
///
/// over the n hypothesis words (deletions do not count), nc of them right, c clipped to 10⁻⁷ … 1 − 10⁻⁷. Mutable: add utterance after utterance.
public final class CrossEntropy {
    private static final double CLIP = 1e-7;
    private static final double LN2 = Math.log(2);

    private long words;
    private long right;
    private double sum;

    /// @param confidences of the hypothesis words, in their order; a NaN (no confidence given) is an error
    public void add(List<EditDistance.Step> steps, double[] confidences) {
        int k = 0;
        for (EditDistance.Step step : steps) {
            if (step.hypothesis() == null) {
                continue;
            }
            if (k == confidences.length || Double.isNaN(confidences[k])) {
                throw new IllegalArgumentException("cross entropy: no confidence for word \"" + step.hypothesis()
                        + "\"; give one for every hypothesis word");
            }
            boolean correct = step.edit() == EditDistance.Edit.CORRECT;
            double c = Math.clamp(confidences[k++], CLIP, 1 - CLIP);
            sum -= Math.log(correct ? c : 1 - c) / LN2;
            words++;
            right += correct ? 1 : 0;
        }
        if (k != confidences.length) {
            throw new IllegalArgumentException("cross entropy: " + confidences.length + " confidences for " + k + " hypothesis words");
        }
    }

    public long words() {
        return words;
    }

    /// NaN where it is undefined: without words, or where all are right or all wrong.
    public double value() {
        double p = (double) right / words;
        double most = -(right * Math.log(p) + (words - right) * Math.log(1 - p)) / LN2;
        return right == 0 || right == words ? Double.NaN : (most - sum) / most;
    }
}
