package org.hyperhypo.engine;

/// What training makes small: a mean over the samples of a batch, weighted as [Targets] say, and its gradient with respect to the logits.
///
/// With `c_n` the weight of sample n (0 where its label is negative), `C = Σ c_n` and `p = softmax(logits)`, every loss is `L = Σ_n c_n/C·ℓ_n`;
/// with no weight at all it is 0, and so is its gradient. Softmax and loss are one step, so that no probability is ever divided by.
public sealed interface Loss permits CrossEntropy, KldRegularised, Entropy, Comparative {
    /// Cross entropy with the labels, or with the distributions where the targets have them.
    static Loss crossEntropy() {
        return new CrossEntropy();
    }
}
