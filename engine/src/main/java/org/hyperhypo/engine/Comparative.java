package org.hyperhypo.engine;

/// Cross-model comparative loss (Zhu et al., arXiv:2301.03765): a network should not do better without some of its neurons. Model 0 is the network, model k
/// has a random part of its gated neurons closed, more in every next one: `1 − (1 − share)^k` of them, those of model k − 1 included.
///
/// ```
/// ℓ_n = ℓ⁰_n + weight/P·Σ_{i<j} max(0, ℓⁱ_n − ℓʲ_n)          ℓᵏ_n: cross entropy of model k; P = K·(K + 1)/2 pairs
/// dL/dlogitsᵏ[n] = a·c_n/C·(pᵏ − t)                          a = [k = 0] + weight/P·(#{j > k: ℓᵏ > ℓʲ} − #{i < k: ℓⁱ > ℓᵏ})
/// ```
/// The gradients of all models add up. Every batch draws anew, from the seed and the number of its first example (a pass in evaluation draws as seed 0,
/// example 0). Costs K more forward passes, and one forward and backward pass for each model that takes part in a violated pair.
///
/// @param models K, ablated models beside the full one
/// @param share  probability that the first of them lacks a neuron
public record Comparative(int models, double share, double weight) implements Loss {
    public Comparative {
        if (models < 1 || models > 16 || !(share > 0 && share < 1) || !(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new ModelException("Comparative(models " + models + ", share " + share + ", weight " + weight
                    + "): 1 to 16 models, share in (0, 1), weight 0 or more");
        }
    }

    /// Loss and gradients of everything that learns, after a forward pass of the full network.
    static double backward(Comparative loss, Network net, View logits, Targets targets, int n, NeuronMask mask, Workspace w) {
        int count = loss.models + 1;
        double[] values = w.losses.perSample((count + 1) * n);            // ℓᵏ_n at k·n + n; the last n are factors
        losses(loss, net, logits, targets, n, w, values);
        double total = targets.total(n);
        double sum = 0;
        for (int k = loss.models; k >= 0; k--) {                          // the full network last: its values stay in the workspace
            boolean takesPart = false;
            for (int i = 0; i < n; i++) {
                double share = total == 0 ? 0 : targets.weight(i) / total;
                double factor = share * loss.factor(values, k, i, n);
                values[count * n + i] = factor;
                takesPart |= factor != 0;
                sum += k > 0 ? 0 : share * loss.value(values, i, n);
            }
            if (takesPart || k == 0) {
                loss.run(net, k, n, w);
                CrossEntropy.perSample(logits, targets.labels(), targets.distributions(), n, w, values, k * n);
                CrossEntropy.pull(logits, targets.labels(), targets.distributions(), n, w, values, count * n);
                net.propagate(n, mask, w);
            }
        }
        return sum;
    }

    /// The value alone.
    static double value(Comparative loss, Network net, View logits, Targets targets, int n, Workspace w) {
        double[] values = w.losses.perSample((loss.models + 2) * n);
        losses(loss, net, logits, targets, n, w, values);
        loss.run(net, 0, n, w);
        double total = targets.total(n);
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += total == 0 ? 0 : targets.weight(i) / total * loss.value(values, i, n);
        }
        return sum;
    }

    private static void losses(Comparative loss, Network net, View logits, Targets targets, int n, Workspace w, double[] values) {
        for (int k = 0; k <= loss.models; k++) {
            if (k > 0) {
                loss.run(net, k, n, w);
            }
            CrossEntropy.perSample(logits, targets.labels(), targets.distributions(), n, w, values, k * n);
        }
    }

    private void run(Network net, int k, int n, Workspace w) {
        w.pass.ablate(net, 1 - StrictMath.pow(1 - share, k));
        net.plan().forward(net, n, w);
    }

    private double value(double[] values, int sample, int n) {
        double hinge = 0;
        for (int j = 1; j <= models; j++) {
            for (int i = 0; i < j; i++) {
                hinge += Math.max(0, values[i * n + sample] - values[j * n + sample]);
            }
        }
        return values[sample] + weight / pairs() * hinge;
    }

    private double factor(double[] values, int k, int sample, int n) {
        int violations = 0;
        for (int j = 0; j <= models; j++) {
            double difference = values[k * n + sample] - values[j * n + sample];
            violations += j > k && difference > 0 ? 1 : j < k && difference < 0 ? -1 : 0;
        }
        return (k == 0 ? 1 : 0) + weight / pairs() * violations;
    }

    private int pairs() {
        return models * (models + 1) / 2;
    }
}
