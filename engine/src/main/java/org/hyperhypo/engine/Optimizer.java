package org.hyperhypo.engine;

import org.hyperhypo.kernels.Kernels;

/// How gradients change the numbers of the neurons in a mask. Every other row, and its momentum, keeps its bits.
///
/// [Sgd] and [Adam] are rules; [Clipped] and [PerNeuron] change what a rule gets. What an optimizer remembers between steps is in the
/// [OptimizerState]; one state serves one network.
public sealed interface Optimizer permits Sgd, Adam, Clipped, PerNeuron {
    /// For weights and biases.
    default OptimizerState newState(Network network) {
        return newState(network, Learning.WEIGHTS);
    }

    /// For what learns. Of gates, g = 2σ(θ), θ starts where the network's gates are.
    default OptimizerState newState(Network network, Learning learning) {
        return new OptimizerState(network, learning);
    }

    /// Gradients shortened to this norm over all that learns, if they are longer.
    default Optimizer clippedToNorm(double norm) {
        return new Clipped(this, norm, Double.POSITIVE_INFINITY);
    }

    /// Every number of a gradient held in [−value, value].
    default Optimizer clippedToValue(double value) {
        return new Clipped(this, Double.POSITIVE_INFINITY, value);
    }

    /// Every neuron with its own factor on the learning rate.
    default Optimizer withRates(NeuronRates rates) {
        return new PerNeuron(this, rates);
    }

    /// One update of what the state is for, for the neurons in `mask`, with the gradients that the last backward pass left in `w`. Running statistics of
    /// normalised neurons move along with their weights. Gradients may be changed (clipped).
    default void step(Network network, NeuronMask mask, Workspace w, double rate, OptimizerState state) {
        mask.check(network.plan().layers);
        state.begin(network, mask, w);
        update(this, state, mask, w.kernels, rate, null);
        state.end(network, mask, w);
    }

    private static void update(Optimizer optimizer, OptimizerState state, NeuronMask mask, Kernels kernels, double rate, NeuronRates rates) {
        switch (optimizer) {
            case Clipped clipped -> {
                clipped.clip(state, mask, kernels);
                update(clipped.optimizer(), state, mask, kernels, rate, rates);
            }
            case PerNeuron own -> {
                own.check(state, mask);
                update(own.optimizer(), state, mask, kernels, rate, own.rates());
            }
            case Sgd _, Adam _ -> {
                for (int tensor = 0; tensor < state.tensors(); tensor++) {
                    update(optimizer, state, kernels, tensor, state.rows(tensor, mask), rate, rates == null ? null : rates.factors(state.layer(tensor).name()));
                }
            }
        }
    }

    /// Runs of neighbouring rows with the same factor; `factors` null: 1.
    private static void update(Optimizer rule, OptimizerState state, Kernels kernels, int tensor, int[] rows, double rate, float[] factors) {
        int width = state.width(tensor);
        for (int r = 0; r < rows.length; ) {
            int end = NeuronMask.runEnd(rows, r);
            float factor = factors == null ? 1f : factors[rows[r]];
            for (int other = r + 1; factors != null && other < end; other++) {
                end = factors[rows[other]] == factor ? end : other;
            }
            int from = rows[r] * width;
            int count = (end - r) * width;
            if (rule instanceof Sgd sgd) {
                Sgd.update(sgd, kernels, state, state.value(tensor), state.gradient(tensor), tensor, from, count, (float) (rate * factor));
            } else if (rule instanceof Adam adam) {
                Adam.update(adam, kernels, state, state.value(tensor), state.gradient(tensor), tensor, from, count, (float) (rate * factor));
            }
            r = end;
        }
    }
}
