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
    private NeuronMask learning;
    private long seed;
    private long firstExample;
    private boolean ablating;

    Pass(Plan plan) {
        this.plan = plan;
        fed = new boolean[plan.steps.size()];
        ablated = new float[plan.layers.size()][];
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

    /// The gates that count in this pass.
    float[] gate(Parameters p) {
        return ablating ? ablated[p.layer().index()] : p.gate();
    }

    boolean keeps(NeuronLayer layer, int neuron) {
        return !ablating || ablated[layer.index()][neuron] != 0f;
    }

    /// From now on the gates of a random set of neurons are closed: each with probability `closed`, by one draw for the batch, so that a greater `closed`
    /// closes the same neurons and more. 0 opens all again.
    void ablate(Network net, double closed) {
        ablating = closed > 0;
        for (NeuronLayer layer : plan.layers) {
            if (!ablating || !layer.gated()) {
                continue;
            }
            float[] gate = net.parameters(layer.index()).gate();
            int at = layer.index();
            ablated[at] = ablated[at] == null ? new float[gate.length] : ablated[at];
            long stream = Dropout.stream(seed, plan.ablationKeys[at], firstExample);
            for (int i = 0; i < gate.length; i++) {
                ablated[at][i] = Dropout.draw(stream, i) < closed * 0x1p24 ? 0f : gate[i];
            }
        }
    }

    long bytes() {
        long bytes = 0;
        for (int i = 0; i < statistics.length; i++) {
            bytes += (statistics[i] == null ? 0 : statistics[i].bytes()) + (ablated[i] == null ? 0 : 4L * ablated[i].length);
        }
        return bytes;
    }
}
