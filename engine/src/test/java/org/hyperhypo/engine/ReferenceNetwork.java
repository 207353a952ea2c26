package org.hyperhypo.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hyperhypo.kernels.Activation;

/// The definition of correct: a network in double precision, plain loops, one sample at a time, written from the formulas alone.
///
/// Values of a sample are flat (height, width, channel). Backward keeps a list of closures, one per operation.
final class ReferenceNetwork {
    final NetworkSpec spec;
    final Map<String, double[]> tensors = new LinkedHashMap<>();
    final Map<String, double[]> gradients = new LinkedHashMap<>();
    /// Output of each layer with neurons behind activation, pooling and gate, of the last sample.
    final Map<String, double[]> activations = new LinkedHashMap<>();
    private List<NeuronLayer> layers;
    private int next;
    private final List<Runnable> tape = new ArrayList<>();

    /// A value and its gradient.
    private record Value(double[] v, double[] d) {
        Value(int size) {
            this(new double[size], new double[size]);
        }
    }

    ReferenceNetwork(Network net) {
        spec = net.spec();
        for (String name : net.tensorNames()) {
            float[] from = net.tensor(name);
            double[] to = new double[from.length];
            for (int i = 0; i < to.length; i++) {
                to[i] = from[i];
            }
            tensors.put(name, to);
        }
    }

    double[] logits(double[] x) {
        tape.clear();
        return run(x).v();
    }

    /// Mean cross entropy over rows with a label; fills `gradients` when asked.
    double loss(double[][] x, int[] labels, boolean withGradients) {
        gradients.clear();
        tensors.forEach((name, t) -> gradients.put(name, new double[t.length]));
        long labelled = java.util.Arrays.stream(labels).filter(label -> label >= 0).count();
        double loss = 0;
        for (int n = 0; n < x.length; n++) {
            if (labels[n] < 0) {
                continue;
            }
            tape.clear();
            Value out = run(x[n]);
            double max = java.util.Arrays.stream(out.v()).max().orElseThrow();
            double sum = 0;
            for (double o : out.v()) {
                sum += Math.exp(o - max);
            }
            loss -= (out.v()[labels[n]] - max - Math.log(sum)) / labelled;
            if (withGradients) {
                for (int k = 0; k < out.v().length; k++) {
                    out.d()[k] = (Math.exp(out.v()[k] - max) / sum - (k == labels[n] ? 1 : 0)) / labelled;
                }
                tape.reversed().forEach(Runnable::run);
            }
        }
        return loss;
    }

    private Value run(double[] x) {
        layers = spec.neuronLayers();
        next = 0;
        activations.clear();
        return sequence(spec.layers(), spec.input(), new Value(x, new double[x.length]));
    }

    private Value sequence(List<Layer> sequence, Shape shape, Value x) {
        NeuronLayer pending = null;
        for (Layer layer : sequence) {
            if (layer instanceof Dense || layer instanceof Conv2d || layer instanceof Parallel) {
                x = gate(pending, x);
                pending = null;
            }
            switch (layer) {
                case Dense _ -> x = dense(pending = layers.get(next++), x);
                case Conv2d c -> x = conv(pending = layers.get(next++), c, shape, x);
                case MaxPool2d p -> x = pool(p, shape, x);
                case ActivationLayer a -> x = activation(a.function(), x);
                case Parallel p -> x = parallel(p, shape, x);
                case Softmax _ -> { }
            }
            shape = layer.output(shape);
        }
        return gate(pending, x);
    }

    private Value gate(NeuronLayer layer, Value x) {
        if (layer == null) {
            return x;
        }
        if (!layer.gated()) {
            activations.put(layer.name(), x.v());
            return x;
        }
        double[] g = tensors.get(layer.gate());
        Value y = new Value(x.v().length);
        for (int i = 0; i < x.v().length; i++) {
            y.v()[i] = x.v()[i] * g[i % g.length];
        }
        activations.put(layer.name(), y.v());
        tape.add(() -> {
            for (int i = 0; i < x.v().length; i++) {
                x.d()[i] += y.d()[i] * g[i % g.length];
                gradients.get(layer.gate())[i % g.length] += y.d()[i] * x.v()[i];
            }
        });
        return y;
    }

    private Value dense(NeuronLayer layer, Value x) {
        double[] w = tensors.get(layer.weight());
        double[] b = tensors.get(layer.bias());
        int in = x.v().length;
        Value y = new Value(layer.neurons());
        for (int o = 0; o < layer.neurons(); o++) {
            y.v()[o] = b[o];
            for (int i = 0; i < in; i++) {
                y.v()[o] += w[o * in + i] * x.v()[i];
            }
        }
        tape.add(() -> {
            for (int o = 0; o < layer.neurons(); o++) {
                gradients.get(layer.bias())[o] += y.d()[o];
                for (int i = 0; i < in; i++) {
                    gradients.get(layer.weight())[o * in + i] += y.d()[o] * x.v()[i];
                    x.d()[i] += y.d()[o] * w[o * in + i];
                }
            }
        });
        return y;
    }

