package org.hyperhypo.engine;

/// What the samples of a batch should come out as. Arrays may be longer than the batch, and may be filled anew for the next one.
///
/// @param labels        (n) classes; negative: the sample has no loss
/// @param distributions (n, classes) target probabilities, or null where the labels say all
/// @param weights       (n) weight of each sample in the loss, 0 or more, or null for 1 everywhere
/// @param whole         C, the sum of weights that a sample's weight is divided by; NaN for that of the batch itself
public record Targets(int[] labels, float[] distributions, float[] weights, double whole) {
    public static Targets of(int[] labels) {
        return new Targets(labels, null, null, Double.NaN);
    }

    /// Every sample has a loss, with its own distribution over the classes.
    public static Targets of(float[] distributions, int classes) {
        return new Targets(new int[distributions.length / classes], distributions, null, Double.NaN);
    }

    public Targets weightedBy(float[] next) {
        return new Targets(labels, distributions, next, whole);
    }

    /// Samples that are part of a batch whose weights add up to `total`: losses and gradients of the parts add up to those of the batch.
    Targets partOf(double total) {
        return new Targets(labels, distributions, weights, total);
    }

    void check(int n, int classes) {
        if (labels.length < n || (weights != null && weights.length < n) || (distributions != null && distributions.length < (long) n * classes)) {
            throw new ModelException("targets: " + labels.length + " labels" + (weights == null ? "" : ", " + weights.length + " weights")
                    + (distributions == null ? "" : ", " + distributions.length + " target probabilities") + " for " + n + " samples of " + classes + " classes");
        }
        for (int i = 0; i < n; i++) {
            if (labels[i] >= classes) {
                throw new ModelException("targets: label " + labels[i] + " of sample " + i + ", but the network has outputs 0 to " + (classes - 1));
            }
            if (weights != null && !(weights[i] >= 0 && weights[i] < Float.POSITIVE_INFINITY)) {
                throw new ModelException("targets: weight " + weights[i] + " of sample " + i + "; must be 0 or more");
            }
        }
    }

    /// Weight of sample i in the loss, 0 where it has none.
    float weight(int i) {
        return labels[i] < 0 ? 0f : weights == null ? 1f : weights[i];
    }

    /// Every sample with a label counts the same.
    boolean uniform(int n) {
        for (int i = 0; weights != null && i < n; i++) {
            if (weights[i] != 1f) {
                return false;
            }
        }
        return true;
    }

    /// `C`: of the whole batch if these samples are part of one, else their own weights, added in order.
    double total(int n) {
        return Double.isNaN(whole) ? ownTotal(n) : whole;
    }

    double ownTotal(int n) {
        double total = 0;
        for (int i = 0; i < n; i++) {
            total += weight(i);
        }
        return total;
    }
}
