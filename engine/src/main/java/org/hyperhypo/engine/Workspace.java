package org.hyperhypo.engine;

import org.hyperhypo.kernels.Kernels;
import org.hyperhypo.kernels.PackedMatrix;
import org.hyperhypo.kernels.Scratch;

/// All memory that one thread needs to run a network on up to `batch` samples. Values are taken at once, gradients when first needed; after
/// that a step allocates nothing. Serves every network of the same specification, one call at a time.
public final class Workspace {
    private static final int[] NONE = {};
    final NetworkSpec spec;
    final Plan plan;
    final Kernels kernels;
    final Scratch scratch = new Scratch();
    final float[][] values;
    final float[][] gradients;
    final boolean[] gateOpen;
    final Pass pass;
    final LossMemory losses = new LossMemory();
    private final int batch;
    private final float[][] ownValues;
    private final float[][] ownGradients;
    private final byte[][] argmax;
    private ParameterGradients learned;
    private Learning learns = Learning.WEIGHTS;
    private final boolean[] trains;
    private PackedWeights packed;
    private int inputOffset;
    private int inputStride;
    private int inputRowStride;

    Workspace(NetworkSpec spec, Plan plan, int batch, Kernels kernels) {
        if (batch < 1) {
            throw new ModelException("workspace for " + batch + " samples; needs at least 1");
        }
        this.spec = spec;
        this.plan = plan;
        this.batch = batch;
        this.kernels = kernels;
        int buffers = plan.views.size();
        values = new float[buffers][];
        gradients = new float[buffers][];
        ownValues = new float[buffers][];
        ownGradients = new float[buffers][];
        argmax = new byte[buffers][];
        gateOpen = new boolean[plan.layers.size()];
        pass = new Pass(plan);
        learned = new ParameterGradients(plan.layers.size());
        trains = new boolean[plan.steps.size()];
        for (Step step : plan.steps) {
            if ((step instanceof LayerStep || step instanceof Join) && !plan.neverStored(step)) {
                values[step.y().buffer()] = ownValues(step.y());
            }
            if (step instanceof LayerStep layer && layer.layer() instanceof MaxPool2d) {
                argmax[layer.y().buffer()] = new byte[room(layer.y())];
            }
        }
    }

    /// Most samples of one call.
    public int batch() {
        return batch;
    }

    /// Name of the kernels that run.
    public String kernelName() {
        return kernels.name();
    }

    /// From now on keeps dense weights as the kernels read them, packed at first use: worth it where many batches see the same weights, most of all
    /// small batches, or where few neurons learn. [Optimizer#step] with this workspace keeps them up to date; who changes a network's tensors in
    /// any other way calls [#weightsChanged]. Doubles the memory of the weights, three times with gradients. Same bits.
    public Workspace keepPackedWeights() {
        packed = new PackedWeights(kernels, plan.layers.size());
        return this;
    }

    /// Forgets packed weights, if they are kept: the next pass packs them anew.
    public void weightsChanged() {
        packed = packed == null ? null : new PackedWeights(kernels, plan.layers.size());
    }

    /// Logits of the last forward pass, (n, classes); for a network that ends below softmax, its output. Ask again after every forward pass.
    public float[] logits() {
        return values(plan.output);
    }

    /// Output of a layer after activation, pooling and gate: (n, neurons), for a convolution (n, positions, channels). Ask again after every forward pass.
    public float[] activation(String layer) {
        return values(plan.activation(layer));
    }

    /// Gradient of the loss with respect to [#activation], as far down as the last backward pass went.
    public float[] activationGradient(String layer) {
        View view = plan.activation(layer);
        boolean computed = false;
        for (int i = 0; i < trains.length; i++) {
            computed |= trains[i] && plan.steps.get(i).y().buffer() == view.buffer();
        }
        if (!computed) {
            throw new ModelException("the last backward pass computed no gradient of " + layer + "; include neurons of it, or of a layer below, in the mask");
        }
        return gradients(view);
    }

    /// Weight gradient (neurons, inputs) of a layer; only rows in the mask of the last backward pass mean anything.
    public float[] weightGradient(String layer) {
        return computed(learned.weight[spec.neuronLayer(layer).index()], layer);
    }

    /// Bias gradient of a layer; only rows in the mask of the last backward pass mean anything.
    public float[] biasGradient(String layer) {
        return computed(learned.bias[spec.neuronLayer(layer).index()], layer);
    }

