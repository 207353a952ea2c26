package org.hyperhypo.kernels;

/// A non-linearity `y = f(x)`, applied element by element.
public sealed interface Activation {

    /// `y = 1 / (1 + exp(−x))`, `dx = dy·y·(1 − y)`.
    record Sigmoid() implements Activation {
    }

    /// `y = tanh(x)`, `dx = dy·(1 − y²)`.
    record Tanh() implements Activation {
    }

    /// `y = x` where `x > 0`, else `leak·x`.
    record Relu(float leak) implements Activation {
    }

    /// `y = max(0, x)·exp(−alpha·x + c) + leak·min(0, x)`: rises, peaks at `x = 1/alpha` and falls again, so it cannot saturate "on".
    record Ada(float alpha, float c, float leak) implements Activation {
    }
}
