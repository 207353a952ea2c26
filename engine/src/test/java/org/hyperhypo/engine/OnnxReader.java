package org.hyperhypo.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads an ONNX file and runs it in double precision, written from onnx.proto and the operators' definitions alone: what another program would see.
final class OnnxReader {
    /// An array, row-major.
    record Array(int[] shape, double[] values) {
        int size() {
            return values.length;
        }
    }

    private record Field(int number, long integer, byte[] data) {
        List<Field> message() {
            return fields(data);
        }

        String text() {
            return new String(data, StandardCharsets.UTF_8);
        }
    }

    private record Node(String operator, List<String> inputs, String output, Map<String, List<Field>> attributes) {
        long integer(String name) {
            return one(attributes.get(name), 3).integer();
        }

        float number(String name) {
            return ByteBuffer.wrap(one(attributes.get(name), 2).data()).order(ByteOrder.LITTLE_ENDIAN).getFloat();
        }

        int[] ints(String name) {
            return all(attributes.get(name), 8).stream().mapToInt(f -> (int) f.integer()).toArray();
        }
    }

    final List<String> outputs = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Array> tensors = new LinkedHashMap<>();
    private final String input;

    OnnxReader(byte[] file) {
        List<Field> model = fields(file);
        List<Field> opset = one(model, 8).message();
        if (one(model, 1).integer() != 8 || one(opset, 2).integer() != 17) {
            throw new AssertionError("IR version or operator set");
        }
        List<Field> graph = one(model, 7).message();
        for (Field f : all(graph, 5)) {
            tensor(f.message());
        }
        for (Field f : all(graph, 1)) {
            List<Field> node = f.message();
            Map<String, List<Field>> attributes = new LinkedHashMap<>();
            all(node, 5).forEach(a -> attributes.put(one(a.message(), 1).text(), a.message()));
            nodes.add(new Node(one(node, 4).text(), all(node, 1).stream().map(Field::text).toList(), one(node, 2).text(), attributes));
        }
        input = one(one(graph, 11).message(), 1).text();
        all(graph, 12).forEach(f -> outputs.add(one(f.message(), 1).text()));
    }

