package org.hyperhypo.engine;

/// What a training step changes of the neurons in its mask.
public enum Learning {
    /// Incoming weights and bias; of normalised neurons γ, β and the running statistics.
    WEIGHTS,
    /// Nothing but the gate g = 2σ(θ): learning hidden unit contributions ([Lhuc]).
    GATES,
    /// Gate and bias, no weight: two numbers a neuron. Of normalised neurons β and the running statistics.
    GATES_AND_BIASES;

    boolean weights() {
        return this == WEIGHTS;
    }

    boolean biases() {
        return this != GATES;
    }

    boolean gates() {
        return this != WEIGHTS;
    }
}
