package org.hyperhypo.engine;

/// The input of parallel branches that do not read the network's own input: forward every branch sees the same array, backward `dx = Σ dx_branch`.
record Fork(View x, View[] branches, int[] parents) implements Step {
    @Override
    public View y() {
        return x;
    }

    @Override
    public void forward(Network net, int n, Workspace w) {
        for (View branch : branches) {
            w.values[branch.buffer()] = w.values(x);
        }
    }

    @Override
    public void prepareBackward(Workspace w) {
        for (View branch : branches) {
            w.ownGradients(branch);
        }
    }

    @Override
    public void backward(Network net, int n, NeuronMask mask, Workspace w) {
        int count = n * x.size();
        float[] dx = w.gradients(x);
        System.arraycopy(w.gradients(branches[0]), 0, dx, 0, count);
        for (int b = 1; b < branches.length; b++) {
            w.kernels.add(count, w.gradients(branches[b]), 0, dx, 0);
        }
    }
}
