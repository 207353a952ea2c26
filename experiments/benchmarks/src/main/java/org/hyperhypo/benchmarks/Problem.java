package org.hyperhypo.benchmarks;

/// Something that others can compute too: the numbers to start from, and how to tell a right answer from a wrong one.
public sealed interface Problem permits Product, Branch, Dense, SoftmaxLoss, Step {

    /// The largest error of `answer` against double precision, in units of the tolerance: right up to 1.
    double residual(float[] answer);
}
