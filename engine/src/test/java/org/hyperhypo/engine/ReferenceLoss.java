package org.hyperhypo.engine;

import java.util.Arrays;

/// Losses of logits in double precision, sample by sample, from the formulas alone.
final class ReferenceLoss {
    private ReferenceLoss() {
    }

    /// Value of a loss, and its gradient with respect to the logits as rows of `d`; `q` are posteriors of a reference network, or null.
    static double value(Loss loss, Targets targets, double[][] logits, double[][] q, double[][] d) {
        int n = logits.length;
        double[][] p = posteriors(logits);
        double total = total(targets, n);
        double sum = 0;
        for (int s = 0; s < n; s++) {
            double share = total == 0 ? 0 : targets.weight(s) / total;
            d[s] = new double[p[s].length];
            double entropy = -Arrays.stream(p[s]).map(v -> v * Math.log(v)).sum();
            for (int k = 0; k < p[s].length; k++) {
                double t = target(targets, s, k, p[s].length);
                t = loss instanceof KldRegularised kld ? (1 - kld.rho()) * t + kld.rho() * q[s][k] : t;
                boolean own = loss instanceof Entropy;
                sum -= share * (own ? p[s][k] : t) * Math.log(p[s][k]);
                d[s][k] = share * (own ? -p[s][k] * (Math.log(p[s][k]) + entropy) : p[s][k] - t);
            }
        }
        return sum;
    }

    static double[] perSample(Targets targets, double[][] logits) {
        double[][] p = posteriors(logits);
        double[] losses = new double[p.length];
        for (int s = 0; s < p.length; s++) {
            for (int k = 0; k < p[s].length; k++) {
                losses[s] -= target(targets, s, k, p[s].length) * Math.log(p[s][k]);
            }
        }
        return losses;
    }

    static double[][] pull(Targets targets, double[][] logits, double[] factor) {
        double[][] d = posteriors(logits);
        for (int s = 0; s < d.length; s++) {
            for (int k = 0; k < d[s].length; k++) {
                d[s][k] = factor[s] * (d[s][k] - target(targets, s, k, d[s].length));
            }
        }
        return d;
    }

    static double total(Targets targets, int n) {
        double total = 0;
        for (int s = 0; s < n; s++) {
            total += targets.labels()[s] < 0 ? 0 : targets.weights() == null ? 1 : targets.weights()[s];
        }
        return total;
    }

    static double[][] posteriors(double[][] logits) {
        return Arrays.stream(logits).map(o -> {
            double max = Arrays.stream(o).max().orElseThrow();
            double sum = Arrays.stream(o).map(v -> Math.exp(v - max)).sum();
            return Arrays.stream(o).map(v -> Math.exp(v - max) / sum).toArray();
        }).toArray(double[][]::new);
    }

    private static double target(Targets targets, int sample, int k, int classes) {
        return targets.distributions() != null ? targets.distributions()[sample * classes + k] : targets.labels()[sample] == k ? 1 : 0;
    }
}
