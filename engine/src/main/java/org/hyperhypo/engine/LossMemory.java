package org.hyperhypo.engine;

/// What losses need beside the logits and their gradient; taken when first needed.
final class LossMemory {
    private float[] distributions = {};
    private double[] perSample = {};
    private Workspace reference;
    private Network referenceOf;

    /// (n, classes) probabilities.
    float[] distributions(int size) {
        if (distributions.length < size) {
            distributions = new float[size];
        }
        return distributions;
    }

    double[] perSample(int size) {
        if (perSample.length < size) {
            perSample = new double[size];
        }
        return perSample;
    }

    /// A workspace for a second network that reads the same batches.
    Workspace reference(Network network, Workspace w) {
        if (referenceOf != network) {
            referenceOf = network;
            reference = network.workspace(w.batch(), w.kernels).keepPackedWeights();
        }
        return reference;
    }

    long bytes() {
        return 4L * distributions.length + 8L * perSample.length + (reference == null ? 0 : reference.bytes());
    }
}
