package org.hyperhypo.experiments.train;

import java.util.Locale;
import org.hyperhypo.engine.Adam;
import org.hyperhypo.engine.Optimizer;
import org.hyperhypo.engine.Sgd;

/// How a gradient becomes a step: plain gradient descent, with momentum, or Adam (β₁ 0.9, β₂ 0.999, ε 1e-8).
///
/// Their rates are not comparable. For the networks of the recipes 0.5 to 2 suits `sgd`, 0.03 to 0.3 `momentum`, and 0.001 to 0.003 `adam`.
public enum UpdateRule {
    SGD, MOMENTUM, ADAM;

    /// @param momentum μ, which only [#MOMENTUM] has
    public Optimizer optimizer(double momentum) {
        return switch (this) {
            case SGD -> Sgd.plain();
            case MOMENTUM -> Sgd.momentum(momentum);
            case ADAM -> Adam.standard();
        };
    }

    /// The name that people write: `sgd`.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
