package org.hyperhypo.engine;

import org.hyperhypo.kernels.Kernels;

/// An optimizer whose gradients are held back before they are used: first each number, then all of them together.
///
/// ```
/// g ← max(−value, min(value, g))
/// g ← g·min(1, norm / ‖g‖)             ‖g‖² = Σ g² over the rows of the mask in all tensors
/// ```
/// The sum runs in double over tensors, rows and columns ascending (each row as [Kernels#dot]), so that it does not depend on how rows lie together. A gradient
/// that is NaN or infinite is an error, and nothing is changed.
public record Clipped(Optimizer optimizer, double norm, double value) implements Optimizer {
    public Clipped {
        if (!(norm > 0) || !(value > 0)) {
            throw new ModelException("gradient clipping to norm " + norm + ", value " + value + ": must be above 0 (infinity: no limit)");
        }
    }

    void clip(OptimizerState state, NeuronMask mask, Kernels kernels) {
        double sum = 0;
        for (int tensor = 0; tensor < state.tensors(); tensor++) {
            int width = state.width(tensor);
            float[] g = state.gradient(tensor);
            for (int row : state.rows(tensor, mask)) {
                hold(g, row * width, width);
                sum += kernels.dot(width, g, row * width, g, row * width);
            }
        }
        if (!Double.isFinite(sum)) {
            throw new ModelException("gradient clipping: the norm of the gradients is " + Math.sqrt(sum) + "; nothing was changed; use a smaller rate");
        }
        if (Math.sqrt(sum) > norm) {
            scale(state, mask, (float) (norm / Math.sqrt(sum)));
        }
    }

    private void hold(float[] g, int from, int count) {
        float limit = (float) value;
        for (int i = from; limit < Float.POSITIVE_INFINITY && i < from + count; i++) {
            g[i] = Math.max(-limit, Math.min(limit, g[i]));
        }
    }

    private static void scale(OptimizerState state, NeuronMask mask, float factor) {
        for (int tensor = 0; tensor < state.tensors(); tensor++) {
            int width = state.width(tensor);
            float[] g = state.gradient(tensor);
            for (int row : state.rows(tensor, mask)) {
                for (int i = row * width; i < (row + 1) * width; i++) {
                    g[i] *= factor;
                }
            }
        }
    }
}
