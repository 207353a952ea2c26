package org.hyperhypo.engine;

/// Dropout: in training passes every number is dropped with probability s = `share`, on its own; what stays grows, so that the mean does not change.
///
/// ```
/// forward    y[n,i]  = keep[n,i]·x[n,i] / (1 − s)
/// backward   dx[n,i] = keep[n,i]·dy[n,i] / (1 − s)
/// keep[n,i]  = upper 24 bits of draw (i + 1) of SplitMix64(mix(seed, layer, number of the example)) ≥ s·2²⁴
/// ```
/// A draw depends on the seed, the layer, the example's number in the run and i, on nothing else: neither threads nor the cut of a batch change it, and
/// backward draws again instead of keeping a mask. In evaluation, and behind layers of which no neuron learns, y is x: the same array.
public record Dropout(float share) implements Layer {
    private static final long GAMMA = 0x9e3779b97f4a7c15L;

    public Dropout {
        if (!(share >= 0 && share < 1)) {
            throw new ModelException("dropout(" + share + "): the share that is dropped must be in [0, 1)");
        }
    }

    @Override
    public Shape output(Shape input) {
        return input;
    }

    static void forward(LayerStep step, Dropout layer, int n, Workspace w) {
        View x = step.x();
        View y = step.y();
        if (w.runsInTraining(step.parents())) {
            w.values[y.buffer()] = w.ownValues(y);
            drop(layer, step.draws(), n, x.size(), w, w.values(x), w.values(y));
        } else {
            w.values[y.buffer()] = w.values(x);
        }
    }

    static void backward(LayerStep step, Dropout layer, int n, Workspace w) {
        if (w.runsInTraining(step.parents())) {
            drop(layer, step.draws(), n, step.x().size(), w, w.gradients(step.y()), w.gradients(step.x()));
        }
    }

    private static void drop(Dropout layer, long key, int n, int size, Workspace w, float[] x, float[] y) {
        long threshold = layer.threshold();
        float growth = 1f / (1f - layer.share);
        for (int i = 0; i < n; i++) {
            long stream = stream(w.seed(), key, w.firstExample() + i);
            for (int j = 0; j < size; j++) {
                y[i * size + j] = draw(stream, j) >= threshold ? x[i * size + j] * growth : 0f;
            }
        }
    }

    /// Whether number `unit` of an example stays.
    boolean keeps(long seed, long key, long example, int unit) {
        return draw(stream(seed, key, example), unit) >= threshold();
    }

    private long threshold() {
        return (long) Math.ceil(share * 0x1p24);
    }

    /// Of a layer, from its name and how many other dropouts stand between the two.
    static long key(String layer, int number) {
        return Seeds.random(number, "dropout " + layer).nextLong();
    }

    static long stream(long seed, long key, long example) {
        return Seeds.mix(Seeds.mix(seed * GAMMA ^ key) + example * GAMMA);
    }

    /// 24 bits.
    static long draw(long stream, int unit) {
        return Seeds.mix(stream + (unit + 1) * GAMMA) >>> 40;
    }
}
