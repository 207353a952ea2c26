package org.hyperhypo.benchmarks;

/// `C = A·B` with A (m, k), B (k, n), C (m, n), row-major: SGEMM as every library knows it. For a layer: batch × neurons × inputs. Ours is in the registry.
public record Product(int m, int n, int k, float[] a, float[] b) implements Problem {
    private static final int SAMPLES = 500;

    static Product of(int m, int n, int k) {
        return new Product(m, n, k, Numbers.random(m * k, 1), Numbers.random(k * n, 2));
    }

    public double flops() {
        return 2.0 * m * n * k;
    }

    /// Tolerance of an element: (k + 2)·2⁻²⁴·Σ abs(a·b).
    @Override
    public double residual(float[] c) {
        double worst = 0;
        for (int at : Numbers.sample(m * n, SAMPLES)) {
            double sum = 0;
            double size = 0;
            for (int p = 0; p < k; p++) {
                double product = (double) a[at / n * k + p] * b[p * n + at % n];
                sum += product;
                size += Math.abs(product);
            }
            worst = Math.max(worst, Numbers.error(c[at], sum, (k + 2) * Numbers.UNIT * size));
        }
        return worst;
    }
}
