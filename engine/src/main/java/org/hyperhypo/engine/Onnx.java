package org.hyperhypo.engine;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.hyperhypo.kernels.Activation;

/// A network as an ONNX file, for other programs to run. What it computes is the forward pass; closed gates are in it, training is not.
///
/// | name | shape |
/// |---|---|
/// | input `input` | (batch, channels, height, width), or (batch, channels) if height and width are 1 |
/// | output `logits` (`output` without softmax) | (batch, neurons), or (batch, channels, height, width) |
/// | output `log_posteriors`, with softmax | (batch, classes) |
/// | `<layer>.weight`, `.bias`, `.gate`, `.running_mean`, `.running_var` | filters (filters, channels, height, width), the others as in [ModelFile] |
///
/// ONNX keeps channels before positions. So filters are transposed, and before a dense layer reads a map, or branches are joined, the map is put in
/// our order (position, channel): the dense layers' weights are ours, unchanged.
public final class Onnx {
    /// A value of the graph; `map` says that it is (batch, channels, height, width) and not (batch, numbers).
    private record Value(String name, Shape shape, boolean map) {
    }

    private final OnnxGraph graph = new OnnxGraph();
    private final Network net;
    private final Map<Integer, Value> values = new HashMap<>();

    private Onnx(Network net) {
        this.net = net;
    }

    /// Writes to a temporary name first, then moves.
    public static void write(Path file, Network net) {
        AtomicFile.write(file, List.of(ByteBuffer.wrap(new Onnx(net).model())));
    }

    private byte[] model() {
        Shape in = net.spec().input();
        boolean map = in.height() * in.width() > 1;
        long[] sizes = map ? new long[] {in.channels(), in.height(), in.width()} : new long[] {in.channels()};
        graph.input("input", sizes);
        values.put(0, new Value("input", in, map));
        for (Step step : net.plan().steps) {
            switch (step) {
                case LayerStep layer -> values.put(layer.y().buffer(), layer(layer, values.get(layer.x().buffer())));
                case Gate gate -> values.put(gate.y().buffer(), gate(gate, values.get(gate.x().buffer())));
                case Fork fork -> {
                    for (View branch : fork.branches()) {
                        values.put(branch.buffer(), values.get(fork.x().buffer()));
                    }
                }
                case Join join -> {
                    String[] branches = new String[join.branches().length];
                    java.util.Arrays.setAll(branches, b -> flat(values.get(join.branches()[b].buffer())).name());
                    values.put(join.y().buffer(), new Value(graph.node("Concat", branches, OnnxGraph.integer("axis", 1)), join.y().shape(), false));
                }
            }
        }
        finish(values.get(net.plan().output.buffer()));
        return graph.model();
    }

    private void finish(Value last) {
        String name = graph.node("Identity", net.plan().classifier ? "logits" : "output", new String[] {last.name()});
        Shape shape = last.shape();
        long[] sizes = last.map() ? new long[] {shape.channels(), shape.height(), shape.width()} : new long[] {shape.size()};
        graph.output(name, sizes);
        if (net.plan().classifier) {
            graph.output(graph.node("LogSoftmax", "log_posteriors", new String[] {name}, OnnxGraph.integer("axis", 1)), sizes);
        }
    }

