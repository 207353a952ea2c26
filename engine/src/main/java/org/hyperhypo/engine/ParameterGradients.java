package org.hyperhypo.engine;

import org.hyperhypo.kernels.Kernels;

/// Gradients of weights, biases and gates, by layer; null where none were needed yet.
final class ParameterGradients {
    final float[][] weight;
    final float[][] bias;
    final float[][] gate;

    ParameterGradients(int layers) {
        weight = new float[layers][];
        bias = new float[layers][];
        gate = new float[layers][];
    }

    /// Sets what a backward pass will add to to 0: the chosen rows of weights, where they learn, and of biases.
    void clear(NeuronLayer layer, int[] rows, Learning what, Kernels kernels) {
        int at = layer.index();
        if (what.weights() && weight[at] == null) {
            weight[at] = new float[Math.multiplyExact(layer.neurons(), layer.inputs())];
        }
        if (bias[at] == null) {
            bias[at] = new float[layer.neurons()];
        }
        for (int r = 0; r < rows.length; ) {
            int end = NeuronMask.runEnd(rows, r);
            if (what.weights()) {
                kernels.fill(weight[at], rows[r] * layer.inputs(), (end - r) * layer.inputs(), 0f);
            }
            kernels.fill(bias[at], rows[r], end - r, 0f);
            r = end;
        }
    }

    void clearGates(NeuronLayer layer, Kernels kernels) {
        int at = layer.index();
        gate[at] = gate[at] == null ? new float[layer.neurons()] : gate[at];
        kernels.fill(gate[at], 0, layer.neurons(), 0f);
    }

    /// The chosen rows of all layers as one vector: of each layer weights, biases and gates, as far as they learn.
    GradientVector vector(Network net, NeuronMask mask, Learning what, Kernels kernels) {
        GradientVector vector = new GradientVector(kernels);
        for (NeuronLayer layer : net.plan().layers) {
            int[] rows = mask.sharedRows(layer.name());
            if (what.weights()) {
                append(vector, weight[layer.index()], layer.inputs(), rows);
            }
            if (what.biases()) {
                append(vector, bias[layer.index()], 1, rows);
            }
            if (what.gates() && layer.gated()) {
                append(vector, gate[layer.index()], 1, rows);
            }
        }
        return vector;
    }

    private static void append(GradientVector vector, float[] array, int width, int[] rows) {
        for (int r = 0; r < rows.length; ) {
            int end = NeuronMask.runEnd(rows, r);
            vector.append(array, rows[r] * width, (end - r) * width);
            r = end;
        }
    }

    long bytes() {
        long bytes = 0;
        for (float[][] group : new float[][][] {weight, bias, gate}) {
            for (float[] array : group) {
                bytes += array == null ? 0 : 4L * array.length;
            }
        }
        return bytes;
    }
}
