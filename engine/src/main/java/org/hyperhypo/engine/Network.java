package org.hyperhypo.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hyperhypo.kernels.Kernels;

/// A specification and its numbers: weights, biases and gates. Forward reads them, [Optimizer#step] writes weights and biases; all memory of a
/// computation is in a [Workspace].
///
/// Tensors: `<layer>.weight` (neurons, inputs), a convolution's row ordered (filterHeight, filterWidth, channels); `<layer>.bias` (neurons);
/// `<layer>.gate` (neurons) for all but the output layer, 1 = open, 0 = closed. The first dense layer's columns follow (position, channel).
public final class Network {
    private final NetworkSpec spec;
    private final Plan plan;
    private final Parameters[] parameters;

    Network(NetworkSpec spec, Parameters[] parameters) {
        this.spec = spec;
        this.plan = new Plan(spec);
        this.parameters = parameters;
    }

    /// Random weights, biases 0, gates 1. A tensor's numbers depend on the seed, its name and its sizes, not on other layers.
    public static Network initialised(NetworkSpec spec, Initialisation initialisation, long seed) {
        List<NeuronLayer> layers = spec.neuronLayers();
        Parameters[] parameters = new Parameters[layers.size()];
        for (NeuronLayer layer : layers) {
            int neurons = layer.neurons();
            boolean norm = layer.kind() == NeuronLayer.Kind.NORM;
            parameters[layer.index()] = new Parameters(layer, initialisation.weights(layer, spec, seed), new float[neurons],
                    layer.gated() ? Initialisation.ones(neurons) : null, norm ? new float[neurons] : null, norm ? Initialisation.ones(neurons) : null);
        }
        return new Network(spec, parameters);
    }

    public static Network initialised(NetworkSpec spec, long seed) {
        return initialised(spec, Initialisation.glorot(), seed);
    }

    public NetworkSpec spec() {
        return spec;
    }

    /// Names of all tensors, layer by layer: weight, bias, gate.
    public List<String> tensorNames() {
        return List.copyOf(tensors().keySet());
    }

    /// The array itself: writing to it changes the network.
    public float[] tensor(String name) {
        float[] tensor = tensors().get(name);
        if (tensor == null) {
            throw new ModelException("no tensor " + name + "; this network has " + tensorNames());
        }
        return tensor;
    }

    /// The gates themselves, one per neuron of a convolution or hidden dense layer: writing to them changes the network.
    public float[] gates(String layer) {
        plan.gate(layer);
        return parameters[spec.neuronLayer(layer).index()].gate();
    }

    /// Memory for one thread and up to `batch` samples, with the fastest kernels of this machine.
    public Workspace workspace(int batch) {
        return workspace(batch, Kernels.best());
    }

    public Workspace workspace(int batch, Kernels kernels) {
        return new Workspace(spec, plan, batch, kernels);
    }

    /// Runs n samples, each `spec().input().size()` numbers one after the other from `xOffset` on. Results: [Workspace#logits], [Workspace#activation].
    /// The input array is remembered for [#backward] and must not change in between.
    public void forward(float[] x, int xOffset, int n, Workspace w) {
        forward(x, xOffset, spec.input().size(), spec.input().width() * spec.input().channels(), n, w);
    }

    /// Runs n samples whose rows (bands) stand `rowStride` numbers apart and which start `sampleStride` apart, so that windows of one long
    /// utterance (bands, frames) are read in place: rowStride = frames, sampleStride = 1. The first layers must be convolutions.
    public void forward(float[] x, int xOffset, int sampleStride, int rowStride, int n, Workspace w) {
        read(x, xOffset, sampleStride, rowStride, n, w);
        w.pass.evaluation();
        plan.forward(this, n, w);
    }