    private Value layer(LayerStep step, Value x) {
        Shape shape = step.y().shape();
        return switch (step.layer()) {
            case Conv2d conv -> {
                Parameters p = net.parameters(step.neuronLayer());
                int channels = x.shape().channels();
                String weight = graph.tensor(p.layer().weight(), transposed(p.weight(), channels, conv.filterHeight() * conv.filterWidth()),
                        conv.filters(), channels, conv.filterHeight(), conv.filterWidth());
                yield new Value(graph.node("Conv", conv.name(), new String[] {map(x).name(), weight, bias(p)},
                        OnnxGraph.ints("kernel_shape", conv.filterHeight(), conv.filterWidth())), shape, true);
            }
            case Dense dense -> {
                Parameters p = net.parameters(step.neuronLayer());
                String weight = graph.tensor(p.layer().weight(), p.weight(), p.layer().neurons(), p.layer().inputs());
                yield new Value(graph.node("Gemm", dense.name(), new String[] {flat(x).name(), weight, bias(p)}, OnnxGraph.integer("transB", 1)), shape, false);
            }
            case MaxPool2d pool -> new Value(graph.node("MaxPool", new String[] {map(x).name()}, OnnxGraph.ints("kernel_shape", pool.height(), pool.width()),
                    OnnxGraph.ints("strides", pool.height(), pool.width())), shape, true);
            case BatchNorm norm -> {
                Parameters p = net.parameters(step.neuronLayer());
                String weight = graph.tensor(p.layer().weight(), p.weight(), p.weight().length);
                yield new Value(graph.node("BatchNormalization", norm.name(), new String[] {x.name(), weight, bias(p),
                        graph.tensor(p.layer().runningMean(), p.runningMean(), p.runningMean().length),
                        graph.tensor(p.layer().runningVariance(), p.runningVariance(), p.runningVariance().length)},
                        OnnxGraph.number("epsilon", norm.epsilon())), shape, x.map());
            }
            case Dropout _ -> x;
            case ActivationLayer activation -> new Value(activation(activation.function(), x.name()), shape, x.map());
            case Parallel _, Softmax _ -> throw new AssertionError("compiled away: " + step.layer());
        };
    }

    private String activation(Activation function, String x) {
        return switch (function) {
            case Activation.Sigmoid _ -> graph.node("Sigmoid", new String[] {x});
            case Activation.Tanh _ -> graph.node("Tanh", new String[] {x});
            case Activation.Relu relu when relu.leak() == 0 -> graph.node("Relu", new String[] {x});
            case Activation.Relu relu -> graph.node("LeakyRelu", new String[] {x}, OnnxGraph.number("alpha", relu.leak()));
            case Activation.Ada ada -> ada(ada, x);
        };
    }

    /// `r·exp(c − α·r) + leak·(x − r)` with `r = max(0, x)`.
    private String ada(Activation.Ada ada, String x) {
        String r = graph.node("Relu", new String[] {x});
        String exponent = graph.node("Sub", new String[] {graph.scalar(ada.c()), graph.node("Mul", new String[] {r, graph.scalar(ada.alpha())})});
        String bump = graph.node("Mul", new String[] {r, graph.node("Exp", new String[] {exponent})});
        String below = graph.node("Mul", new String[] {graph.node("Sub", new String[] {x, r}), graph.scalar(ada.leak())});
        return graph.node("Add", new String[] {bump, below});
    }

    private Value gate(Gate gate, Value x) {
        Parameters p = net.parameters(gate.gatedLayer());
        if (Gate.open(p.gate())) {
            return x;
        }
        long[] shape = x.map() ? new long[] {1, p.gate().length, 1, 1} : new long[] {1, p.gate().length};
        String factors = graph.tensor(p.layer().gate(), p.gate(), shape);
        return new Value(graph.node("Mul", new String[] {x.name(), factors}), x.shape(), x.map());
    }

    private String bias(Parameters p) {
        return graph.tensor(p.layer().bias(), p.bias(), p.bias().length);
    }

    /// In our order (position, channel).
    private Value flat(Value x) {
        if (!x.map()) {
            return x;
        }
        String last = graph.node("Transpose", new String[] {x.name()}, OnnxGraph.ints("perm", 0, 2, 3, 1));
        return new Value(graph.node("Flatten", new String[] {last}, OnnxGraph.integer("axis", 1)), Shape.flat(x.shape().size()), false);
    }

    /// A vector is a map of one position.
    private Value map(Value x) {
        return x.map() ? x : new Value(graph.node("Reshape", new String[] {x.name(), graph.shape(0, x.shape().size(), 1, 1)}), x.shape(), true);
    }

    /// (filters, positions, channels) as (filters, channels, positions).
    private static float[] transposed(float[] weight, int channels, int positions) {
        float[] result = new float[weight.length];
        IntUnaryOperator ours = i -> {
            int filter = i / (channels * positions);
            int channel = i / positions % channels;
            return (filter * positions + i % positions) * channels + channel;
        };
        for (int i = 0; i < result.length; i++) {
            result[i] = weight[ours.applyAsInt(i)];
        }
        return result;
    }
}
