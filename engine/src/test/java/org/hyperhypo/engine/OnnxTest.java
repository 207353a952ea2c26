package org.hyperhypo.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hyperhypo.kernels.Activation;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What another program computes from an exported network is what the network computes. [OnnxReader] is that program; `OnnxRuntimeCheck` asks onnxruntime.
class OnnxTest {
    static final int N = 5;

    @TempDir
    Path folder;

    static Stream<NetworkSpec> networks() {
        return Stream.of(Nets.everything(), Nets.tfcnn(),
                NetworkSpec.input(2, 6, 5).conv(4, 2, 3).batchNorm().relu().dropout(0.4f)
                        .parallel(a -> a.conv(3, 2, 1).batchNorm().sigmoid(), b -> b.dense(6).batchNorm().tanh().dropout(0.2f)).dense(4).batchNorm().dense(3).softmax(),
                NetworkSpec.input(3, 6, 5).conv(4, 2, 3).maxPool(2, 2).activation(new Activation.Ada(0.5f, 0.3f, 0.02f)),
                NetworkSpec.input(7, 1, 1).conv(5, 1, 1).tanh().maxPool(1, 1).dense(4).relu().conv(3, 1, 1).dense(2).softmax(),
                NetworkSpec.input(2, 3, 4).parallel(a -> a.parallel(b -> b.conv(2, 2, 2).sigmoid(), b -> b.conv(3, 3, 1).relu()), a -> a.dense(4).tanh())
                        .dense(5).softmax());
    }

    @ParameterizedTest
    @MethodSource("networks")
    void anExportedNetworkComputesTheSame(NetworkSpec spec) throws IOException {
        for (boolean gates : new boolean[] {false, true}) {
            Network net = random(spec, gates);
            float[] x = Nets.inputs(spec, N, 6);
            Onnx.write(folder.resolve("net.onnx"), net);
            OnnxReader reader = new OnnxReader(Files.readAllBytes(folder.resolve("net.onnx")));
            Map<String, OnnxReader.Array> values = reader.run(input(spec, x));
            Map<String, float[]> expected = expected(net, x);
            assertEquals(List.copyOf(expected.keySet()), reader.outputs);
            expected.forEach((name, wanted) -> {
                double[] got = values.get(name).values();
                assertEquals(wanted.length, got.length, name);
                for (int i = 0; i < got.length; i++) {
                    assertEquals(wanted[i], got[i], 2e-5, name + "[" + i + "] of " + spec);
                }
            });
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void theFileIsTheSameBytesEveryTime(NetworkSpec spec) throws IOException {
        Onnx.write(folder.resolve("a.onnx"), Nets.random(spec, 4, true));
        Onnx.write(folder.resolve("b.onnx"), Nets.random(spec, 4, true));
        assertArrayEquals(Files.readAllBytes(folder.resolve("a.onnx")), Files.readAllBytes(folder.resolve("b.onnx")));
    }

    /// With running statistics that are not those of the start.
    static Network random(NetworkSpec spec, boolean gates) {
        Network net = Nets.random(spec, 4, gates);
        java.util.SplittableRandom random = new java.util.SplittableRandom(9);
        for (String name : net.tensorNames()) {
            if (name.contains(".running_")) {
                Nets.fill(net.tensor(name), () -> random.nextDouble(0.2, 1.5));
            }
        }
        return net;
    }

    /// Our input (sample, position, channel) as ONNX has it.
    static OnnxReader.Array input(NetworkSpec spec, float[] x) {
        Shape shape = spec.input();
        double[] theirs = channelsFirst(shape, x);
        return new OnnxReader.Array(shape.height() * shape.width() == 1 ? new int[] {N, shape.channels()}
                : new int[] {N, shape.channels(), shape.height(), shape.width()}, theirs);
    }

    /// The outputs by name, laid out as ONNX has them.
    static Map<String, float[]> expected(Network net, float[] x) {
        Workspace w = net.workspace(N);
        net.forward(x, 0, N, w);
        Shape out = net.spec().output();
        float[] values = java.util.Arrays.copyOf(w.logits(), N * out.size());
        if (!net.plan().classifier) {
            double[] first = channelsFirst(out, values);
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) first[i];
            }
            return Map.of("output", values);
        }
        float[] posteriors = new float[values.length];
        net.logPosteriors(N, w, posteriors);
        Map<String, float[]> both = new java.util.LinkedHashMap<>();
        both.put("logits", values);
        both.put("log_posteriors", posteriors);
        return both;
    }

    private static double[] channelsFirst(Shape shape, float[] x) {
        int positions = shape.height() * shape.width();
        double[] theirs = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            int at = i % shape.size();
            theirs[i - at + at % shape.channels() * positions + at / shape.channels()] = x[i];
        }
        return theirs;
    }
}
