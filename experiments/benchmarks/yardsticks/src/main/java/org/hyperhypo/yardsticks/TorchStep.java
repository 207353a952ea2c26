package org.hyperhypo.yardsticks;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hyperhypo.benchmarks.Contender;
import org.hyperhypo.benchmarks.Step;
import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.NeuronLayer;

/// A training step of the paper's TFCNN in PyTorch.
///
/// | kind | what learns | what runs |
/// |---|---|---|
/// | WHOLE | everything | everything |
/// | ADAPTATION | hidden layers; gradients are multiplied by 0 or 1 per neuron | everything, but autograd stops at the frozen convolutions |
/// | KEPT | the same | the layers above the convolutions, whose outputs are kept: what a careful user would write |
///
/// The frequency branch runs with the axes of input and filters exchanged, because its gradients are wrong otherwise: see [TorchLayers#branch].
final class TorchStep {
    private static final int FREQUENCY = 0;
    private static final int TIME = 1;

    private enum Kind { WHOLE, ADAPTATION, KEPT }

    private final Engine engine;
    private final NDManager memory;
    private final Kind kind;
    private final List<Parameter> parameters = new ArrayList<>();
    private final NDArray x;
    /// The input with its axes exchanged; not used where the convolutions' outputs are kept.
    private final NDArray exchanged;
    private final float[] firstWeights;
    private final NDArray labels;
    private final Loss loss = Loss.softmaxCrossEntropyLoss();

    /// Weight and bias of a layer, their velocities, and 1 for each neuron that learns, 0 for others (null where all learn).
    private record Parameter(NDArray w, NDArray b, NDArray vW, NDArray vB, boolean learns, NDArray mask, NDArray maskColumn) {
    }

    private TorchStep(Engine engine, NDManager memory, Step step, int batch, Kind kind) {
        this.engine = engine;
        this.memory = memory;
        this.kind = kind;
        Network net = step.network();
        Map<String, int[]> tenth = step.tenth();
        for (NeuronLayer layer : net.spec().neuronLayers()) {
            parameters.add(parameter(net, layer, tenth.get(layer.name())));
        }
        int size = step.spec().input().size();
        NDArray inputs = memory.create(java.util.Arrays.copyOf(step.inputs(), batch * size),
                new Shape(batch, 1, step.spec().input().height(), step.spec().input().width()));
        labels = memory.create(java.util.Arrays.copyOf(step.labels(), batch), new Shape(batch, 1));
        exchanged = TorchLayers.exchanged(inputs);
        x = kind == Kind.KEPT ? kept(inputs) : inputs;
        firstWeights = parameters.getFirst().w.toFloatArray();
    }

