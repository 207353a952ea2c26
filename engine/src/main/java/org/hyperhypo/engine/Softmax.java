package org.hyperhypo.engine;

/// Softmax, the last layer of a classifier: `p_k = exp(o_k) / Σ_j exp(o_j)` over the logits o.
///
/// Training never computes it alone: with the cross entropy it is one step, whose gradient is `p − onehot` ([CrossEntropy]). For
/// reading, [Network#logPosteriors] gives `log p_k = o_k − log Σ_j exp(o_j)`.
public record Softmax() implements Layer {
    @Override
    public Shape output(Shape input) {
        return input;
    }

    static void forward(View logits, int n, Workspace w, float[] logPosteriors) {
        int classes = logits.size();
        w.kernels.logSoftmax(n, classes, w.values(logits), w.offset(logits), w.stride(logits), logPosteriors, 0, classes, w.scratch);
    }
}
