package org.hyperhypo.engine;

/// How the last forward pass of a [Workspace] ran: in evaluation or in training, and with which neurons ablated.
///
/// In training, a step runs differently (dropout draws, normalisation measures the batch) only where a neuron of the mask feeds it: what is frozen runs as in
/// evaluation. So outputs of a frozen prefix are the same numbers whether they are kept or computed again.
final class Pass {
    private final Plan plan;
    private final boolean[] fed;
    private final BatchNorm.Statistics[] statistics;
    private final float[][] ablated;
    private final float[][] gateGradients;
    private NeuronMask learning;
    private long seed;
    private long firstExample;
    private boolean ablating;
    private double closed;

    Pass(Plan plan) {
        this.plan = plan;
        fed = new boolean[plan.steps.size()];
        ablated = new float[plan.layers.size()][];
        gateGradients = new float[plan.layers.size()][];
        statistics = new BatchNorm.Statistics[plan.layers.size()];
        for (NeuronLayer layer : plan.layers) {
            if (layer.kind() == NeuronLayer.Kind.NORM) {
                statistics[layer.index()] = new BatchNorm.Statistics(layer.neurons());
            }
        }
    }

    void evaluation() {
        learning = null;
        seed = 0;
        firstExample = 0;
        ablating = false;
        java.util.Arrays.fill(fed, false);
    }

    void training(NeuronMask mask, long runSeed, long first) {
        learning = mask;
        seed = runSeed;
        firstExample = first;
        ablating = false;
        for (int i = 0; i < fed.length; i++) {
            Step step = plan.steps.get(i);
            fed[i] = runsInTraining(step.parents())
                    || (step.neuronLayer() >= 0 && mask.sharedRows(plan.layers.get(step.neuronLayer()).name()).length > 0);
        }
    }

    /// Whether a neuron that learns feeds one of these steps, in a training pass.
    boolean runsInTraining(int[] parents) {
        for (int parent : parents) {
            if (fed[parent]) {
                return true;
            }
        }
        return false;
    }

    /// The neurons that learn; null in evaluation.
    NeuronMask learning() {
        return learning;
    }

    long seed() {
        return seed;
    }

    /// Number in the run of the batch's first example.
    long firstExample() {
        return firstExample;
    }

    BatchNorm.Statistics statistics(NeuronLayer layer) {
        return statistics[layer.index()];
    }

    /// Room for the gradient of a layer's gates in this pass alone.
    float[] gateGradient(NeuronLayer layer) {
        int at = layer.index();
        gateGradients[at] = gateGradients[at] == null ? new float[layer.neurons()] : gateGradients[at];
        return gateGradients[at];
    }

    /// The gates that count in this pass.
    float[] gate(Parameters p) {
        return ablating ? ablated[p.layer().index()] : p.gate();
    }

    /// Whether a neuron takes part in this pass. Its own gate may be closed nevertheless.
    boolean keeps(NeuronLayer layer, int neuron) {
        return !ablating || draws(layer, neuron) >= closed * 0x1p24;
    }

    private long draws(NeuronLayer layer, int neuron) {
        return Dropout.draw(Dropout.stream(seed, plan.ablationKeys[layer.index()], firstExample), neuron);
    }

    /// From now on the gates of a random set of neurons are closed: each with probability `share`, by one draw for the batch, so that a greater share
    /// closes the same neurons and more. 0 opens all again.
    void ablate(Network net, double share) {
        ablating = share > 0;
        closed = share;
        for (NeuronLayer layer : plan.layers) {
            if (!ablating || !layer.gated()) {
                continue;
            }
            float[] gate = net.parameters(layer.index()).gate();
            int at = layer.index();
            ablated[at] = ablated[at] == null ? new float[gate.length] : ablated[at];
            for (int i = 0; i < gate.length; i++) {
                ablated[at][i] = keeps(layer, i) ? gate[i] : 0f;
            }
        }
    }

    long bytes() {
        long bytes = 0;
        for (int i = 0; i < statistics.length; i++) {
            bytes += (statistics[i] == null ? 0 : statistics[i].bytes()) + (ablated[i] == null ? 0 : 4L * ablated[i].length)
                    + (gateGradients[i] == null ? 0 : 4L * gateGradients[i].length);
        }
        return bytes;
    }
}
