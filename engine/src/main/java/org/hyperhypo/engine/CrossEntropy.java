package org.hyperhypo.engine;

/// Cross entropy of softmax with a target distribution t, which is the label's class alone or one row of [Targets#distributions]:
///
/// ```
/// ℓ_n = −Σ_k t[n,k]·log p[n,k]                       with a label: −log p[n, label_n]
/// dL/dlogits[n,k] = c_n/C·(p[n,k] − t[n,k])          each row of t sums to 1
/// ```
public record CrossEntropy() implements Loss {
    /// Labels alone, all of the same weight: one kernel.
    static double gradient(View logits, int[] labels, int n, Workspace w) {
        return gradient(logits, labels, Double.NaN, n, w);
    }

    private static double gradient(View logits, int[] labels, double whole, int n, Workspace w) {
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
        float total = Double.isNaN(whole) ? labelled : (float) whole;
        float scale = total == 0 ? 0f : 1f / total;
        return w.kernels.softmaxCrossEntropy(n, classes, w.values(logits), w.offset(logits), w.stride(logits), labels, scale,
                w.gradients(logits), 0, classes, w.scratch);
    }

    static double gradient(View logits, Targets targets, int n, Workspace w) {
        if (targets.distributions() == null && targets.uniform(n)) {
            return gradient(logits, targets.labels(), targets.whole(), n, w);
        }
        return gradient(logits, targets, targets.distributions(), n, w);
    }

    /// With distributions that need not be those of the targets; null: the labels.
    static double gradient(View logits, Targets targets, float[] distributions, int n, Workspace w) {
        double[] factor = w.losses.perSample(2 * n);
        double total = targets.total(n);
        perSample(logits, targets.labels(), distributions, n, w, factor, n);
        double loss = 0;
        for (int i = 0; i < n; i++) {
            double share = total == 0 ? 0 : targets.weight(i) / total;
            loss += share == 0 ? 0 : share * factor[n + i];
            factor[i] = share;
        }
        pull(logits, targets.labels(), distributions, n, w, factor, 0);
        return loss;
    }

    /// `loss[at + i] = ℓ_i`, 0 where the label is negative; leaves log p in the array of the logits' gradient.
    static void perSample(View logits, int[] labels, float[] distributions, int n, Workspace w, double[] loss, int at) {
        int classes = logits.size();
        float[] logP = w.gradients(logits);
        Softmax.forward(logits, n, w, logP);
        for (int i = 0; i < n; i++) {
            double sum = 0;
            if (labels[i] >= 0 && distributions == null) {
                sum = logP[i * classes + labels[i]];
            } else if (labels[i] >= 0) {
                for (int k = i * classes; k < (i + 1) * classes; k++) {
                    sum += (double) distributions[k] * logP[k];
                }
            }
            loss[at + i] = -sum;
        }
    }

    /// Turns log p in the array of the logits' gradient into `factor[at + i]·(p − t)`.
    static void pull(View logits, int[] labels, float[] distributions, int n, Workspace w, double[] factor, int at) {
        int classes = logits.size();
        float[] d = w.gradients(logits);
        w.kernels.exp(d, d, 0, n * classes);
        for (int i = 0; i < n; i++) {
            float f = (float) factor[at + i];
            int from = i * classes;
            if (f == 0f) {
                w.kernels.fill(d, from, classes, 0f);
            } else if (distributions == null) {
                d[from + labels[i]] -= 1f;
                scale(d, from, classes, f);
            } else {
                for (int k = from; k < from + classes; k++) {
                    d[k] = f * (d[k] - distributions[k]);
                }
            }
        }
    }

    private static void scale(float[] d, int from, int count, float f) {
        for (int k = from; k < from + count; k++) {
            d[k] *= f;
        }
    }
}
