package org.hyperhypo.engine;

import java.util.Arrays;

/// The nodes and numbers of an ONNX graph, as protocol buffers of onnx.proto (field numbers beside each call).
final class OnnxGraph {
    private static final int FLOAT = 1;
    private static final int INT64 = 7;
    private final Protobuf graph = new Protobuf();
    private int unnamed;

    /// A node with one output; its name. Attributes as [#ints], [#integer], [#number] make them.
    String node(String operator, String output, String[] inputs, Protobuf... attributes) {
        Protobuf node = new Protobuf();
        for (String input : inputs) {
            node.text(1, input);
        }
        node.text(2, output).text(3, output).text(4, operator);
        for (Protobuf attribute : attributes) {
            node.message(5, attribute);
        }
        graph.message(1, node);
        return output;
    }

    /// A node whose output has no name of its own.
    String node(String operator, String[] inputs, Protobuf... attributes) {
        return node(operator, operator.toLowerCase(java.util.Locale.ROOT) + "_" + ++unnamed, inputs, attributes);
    }

    static Protobuf ints(String name, long... values) {
        Protobuf attribute = new Protobuf().text(1, name);
        for (long value : values) {
            attribute.integer(8, value);
        }
        return attribute.integer(20, 7);
    }

    static Protobuf integer(String name, long value) {
        return new Protobuf().text(1, name).integer(3, value).integer(20, 2);
    }

    static Protobuf number(String name, float value) {
        return new Protobuf().text(1, name).number(2, value).integer(20, 1);
    }

    /// Numbers of the graph itself; their name.
    String tensor(String name, float[] values, long... shape) {
        return tensor(name, FLOAT, Tensor.of(values, shape));
    }

    String scalar(float value) {
        return tensor("constant_" + ++unnamed, new float[] {value});
    }

    String shape(long... values) {
        return tensor("constant_" + ++unnamed, INT64, Tensor.of(values, values.length));
    }

    private String tensor(String name, int type, Tensor tensor) {
        Protobuf message = new Protobuf();
        for (long size : tensor.shape()) {
            message.integer(1, size);
        }
        graph.message(5, message.integer(2, type).text(8, name).data(9, tensor.data()));
        return name;
    }

    /// What goes in and comes out: floats, the first size `batch` left open.
    void input(String name, long... sizes) {
        graph.message(11, value(name, sizes));
    }

    void output(String name, long... sizes) {
        graph.message(12, value(name, sizes));
    }

    private static Protobuf value(String name, long... sizes) {
        Protobuf shape = new Protobuf().message(1, new Protobuf().text(2, "batch"));
        Arrays.stream(sizes).forEach(size -> shape.message(1, new Protobuf().integer(1, size)));
        Protobuf tensor = new Protobuf().integer(1, FLOAT).message(2, shape);
        return new Protobuf().text(1, name).message(2, new Protobuf().message(1, tensor));
    }

    /// The whole file: a model of IR version 8 with the standard operators of version 17.
    byte[] model() {
        graph.text(2, "hyperhypo");
        return new Protobuf().integer(1, 8).text(2, "hyperhypo").message(8, new Protobuf().text(1, "").integer(2, 17)).message(7, graph).toBytes();
    }
}
