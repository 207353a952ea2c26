package org.hyperhypo.engine;

/// Mean loss and share of correct classes over labelled examples.
public record Evaluation(double loss, double accuracy, long examples) {
    /// Runs the network over all examples, `w.batch()` at a time, in order.
    public static Evaluation of(Network network, Examples examples, Workspace w) {
        return of(network, examples, w, Peers.NONE);
    }

    /// The same numbers with the batches dealt out to several processes.
    static Evaluation of(Network network, Examples examples, Workspace w, Peers peers) {
        int batches = Math.ceilDiv(examples.size(), w.batch());
        double[] loss = new double[batches];
        double[] counts = new double[2];                                  // labelled, and right
        evaluate(network, examples, peers.first(peers.rank(), batches), peers.first(peers.rank() + 1, batches), w, loss, counts);
        peers.merge(loss);
        double[] all = new double[2 * peers.size()];
        System.arraycopy(counts, 0, all, 2 * peers.rank(), 2);
        peers.merge(all);
        double sum = 0;
        for (double one : loss) {
            sum += one;
        }
        double labelled = 0;
        double correct = 0;
        for (int i = 0; i < all.length; i += 2) {
            labelled += all[i];
            correct += all[i + 1];
        }
        return new Evaluation(labelled == 0 ? Double.NaN : sum / labelled, labelled == 0 ? Double.NaN : correct / labelled, (long) labelled);
    }

    private static void evaluate(Network network, Examples examples, int from, int to, Workspace w, double[] loss, double[] counts) {
        int batch = w.batch();
        int classes = network.spec().output().size();
        float[] x = new float[Math.multiplyExact(batch, examples.inputSize())];
        int[] labels = new int[batch];
        int[] index = new int[batch];
        for (int b = from; b < to; b++) {
            int n = Math.min(batch, examples.size() - b * batch);
            for (int i = 0; i < n; i++) {
                index[i] = b * batch + i;
            }
            examples.fill(index, 0, n, x, labels);
            network.forward(x, 0, n, w);
            int rows = 0;
            for (int i = 0; i < n; i++) {
                if (labels[i] >= 0) {
                    rows++;
                    counts[1] += largest(w.logits(), i * classes, classes) == labels[i] ? 1 : 0;
                }
            }
            loss[b] = rows * network.loss(labels, n, w);
            counts[0] += rows;
        }
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
