package org.hyperhypo.engine;

/// How gradients change the numbers of the neurons in a mask. Every other row, and its momentum, keeps its bits.
///
/// What an optimizer remembers between steps is in the [OptimizerState]; one state serves one network.
public sealed interface Optimizer permits Sgd, Adam {
    default OptimizerState newState(Network network) {
        return new OptimizerState(network);
    }

    /// One update of weights and biases of the neurons in `mask` with the gradients that the last backward pass left in `gradients`.
    default void step(Network network, NeuronMask mask, Workspace gradients, double rate, OptimizerState state) {
        mask.check(network.plan().layers);
        state.check(network);
        state.countStep();
        for (int i = 0; i < network.plan().layers.size(); i++) {
            Parameters p = network.parameters(i);
            int[] rows = mask.sharedRows(p.layer().name());
            int inputs = p.layer().inputs();
            for (int r = 0; r < rows.length; ) {
                int end = NeuronMask.runEnd(rows, r);
                update(gradients, state, p.weight(), gradients.weightGradient(p.layer()), 2 * i, rows[r] * inputs, (end - r) * inputs, rate);
                update(gradients, state, p.bias(), gradients.biasGradient(p.layer()), 2 * i + 1, rows[r], end - r, rate);
                r = end;
            }
            gradients.rowsChanged(p, rows);
        }
    }

    /// Updates numbers [from, from + count) of tensor number `tensor`, which is `p`.
    private void update(Workspace w, OptimizerState state, float[] p, float[] gradient, int tensor, int from, int count, double rate) {
        switch (this) {
            case Sgd sgd -> Sgd.update(sgd, w.kernels, state, p, gradient, tensor, from, count, (float) rate);
            case Adam adam -> Adam.update(adam, w.kernels, state, p, gradient, tensor, from, count, (float) rate);
        }
    }
}
