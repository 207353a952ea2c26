package org.hyperhypo.engine;

/// Batch normalisation of each neuron c (feature of a dense layer, channel of a convolution) over its R = N·positions values x in a batch:
///
/// ```
/// statistics  batch     μ = Σ x / R,  v = Σ (x − μ)² / R            in training passes, of the neurons that learn
///             running   μ, v = running mean and variance           in evaluation
///             frozen    the same                                    in training passes, of the other neurons, and of all when R = 1
/// forward     x̂ = (x − μ) / √(v + ε)                                y = γ·x̂ + β
/// backward    dγ = Σ dy·x̂      dβ = Σ dy                            only for the rows that learn
///             dx = γ/√(v + ε) · (dy − (dβ + x̂·dγ) / R)              batch statistics
///             dx = γ/√(v + ε) · dy                                  running or frozen
/// step        running ← running + m·((μ, v·R/(R − 1)) − running)    with γ and β, only for the rows of the optimizer's mask
/// ```
/// γ is the layer's weight, β its bias, m the momentum; all sums in double, rows ascending. Formulas and defaults are PyTorch's. A frozen neuron is
/// normalised as in evaluation, so that what is frozen gives the same numbers before, during and after training.
///
/// @param momentum m, share of a new batch in the running statistics
public record BatchNorm(String name, float momentum, float epsilon) implements Layer {
    public BatchNorm {
        Names.check(name);
        if (!(momentum > 0 && momentum <= 1) || !(epsilon > 0 && epsilon < 1)) {
            throw new ModelException("layer " + name + ", batchNorm(momentum " + momentum + ", epsilon " + epsilon + "): momentum in (0, 1], epsilon in (0, 1)");
        }
    }

    /// What a workspace keeps of the last pass through one layer.
    static final class Statistics {
        final boolean[] ofBatch;
        final double[] mean;
        final double[] variance;
        final double[] dGamma;
        final double[] dBeta;
        final float[] centre;
        final float[] scale;
        private float momentum;
        private int values;

        Statistics(int neurons) {
            ofBatch = new boolean[neurons];
            mean = new double[neurons];
            variance = new double[neurons];
            dGamma = new double[neurons];
            dBeta = new double[neurons];
            centre = new float[neurons];
            scale = new float[neurons];
        }

        long bytes() {
            return 41L * centre.length;
        }
    }

    @Override
    public Shape output(Shape input) {
        return input;
    }

    static void forward(LayerStep step, BatchNorm layer, Parameters p, int n, Workspace w) {
        View x = step.x();
        int neurons = x.shape().channels();
        int positions = x.size() / neurons;
        Statistics s = w.statistics(p.layer());
        s.values = n * positions;
        s.momentum = layer.momentum;
        java.util.Arrays.fill(s.ofBatch, false);
        if (w.learning() != null && s.values > 1) {
            for (int row : w.learning().sharedRows(p.layer().name())) {
                s.ofBatch[row] = true;
            }
            measure(s, x, n, positions, w);
        }
        for (int c = 0; c < neurons; c++) {
            double variance = s.ofBatch[c] ? s.variance[c] : p.runningVariance()[c];
            s.centre[c] = s.ofBatch[c] ? (float) s.mean[c] : p.runningMean()[c];
            s.scale[c] = (float) (1 / Math.sqrt(variance + layer.epsilon));
        }
        float[] from = w.values(x);
        float[] to = w.values(step.y());
        for (int i = 0; i < n; i++) {
            for (int q = 0; q < positions; q++) {
                normalise(neurons, from, w.offset(x) + i * w.stride(x) + q * neurons, s.centre, s.scale, p.weight(), p.bias(), to, (i * positions + q) * neurons);
            }
        }
    }

    /// Mean and biased variance of every neuron over the batch.
    private static void measure(Statistics s, View x, int n, int positions, Workspace w) {
        int neurons = s.mean.length;
        java.util.Arrays.fill(s.mean, 0);
        java.util.Arrays.fill(s.variance, 0);
        for (int i = 0; i < n; i++) {
            w.kernels.columnStatistics(positions, neurons, w.values(x), w.offset(x) + i * w.stride(x), neurons, 0f, s.mean, s.variance, null, null, null,
                    null, 1, 0f, 1f);
        }
        for (int c = 0; c < neurons; c++) {
            s.mean[c] /= s.values;
            s.variance[c] = Math.max(0, s.variance[c] / s.values - s.mean[c] * s.mean[c]);
        }
    }

    private static void normalise(int neurons, float[] x, int from, float[] centre, float[] scale, float[] gamma, float[] beta, float[] y, int to) {
        for (int c = 0; c < neurons; c++) {
            y[to + c] = Math.fma((x[from + c] - centre[c]) * scale[c], gamma[c], beta[c]);
        }
    }

    static void backward(LayerStep step, Parameters p, int n, int[] rows, boolean inputGradient, Workspace w) {
        View x = step.x();
        int neurons = x.shape().channels();
        int positions = x.size() / neurons;
        Statistics s = w.statistics(p.layer());
        float[] values = w.values(x);
        float[] dy = w.gradients(step.y());
        java.util.Arrays.fill(s.dGamma, 0);
        java.util.Arrays.fill(s.dBeta, 0);
        for (int i = 0; i < n; i++) {
            for (int q = 0; q < positions; q++) {
                addSums(neurons, values, w.offset(x) + i * w.stride(x) + q * neurons, dy, (i * positions + q) * neurons, s);
            }
        }
        for (int row : rows) {
            if (w.learns().weights()) {
                w.weightGradient(p.layer())[row] += (float) s.dGamma[row];
            }
            w.biasGradient(p.layer())[row] += (float) s.dBeta[row];
        }
        if (inputGradient) {
            for (int c = 0; c < neurons; c++) {
                s.dGamma[c] = s.ofBatch[c] ? s.dGamma[c] / s.values : 0;
                s.dBeta[c] = s.ofBatch[c] ? s.dBeta[c] / s.values : 0;
            }
            for (int i = 0; i < n * positions; i++) {
                inputGradient(neurons, values, dy, i * neurons, s, p.weight(), w.gradients(x));
            }
        }
    }

    private static void addSums(int neurons, float[] x, int from, float[] dy, int at, Statistics s) {
        for (int c = 0; c < neurons; c++) {
            s.dGamma[c] += (double) dy[at + c] * ((x[from + c] - s.centre[c]) * s.scale[c]);
            s.dBeta[c] += dy[at + c];
        }
    }

    private static void inputGradient(int neurons, float[] x, float[] dy, int at, Statistics s, float[] gamma, float[] dx) {
        for (int c = 0; c < neurons; c++) {
            float normalised = (x[at + c] - s.centre[c]) * s.scale[c];
            float common = Math.fma(normalised, (float) s.dGamma[c], (float) s.dBeta[c]);
            dx[at + c] = gamma[c] * s.scale[c] * (dy[at + c] - common);
        }
    }

    /// Moves the running statistics of those of the rows that the last pass normalised with the batch's.
    static void learn(Parameters p, int[] rows, Statistics s) {
        for (int row : rows) {
            if (s.ofBatch[row]) {
                double unbiased = s.variance[row] * s.values / (s.values - 1.0);
                p.runningMean()[row] = (float) (p.runningMean()[row] + s.momentum * (s.mean[row] - p.runningMean()[row]));
                p.runningVariance()[row] = (float) (p.runningVariance()[row] + s.momentum * (unbiased - p.runningVariance()[row]));
            }
        }
    }
}
