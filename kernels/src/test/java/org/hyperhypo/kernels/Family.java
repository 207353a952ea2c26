package org.hyperhypo.kernels;

/// What kind of operation a [Case] is.
public enum Family {
    /// `C = alpha·op(A)·op(B)`, B as it is stored or packed.
    PRODUCT,
    /// Dense layers: forward, gradients of input, weights and biases.
    DENSE,
    /// Convolutions and their gradients.
    CONVOLUTION,
    POOLING,
    /// Non-linearities and their derivatives, exp and log.
    ACTIVATION,
    SOFTMAX,
    /// Optimizer steps.
    UPDATE,
    /// fill, add, axpy, gates.
    ELEMENTWISE,
    /// Sums, dots, statistics of columns.
    STATISTICS
}
