package org.hyperhypo.engine;

/// Stops a run whose numbers are no longer numbers.
///
/// `Σ 0·x` is 0 where every x is finite, and NaN else: one pass over a gradient, as fast as memory gives it (README, Memory). Only when it is NaN are the
/// elements looked at one by one.
final class NumericalGuard {
    private final Network net;
    private final NeuronMask mask;
    private final NeuronMask all;
    private final Workspace w;
    private final Checkpoints checkpoints;

    NumericalGuard(Network net, NeuronMask mask, Workspace w, Checkpoints checkpoints) {
        this.net = net;
        this.mask = mask;
        this.all = NeuronMask.all(net.spec());
        this.w = w;
        this.checkpoints = checkpoints;
    }

    /// After backward, before the optimizer's step.
    void checkStep(double loss, TrainingRun run) {
        if (!Double.isFinite(loss)) {
            throw before("the loss is " + loss, run);
        }
        for (int i = 0; i < net.plan().layers.size(); i++) {
            NeuronLayer layer = net.plan().layers.get(i);
            int[] rows = mask.sharedRows(layer.name());
            if (rows.length == 0) {
                continue;
            }
            if (w.learns().weights()) {
                check(layer, ".weight", w.weightGradient(layer), layer.inputs(), rows, run);
            }
            if (w.learns().biases()) {
                check(layer, ".bias", w.biasGradient(layer), 1, rows, run);
            }
            if (w.learns().gates() && layer.gated()) {
                check(layer, ".gate", w.gateGradient(layer), 1, rows, run);
            }
        }
    }

    private void check(NeuronLayer layer, String tensor, float[] gradient, int width, int[] rows, TrainingRun run) {
        if (!finite(gradient, width, rows)) {
            throw before("the gradient of " + first(layer.name() + tensor, gradient, width, rows), run);
        }
    }

    /// Of every layer: one that does not learn may have been given so.
    void checkParameters(TrainingRun run) {
        for (NeuronLayer layer : net.plan().layers) {
            net.parameters(layer.index()).tensors().forEach((name, values) -> {
                int width = values.length / layer.neurons();
                int[] rows = all.sharedRows(layer.name());
                if (!finite(values, width, rows)) {
                    throw new ModelException("training stopped: " + first(name, values, width, rows) + " after " + run + "; use a smaller rate; "
                            + checkpoints.lastGood());
                }
            });
        }
    }

    private ModelException before(String what, TrainingRun run) {
        return new ModelException("training stopped: " + what + " at step " + (run.step + 1) + " of epoch " + run.epoch + " (rate " + run.rate
                + "), before the network was changed by it; use a smaller rate, or look for NaN in the examples; " + checkpoints.lastGood());
    }

    /// Whether the given rows of an array (neurons, width) hold no NaN and no infinity.
    private static boolean finite(float[] array, int width, int[] rows) {
        for (int r = 0; r < rows.length; ) {
            int end = NeuronMask.runEnd(rows, r);
            if (!finite(array, rows[r] * width, (end - r) * width)) {
                return false;
            }
            r = end;
        }
        return true;
    }

    /// The first that is not finite, in words.
    private static String first(String tensor, float[] array, int width, int[] rows) {
        for (int row : rows) {
            for (int i = row * width; i < (row + 1) * width; i++) {
                if (!Float.isFinite(array[i])) {
                    return tensor + ", neuron " + row + ", is " + array[i];
                }
            }
        }
        throw new AssertionError("all of " + tensor + " is finite");
    }

    /// Eight sums side by side: one alone would wait for every addition.
    static boolean finite(float[] x, int from, int count) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        int i = from;
        for (; i + 8 <= from + count; i += 8) {
            s0 = Math.fma(0f, x[i], s0);
            s1 = Math.fma(0f, x[i + 1], s1);
            s2 = Math.fma(0f, x[i + 2], s2);
            s3 = Math.fma(0f, x[i + 3], s3);
            s4 = Math.fma(0f, x[i + 4], s4);
            s5 = Math.fma(0f, x[i + 5], s5);
            s6 = Math.fma(0f, x[i + 6], s6);
            s7 = Math.fma(0f, x[i + 7], s7);
        }
        for (; i < from + count; i++) {
            s0 = Math.fma(0f, x[i], s0);
        }
        return s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 == 0;
    }
}
