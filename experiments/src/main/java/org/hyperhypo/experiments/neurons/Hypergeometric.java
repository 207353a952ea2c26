package org.hyperhypo.experiments.neurons;

/// How many of `marked` of `size` neurons a blind choice of `drawn` would hit: the distribution behind an overlap of two sets.
final class Hypergeometric {
    private Hypergeometric() {
    }

    /// P(hits = i), i from 0 to min(marked, drawn): C(marked, i)·C(size − marked, drawn − i) / C(size, drawn).
    static double[] probabilities(int size, int marked, int drawn) {
        if (marked < 0 || drawn < 0 || marked > size || drawn > size) {
            throw new IllegalArgumentException("hypergeometric: " + marked + " marked and " + drawn + " drawn of " + size);
        }
        double[] logFactorial = new double[size + 1];
        for (int i = 2; i <= size; i++) {
            logFactorial[i] = logFactorial[i - 1] + Math.log(i);
        }
        double[] p = new double[Math.min(marked, drawn) + 1];
        for (int i = Math.max(0, drawn - (size - marked)); i < p.length; i++) {
            p[i] = Math.exp(choose(logFactorial, marked, i) + choose(logFactorial, size - marked, drawn - i) - choose(logFactorial, size, drawn));
        }
        return p;
    }

    private static double choose(double[] logFactorial, int n, int k) {
        return logFactorial[n] - logFactorial[k] - logFactorial[n - k];
    }

    /// Distribution of the sum of two independent counts.
    static double[] sum(double[] p, double[] q) {
        double[] sum = new double[p.length + q.length - 1];
        for (int i = 0; i < p.length; i++) {
            for (int j = 0; j < q.length; j++) {
                sum[i + j] += p[i] * q[j];
            }
        }
        return sum;
    }

    /// P(count ≥ hits).
    static double atLeast(double[] p, int hits) {
        double tail = 0;
        for (int i = p.length - 1; i >= hits; i--) {
            tail += p[i];
        }
        return Math.min(1, tail);
    }
}
