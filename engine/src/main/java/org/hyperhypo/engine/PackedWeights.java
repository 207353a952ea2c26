package org.hyperhypo.engine;

import org.hyperhypo.kernels.Kernels;
import org.hyperhypo.kernels.PackedMatrix;

/// The dense layers' weights in the order the kernels read them, packed at first use and kept while they do not change.
///
/// After a step only changed rows are packed again; a layer of which more than a quarter has changed is left to the kernels, which pack on the fly.
final class PackedWeights {
    private static final int FEW = 4;

    private final Kernels kernels;
    private final PackedMatrix[] forward;
    private final PackedMatrix[] backward;
    private final float[][] forwardOf;
    private final float[][] backwardOf;
    private final boolean[] learns;

    PackedWeights(Kernels kernels, int layers) {
        this.kernels = kernels;
        forward = new PackedMatrix[layers];
        backward = new PackedMatrix[layers];
        forwardOf = new float[layers][];
        backwardOf = new float[layers][];
        learns = new boolean[layers];
    }

    /// For the forward pass; null where the layer changes too often to keep it.
    PackedMatrix forward(Parameters p) {
        return kept(p, Kernels.Form.NT, forward, forwardOf);
    }

    /// For the gradient of the input.
    PackedMatrix backward(Parameters p) {
        return kept(p, Kernels.Form.NN, backward, backwardOf);
    }

    private PackedMatrix kept(Parameters p, Kernels.Form form, PackedMatrix[] matrices, float[][] packedOf) {
        NeuronLayer layer = p.layer();
        int at = layer.index();
        if (learns[at]) {
            return null;
        }
        if (matrices[at] == null) {
            boolean transposed = form == Kernels.Form.NT;
            matrices[at] = kernels.packed(form, transposed ? layer.neurons() : layer.inputs(), transposed ? layer.inputs() : layer.neurons());
        }
        if (packedOf[at] != p.weight()) {
            matrices[at].pack(p.weight(), 0, layer.inputs());
            packedOf[at] = p.weight();
        }
        return matrices[at];
    }

    /// Rows `rows` of a layer's weights have changed.
    void changed(Parameters p, int[] rows) {
        NeuronLayer layer = p.layer();
        int at = layer.index();
        if (layer.kind() == NeuronLayer.Kind.CONV || rows.length == 0) {
            return;
        }
        if (FEW * rows.length > layer.neurons()) {
            learns[at] = true;
            forward[at] = null;
            backward[at] = null;
            forwardOf[at] = null;
            backwardOf[at] = null;
            return;
        }
        if (forwardOf[at] == p.weight()) {
            forward[at].packRows(p.weight(), 0, layer.inputs(), rows, rows.length);
        }
        if (backwardOf[at] == p.weight()) {
            backward[at].packRows(p.weight(), 0, layer.inputs(), rows, rows.length);
        }
    }

    long bytes() {
        long bytes = 0;
        for (int i = 0; i < forward.length; i++) {
            bytes += (forward[i] == null ? 0 : forward[i].bytes()) + (backward[i] == null ? 0 : backward[i].bytes());
        }
        return bytes;
    }
}
