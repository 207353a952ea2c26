package org.hyperhypo.engine;

import org.hyperhypo.kernels.Kernels;

/// Adam, and with `decoupled` AdamW. At step t, counted from 1 since the state was made:
///
/// ```
/// g ← g + λ·p                           decoupled: p ← p·(1 − rate·λ) instead
/// m ← β₁·m + (1 − β₁)·g                 v ← β₂·v + (1 − β₂)·g²
/// p ← p − rate·(m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)
/// ```
/// t counts steps of the state, not of a row: start a new state when the mask grows.
public record Adam(double beta1, double beta2, double epsilon, double weightDecay, boolean decoupled) implements Optimizer {
    public Adam {
        if (!(beta1 >= 0 && beta1 < 1) || !(beta2 >= 0 && beta2 < 1) || !(epsilon > 0) || !(weightDecay >= 0)) {
            throw new ModelException("Adam(beta1 " + beta1 + ", beta2 " + beta2 + ", epsilon " + epsilon + ", weightDecay " + weightDecay
                    + "): betas in [0, 1), epsilon above 0, weight decay 0 or more");
        }
    }

    public static Adam standard() {
        return new Adam(0.9, 0.999, 1e-8, 0, false);
    }

    public static Adam w(double weightDecay) {
        return new Adam(0.9, 0.999, 1e-8, weightDecay, true);
    }

    static void update(Adam o, Kernels kernels, OptimizerState state, float[] p, float[] gradient, int tensor, int from, int count, float rate) {
        float beta1 = (float) o.beta1;
        float beta2 = (float) o.beta2;
        // From the rounded betas, so that the first step's m/(1 − β₁) is g to the last bit or two.
        float correction1 = (float) (1 - StrictMath.pow(beta1, state.steps()));
        float correction2 = (float) (1 - StrictMath.pow(beta2, state.steps()));
        kernels.adam(p, gradient, state.first(tensor, p.length), state.second(tensor, p.length), from, count, rate, beta1, beta2,
                (float) o.epsilon, correction1, correction2, (float) o.weightDecay, o.decoupled);
    }
}
