package org.hyperhypo.engine;

/// An optimizer that multiplies the learning rate by a factor of each neuron: `rate_n = rate·factor_n`. With Adam's decoupled weight decay the factor
/// counts there too, as if every neuron were a parameter group of its own.
public record PerNeuron(Optimizer optimizer, NeuronRates rates) implements Optimizer {
    public PerNeuron {
        if (optimizer instanceof PerNeuron || (optimizer instanceof Clipped c && c.optimizer() instanceof PerNeuron)) {
            throw new ModelException("an optimizer has factors per neuron already; combine them in one NeuronRates");
        }
    }

    void check(OptimizerState state, NeuronMask mask) {
        for (int tensor = 0; tensor < state.tensors(); tensor++) {
            if (state.rows(tensor, mask).length > 0) {
                rates.check(state.layer(tensor));
            }
        }
    }
}
