package org.hyperhypo.engine;

import org.hyperhypo.kernels.Activation;
import org.hyperhypo.kernels.PackedMatrix;

/// Fully connected layer. For a batch of N rows x:
///
/// ```
/// forward    y[n,o]  = b[o] + Σ_i x[n,i]·W[o,i]
/// backward   dW[o,i] = Σ_n dy[n,o]·x[n,i]       only for the rows o that learn
///            db[o]   = Σ_n dy[n,o]              only for the rows o that learn
///            dx[n,i] = Σ_o dy[n,o]·W[o,i]       only when a layer below learns
/// ```
/// Row o of W is the incoming weights of neuron o. Costs 2·N·out·in FLOPs forward, as much for dx, and 2·N·r·in for r learning rows.
public record Dense(String name, int neurons) implements Layer {
    public Dense {
        Names.check(name);
        if (neurons < 1) {
            throw new ModelException("layer " + name + ", dense(" + neurons + "): needs at least 1 neuron");
        }
    }

    @Override
    public Shape output(Shape input) {
        return Shape.flat(neurons);
    }

    @Override
    public long flops(Shape input) {
        return 2L * neurons * input.size();
    }

    static void forward(LayerStep step, Parameters p, int n, Workspace w) {
        forward(step, null, p, n, w);
    }

    /// The layer and the activation that follows it, in one call; `activation` may be null.
    static void forward(LayerStep step, LayerStep activation, Parameters p, int n, Workspace w) {
        View x = step.x();
        int in = p.layer().inputs();
        int out = p.layer().neurons();
        Activation f = activation == null ? null : ((ActivationLayer) activation.layer()).function();
        float[] z = w.values(step.y());
        float[] y = activation == null ? null : w.values(activation.y());
        PackedMatrix packed = w.packedForward(p);
        if (packed != null) {
            w.kernels.denseForward(n, w.values(x), w.offset(x), w.stride(x), packed, p.bias(), f, z, 0, out, y, 0, out, w.scratch);
        } else if (f != null) {
            w.kernels.denseForward(n, in, out, w.values(x), w.offset(x), w.stride(x), p.weight(), p.bias(), f, z, 0, out, y, 0, out, w.scratch);
        } else {
            w.kernels.denseForward(n, in, out, w.values(x), w.offset(x), w.stride(x), p.weight(), p.bias(), z, 0, out, w.scratch);
        }
    }

    /// `activation` is the one whose output the layer reads, to be passed in the same call, or null.
    static void backward(LayerStep step, LayerStep activation, Parameters p, int n, int[] rows, boolean inputGradient, Workspace w) {
        View x = step.x();
        int in = p.layer().inputs();
        int out = p.layer().neurons();
        float[] dy = w.gradients(step.y());
        if (rows.length > 0) {
            if (w.learns().weights()) {
                w.kernels.weightGradient(n, in, out, dy, 0, out, w.values(x), w.offset(x), w.stride(x), rows, rows.length,
                        w.weightGradient(p.layer()), w.scratch);
            }
            w.kernels.biasGradient(n, out, dy, 0, out, LayerStep.chosen(rows, out), rows.length, w.biasGradient(p.layer()));
        }
        if (!inputGradient) {
            return;
        }
        PackedMatrix packed = w.packedBackward(p);
        float[] dx = w.gradients(x);
        if (activation != null) {
            Activation f = ((ActivationLayer) activation.layer()).function();
            float[] z = w.values(activation.x());
            float[] dz = w.gradients(activation.x());
            if (packed != null) {
                w.kernels.denseInputGradient(n, dy, 0, out, packed, f, z, w.values(x), dx, dz, 0, in, w.scratch);
            } else {
                w.kernels.denseInputGradient(n, in, out, dy, 0, out, p.weight(), f, z, w.values(x), dx, dz, 0, in, w.scratch);
            }
        } else if (packed != null) {
            w.kernels.gemm(n, dy, 0, out, packed, false, dx, 0, in, w.scratch);
        } else {
            w.kernels.denseInputGradient(n, in, out, dy, 0, out, p.weight(), false, dx, 0, in, w.scratch);
        }
    }
}