    private Value conv(NeuronLayer layer, Conv2d c, Shape in, Value x) {
        double[] w = tensors.get(layer.weight());
        double[] b = tensors.get(layer.bias());
        Shape out = c.output(in);
        Value y = new Value(out.size());
        for (int i = 0; i < y.v().length; i++) {
            y.v()[i] = b[i % c.filters()];
        }
        taps(c, in, out, (f, at, to, from) -> y.v()[to] += w[f * layer.inputs() + at] * x.v()[from]);
        tape.add(() -> {
            for (int i = 0; i < y.v().length; i++) {
                gradients.get(layer.bias())[i % c.filters()] += y.d()[i];
            }
            taps(c, in, out, (f, at, to, from) -> {
                gradients.get(layer.weight())[f * layer.inputs() + at] += y.d()[to] * x.v()[from];
                x.d()[from] += y.d()[to] * w[f * layer.inputs() + at];
            });
        });
        return y;
    }

    private interface Tap {
        void at(int filter, int weight, int output, int input);
    }

    private static void taps(Conv2d c, Shape in, Shape out, Tap tap) {
        for (int h = 0; h < out.height(); h++) {
            for (int v = 0; v < out.width(); v++) {
                for (int f = 0; f < c.filters(); f++) {
                    int weight = 0;
                    for (int i = 0; i < c.filterHeight(); i++) {
                        for (int j = 0; j < c.filterWidth(); j++) {
                            for (int k = 0; k < in.channels(); k++) {
                                tap.at(f, weight++, (h * out.width() + v) * c.filters() + f, ((h + i) * in.width() + v + j) * in.channels() + k);
                            }
                        }
                    }
                }
            }
        }
    }

    private Value pool(MaxPool2d p, Shape in, Value x) {
        Shape out = p.output(in);
        Value y = new Value(out.size());
        int[] winner = new int[out.size()];
        for (int to = 0; to < winner.length; to++) {
            int channel = to % in.channels();
            int column = to / in.channels() % out.width();
            int row = to / in.channels() / out.width();
            winner[to] = -1;
            for (int i = 0; i < p.height(); i++) {
                for (int j = 0; j < p.width(); j++) {
                    int from = ((row * p.height() + i) * in.width() + column * p.width() + j) * in.channels() + channel;
                    if (winner[to] < 0 || x.v()[from] > x.v()[winner[to]]) {
                        winner[to] = from;
                    }
                }
            }
            y.v()[to] = x.v()[winner[to]];
        }
        tape.add(() -> {
            for (int to = 0; to < winner.length; to++) {
                x.d()[winner[to]] += y.d()[to];
            }
        });
        return y;
    }

    private Value parallel(Parallel p, Shape in, Value x) {
        List<Value> ends = p.branches().stream().map(branch -> sequence(branch, in, x)).toList();
        Value y = new Value(ends.stream().mapToInt(end -> end.v().length).sum());
        int at = 0;
        for (Value end : ends) {
            System.arraycopy(end.v(), 0, y.v(), at, end.v().length);
            at += end.v().length;
        }
        tape.add(() -> {
            int from = 0;
            for (Value end : ends) {
                System.arraycopy(y.d(), from, end.d(), 0, end.v().length);
                from += end.v().length;
            }
        });
        return y;
    }

    private Value activation(Activation f, Value x) {
        Value y = new Value(x.v().length);
        for (int i = 0; i < x.v().length; i++) {
            y.v()[i] = value(f, x.v()[i]);
        }
        tape.add(() -> {
            for (int i = 0; i < x.v().length; i++) {
                x.d()[i] += y.d()[i] * slope(f, x.v()[i]);
            }
        });
        return y;
    }

    static double value(Activation f, double x) {
        return switch (f) {
            case Activation.Sigmoid _ -> 1 / (1 + Math.exp(-x));
            case Activation.Tanh _ -> Math.tanh(x);
            case Activation.Relu(float leak) -> x > 0 ? x : leak * x;
            case Activation.Ada(float alpha, float c, float leak) -> x > 0 ? x * Math.exp(-alpha * x + c) : leak * x;
        };
    }

    static double slope(Activation f, double x) {
        return switch (f) {
            case Activation.Sigmoid _ -> value(f, x) * (1 - value(f, x));
            case Activation.Tanh _ -> 1 - Math.tanh(x) * Math.tanh(x);
            case Activation.Relu(float leak) -> x > 0 ? 1 : leak;
            case Activation.Ada(float alpha, float c, float leak) -> x > 0 ? (1 - alpha * x) * Math.exp(-alpha * x + c) : leak;
        };
    }
}
