package org.hyperhypo.engine;

/// What one layer of a [NetworkSpec] is. Each kind has its own file: the formula, then forward and backward side by side.
public sealed interface Layer permits Conv2d, Dense, BatchNorm, MaxPool2d, ActivationLayer, Dropout, Parallel, Softmax {
    /// Shape of the layer's output for one sample; throws a [ModelException] that names the layer, both shapes and a remedy.
    Shape output(Shape input);

    /// Multiplications and additions of one forward pass over one sample.
    default long flops(Shape input) {
        return 0;
    }
}