    /// Bytes held now, packing memory of the kernels included.
    public long bytes() {
        long bytes = scratch.bytes() + pass.bytes() + losses.bytes() + learned.bytes();
        for (float[][] group : new float[][][] {ownValues, ownGradients}) {
            for (float[] array : group) {
                bytes += array == null ? 0 : 4L * array.length;
            }
        }
        bytes += packed == null ? 0 : packed.bytes();
        for (byte[] array : argmax) {
            bytes += array == null ? 0 : array.length;
        }
        return bytes;
    }

    /// Packed weights of a dense layer, or null where they are not kept.
    PackedMatrix packedForward(Parameters p) {
        return packed == null ? null : packed.forward(p);
    }

    PackedMatrix packedBackward(Parameters p) {
        return packed == null ? null : packed.backward(p);
    }

    void rowsChanged(Parameters p, int[] rows) {
        if (packed != null) {
            packed.changed(p, rows);
        }
    }

    /// Runs another network, in evaluation, on the samples of this one's last forward pass.
    void readSameInput(Network other, int n, Workspace into) {
        other.forward(values[0], inputOffset, inputStride, inputRowStride, n, into);
    }

    void input(float[] x, int offset, int sampleStride, int rowStride) {
        values[0] = x;
        inputOffset = offset;
        inputStride = sampleStride;
        inputRowStride = rowStride;
    }

    float[] values(View view) {
        return values[view.buffer()];
    }

    int offset(View view) {
        return view.buffer() == 0 ? inputOffset : 0;
    }

    int stride(View view) {
        return view.buffer() == 0 ? inputStride : view.size();
    }

    int rowStride(View view) {
        return view.buffer() == 0 ? inputRowStride : view.shape().width() * view.shape().channels();
    }

    float[] gradients(View view) {
        return gradients[view.buffer()];
    }

    byte[] argmax(View view) {
        return argmax[view.buffer()];
    }

    float[] ownValues(View view) {
        int b = view.buffer();
        if (ownValues[b] == null) {
            ownValues[b] = new float[room(view)];
        }
        return ownValues[b];
    }

    void ownGradients(View view) {
        int b = view.buffer();
        if (ownGradients[b] == null) {
            ownGradients[b] = new float[room(view)];
        }
        gradients[b] = ownGradients[b];
    }

    float[] weightGradient(NeuronLayer layer) {
        return learned.weight[layer.index()];
    }

    float[] biasGradient(NeuronLayer layer) {
        return learned.bias[layer.index()];
    }

    float[] gateGradient(NeuronLayer layer) {
        return learned.gate[layer.index()];
    }

    BatchNorm.Statistics statistics(NeuronLayer layer) {
        return pass.statistics(layer);
    }

    boolean runsInTraining(int[] parents) {
        return pass.runsInTraining(parents);
    }

    NeuronMask learning() {
        return pass.learning();
    }

    long seed() {
        return pass.seed();
    }

    long firstExample() {
        return pass.firstExample();
    }

    /// Gives away the gradients of parameters that the last backward pass has set, and takes other memory for the next.
    ParameterGradients exchange(ParameterGradients other) {
        ParameterGradients mine = learned;
        learned = other;
        return mine;
    }

    /// What the last backward pass computed gradients for.
    Learning learns() {
        return learns;
    }

    boolean trains(int step) {
        return step >= 0 && trains[step];
    }

    boolean anyTrains(int[] steps) {
        for (int step : steps) {
            if (trains(step)) {
                return true;
            }
        }
        return false;
    }

    /// Marks the steps that train under a mask, and clears the gradients of what learns.
    void startBackward(NeuronMask mask, Learning what) {
        learns = what;
        for (int i = 0; i < trains.length; i++) {
            Step step = plan.steps.get(i);
            trains[i] = anyTrains(step.parents());
            boolean gates = what.gates() && step instanceof Gate;
            int layer = gates ? ((Gate) step).gatedLayer() : what.biases() ? step.neuronLayer() : -1;
            int[] rows = layer < 0 ? NONE : mask.sharedRows(plan.layers.get(layer).name());
            if (rows.length > 0) {
                trains[i] = true;
                if (gates) {
                    learned.clearGates(plan.layers.get(layer), kernels);
                } else {
                    learned.clear(plan.layers.get(layer), rows, what, kernels);
                }
            }
        }
    }

    /// Provides what the gradients of the steps that train need, after a forward pass.
    void prepareSteps() {
        for (int i = 0; i < trains.length; i++) {
            if (trains[i]) {
                plan.steps.get(i).prepareBackward(this);
            }
        }
    }

    private int room(View view) {
        return Math.multiplyExact(batch, view.size());
    }

    private static float[] computed(float[] gradient, String layer) {
        if (gradient == null) {
            throw new ModelException("no gradient of " + layer + " was computed yet; include neurons of it in the mask of backward");
        }
        return gradient;
    }
}
