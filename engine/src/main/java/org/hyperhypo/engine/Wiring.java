package org.hyperhypo.engine;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToLongFunction;

/// Which neuron feeds each column of each layer's weights, found by carrying the origin of every number through the layers.
///
/// `layer(l, k)` and `neuron(l, k)` name the source of column k of layer l; the layer is −1 where the column reads the network's input. Of a
/// normalising layer, whose row k reads neuron k alone, they name the source of row k.
final class Wiring {
    private static final long INPUT = -1;
    private final long[][] columns;
    private final List<NeuronLayer> layers;
    private int next;

    Wiring(NetworkSpec spec) {
        layers = spec.neuronLayers();
        columns = new long[layers.size()][];
        long[] input = new long[spec.input().size()];
        Arrays.fill(input, INPUT);
        sequence(spec.layers(), spec.input(), input);
    }

    int layer(int of, int column) {
        return (int) (columns[of][column] >> 32);
    }

    int neuron(int of, int column) {
        return (int) columns[of][column];
    }

    private long[] sequence(List<Layer> sequence, Shape shape, long[] origin) {
        for (Layer layer : sequence) {
            Shape in = shape;
            long[] from = origin;
            shape = layer.output(in);
            switch (layer) {
                case Conv2d _ -> origin = neurons(shape, fill(layers.get(next).inputs(), k -> from[k % in.channels()]));
                case Dense _ -> origin = neurons(shape, from);
                case BatchNorm _ -> columns[next++] = fill(in.channels(), c -> from[c]);
                case MaxPool2d _ -> origin = fill(shape.size(), i -> from[i % in.channels()]);
                case Parallel parallel -> origin = parallel.branches().stream().flatMapToLong(branch -> Arrays.stream(sequence(branch, in, from))).toArray();
                case ActivationLayer _, Dropout _, Softmax _ -> { }
            }
        }
        return origin;
    }

    /// Notes the columns of the next layer with neurons; returns the origin of its outputs, whose last index is the neuron.
    private long[] neurons(Shape out, long[] incoming) {
        int layer = next++;
        columns[layer] = incoming;
        return fill(out.size(), i -> (long) layer << 32 | i % out.channels());
    }

    private static long[] fill(int size, IntToLongFunction f) {
        long[] filled = new long[size];
        Arrays.setAll(filled, f);
        return filled;
    }
}
