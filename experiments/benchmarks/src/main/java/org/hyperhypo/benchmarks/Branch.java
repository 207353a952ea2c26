package org.hyperhypo.benchmarks;

import org.hyperhypo.kernels.ConvolutionShape;
import org.hyperhypo.kernels.PoolShape;

/// A branch of the TFCNN on a batch: convolution, max pooling, ReLU; forward alone, or with the gradients of filters and bias. Ours is in the registry.
///
/// The answer is y (n, pooled height, pooled width, filters), then in a backward pass dFilters (filters, height, width).
public record Branch(boolean backward, ConvolutionShape shape, PoolShape pool, int batch, float[] x, float[] filters, float[] bias,
                     float[] dY) implements Problem {
    private static final int SAMPLES = 200;

    static Branch of(int batch, ConvolutionShape shape, int poolHeight, int poolWidth, boolean backward) {
        PoolShape pool = new PoolShape(shape.filters(), shape.outHeight(), shape.outWidth(), poolHeight, poolWidth);
        float[] filters = Numbers.random(shape.filters() * shape.filterSize(), 2);
        for (int i = 0; i < filters.length; i++) {
            filters[i] *= 0.1f;
        }
        return new Branch(backward, shape, pool, batch, Numbers.random(batch * shape.height() * shape.width(), 1), filters,
                Numbers.random(shape.filters(), 3), Numbers.random(batch * pool.outSize(), 4));
    }

    public double flops() {
        return (backward ? 2.0 : 1.0) * shape.flops(batch);
    }

    /// Forward: (k + 2)·2⁻²⁴·Σ abs(w·x). Gradient: (k + 2)·2⁻²⁴·Σ abs(dy·x), k over samples and positions.
    @Override
    public double residual(float[] answer) {
        int outputs = batch * pool.outSize();
        double worst = 0;
        for (int at : Numbers.sample(outputs, SAMPLES)) {
            Window best = window(at);
            worst = Math.max(worst, Numbers.error(answer[at], Math.max(best.value, 0), (shape.filterSize() + 2) * Numbers.UNIT * best.size));
        }
        if (backward) {
            worst = Math.max(worst, gradientResidual(answer, outputs));
        }
        return worst;
    }

    private double gradientResidual(float[] answer, int outputs) {
        double worst = 0;
        for (int f : Numbers.sample(shape.filters(), 3)) {
            double[] sum = new double[shape.filterSize()];
            double[] size = new double[shape.filterSize()];
            for (int at = f; at < outputs; at += shape.filters()) {
                Window w = window(at);
                double dz = w.value > 0 ? dY[at] : 0;
                for (int i = 0; i < sum.length; i++) {
                    double in = x[w.start + i / shape.filterWidth() * shape.width() + i % shape.filterWidth()];
                    sum[i] += dz * in;
                    size[i] += Math.abs(dz * in);
                }
            }
            for (int i = 0; i < sum.length; i++) {
                worst = Math.max(worst, Numbers.error(answer[outputs + f * sum.length + i], sum[i],
                        (batch * shape.positions() + 2) * Numbers.UNIT * size[i]));
            }
        }
        return worst;
    }

    /// Value before ReLU, Σ abs of its terms, and where the winner's window of x starts.
    private record Window(double value, double size, int start) {
    }

    private Window window(int at) {
        int f = at % shape.filters();
        int position = at / shape.filters();
        int column = position % pool.outWidth();
        int line = position / pool.outWidth() % pool.outHeight();
        int sample = position / pool.outWidth() / pool.outHeight();
        Window best = null;
        for (int i = 0; i < pool.poolHeight(); i++) {
            for (int j = 0; j < pool.poolWidth(); j++) {
                Window w = sum(sample, line * pool.poolHeight() + i, column * pool.poolWidth() + j, f);
                best = best == null || w.value > best.value ? w : best;
            }
        }
        return best;
    }

    private Window sum(int sample, int line, int column, int f) {
        int start = (sample * shape.height() + line) * shape.width() + column;
        double value = bias[f];
        double size = Math.abs(value);
        for (int i = 0; i < shape.filterSize(); i++) {
            double term = (double) filters[f * shape.filterSize() + i] * x[start + i / shape.filterWidth() * shape.width() + i % shape.filterWidth()];
            value += term;
            size += Math.abs(term);
        }
        return new Window(value, size, start);
    }
}
