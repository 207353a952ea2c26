package org.hyperhypo.engine;

import org.hyperhypo.kernels.Kernels;

/// Gradient descent with momentum μ, optionally Nesterov's, and weight decay λ (as PyTorch has it; biases decay too):
///
/// ```
/// g ← g + λ·p
/// v ← μ·v + g
/// p ← p − rate·v              Nesterov: p − rate·(g + μ·v)
/// ```
public record Sgd(double momentum, boolean nesterov, double weightDecay) implements Optimizer {
    public Sgd {
        if (!(momentum >= 0 && momentum < 1) || !(weightDecay >= 0) || (nesterov && momentum == 0)) {
            throw new ModelException("Sgd(momentum " + momentum + ", nesterov " + nesterov + ", weightDecay " + weightDecay
                    + "): momentum in [0, 1), above 0 with Nesterov; weight decay 0 or more");
        }
    }

    public static Sgd plain() {
        return new Sgd(0, false, 0);
    }

    public static Sgd momentum(double momentum) {
        return new Sgd(momentum, false, 0);
    }

    static void update(Sgd o, Kernels kernels, OptimizerState state, float[] p, float[] gradient, int tensor, int from, int count, float rate) {
        if (o.momentum == 0) {
            kernels.sgd(p, gradient, from, count, rate, (float) o.weightDecay);
        } else {
            kernels.momentum(p, gradient, state.first(tensor, p.length), from, count, rate, (float) o.momentum, (float) o.weightDecay, o.nesterov);
        }
    }
}