    /// The same for learning: dropout draws and batch normalisation measures the batch, where a neuron of `learning` is at or below it; what is frozen runs as
    /// in evaluation. Draws depend on `seed` and on each example's number in the run, `firstExample` for the first of the batch, not on the batch's size.
    /// Running statistics move with [Optimizer#step], not here.
    public void forwardTraining(float[] x, int xOffset, int n, long seed, long firstExample, NeuronMask learning, Workspace w) {
        learning.check(plan.layers);
        read(x, xOffset, spec.input().size(), spec.input().width() * spec.input().channels(), n, w);
        w.pass.training(learning, seed, firstExample);
        plan.forward(this, n, w);
    }

    /// Log posteriors (n, classes) of the last forward pass.
    public void logPosteriors(int n, Workspace w, float[] out) {
        check(n, w);
        Softmax.forward(classes(), n, w, out);
    }

    /// Posteriors (n, classes) of the last forward pass.
    public void posteriors(int n, Workspace w, float[] out) {
        logPosteriors(n, w, out);
        w.kernels.exp(out, out, 0, n * classes().size());
    }

    /// Mean cross entropy of the last forward pass over the rows with a label (negative: row ignored), without gradients of parameters.
    public double loss(int[] labels, int n, Workspace w) {
        check(n, w);
        w.ownGradients(classes());
        return CrossEntropy.gradient(classes(), labels, n, w);
    }

    /// Any loss of the last forward pass, without gradients of parameters.
    public double loss(Loss loss, Targets targets, int n, Workspace w) {
        check(n, w);
        targets.check(n, classes().size());
        w.ownGradients(classes());
        return loss instanceof Comparative c ? Comparative.value(c, this, classes(), targets, n, w) : gradient(loss, targets, n, w);
    }

    /// Mean cross entropy of the last forward pass, and its gradients for the neurons in the mask: see [#backward(Loss, Targets, int, NeuronMask, Workspace)].
    public double backward(int[] labels, int n, NeuronMask mask, Workspace w) {
        start(n, Learning.WEIGHTS, mask, w);
        double loss = CrossEntropy.gradient(classes(), labels, n, w);
        propagate(n, mask, w);
        return loss;
    }

    /// Loss of the last forward pass, and its gradients with respect to the weights and biases of the neurons in the mask: set, not added, in `w`.
    ///
    /// Nothing is computed for other rows, nor below the lowest layer that has a neuron in the mask. The rows' bits do not depend on the mask.
    public double backward(Loss loss, Targets targets, int n, NeuronMask mask, Workspace w) {
        return backward(loss, targets, Learning.WEIGHTS, n, mask, w);
    }

    /// The same for the weights or for the gates of the neurons in the mask. With gates, no gradient of a weight is computed.
    public double backward(Loss loss, Targets targets, Learning what, int n, NeuronMask mask, Workspace w) {
        start(n, what, mask, w);
        targets.check(n, classes().size());
        if (loss instanceof Comparative c) {
            return Comparative.backward(c, this, classes(), targets, n, mask, w);
        }
        double value = gradient(loss, targets, n, w);
        propagate(n, mask, w);
        return value;
    }

    /// Gradient of the last loss with respect to the gates of a layer, set in `dGate`. The mask of backward must reach down to the layer.
    public void gateGradient(String layer, int n, Workspace w, float[] dGate) {
        w.activationGradient(layer);
        if (dGate.length != gates(layer).length) {
            throw new ModelException("gate gradient of " + layer + ": the array has " + dGate.length + " numbers, the layer " + gates(layer).length);
        }
        Arrays.fill(dGate, 0f);
        plan.gate(layer).gradient(n, w, dGate);
    }

    /// The layers before `layer` as a network of its own that shares this one's arrays.
    public Network below(String layer) {
        return part(spec.below(layer));
    }

    /// `layer` and what follows as a network of its own that shares this one's arrays; its input is the output of [#below].
    public Network from(String layer) {
        return part(spec.from(layer));
    }

    /// A network of its own with the same numbers.
    public Network copy() {
        Parameters[] copies = new Parameters[parameters.length];
        for (int i = 0; i < copies.length; i++) {
            copies[i] = parameters[i].copy();
        }
        return new Network(spec, copies);
    }

    /// A copy in which the neurons of the mask are pruned: their gates are 0.
    public Network withClosedGates(NeuronMask mask) {
        return Surgery.closed(this, mask);
    }

