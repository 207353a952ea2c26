package org.hyperhypo.engine;

/// One factor per neuron, behind everything that follows a layer with neurons (activation, pooling) and before the next layer reads it:
///
/// ```
/// forward    h[n,p,c] = g[c]·a[n,p,c]               p runs over positions (one for a dense layer), c over neurons
/// backward   da[n,p,c] = g[c]·dh[n,p,c]
///            dg[c] = Σ_np a[n,p,c]·dh[n,p,c]        when gates learn, or on request: Network.gateGradient
/// ```
/// While all gates are 1, h *is* a: the same array, no work.
record Gate(int gatedLayer, View x, View y, int[] parents) implements Step {
    @Override
    public void forward(Network net, int n, Workspace w) {
        float[] gate = w.pass.gate(net.parameters(gatedLayer));
        w.gateOpen[gatedLayer] = open(gate);
        if (w.gateOpen[gatedLayer]) {
            w.values[y.buffer()] = w.values(x);
        } else {
            w.values[y.buffer()] = w.ownValues(y);
            w.kernels.scaleColumns(n * positions(gate), gate.length, w.values(x), 0, gate.length, gate, w.values(y), 0, gate.length);
        }
    }

    @Override
    public void prepareBackward(Workspace w) {
        if (w.gateOpen[gatedLayer] && w.anyTrains(parents)) {
            w.gradients[y.buffer()] = w.gradients(x);
        } else {
            w.ownGradients(y);
        }
    }

    @Override
    public void backward(Network net, int n, NeuronMask mask, Workspace w) {
        NeuronLayer layer = net.parameters(gatedLayer).layer();
        if (w.learns().gates() && mask.sharedRows(layer.name()).length > 0) {
            float[] dGate = w.gateGradient(layer);
            float[] own = w.pass.gateGradient(layer);
            java.util.Arrays.fill(own, 0f);
            gradient(n, w, own);
            for (int i = 0; i < dGate.length; i++) {
                dGate[i] += w.pass.keeps(layer, i) ? own[i] : 0f;
            }
        }
        if (!w.gateOpen[gatedLayer] && w.anyTrains(parents)) {
            float[] gate = w.pass.gate(net.parameters(gatedLayer));
            w.kernels.scaleColumns(n * positions(gate), gate.length, w.gradients(y), 0, gate.length, gate, w.gradients(x), 0, gate.length);
        }
    }

    /// Adds Σ a·dh to `dGate`, after a backward pass.
    void gradient(int n, Workspace w, float[] dGate) {
        int neurons = dGate.length;
        w.kernels.gateGradient(n * positions(dGate), neurons, w.values(x), 0, neurons, w.gradients(y), 0, neurons, dGate);
    }

    private int positions(float[] gate) {
        return x.size() / gate.length;
    }

    static boolean open(float[] gate) {
        for (float g : gate) {
            if (g != 1f) {
                return false;
            }
        }
        return true;
    }
}
