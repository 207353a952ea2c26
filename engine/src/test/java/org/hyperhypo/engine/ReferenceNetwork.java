package org.hyperhypo.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.hyperhypo.kernels.Activation;

/// The definition of correct: a network in double precision, plain loops, written from the formulas alone.
///
/// A value holds a whole batch, each sample flat (height, width, channel). Backward keeps a list of closures, one per operation.
final class ReferenceNetwork {
    final NetworkSpec spec;
    final Map<String, double[]> tensors = new LinkedHashMap<>();
    final Map<String, double[]> gradients = new LinkedHashMap<>();
    /// Output of each layer with neurons behind activation, pooling and gate, of the last batch.
    final Map<String, double[]> activations = new LinkedHashMap<>();
    /// Running statistics as a training step would leave them, were all neurons in its mask.
    final Map<String, double[]> moved = new LinkedHashMap<>();
    private final List<Runnable> tape = new ArrayList<>();
    private Training training;
    private double closed;
    private List<NeuronLayer> layers;
    private int next;
    private String named;
    private int dropouts;
    private int n;

    /// How a training pass runs: see [Network#forwardTraining].
    record Training(NeuronMask learning, long seed, long firstExample) {
    }

    /// A batch of values and their gradients; `fed`: a neuron that learns is at or below it.
    private record Value(double[] v, double[] d, boolean fed) {
        Value(int size, boolean fed) {
            this(new double[size], new double[size], fed);
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

    /// Later passes run in training; null: in evaluation.
    ReferenceNetwork training(Training next) {
        training = next;
        return this;
    }

    double[][] logits(double[][] x) {
        return rows(run(x, 0).v());
    }

    double loss(double[][] x, int[] labels, boolean withGradients) {
        return loss(Loss.crossEntropy(), Targets.of(labels), x, withGradients);
    }

    /// Fills `gradients` when asked.
    double loss(Loss loss, Targets targets, double[][] x, boolean withGradients) {
        gradients.clear();
        tensors.forEach((name, t) -> gradients.put(name, new double[t.length]));
        if (loss instanceof Comparative comparative) {
            return comparative(comparative, targets, x, withGradients);
        }
        double[][] q = loss instanceof KldRegularised kld ? ReferenceLoss.posteriors(new ReferenceNetwork(kld.reference()).logits(x)) : null;
        Value out = run(x, 0);
        double[][] d = new double[n][];
        double value = ReferenceLoss.value(loss, targets, rows(out.v()), q, d);
        if (withGradients) {
            backward(out, d);
        }
        return value;
    }

    private double comparative(Comparative c, Targets targets, double[][] x, boolean withGradients) {
        double[][] losses = new double[c.models() + 1][];
        for (int k = 0; k <= c.models(); k++) {
            losses[k] = ReferenceLoss.perSample(targets, rows(run(x, 1 - Math.pow(1 - c.share(), k)).v()));
        }
        double pairs = c.models() * (c.models() + 1) / 2.0;
        double total = ReferenceLoss.total(targets, x.length);
        double sum = 0;
        double[][] factor = new double[c.models() + 1][x.length];
        for (int s = 0; s < x.length; s++) {
            double weight = targets.weight(s) / total;
            factor[0][s] += weight;
            sum += weight * losses[0][s];
            for (int i = 0; i < losses.length; i++) {
                for (int j = i + 1; j < losses.length; j++) {
                    if (losses[i][s] > losses[j][s]) {
                        sum += weight * c.weight() / pairs * (losses[i][s] - losses[j][s]);
                        factor[i][s] += weight * c.weight() / pairs;
                        factor[j][s] -= weight * c.weight() / pairs;
                    }
                }
            }
        }
        for (int k = 0; withGradients && k <= c.models(); k++) {
            Value out = run(x, 1 - Math.pow(1 - c.share(), k));
            backward(out, ReferenceLoss.pull(targets, rows(out.v()), factor[k]));
        }
        return sum;
    }

    private void backward(Value out, double[][] d) {
        int classes = out.v().length / n;
        for (int s = 0; s < n; s++) {
            System.arraycopy(d[s], 0, out.d(), s * classes, classes);
        }
        tape.reversed().forEach(Runnable::run);
    }

    private double[][] rows(double[] values) {
        return IntStream.range(0, n).mapToObj(s -> Arrays.copyOfRange(values, s * values.length / n, (s + 1) * values.length / n)).toArray(double[][]::new);
    }

    private Value run(double[][] x, double closedShare) {
        tape.clear();
        activations.clear();
        layers = spec.neuronLayers();
        next = 0;
        closed = closedShare;
        n = x.length;
        double[] all = Arrays.stream(x).flatMapToDouble(Arrays::stream).toArray();
        return sequence(spec.layers(), spec.input(), new Value(all, new double[all.length], false));
    }

    private NeuronLayer named(NeuronLayer layer) {
        named = layer.name();
        dropouts = 0;
        next++;
        return layer;
    }

    private boolean learns(NeuronLayer layer) {
        return training != null && training.learning().count(layer.name()) > 0;
    }

    private Value sequence(List<Layer> sequence, Shape shape, Value x) {
        NeuronLayer pending = null;
        for (Layer layer : sequence) {
            if (layer instanceof Dense || layer instanceof Conv2d || layer instanceof Parallel) {
                x = gate(pending, x);
                pending = null;
            }
            switch (layer) {
                case Dense _ -> x = dense(pending = named(layers.get(next)), x);
                case Conv2d c -> x = conv(pending = named(layers.get(next)), c, shape, x);
                case BatchNorm b -> x = normalise(named(layers.get(next)), b, x);
                case MaxPool2d p -> x = pool(p, shape, x);
                case ActivationLayer a -> x = activation(a.function(), x);
                case Dropout d -> x = dropout(d, x);
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
        boolean[] keep = new boolean[g.length];
        long key = Dropout.key("ablated " + layer.name(), 0);
        long stream = Dropout.stream(training == null ? 0 : training.seed(), key, training == null ? 0 : training.firstExample());
        for (int i = 0; i < keep.length; i++) {
            keep[i] = Dropout.draw(stream, i) >= closed * (1 << 24);
        }
        Value y = new Value(x.v().length, x.fed());
        for (int i = 0; i < x.v().length; i++) {
            y.v()[i] = keep[i % g.length] ? x.v()[i] * g[i % g.length] : 0;
        }
        activations.put(layer.name(), y.v());
        tape.add(() -> {
            for (int i = 0; i < x.v().length; i++) {
                if (keep[i % g.length]) {
                    x.d()[i] += y.d()[i] * g[i % g.length];
                    gradients.get(layer.gate())[i % g.length] += y.d()[i] * x.v()[i];
                }
            }
        });
        return y;
    }

    private Value dense(NeuronLayer layer, Value x) {
        double[] w = tensors.get(layer.weight());
        double[] b = tensors.get(layer.bias());
        int in = layer.inputs();
        int out = layer.neurons();
        Value y = new Value(n * out, x.fed() || learns(layer));
        for (int at = 0; at < n * out; at++) {
            y.v()[at] = b[at % out];
            for (int i = 0; i < in; i++) {
                y.v()[at] += w[at % out * in + i] * x.v()[at / out * in + i];
            }
        }
        tape.add(() -> {
            for (int at = 0; at < n * out; at++) {
                gradients.get(layer.bias())[at % out] += y.d()[at];
                for (int i = 0; i < in; i++) {
                    gradients.get(layer.weight())[at % out * in + i] += y.d()[at] * x.v()[at / out * in + i];
                    x.d()[at / out * in + i] += y.d()[at] * w[at % out * in + i];
                }
            }
        });
        return y;
    }

    private Value conv(NeuronLayer layer, Conv2d c, Shape in, Value x) {
        double[] w = tensors.get(layer.weight());
        double[] b = tensors.get(layer.bias());
        Shape out = c.output(in);
        Value y = new Value(n * out.size(), x.fed() || learns(layer));
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

    private void taps(Conv2d c, Shape in, Shape out, Tap tap) {
        for (int row = 0; row < n * out.height(); row++) {
            int sample = row / out.height();
            int h = row % out.height();
            for (int v = 0; v < out.width(); v++) {
                for (int f = 0; f < c.filters(); f++) {
                    int weight = 0;
                    for (int i = 0; i < c.filterHeight(); i++) {
                        for (int j = 0; j < c.filterWidth(); j++) {
                            for (int k = 0; k < in.channels(); k++) {
                                tap.at(f, weight++, (row * out.width() + v) * c.filters() + f, sample * in.size() + ((h + i) * in.width() + v + j) * in.channels() + k);
                            }
                        }
                    }
                }
            }
        }
    }

    private Value normalise(NeuronLayer layer, BatchNorm b, Value x) {
        int neurons = layer.neurons();
        int count = x.v().length / neurons;
        Value y = new Value(x.v().length, x.fed() || learns(layer));
        for (int c = 0; c < neurons; c++) {
            int neuron = c;
            double gamma = tensors.get(layer.weight())[c];
            boolean batch = training != null && count > 1 && training.learning().contains(layer.name(), c);
            double sum = 0;
            for (int i = c; i < x.v().length; i += neurons) {
                sum += x.v()[i];
            }
            double squares = 0;
            for (int i = c; i < x.v().length; i += neurons) {
                squares += (x.v()[i] - sum / count) * (x.v()[i] - sum / count);
            }
            move(layer.runningMean(), c, b.momentum(), sum / count);
            move(layer.runningVariance(), c, b.momentum(), squares / (count - 1));
            double mean = batch ? sum / count : tensors.get(layer.runningMean())[c];
            double deviation = Math.sqrt((batch ? squares / count : tensors.get(layer.runningVariance())[c]) + b.epsilon());
            for (int i = c; i < x.v().length; i += neurons) {
                y.v()[i] = (x.v()[i] - mean) / deviation * gamma + tensors.get(layer.bias())[c];
            }
            tape.add(() -> {
                double dGamma = 0;
                double dBeta = 0;
                for (int i = neuron; i < x.v().length; i += neurons) {
                    dGamma += y.d()[i] * (x.v()[i] - mean) / deviation;
                    dBeta += y.d()[i];
                }
                gradients.get(layer.weight())[neuron] += dGamma;
                gradients.get(layer.bias())[neuron] += dBeta;
                for (int i = neuron; i < x.v().length; i += neurons) {
                    double common = batch ? (dBeta + (x.v()[i] - mean) / deviation * dGamma) / count : 0;
                    x.d()[i] += gamma / deviation * (y.d()[i] - common);
                }
            });
        }
        activations.put(layer.name(), y.v());
        return y;
    }

    private void move(String tensor, int c, double momentum, double value) {
        moved.computeIfAbsent(tensor, name -> tensors.get(name).clone())[c] = (1 - momentum) * tensors.get(tensor)[c] + momentum * value;
    }

    private Value dropout(Dropout layer, Value x) {
        long key = Dropout.key(named, dropouts++);
        if (training == null || !x.fed()) {
            return x;
        }
        int size = x.v().length / n;
        Value y = new Value(x.v().length, true);
        double[] factor = new double[x.v().length];
        for (int i = 0; i < factor.length; i++) {
            factor[i] = layer.keeps(training.seed(), key, training.firstExample() + i / size, i % size) ? 1 / (1 - (double) layer.share()) : 0;
            y.v()[i] = x.v()[i] * factor[i];
        }
        tape.add(() -> {
            for (int i = 0; i < factor.length; i++) {
                x.d()[i] += y.d()[i] * factor[i];
            }
        });
        return y;
    }

    private Value pool(MaxPool2d p, Shape in, Value x) {
        Shape out = p.output(in);
        Value y = new Value(n * out.size(), x.fed());
        int[] winner = new int[y.v().length];
        for (int to = 0; to < winner.length; to++) {
            int channel = to % in.channels();
            int column = to / in.channels() % out.width();
            int row = to / in.channels() / out.width() % out.height();
            int sample = to / out.size();
            winner[to] = -1;
            for (int i = 0; i < p.height(); i++) {
                for (int j = 0; j < p.width(); j++) {
                    int from = sample * in.size() + ((row * p.height() + i) * in.width() + column * p.width() + j) * in.channels() + channel;
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
        int size = ends.stream().mapToInt(end -> end.v().length / n).sum();
        Value y = new Value(n * size, ends.stream().anyMatch(Value::fed));
        joined(ends, size, (end, from, to, count) -> System.arraycopy(end.v(), from, y.v(), to, count));
        tape.add(() -> joined(ends, size, (end, from, to, count) -> System.arraycopy(y.d(), to, end.d(), from, count)));
        return y;
    }

    private interface Part {
        void copy(Value end, int from, int to, int count);
    }

    private void joined(List<Value> ends, int size, Part part) {
        for (int s = 0; s < n; s++) {
            int at = s * size;
            for (Value end : ends) {
                int count = end.v().length / n;
                part.copy(end, s * count, at, count);
                at += count;
            }
        }
    }

    private Value activation(Activation f, Value x) {
        Value y = new Value(x.v().length, x.fed());
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
