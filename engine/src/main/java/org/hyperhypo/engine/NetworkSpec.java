package org.hyperhypo.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.hyperhypo.kernels.Activation;

/// What a network is, without its numbers. Immutable and its own builder: every method returns a longer specification and checks the shapes.
///
/// ```java
/// NetworkSpec.input(1, 40, 17)
///     .parallel(f -> f.conv(32, 8, 17).maxPool(3, 1).sigmoid(),
///               t -> t.conv(16, 40, 8).maxPool(1, 5).sigmoid())
///     .dense(256).sigmoid().dense(256).sigmoid()
///     .dense(60).softmax();
/// ```
/// Layers with neurons are named as they come: conv1, conv2, …, fc1, fc2, …; the dense layer before softmax becomes `output`.
public record NetworkSpec(Shape input, List<Layer> layers) {
    public NetworkSpec {
        layers = List.copyOf(layers);
        checkSequence(layers);
        Shape shape = input;
        for (Layer layer : layers) {
            shape = layer.output(shape);
        }
        Set<String> names = new HashSet<>();
        for (NeuronLayer layer : SpecWalk.neuronLayers(input, layers)) {
            if (!names.add(layer.name())) {
                throw new ModelException("layer name " + layer.name() + " is used twice; give one of them another name");
            }
        }
    }

    public static NetworkSpec input(int channels, int height, int width) {
        return new NetworkSpec(new Shape(channels, height, width), List.of());
    }

    public NetworkSpec conv(int filters, int filterHeight, int filterWidth) {
        return conv(freeName("conv"), filters, filterHeight, filterWidth);
    }

    public NetworkSpec conv(String name, int filters, int filterHeight, int filterWidth) {
        return with(new Conv2d(name, filters, filterHeight, filterWidth));
    }

    public NetworkSpec maxPool(int height, int width) {
        return with(new MaxPool2d(height, width));
    }

    public NetworkSpec dense(int neurons) {
        return dense(freeName("fc"), neurons);
    }

    public NetworkSpec dense(String name, int neurons) {
        return with(new Dense(name, neurons));
    }

    public NetworkSpec activation(Activation function) {
        return with(new ActivationLayer(function));
    }

    public NetworkSpec sigmoid() {
        return activation(new Activation.Sigmoid());
    }

    public NetworkSpec tanh() {
        return activation(new Activation.Tanh());
    }

    public NetworkSpec relu() {
        return leakyRelu(0f);
    }

    /// x where x > 0, else leak·x.
    public NetworkSpec leakyRelu(float leak) {
        return activation(new Activation.Relu(leak));
    }

    /// max(0, x)·exp(−alpha·x + c): largest at x = 1/alpha.
    public NetworkSpec ada(float alpha, float c) {
        return leakyAda(alpha, c, 0f);
    }

    /// ADA + leak·min(0, x).
    public NetworkSpec leakyAda(float alpha, float c, float leak) {
        return activation(new Activation.Ada(alpha, c, leak));
    }

    /// Normalisation of every feature of a dense layer, or every channel of a convolution, with PyTorch's momentum 0.1 and ε 1e-5. Named bn1, bn2, …
    public NetworkSpec batchNorm() {
        return batchNorm(freeName("bn"), 0.1f, 1e-5f);
    }

    public NetworkSpec batchNorm(String name, float momentum, float epsilon) {
        return with(new BatchNorm(name, momentum, epsilon));
    }

    /// In training passes every number is 0 with probability `share`, and the others grow by 1/(1 − share).
    public NetworkSpec dropout(float share) {
        return with(new Dropout(share));
    }

    /// Branches side by side on the present output; their outputs are joined one after the other. Names conv1, fc1, … in a branch continue the count.
    @SafeVarargs
    public final NetworkSpec parallel(UnaryOperator<NetworkSpec>... branches) {
        List<List<Layer>> built = new ArrayList<>();
        Set<String> used = names();
        for (UnaryOperator<NetworkSpec> branch : branches) {
            List<Layer> layers = branch.apply(new NetworkSpec(output(), List.of())).layers();
            built.add(layers.stream().map(layer -> SpecWalk.renumbered(layer, used)).toList());
        }
        return with(new Parallel(built));
    }