    static List<Contender> contenders(Engine engine, NDManager memory, Step p) {
        List<Contender> list = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            String name = switch (kind) {
                case WHOLE -> "PyTorch, whole step";
                case ADAPTATION -> "PyTorch, adaptation step";
                case KEPT -> "PyTorch, adaptation step from kept outputs";
            };
            TorchStep step = new TorchStep(engine, memory, p, p.batch(), kind);
            list.add(Contender.of(name, kind == Kind.WHOLE ? p.flops() : p.adaptationFlops(), step::run, p, () -> losses(engine, memory, p, kind)));
        }
        return list;
    }

    private static float[] losses(Engine engine, NDManager memory, Step p, Kind kind) {
        try (NDManager few = memory.newSubManager()) {
            TorchStep step = new TorchStep(engine, few, p, p.checked(), kind);
            float[] losses = new float[Step.STEPS];
            for (int i = 0; i < losses.length; i++) {
                losses[i] = step.run();
            }
            return Step.answer(losses, step.firstWeights, step.parameters.getFirst().w.toFloatArray());
        }
    }

    private Parameter parameter(Network net, NeuronLayer layer, int[] tenth) {
        float[] weight = net.tensor(layer.weight());
        Shape shape = switch (layer.index()) {
            case FREQUENCY -> new Shape(layer.neurons(), 1, 8, 17);
            case TIME -> new Shape(layer.neurons(), 1, 40, 8);
            default -> new Shape(layer.neurons(), layer.inputs());
        };
        if (layer.name().equals("fc1")) {
            weight = filtersFirst(weight, layer.neurons());
        }
        NDArray w = layer.index() == FREQUENCY ? TorchLayers.exchanged(memory.create(weight, shape)) : memory.create(weight, shape);
        NDArray b = memory.create(net.tensor(layer.bias()));
        boolean learns = kind == Kind.WHOLE || layer.kind() == NeuronLayer.Kind.HIDDEN;
        NDArray mask = null;
        if (learns && kind != Kind.WHOLE) {
            float[] ones = new float[layer.neurons()];
            for (int row : tenth) {
                ones[row] = 1;
            }
            mask = memory.create(ones);
        }
        return new Parameter(w, b, w.zerosLike(), b.zerosLike(), learns, mask, mask == null ? null : mask.reshape(layer.neurons(), 1));
    }

    /// Columns (position, filter) of each branch become (filter, position), the order of PyTorch's maps.
    private static float[] filtersFirst(float[] weight, int neurons) {
        int frequency = 200 * 11;
        int time = 75 * 2;
        float[] to = new float[weight.length];
        for (int o = 0; o < neurons; o++) {
            int at = o * (frequency + time);
            float[] first = java.util.Arrays.copyOfRange(weight, at, at + frequency);
            float[] second = java.util.Arrays.copyOfRange(weight, at + frequency, at + frequency + time);
            float[] moved = new float[frequency];
            TorchLayers.reorder(first, moved, 1, 11, 200);
            System.arraycopy(moved, 0, to, at, frequency);
            TorchLayers.reorder(second, moved, 1, 2, 75);
            System.arraycopy(moved, 0, to, at + frequency, time);
        }
        return to;
    }

    /// One step; returns its loss. The loss is multiplied by the rate before the backward pass, which is SGD with momentum in three passes:
    /// `v = momentum·v; v += gradient; p −= v`.
    private float run() {
        try (NDManager step = memory.newSubManager()) {
            List<NDArray[]> leaves = new ArrayList<>();
            for (Parameter p : parameters) {
                leaves.add(new NDArray[] {TorchLayers.leaf(p.w, step, p.learns), TorchLayers.leaf(p.b, step, p.learns)});
            }
            NDArray mean;
            try (GradientCollector collector = engine.newGradientCollector()) {
                NDArray in = TorchLayers.leaf(x, step, false);
                NDArray h = kind == Kind.KEPT ? in : convolutions(in, TorchLayers.leaf(exchanged, step, false), leaves);
                mean = loss.evaluate(new NDList(labels), new NDList(dense(h, leaves)));
                collector.backward(mean.mul(Step.RATE));
            }
            for (int i = 0; i < leaves.size(); i++) {
                if (parameters.get(i).learns) {
                    update(parameters.get(i), leaves.get(i));
                }
            }
            return mean.getFloat();
        }
    }

    private static void update(Parameter p, NDArray[] leaf) {
        NDArray dW = leaf[0].getGradient();
        NDArray dB = leaf[1].getGradient();
        if (p.mask != null) {
            dW.muli(p.maskColumn);
            dB.muli(p.mask);
        }
        p.vW.muli(Step.MOMENTUM).addi(dW);
        p.vB.muli(Step.MOMENTUM).addi(dB);
        p.w.subi(p.vW);
        p.b.subi(p.vB);
    }

    private NDArray kept(NDArray inputs) {
        List<NDArray[]> tensors = parameters.stream().map(p -> new NDArray[] {p.w, p.b}).toList();
        return convolutions(inputs, exchanged, tensors);
    }

    private static NDArray convolutions(NDArray in, NDArray exchanged, List<NDArray[]> t) {
        return NDArrays.concat(new NDList(branch(exchanged, t.get(FREQUENCY), new Shape(1, 3)), branch(in, t.get(TIME), new Shape(1, 5))), 1);
    }

    private static NDArray branch(NDArray in, NDArray[] t, Shape pool) {
        NDArray y = Pool.maxPool2d(Conv2d.conv2d(in, t[0], t[1]).singletonOrThrow(), pool, pool, new Shape(0, 0), false);
        return Activation.sigmoid(y).reshape(in.getShape().get(0), -1);
    }

    private static NDArray dense(NDArray in, List<NDArray[]> t) {
        NDArray h = in;
        for (int i = TIME + 1; i < t.size() - 1; i++) {
            h = Activation.sigmoid(Linear.linear(h, t.get(i)[0], t.get(i)[1]).singletonOrThrow());
        }
        return Linear.linear(h, t.getLast()[0], t.getLast()[1]).singletonOrThrow();
    }
}
