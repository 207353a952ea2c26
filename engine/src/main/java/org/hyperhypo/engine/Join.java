package org.hyperhypo.engine;

/// The end of parallel branches: sample by sample, the branches' outputs one after the other; backward cuts the gradient the same way.
record Join(View[] branches, View y, int[] parents) implements Step {
    @Override
    public void forward(Network net, int n, Workspace w) {
        float[] joined = w.values(y);
        int at = 0;
        for (View branch : branches) {
            float[] part = w.values(branch);
            int size = branch.size();
            for (int s = 0; s < n; s++) {
                System.arraycopy(part, s * size, joined, s * y.size() + at, size);
            }
            at += size;
        }
    }

    @Override
    public void backward(Network net, int n, NeuronMask mask, Workspace w) {
        float[] joined = w.gradients(y);
        int at = 0;
        for (int b = 0; b < branches.length; b++) {
            int size = branches[b].size();
            if (w.trains(parents[b])) {
                float[] part = w.gradients(branches[b]);
                for (int s = 0; s < n; s++) {
                    System.arraycopy(joined, s * y.size() + at, part, s * size, size);
                }
            }
            at += size;
        }
    }
}