    /// Ends a classifier. The dense layer before it becomes the layer `output`.
    public NetworkSpec softmax() {
        if (layers.isEmpty() || !(layers.getLast() instanceof Dense last)) {
            throw new ModelException("softmax: must follow a dense layer, whose neurons are the classes; add .dense(classes)");
        }
        List<Layer> next = new ArrayList<>(layers.subList(0, layers.size() - 1));
        next.add(new Dense(Names.OUTPUT, last.neurons()));
        next.add(new Softmax());
        return new NetworkSpec(input, next);
    }

    /// Time-frequency CNN: a convolution along frequency (over all frames) beside one along time (over all bands), then `hidden` dense layers.
    public static NetworkSpec tfcnn(Shape input, int freqFilters, int freqHeight, int freqPool, int timeFilters, int timeWidth, int timePool,
                                    int hidden, int width, Activation activation, int outputs) {
        NetworkSpec spec = new NetworkSpec(input, List.of()).parallel(
                f -> f.conv(freqFilters, freqHeight, input.width()).maxPool(freqPool, 1).activation(activation),
                t -> t.conv(timeFilters, input.height(), timeWidth).maxPool(1, timePool).activation(activation));
        for (int layer = 0; layer < hidden; layer++) {
            spec = spec.dense(width).activation(activation);
        }
        return spec.dense(outputs).softmax();
    }

    public Shape output() {
        Shape shape = input;
        for (Layer layer : layers) {
            shape = layer.output(shape);
        }
        return shape;
    }

    /// The layers that have neurons, in the order they are computed.
    public List<NeuronLayer> neuronLayers() {
        return SpecWalk.neuronLayers(input, layers);
    }

    public NeuronLayer neuronLayer(String name) {
        for (NeuronLayer layer : neuronLayers()) {
            if (layer.name().equals(name)) {
                return layer;
            }
        }
        throw new ModelException("no layer " + name + " in this network; it has " + neuronLayers().stream().map(NeuronLayer::name).toList());
    }

    /// FLOPs of one forward pass over one sample (matrix products and convolutions; a training step costs about three times as much).
    public long flopsPerSample() {
        long flops = 0;
        Shape shape = input;
        for (Layer layer : layers) {
            flops += layer.flops(shape);
            shape = layer.output(shape);
        }
        return flops;
    }

    /// Weights and biases (gates and running statistics are not counted).
    public long parameterCount() {
        return neuronLayers().stream().mapToLong(layer -> (long) layer.neurons() * (layer.inputs() + 1)).sum();
    }

    /// The layers before `layer`, which must stand in the main sequence (not inside a branch).
    public NetworkSpec below(String layer) {
        return new NetworkSpec(input, layers.subList(0, position(layer)));
    }

    /// `layer` and everything after it; the input is what `layer` reads.
    public NetworkSpec from(String layer) {
        return new NetworkSpec(below(layer).output(), layers.subList(position(layer), layers.size()));
    }

    private int position(String name) {
        neuronLayer(name);
        for (int i = 0; i < layers.size(); i++) {
            if (SpecWalk.name(layers.get(i)).equals(name)) {
                if (layers.get(i) instanceof BatchNorm) {
                    throw new ModelException("layer " + name + " belongs to the neurons before it; split at a layer with weights");
                }
                return i;
            }
        }
        throw new ModelException("layer " + name + " stands inside a branch, where the network cannot be split; split at a layer after the branches");
    }

    public String toJson() {
        return SpecJson.write(this);
    }

    /// Reads what [#toJson] wrote; unknown or missing fields are errors.
    public static NetworkSpec parse(String json) {
        return SpecJson.read(json);
    }

    private NetworkSpec with(Layer layer) {
        List<Layer> next = new ArrayList<>(layers);
        next.add(layer);
        return new NetworkSpec(input, next);
    }

    private Set<String> names() {
        Set<String> used = new HashSet<>();
        neuronLayers().forEach(layer -> used.add(layer.name()));
        return used;
    }

    private String freeName(String prefix) {
        return SpecWalk.free(prefix, names());
    }

    private static void checkSequence(List<Layer> layers) {
        for (int i = 0; i < layers.size(); i++) {
            if (layers.get(i) instanceof Softmax && (i != layers.size() - 1 || i == 0 || !(layers.get(i - 1) instanceof Dense))) {
                throw new ModelException("softmax: must be the last layer and follow a dense layer");
            }
        }
        SpecWalk.checkOrder(layers);
    }
}
