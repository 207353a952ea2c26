package org.hyperhypo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.hyperhypo.kernels.Activation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// onnxruntime computes from an exported network what the network computes. Opt-in (profile `onnx`); its name keeps it out of the ordinary tests.
class OnnxRuntimeCheck {
    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("org.hyperhypo.engine.OnnxTest#networks")
    void onnxruntimeComputesTheSame(NetworkSpec spec) throws OrtException {
        for (boolean gates : new boolean[] {false, true}) {
            System.out.printf("onnxruntime: largest deviation %.1e, %s%n", deviation(OnnxTest.random(spec, gates), 2e-5), spec.toJson());
        }
    }

    @Test
    void onnxruntimeComputesThePapersNetwork() throws OrtException {
        NetworkSpec paper = NetworkSpec.tfcnn(new Shape(1, 40, 17), 200, 8, 3, 75, 8, 5, 4, 1024, new Activation.Sigmoid(), 3000);
        System.out.printf("onnxruntime: largest deviation %.1e, the paper's network%n", deviation(Network.initialised(paper, Initialisation.sigmoid(1), 1), 2e-5));
    }

    private double deviation(Network net, double tolerance) throws OrtException {
        float[] x = Nets.inputs(net.spec(), OnnxTest.N, 6);
        Path file = folder.resolve("net.onnx");
        Onnx.write(file, net);
        OnnxReader.Array input = OnnxTest.input(net.spec(), x);
        float[] numbers = new float[input.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) input.values()[i];
        }
        double largest = 0;
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(file.toString());
                OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(numbers), Arrays.stream(input.shape()).asLongStream().toArray());
                OrtSession.Result result = session.run(Map.of("input", tensor))) {
            for (Map.Entry<String, float[]> wanted : OnnxTest.expected(net, x).entrySet()) {
                FloatBuffer got = ((OnnxTensor) result.get(wanted.getKey()).orElseThrow()).getFloatBuffer();
                assertEquals(wanted.getValue().length, got.remaining());
                for (float value : wanted.getValue()) {
                    float theirs = got.get();
                    assertEquals(value, theirs, tolerance, wanted.getKey() + " of " + net.spec());
                    largest = Math.max(largest, Math.abs(value - theirs));
                }
            }
        }
        return largest;
    }
}
