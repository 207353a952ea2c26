package org.hyperhypo.engine;

/// Cross entropy of softmax with integer labels, mean over the M rows whose label is not negative:
///
/// ```
/// L = −(1/M) Σ_n log p[n, label_n]         p = softmax(logits)
/// dL/dlogits[n,k] = (p[n,k] − [k = label_n]) / M;   0 for rows with a negative label
/// ```
public record CrossEntropy(int[] labels) implements Loss {
    static double gradient(View logits, int[] labels, int n, Workspace w) {
        int classes = logits.size();
        if (labels.length < n) {
            throw new ModelException("cross entropy: " + labels.length + " labels for " + n + " samples");
        }
        int labelled = 0;
        for (int i = 0; i < n; i++) {
            if (labels[i] >= classes) {
                throw new ModelException("cross entropy: label " + labels[i] + " of sample " + i + ", but the network has outputs 0 to " + (classes - 1));
            }
            labelled += labels[i] < 0 ? 0 : 1;
        }
        float scale = labelled == 0 ? 0f : 1f / labelled;
        return w.kernels.softmaxCrossEntropy(n, classes, w.values(logits), w.offset(logits), w.stride(logits), labels, scale,
                w.gradients(logits), 0, classes, w.scratch);
    }
}