    private void tensor(List<Field> tensor) {
        int[] shape = all(tensor, 1).stream().mapToInt(f -> (int) f.integer()).toArray();
        ByteBuffer data = ByteBuffer.wrap(one(tensor, 9).data()).order(ByteOrder.LITTLE_ENDIAN);
        double[] values = new double[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        boolean floats = one(tensor, 2).integer() == 1;
        Arrays.setAll(values, i -> floats ? data.getFloat(4 * i) : data.getLong(8 * i));
        if (data.capacity() != values.length * (floats ? 4 : 8)) {
            throw new AssertionError("tensor size");
        }
        tensors.put(one(tensor, 8).text(), new Array(shape, values));
    }

    /// All values of the graph by name.
    Map<String, Array> run(Array x) {
        Map<String, Array> values = new LinkedHashMap<>(tensors);
        values.put(input, x);
        for (Node node : nodes) {
            Array[] in = node.inputs().stream().map(name -> {
                if (!values.containsKey(name)) {
                    throw new AssertionError(name + " is not computed before " + node.output());
                }
                return values.get(name);
            }).toArray(Array[]::new);
            if (values.put(node.output(), run(node, in)) != null) {
                throw new AssertionError(node.output() + " is computed twice");
            }
        }
        return values;
    }

    private static Array run(Node node, Array[] in) {
        Array x = in[0];
        return switch (node.operator()) {
            case "Conv" -> window(x, in[1].shape()[0], node.ints("kernel_shape"), new int[] {1, 1}, (n, f, h, w) -> convolve(x, in[1], in[2], n, f, h, w));
            case "MaxPool" -> window(x, x.shape()[1], node.ints("kernel_shape"), node.ints("strides"),
                    (n, f, h, w) -> largest(x, node.ints("kernel_shape"), n, f, h, w));
            case "Gemm" -> gemm(x, in[1], in[2]);
            case "Sigmoid" -> map(x, v -> 1 / (1 + Math.exp(-v)));
            case "Tanh" -> map(x, Math::tanh);
            case "Relu" -> map(x, v -> Math.max(0, v));
            case "LeakyRelu" -> map(x, v -> v > 0 ? v : node.number("alpha") * v);
            case "Exp" -> map(x, Math::exp);
            case "BatchNormalization" -> normalise(x, in[1], in[2], in[3], in[4], node.number("epsilon"));
            case "Identity" -> x;
            case "Mul" -> both(x, in[1], (a, b) -> a * b);
            case "Add" -> both(x, in[1], Double::sum);
            case "Sub" -> both(x, in[1], (a, b) -> a - b);
            case "Transpose" -> transpose(x, node.ints("perm"));
            case "Flatten" -> new Array(new int[] {x.shape()[0], x.size() / x.shape()[0]}, x.values());
            case "Reshape" -> new Array(new int[] {x.shape()[0], (int) in[1].values()[1], (int) in[1].values()[2], (int) in[1].values()[3]}, x.values());
            case "Concat" -> concatenate(in);
            case "LogSoftmax" -> logSoftmax(x);
            default -> throw new AssertionError("operator " + node.operator());
        };
    }

    private interface At {
        double value(int n, int f, int h, int w);
    }

    private interface One {
        double of(double v);
    }

    private interface Two {
        double of(double a, double b);
    }

    private static Array window(Array x, int channels, int[] kernel, int[] stride, At at) {
        int[] shape = {x.shape()[0], channels, (x.shape()[2] - kernel[0]) / stride[0] + 1, (x.shape()[3] - kernel[1]) / stride[1] + 1};
        double[] y = new double[shape[0] * channels * shape[2] * shape[3]];
        for (int i = 0; i < y.length; i++) {
            int h = i / shape[3] % shape[2];
            int f = i / (shape[3] * shape[2]) % channels;
            y[i] = at.value(i / (channels * shape[2] * shape[3]), f, h * stride[0], i % shape[3] * stride[1]);
        }
        return new Array(shape, y);
    }

    private static double pixel(Array x, int n, int c, int h, int w) {
        return x.values()[((n * x.shape()[1] + c) * x.shape()[2] + h) * x.shape()[3] + w];
    }

    private static double convolve(Array x, Array weight, Array bias, int n, int f, int h, int w) {
        double sum = bias.values()[f];
        for (int c = 0; c < weight.shape()[1]; c++) {
            for (int i = 0; i < weight.shape()[2]; i++) {
                for (int j = 0; j < weight.shape()[3]; j++) {
                    sum += pixel(weight, f, c, i, j) * pixel(x, n, c, h + i, w + j);
                }
            }
        }
        return sum;
    }

    private static double largest(Array x, int[] kernel, int n, int f, int h, int w) {
        double best = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < kernel[0] * kernel[1]; i++) {
            best = Math.max(best, pixel(x, n, f, h + i / kernel[1], w + i % kernel[1]));
        }
        return best;
    }

    private static Array gemm(Array x, Array weight, Array bias) {
        int in = x.shape()[1];
        int out = weight.shape()[0];
        double[] y = new double[x.shape()[0] * out];
        for (int i = 0; i < y.length; i++) {
            y[i] = bias.values()[i % out];
            for (int k = 0; k < in; k++) {
                y[i] += x.values()[i / out * in + k] * weight.values()[i % out * in + k];
            }
        }
        return new Array(new int[] {x.shape()[0], out}, y);
    }

    private static Array map(Array x, One f) {
        return new Array(x.shape(), Arrays.stream(x.values()).map(f::of).toArray());
    }

    /// Broadcasts an operand of one number, or one number per channel.
    private static Array both(Array a, Array b, Two f) {
        Array large = a.size() >= b.size() ? a : b;
        double[] y = new double[large.size()];
        Arrays.setAll(y, i -> f.of(at(a, large, i), at(b, large, i)));
        return new Array(large.shape(), y);
    }

