package org.hyperhypo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.hyperhypo.kernels.Activation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class NetworkSpecTest {
    private static final NetworkSpec SMALL = NetworkSpec.tfcnn(new Shape(1, 40, 17), 32, 8, 3, 16, 8, 5, 4, 256, new Activation.Sigmoid(), 60);

    @Test
    void tfcnnHasTheShapesThatTheMethodNames() {
        List<String> names = SMALL.neuronLayers().stream().map(l -> l.name() + " " + l.kind() + " " + l.neurons() + "×" + l.inputs()).toList();
        assertEquals(List.of("conv1 CONV 32×136", "conv2 CONV 16×320", "fc1 HIDDEN 256×384", "fc2 HIDDEN 256×256", "fc3 HIDDEN 256×256",
                "fc4 HIDDEN 256×256", "output OUTPUT 60×256"), names);
        long parameters = 32 * 137 + 16 * 321 + 256 * 385 + 3 * 256 * 257 + 60 * 257;
        assertEquals(parameters, SMALL.parameterCount());
        long flops = 2L * (33 * 32 * 136 + 10 * 16 * 320 + 256 * 384 + 3 * 256 * 256 + 60 * 256);
        assertEquals(flops, SMALL.flopsPerSample());
        NetworkSpec paper = NetworkSpec.tfcnn(new Shape(1, 40, 17), 200, 8, 3, 75, 8, 5, 4, 1024, new Activation.Sigmoid(), 3000);
        assertEquals(2350, paper.neuronLayer("fc1").inputs());
    }

    @Test
    void buildersDoNotChangeWhatTheyStartFrom() {
        NetworkSpec start = NetworkSpec.input(1, 4, 4);
        start.dense(3).softmax();
        assertEquals(0, start.layers().size());
        assertEquals(start.dense(3).softmax(), start.dense(3).softmax());
    }

    @Test
    void everySpecificationSurvivesJson() {
        for (NetworkSpec spec : List.of(SMALL, Nets.everything(), Nets.tfcnn(), Nets.normalised(), SMALL.below("fc2"), SMALL.from("fc3"), NetworkSpec.input(3, 2, 1))) {
            assertEquals(spec, NetworkSpec.parse(spec.toJson()));
        }
    }

    @Test
    void damagedJsonIsAnError() {
        String json = SMALL.toJson();
        for (int end = 0; end < json.length(); end++) {
            int to = end;
            assertThrows(ModelException.class, () -> NetworkSpec.parse(json.substring(0, to)));
        }
        for (String broken : List.of(json.replace("dense", "dence"), json.replace("\"neurons\":256", "\"neurons\":256,\"more\":1"), json + "x",
                json.replace("\"height\":8,", ""), json.replace("[1,40,17]", "[1,40]"), json.replace("spec-1", "spec-2"), json.replace("256", "2.5"),
                json.replace("256", "-1"), "[".repeat(100_000), "{\"a\":1,\"a\":2}", "\"\\u12g4\"")) {
            assertThrows(ModelException.class, () -> NetworkSpec.parse(broken));
        }
    }

    @Test
    void splitLayersKeepTheirNames() {
        assertEquals(List.of("fc3", "fc4", "output"), SMALL.from("fc3").neuronLayers().stream().map(NeuronLayer::name).toList());
        assertEquals(new Shape(384, 1, 1), SMALL.from("fc1").input());
        assertEquals(List.of("conv1", "conv2"), SMALL.below("fc1").neuronLayers().stream().map(NeuronLayer::name).toList());
    }

    @Test
    void wrongShapesNameTheLayerTheShapesAndARemedy() {
        NetworkSpec in = NetworkSpec.input(1, 40, 7);
        says(() -> in.parallel(f -> f.conv(4, 8, 7).sigmoid(), t -> t.conv(75, 40, 8)), "conv(75, 40×8)", "(1, 40, 7)", "narrower", "use a larger input");
        says(() -> in.conv(4, 41, 2), "conv1", "lower", "(1, 40, 7)");
        says(() -> in.conv(4, 40, 7).maxPool(2, 1), "maxPool(2×1)", "(4, 1, 1)", "smaller window");
        says(() -> in.sigmoid().softmax(), "softmax", ".dense(classes)");
        says(() -> in.dense(3).softmax().dense(3), "softmax", "last");
        says(() -> in.dense("a", 3).dense("a", 3), "a is used twice", "another name");
        says(() -> in.parallel(a -> a.dense(2), b -> b.dense(2)).sigmoid(), "parallel", "inside the branches");
        says(() -> in.dense(0), "fc1", "at least 1");
        says(() -> SMALL.neuronLayer("fc9"), "fc9", "fc4");
        says(() -> in.parallel(a -> a.dense(2), b -> b.dense(2)).batchNorm(), "parallel", "normalisation inside the branches");
        says(() -> in.dropout(0.5f), "dropout", "0.5", "behind a layer with neurons");
        says(() -> in.dense(2).parallel(a -> a.maxPool(1, 1).dropout(0.1f), b -> b.dense(2)), "dropout", "behind a layer with neurons");
        says(() -> in.dense(2).dropout(1f), "dropout(1.0)", "[0, 1)");
        says(() -> in.dense(2).batchNorm("bn1", 0f, 1e-5f), "bn1", "momentum in (0, 1]");
        says(() -> Nets.normalised().from("bn5"), "bn5", "split at a layer with weights");
        says(() -> NetworkSpec.input(0, 1, 1), "(0, 1, 1)");
    }

    private static void says(Executable call, String... parts) {
        String message = assertThrows(ModelException.class, call).getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), "\"" + message + "\" should contain \"" + part + "\"");
        }
    }
}
