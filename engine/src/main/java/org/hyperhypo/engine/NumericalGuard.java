package org.hyperhypo.engine;

import org.hyperhypo.kernels.Kernels;

/// Stops a run whose numbers are no longer numbers.
///
/// Sums of columns are NaN or infinite if any element is, and cost one pass of vector additions over a gradient; only when a sum is not finite are
/// the elements looked at one by one. Sums that overflow from finite elements are no error.
final class NumericalGuard {
    private final Network net;
    private final NeuronMask mask;
    private final NeuronMask all;
    private final Workspace w;
    private final Checkpoints checkpoints;
    private final float[] sums;

    NumericalGuard(Network net, NeuronMask mask, Workspace w, Checkpoints checkpoints) {
        this.net = net;
        this.mask = mask;
        this.all = NeuronMask.all(net.spec());
        this.w = w;
        this.checkpoints = checkpoints;
        this.sums = new float[net.plan().layers.stream().mapToInt(NeuronLayer::inputs).max().orElse(1)];
    }

    /// After backward, before the optimizer's step.
    void checkStep(double loss, TrainingRun run) {
        if (!Double.isFinite(loss)) {
            throw before("the loss is " + loss, run);
        }
        for (int i = 0; i < net.plan().layers.size(); i++) {
            NeuronLayer layer = net.plan().layers.get(i);
            int[] rows = mask.sharedRows(layer.name());
            if (rows.length > 0) {
                String found = bad(layer.weight(), w.weightGradient(layer), layer.inputs(), rows);
                found = found == null ? bad(layer.bias(), w.biasGradient(layer), 1, rows) : found;
                if (found != null) {
                    throw before("the gradient of " + found, run);
                }
            }
        }
    }

    /// Of every layer: one that does not learn may have been given so.
    void checkParameters(TrainingRun run) {
        for (NeuronLayer layer : net.plan().layers) {
            Parameters p = net.parameters(layer.index());
            int[] rows = all.sharedRows(layer.name());
            String found = bad(layer.weight(), p.weight(), layer.inputs(), rows);
            found = found == null ? bad(layer.bias(), p.bias(), 1, rows) : found;
            if (found != null) {
                throw new ModelException("training stopped: " + found + " after " + run + "; use a smaller rate; " + checkpoints.lastGood());
            }
        }
    }

    private ModelException before(String what, TrainingRun run) {
        return new ModelException("training stopped: " + what + " at step " + (run.step + 1) + " of epoch " + run.epoch + " (rate " + run.rate
                + "), before the network was changed by it; use a smaller rate, or look for NaN in the examples; " + checkpoints.lastGood());
    }

    /// The first NaN or infinity in the given rows of an array (neurons, width), in words; null if there is none.
    private String bad(String tensor, float[] array, int width, int[] rows) {
        Kernels kernels = w.kernels;
        kernels.fill(sums, 0, width, 0f);
        for (int r = 0; r < rows.length; ) {
            int end = NeuronMask.runEnd(rows, r);
            kernels.biasGradient(end - r, width, array, rows[r] * width, width, null, width, sums);
            r = end;
        }
        return finite(sums, 0, width) ? null : first(tensor, array, width, rows);
    }

    private static String first(String tensor, float[] array, int width, int[] rows) {
        for (int row : rows) {
            for (int i = row * width; i < (row + 1) * width; i++) {
                if (!Float.isFinite(array[i])) {
                    return tensor + ", neuron " + row + ", is " + array[i];
                }
            }
        }
        return null;
    }

    private static boolean finite(float[] x, int from, int count) {
        float zero = 0;
        for (int i = from; i < from + count; i++) {
            zero = Math.fma(0f, x[i], zero);
        }
        return zero == 0;
    }
}