    private static double at(Array x, Array large, int i) {
        if (x.size() == 1 || x.size() == large.size()) {
            return x.values()[x.size() == 1 ? 0 : i];
        }
        int channels = large.shape()[1];
        int positions = large.size() / large.shape()[0] / channels;
        if (x.shape().length != large.shape().length || x.shape()[1] != channels || x.size() != channels) {
            throw new AssertionError("cannot broadcast " + Arrays.toString(x.shape()) + " to " + Arrays.toString(large.shape()));
        }
        return x.values()[i / positions % channels];
    }

    private static Array transpose(Array x, int[] perm) {
        int[] shape = Arrays.stream(perm).map(p -> x.shape()[p]).toArray();
        double[] y = new double[x.size()];
        for (int i = 0; i < y.length; i++) {
            int rest = i;
            int[] index = new int[4];
            for (int d = 3; d >= 0; d--) {
                index[perm[d]] = rest % shape[d];
                rest /= shape[d];
            }
            y[i] = pixel(x, index[0], index[1], index[2], index[3]);
        }
        return new Array(shape, y);
    }

    private static Array normalise(Array x, Array scale, Array bias, Array mean, Array variance, double epsilon) {
        int channels = x.shape()[1];
        int positions = x.size() / x.shape()[0] / channels;
        double[] y = new double[x.size()];
        for (int i = 0; i < y.length; i++) {
            int c = i / positions % channels;
            y[i] = (x.values()[i] - mean.values()[c]) / Math.sqrt(variance.values()[c] + epsilon) * scale.values()[c] + bias.values()[c];
        }
        return new Array(x.shape(), y);
    }

    private static Array concatenate(Array[] parts) {
        int rows = parts[0].shape()[0];
        int columns = Arrays.stream(parts).mapToInt(p -> p.shape()[1]).sum();
        double[] y = new double[rows * columns];
        for (int r = 0; r < rows; r++) {
            int at = r * columns;
            for (Array part : parts) {
                System.arraycopy(part.values(), r * part.shape()[1], y, at, part.shape()[1]);
                at += part.shape()[1];
            }
        }
        return new Array(new int[] {rows, columns}, y);
    }

    private static Array logSoftmax(Array x) {
        int columns = x.shape()[1];
        double[] y = new double[x.size()];
        for (int r = 0; r < x.shape()[0]; r++) {
            double[] row = Arrays.copyOfRange(x.values(), r * columns, (r + 1) * columns);
            double max = Arrays.stream(row).max().orElseThrow();
            double log = max + Math.log(Arrays.stream(row).map(v -> Math.exp(v - max)).sum());
            for (int c = 0; c < columns; c++) {
                y[r * columns + c] = row[c] - log;
            }
        }
        return new Array(x.shape(), y);
    }

    private static List<Field> fields(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        List<Field> fields = new ArrayList<>();
        while (in.hasRemaining()) {
            long key = varint(in);
            switch ((int) key & 7) {
                case 0 -> fields.add(new Field((int) key >> 3, varint(in), null));
                case 2 -> fields.add(new Field((int) key >> 3, 0, take(in, (int) varint(in))));
                case 5 -> fields.add(new Field((int) key >> 3, 0, take(in, 4)));
                default -> throw new AssertionError("wire type of key " + key);
            }
        }
        return fields;
    }

    private static byte[] take(ByteBuffer in, int count) {
        byte[] bytes = new byte[count];
        in.get(bytes);
        return bytes;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte b = in.get();
            value |= (b & 0x7fL) << shift;
            if (b >= 0) {
                return value;
            }
        }
    }

    private static List<Field> all(List<Field> message, int number) {
        return message.stream().filter(f -> f.number() == number).toList();
    }

    private static Field one(List<Field> message, int number) {
        List<Field> found = all(message, number);
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " fields " + number);
        }
        return found.getFirst();
    }
}
