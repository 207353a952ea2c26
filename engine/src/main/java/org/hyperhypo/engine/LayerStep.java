package org.hyperhypo.engine;

import org.hyperhypo.kernels.ConvolutionShape;
import org.hyperhypo.kernels.PoolShape;

/// A [Layer] at its place in a network: reads x, sets y. `convolution` and `pool` are null for other kinds; `draws` tells one dropout from another.
record LayerStep(Layer layer, int neuronLayer, View x, View y, int[] parents, ConvolutionShape convolution, PoolShape pool, long draws) implements Step {
    private static final int[] NONE = {};

    static LayerStep of(Layer layer, int neuronLayer, View x, View y, int[] parents, long draws) {
        return new LayerStep(layer, neuronLayer, x, y, parents, layer instanceof Conv2d c ? c.shape(x.shape()) : null,
                layer instanceof MaxPool2d p ? p.shape(x.shape()) : null, draws);
    }

    @Override
    public void forward(Network net, int n, Workspace w) {
        switch (layer) {
            case Conv2d _ -> Conv2d.forward(this, net.parameters(neuronLayer), n, w);
            case Dense _ -> Dense.forward(this, net.parameters(neuronLayer), n, w);
            case BatchNorm b -> BatchNorm.forward(this, b, net.parameters(neuronLayer), n, w);
            case MaxPool2d _ -> MaxPool2d.forward(this, n, w);
            case ActivationLayer a -> ActivationLayer.forward(this, a.function(), n, w);
            case Dropout d -> Dropout.forward(this, d, n, w);
            case Parallel _, Softmax _ -> throw new AssertionError("compiled away: " + layer);
        }
    }

    @Override
    public void backward(Network net, int n, NeuronMask mask, Workspace w) {
        boolean inputGradient = w.anyTrains(parents);
        switch (layer) {
            case Conv2d _ -> Conv2d.backward(this, net.parameters(neuronLayer), n, rows(net, mask, w), inputGradient, w);
            case Dense _ -> Dense.backward(this, null, net.parameters(neuronLayer), n, rows(net, mask, w), inputGradient, w);
            case BatchNorm _ -> BatchNorm.backward(this, net.parameters(neuronLayer), n, rows(net, mask, w), inputGradient, w);
            case MaxPool2d _ -> MaxPool2d.backward(this, n, w);
            case ActivationLayer a -> ActivationLayer.backward(this, a.function(), n, w);
            case Dropout d -> Dropout.backward(this, d, n, w);
            case Parallel _, Softmax _ -> throw new AssertionError("compiled away: " + layer);
        }
    }

    /// A dense layer and the activation that it reads.
    void backward(LayerStep activation, Network net, int n, NeuronMask mask, Workspace w) {
        Dense.backward(this, activation, net.parameters(neuronLayer), n, rows(net, mask, w), true, w);
    }

    /// Rows of a bias gradient: null means all, which the kernels add side by side.
    static int[] chosen(int[] rows, int neurons) {
        return rows.length == neurons ? null : rows;
    }

    @Override
    public void prepareBackward(Workspace w) {
        if (layer instanceof Dropout && !w.runsInTraining(parents)) {
            w.gradients[y.buffer()] = w.gradients(x);
        } else {
            w.ownGradients(y);
        }
    }

    private int[] rows(Network net, NeuronMask mask, Workspace w) {
        return neuronLayer < 0 || !w.learns().biases() ? NONE : mask.sharedRows(net.parameters(neuronLayer).layer().name());
    }
}
