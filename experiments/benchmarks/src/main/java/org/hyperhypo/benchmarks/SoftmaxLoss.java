package org.hyperhypo.benchmarks;

/// Softmax, cross entropy and its gradient in one: `dX = (softmax(x) − one-hot(label)) / rows`. Ours is in the registry.
public record SoftmaxLoss(int rows, int columns, float[] x, int[] labels) implements Problem {
    static SoftmaxLoss of(int rows, int columns) {
        float[] x = Numbers.random(rows * columns, 1);
        for (int i = 0; i < x.length; i++) {
            x[i] *= 8;
        }
        return new SoftmaxLoss(rows, columns, x, Numbers.labels(rows, columns, 2));
    }

    /// Logits once in, gradient once out.
    public double bytes() {
        return 8.0 * rows * columns;
    }

    /// Tolerance: 40·2⁻²⁴ of the gradient before the label is taken off, as in the kernel's own test.
    @Override
    public double residual(float[] dX) {
        double worst = 0;
        for (int r : Numbers.sample(rows, 20)) {
            double sum = 0;
            for (int c = 0; c < columns; c++) {
                sum += Math.exp(x[r * columns + c]);
            }
            for (int c = 0; c < columns; c++) {
                double p = Math.exp(x[r * columns + c]) / sum;
                double hit = labels[r] == c ? 1 : 0;
                worst = Math.max(worst, Numbers.error(dX[r * columns + c], (p - hit) / rows, 40 * Numbers.UNIT * (p + hit) / rows));
            }
        }
        return worst;
    }
}
