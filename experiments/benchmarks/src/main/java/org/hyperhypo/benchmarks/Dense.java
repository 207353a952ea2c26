package org.hyperhypo.benchmarks;

import java.util.Arrays;
import java.util.List;
import org.hyperhypo.kernels.Activation;
import org.hyperhypo.kernels.Kernels;
import org.hyperhypo.kernels.Kernels.Form;
import org.hyperhypo.kernels.PackedMatrix;
import org.hyperhypo.kernels.Scratch;

/// A hidden layer, `y = sigmoid(b + x·Wᵀ)`, forward alone, or with the gradients of weights, bias and input.
///
/// The answer is y (batch, neurons), then in a backward pass dW (neurons, inputs).
public record Dense(boolean backward, int batch, int inputs, int neurons, float[] x, float[] weights, float[] bias, float[] dY) implements Problem {
    private static final int SAMPLES = 300;
    private static final Activation SIGMOID = new Activation.Sigmoid();

    static Dense of(int batch, int inputs, int neurons, boolean backward) {
        float[] weights = Numbers.random(neurons * inputs, 2);
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= 0.05f;
        }
        return new Dense(backward, batch, inputs, neurons, Numbers.random(batch * inputs, 1), weights, Numbers.random(neurons, 3),
                Numbers.random(batch * neurons, 4));
    }

    public double flops() {
        return (backward ? 6.0 : 2.0) * batch * inputs * neurons;
    }

    /// Weights kept packed, as the trainer keeps them; a backward pass packs them anew, as after a step.
    List<Contender> ours(Kernels k) {
        Scratch scratch = new Scratch();
        PackedMatrix forwards = k.packed(Form.NT, neurons, inputs);
        PackedMatrix backwards = k.packed(Form.NN, inputs, neurons);
        forwards.pack(weights, 0, inputs);
        float[] y = new float[batch * neurons];
        float[] dZ = new float[y.length];
        float[] dX = new float[batch * inputs];
        float[] dW = new float[backward ? weights.length : 0];
        float[] dB = new float[neurons];
        Runnable forward = () -> k.denseForward(batch, x, 0, inputs, forwards, bias, SIGMOID, y, 0, neurons, y, 0, neurons, scratch);
        Runnable both = () -> {
            forwards.pack(weights, 0, inputs);
            forward.run();
            k.activateBackward(SIGMOID, batch, neurons, null, y, dY, dZ, 0, neurons);
            k.fill(dW, 0, dW.length, 0);
            k.fill(dB, 0, neurons, 0);
            k.weightGradient(batch, inputs, neurons, dZ, 0, neurons, x, 0, inputs, null, neurons, dW, scratch);
            k.biasGradient(batch, neurons, dZ, 0, neurons, null, neurons, dB);
            backwards.pack(weights, 0, inputs);
            k.gemm(batch, dZ, 0, neurons, backwards, false, dX, 0, inputs, scratch);
        };
        Runnable call = backward ? both : forward;
        return List.of(Contender.of("ours", flops(), call, this, () -> {
            call.run();
            float[] answer = Arrays.copyOf(y, y.length + dW.length);
            System.arraycopy(dW, 0, answer, y.length, dW.length);
            return answer;
        }));
    }

    /// Forward: (k + 2)·2⁻²⁴·Σ abs(w·x), which the sigmoid only shrinks, and 4·2⁻²⁴ for itself. Gradient: 2·(k + 2)·2⁻²⁴·Σ abs(dz·x).
    @Override
    public double residual(float[] answer) {
        double worst = 0;
        for (int at : Numbers.sample(batch * neurons, SAMPLES)) {
            double[] z = z(at / neurons, at % neurons);
            worst = Math.max(worst, Numbers.error(answer[at], sigmoid(z[0]), (inputs + 2) * Numbers.UNIT * z[1] + 4 * Numbers.UNIT));
        }
        for (int o : backward ? Numbers.sample(neurons, 3) : new int[0]) {
            double[] dz = new double[batch];
            for (int i = 0; i < batch; i++) {
                double y = sigmoid(z(i, o)[0]);
                dz[i] = dY[i * neurons + o] * y * (1 - y);
            }
            for (int j : Numbers.sample(inputs, SAMPLES)) {
                double sum = 0;
                double size = 0;
                for (int i = 0; i < batch; i++) {
                    sum += dz[i] * x[i * inputs + j];
                    size += Math.abs(dz[i] * x[i * inputs + j]);
                }
                worst = Math.max(worst, Numbers.error(answer[batch * neurons + o * inputs + j], sum, 2 * (batch + 2) * Numbers.UNIT * size));
            }
        }
        return worst;
    }

    private double[] z(int sample, int neuron) {
        double value = bias[neuron];
        double size = Math.abs(value);
        for (int i = 0; i < inputs; i++) {
            double term = (double) weights[neuron * inputs + i] * x[sample * inputs + i];
            value += term;
            size += Math.abs(term);
        }
        return new double[] {value, size};
    }

    private static double sigmoid(double z) {
        return 1 / (1 + Math.exp(-z));
    }
}
