package org.hyperhypo.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.NetworkSpec;
import org.hyperhypo.engine.Shape;
import org.hyperhypo.kernels.Activation;

/// Reading a model from a file that the operating system has in memory, its checksum verified. The answer is the first weights of the output layer.
record Loading(NetworkSpec spec) {
    private static final int COMPARED = 1000;

    /// 5.05 million parameters: 20.2 MB.
    static Loading of20MB() {
        return new Loading(NetworkSpec.tfcnn(new Shape(1, 40, 17), 200, 8, 3, 75, 8, 5, 2, 1024, new Activation.Sigmoid(), 1500));
    }

    String name() {
        return "load a model of " + Math.round(4e-6 * spec.parameterCount()) + " MB";
    }

    List<Contender> ours() {
        try {
            Path file = Files.createTempFile("hyperhypo", ".safetensors");
            file.toFile().deleteOnExit();
            Network.initialised(spec, 1).save(file, Map.of());
            return List.of(new Contender("ours", 0, Files.size(file), () -> Network.load(file), () -> residual(weights(Network.load(file)))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// 0 where every number is the one that was saved.
    private double residual(float[] answer) {
        float[] expected = weights(Network.initialised(spec, 1));
        return java.util.Arrays.equals(answer, expected) ? 0 : Double.POSITIVE_INFINITY;
    }

    private static float[] weights(Network net) {
        return java.util.Arrays.copyOf(net.tensor(net.spec().neuronLayers().getLast().weight()), COMPARED);
    }
}
