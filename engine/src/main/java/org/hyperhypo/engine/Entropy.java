package org.hyperhypo.engine;

/// Entropy of the network's own posteriors: making it small makes the network surer, without any label (Grandvalet and Bengio 2005; Tent, Wang et al. 2021).
///
/// ```
/// ℓ_n = H_n = −Σ_k p[n,k]·log p[n,k]
/// dL/dlogits[n,k] = −c_n/C·p[n,k]·(log p[n,k] + H_n)
/// ```
/// Of the targets only the weights count, and that a negative label means no loss.
public record Entropy() implements Loss {
    static double gradient(View logits, Targets targets, int n, Workspace w) {
        int classes = logits.size();
        float[] d = w.gradients(logits);
        float[] p = w.losses.distributions(n * classes);
        Softmax.forward(logits, n, w, d);
        w.kernels.exp(d, p, 0, n * classes);
        double total = targets.total(n);
        double loss = 0;
        for (int i = 0; i < n; i++) {
            double share = total == 0 ? 0 : targets.weight(i) / total;
            double entropy = 0;
            for (int k = i * classes; k < (i + 1) * classes; k++) {
                entropy -= (double) p[k] * d[k];
            }
            loss += share * entropy;
            float h = (float) entropy;
            float f = (float) -share;
            for (int k = i * classes; k < (i + 1) * classes; k++) {
                d[k] = f * (p[k] * (d[k] + h));
            }
        }
        return loss;
    }
}
