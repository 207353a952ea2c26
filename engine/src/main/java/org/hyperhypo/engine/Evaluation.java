package org.hyperhypo.engine;

/// Mean loss and share of correct classes over labelled examples.
public record Evaluation(double loss, double accuracy, long examples) {
    /// Runs the network over all examples, `w.batch()` at a time, in order.
    public static Evaluation of(Network network, Examples examples, Workspace w) {
        int batch = w.batch();
        int classes = network.spec().output().size();
        float[] x = new float[Math.multiplyExact(batch, examples.inputSize())];
        int[] labels = new int[batch];
        int[] index = new int[batch];
        double loss = 0;
        long correct = 0;
        long labelled = 0;
        for (int start = 0; start < examples.size(); start += batch) {
            int n = Math.min(batch, examples.size() - start);
            for (int i = 0; i < n; i++) {
                index[i] = start + i;
            }
            examples.fill(index, 0, n, x, labels);
            network.forward(x, 0, n, w);
            int rows = 0;
            for (int i = 0; i < n; i++) {
                if (labels[i] >= 0) {
                    rows++;
                    correct += largest(w.logits(), i * classes, classes) == labels[i] ? 1 : 0;
                }
            }
            loss += rows * network.loss(labels, n, w);
            labelled += rows;
        }
        return new Evaluation(labelled == 0 ? Double.NaN : loss / labelled, labelled == 0 ? Double.NaN : (double) correct / labelled, labelled);
    }

    /// Index of the largest of `count` numbers, the first if several.
    private static int largest(float[] x, int from, int count) {
        int best = 0;
        for (int k = 1; k < count; k++) {
            if (x[from + k] > x[from + best]) {
                best = k;
            }
        }
        return best;
    }
}
