package org.hyperhypo.engine;

import org.hyperhypo.kernels.Activation;

/// A function applied to every number on its own.
///
/// ```
/// forward    y = φ(x)
/// backward   dx = dy·φ'(x)      written with y for sigmoid, y·(1 − y), and tanh, 1 − y²
/// ```
public record ActivationLayer(Activation function) implements Layer {
    @Override
    public Shape output(Shape input) {
        return input;
    }

    static void forward(LayerStep step, Activation function, int n, Workspace w) {
        View x = step.x();
        int size = x.size();
        w.kernels.activate(function, n, size, w.values(x), w.offset(x), w.stride(x), w.values(step.y()), 0, size);
    }

    static void backward(LayerStep step, Activation function, int n, Workspace w) {
        View x = step.x();
        View y = step.y();
        w.kernels.activateBackward(function, n, x.size(), w.values(x), w.values(y), w.gradients(y), w.gradients(x), 0, x.size());
    }
}