    /// A copy in which the neurons of the mask are replaced by their means μ: `b_next += W_next[:, n]·μ_n`, then their gates are closed.
    /// `means` holds one number per neuron for every layer with a neuron in the mask, of the layer's output as [Workspace#activation] gives it.
    public Network meanFold(NeuronMask mask, Map<String, float[]> means) {
        return Surgery.meanFold(this, mask, means);
    }

    /// A copy without the neurons whose gate is 0. Same outputs. A layer that would become empty keeps one closed neuron.
    public Network compacted() {
        return Surgery.compacted(this);
    }

    /// SHA-256 over the specification and all tensors, as 64 hexadecimal digits.
    public String hash() {
        return ModelFile.hash(this);
    }

    /// Writes a safetensors file: to a temporary name first, then moved.
    public void save(Path file, Map<String, String> metadata) {
        ModelFile.write(file, this, metadata);
    }

    public static Network load(Path file) {
        return ModelFile.read(file).network();
    }

    Parameters parameters(int layer) {
        return parameters[layer];
    }

    Plan plan() {
        return plan;
    }

    private Map<String, float[]> tensors() {
        Map<String, float[]> tensors = new LinkedHashMap<>();
        for (Parameters p : parameters) {
            tensors.putAll(p.tensors());
        }
        return tensors;
    }

    private Network part(NetworkSpec partSpec) {
        List<Parameters> shared = new ArrayList<>();
        for (NeuronLayer layer : partSpec.neuronLayers()) {
            shared.add(parameters[spec.neuronLayer(layer.name()).index()].in(layer));
        }
        return new Network(partSpec, shared.toArray(Parameters[]::new));
    }

    private void start(int n, Learning what, NeuronMask mask, Workspace w) {
        check(n, w);
        mask.check(plan.layers);
        w.ownGradients(classes());
        w.startBackward(mask, what);
    }

    /// Sets the gradient of the logits.
    private double gradient(Loss loss, Targets targets, int n, Workspace w) {
        return switch (loss) {
            case CrossEntropy _ -> CrossEntropy.gradient(classes(), targets, n, w);
            case KldRegularised kld -> KldRegularised.gradient(kld, classes(), targets, n, w);
            case Entropy _ -> Entropy.gradient(classes(), targets, n, w);
            case Comparative _ -> throw new AssertionError("takes several passes");
        };
    }

    /// From the gradient of the logits down to the lowest step that trains; adds to the gradients of what learns.
    void propagate(int n, NeuronMask mask, Workspace w) {
        w.prepareSteps();
        plan.backward(this, n, mask, w);
    }

    private void read(float[] x, int xOffset, int sampleStride, int rowStride, int n, Workspace w) {
        check(n, w);
        Shape in = spec.input();
        int row = in.width() * in.channels();
        long last = n == 0 ? xOffset : xOffset + (n - 1L) * sampleStride + (in.height() - 1L) * rowStride + row;
        if (xOffset < 0 || last > x.length) {
            throw new ModelException("input: " + n + " samples of " + in + " from " + xOffset + " on need " + last + " numbers, the array has " + x.length);
        }
        if (rowStride != row && !plan.inputReadByConvolutionsOnly()) {
            throw new ModelException("input: rows apart (row stride " + rowStride + ", row " + row + ") can be read by convolutions only; copy the windows");
        }
        w.input(x, xOffset, sampleStride, rowStride);
    }

    private View classes() {
        if (!plan.classifier) {
            throw new ModelException("this network does not end in softmax, so it has no posteriors and no loss; add .softmax()");
        }
        return plan.output;
    }

    private void check(int n, Workspace w) {
        if (w.spec != spec && !w.spec.equals(spec)) {
            throw new ModelException("the workspace was made for another specification; use network.workspace(batch) of this network");
        }
        if (n < 0 || n > w.batch()) {
            throw new ModelException(n + " samples, but the workspace has room for 0 to " + w.batch() + "; make a larger one");
        }
    }
}
