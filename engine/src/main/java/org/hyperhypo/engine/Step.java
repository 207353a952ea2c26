package org.hyperhypo.engine;

/// One operation of a compiled network. Steps run in order forward and in reverse order backward.
///
/// A step *trains* when it has neurons that learn or when a step that feeds it trains; backward runs only through steps that train.
sealed interface Step permits LayerStep, Gate, Fork, Join {
    View y();

    /// Numbers of the steps whose outputs this one reads; empty when it reads the network's input.
    int[] parents();

    void forward(Network net, int n, Workspace w);

    void backward(Network net, int n, NeuronMask mask, Workspace w);

    /// Number of the layer whose neurons this step computes, −1 if it has none.
    default int neuronLayer() {
        return -1;
    }

    /// Provides the memory for the gradient of y; called in order, only for steps that train.
    default void prepareBackward(Workspace w) {
        w.ownGradients(y());
    }
}
