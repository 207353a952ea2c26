package org.hyperhypo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hyperhypo.kernels.Activation;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// PyTorch's numbers for the small TFCNN of `shared/golden/network`.
///
/// There a concatenated map is (filter, position), here (position, filter): [#COLUMN] maps our column of fc1 to theirs. Everything else agrees.
@Tag("shared")
class GoldenTest {
    static final Path FOLDER = Path.of(System.getProperty("hyperhypo.shared", "../shared")).resolve("golden/network");
    private static final Map<String, String> NAMES = new LinkedHashMap<>(Map.of("conv1", "freq_conv", "conv2", "time_conv", "fc1", "fc1",
            "fc2", "fc2", "fc3", "fc3", "output", "out"));
    private static final Map<String, int[]> MASKED = Map.of("fc1", new int[] {0, 3, 4, 11, 17, 23}, "fc2", new int[] {1, 2, 8, 19},
            "fc3", new int[] {0, 5, 6, 7, 15});
    private static final int[] COLUMN = new int[76];
    static final NetworkSpec SPEC = NetworkSpec.input(1, 40, 17)
            .parallel(f -> f.conv(6, 8, 17).maxPool(3, 1).sigmoid(), t -> t.conv(5, 40, 8).maxPool(1, 5).sigmoid())
            .dense(24).sigmoid().dense(20).relu().dense(16).tanh().dense(11).softmax();
    private static boolean told;

    static {
        for (int i = 0; i < 76; i++) {
            COLUMN[i] = i < 66 ? i % 6 * 11 + i / 6 : 66 + (i - 66) % 5 * 2 + (i - 66) / 5;
        }
    }

    @BeforeEach
    void sharedFilesAreThere() {
        if (!Files.isDirectory(FOLDER)) {
            if (!told) {
                System.out.println("skipped: comparison with PyTorch's numbers, " + FOLDER + " is missing");
                told = true;
            }
            Assumptions.abort("skipped: comparison with PyTorch's numbers, " + FOLDER + " is missing");
        }
    }

    @Test
    void activationsLossAndGradientsEqualPyTorch() {
        Map<String, Tensor> golden = SafeTensors.read(FOLDER.resolve("forward_backward.safetensors")).tensors();
        Network net = network(golden, "param.");
        Workspace w = net.workspace(5);
        float[] x = golden.get("in.x").floats();
        int[] labels = ints(golden.get("in.labels"));
        net.forward(x, 0, 5, w);
        double loss = net.backward(labels, 5, NeuronMask.all(SPEC), w);
        assertEquals(golden.get("f64/loss").doubles()[0], loss, 1e-6);
        for (String hidden : new String[] {"fc1", "fc2", "fc3"}) {
            assertClose(golden.get("f64/act." + hidden + ".a").doubles(), w.activation(hidden), hidden);
            assertClose(golden.get("f64/grad.act." + hidden + ".a").doubles(), w.activationGradient(hidden), hidden + " gradient");
        }
        assertClose(golden.get("f64/act.logits").doubles(), w.logits(), "logits");
        assertClose(golden.get("f64/grad.act.logits").doubles(), w.activationGradient("output"), "logits gradient");
        float[] posteriors = new float[55];
        net.logPosteriors(5, w, posteriors);
        assertClose(golden.get("f64/act.log_softmax").doubles(), posteriors, "log posteriors");
        NAMES.forEach((ours, theirs) -> {
            assertClose(columns(ours, golden.get("f64/grad.param." + theirs + ".weight").doubles()), w.weightGradient(ours), ours + ".weight gradient");
            assertClose(golden.get("f64/grad.param." + theirs + ".bias").doubles(), w.biasGradient(ours), ours + ".bias gradient");
        });
    }

    @Test
    void gatesAndTheirGradientsEqualPyTorch() {
        Map<String, Tensor> parameters = SafeTensors.read(FOLDER.resolve("forward_backward.safetensors")).tensors();
        Map<String, Tensor> golden = SafeTensors.read(FOLDER.resolve("gate.safetensors")).tensors();
        Network net = network(parameters, "param.");
        for (int layer = 1; layer <= 3; layer++) {
            float[] gates = golden.get("gate.g" + layer).floats();
            System.arraycopy(gates, 0, net.gates("fc" + layer), 0, gates.length);
        }
        Workspace w = net.workspace(5);
        net.forward(golden.get("in.x").floats(), 0, 5, w);
        assertEquals(golden.get("f64/loss").doubles()[0], net.backward(ints(golden.get("in.labels")), 5, NeuronMask.all(SPEC), w), 1e-6);
        for (int layer = 1; layer <= 3; layer++) {
            assertClose(golden.get("f64/act.fc" + layer + ".h").doubles(), w.activation("fc" + layer), "h" + layer);
            float[] gradient = new float[net.gates("fc" + layer).length];
            net.gateGradient("fc" + layer, 5, w, gradient);
            assertClose(golden.get("f64/grad.gate.g" + layer).doubles(), gradient, "gate gradient " + layer);
        }
    }

    @ParameterizedTest
    @CsvSource({"sgd, 1e-5", "sgd_momentum_wd, 1e-5", "nesterov, 1e-5", "adam, 5e-5", "adamw, 5e-5"})
    void trainingEqualsPyTorch(String name, double tolerance) {
        Map<String, Tensor> golden = SafeTensors.read(FOLDER.resolve("train_full_" + name + ".safetensors")).tensors();
        Network net = network(SafeTensors.read(FOLDER.resolve("training_data.safetensors")).tensors(), "init.");
        Optimizer optimizer = optimizer(name);
        OptimizerState state = optimizer.newState(net);
        train(net, NeuronMask.all(SPEC), optimizer, state, rate(name), golden, 0, 25, step -> {
            if (golden.containsKey(prefix(step) + "fc1.weight")) {
                assertParameters(golden, prefix(step), net, tolerance);
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"sgd, 1e-5", "sgd_momentum_wd, 1e-5", "nesterov, 1e-5", "adam, 5e-5", "adamw, 5e-5"})
    void trainingOfChosenNeuronsEqualsPyTorch(String name, double tolerance) {
        Map<String, Tensor> golden = SafeTensors.read(FOLDER.resolve("train_masked_" + name + ".safetensors")).tensors();
        Network net = network(SafeTensors.read(FOLDER.resolve("training_data.safetensors")).tensors(), "init.");
        Network start = net.copy();
        NeuronMask mask = NeuronMask.of(SPEC, MASKED);
        Optimizer optimizer = optimizer(name);
        train(net, mask, optimizer, optimizer.newState(net), rate(name), golden, 0, 25, step -> {
            if (golden.containsKey(prefix(step) + "fc1.weight.rows")) {
                MASKED.forEach((layer, rows) -> assertRows(golden, prefix(step), net, layer, rows, tolerance));
            }
        });
        Network undone = net.copy();
        MASKED.forEach((layer, rows) -> {
            int inputs = SPEC.neuronLayer(layer).inputs();
            for (int row : rows) {
                System.arraycopy(start.tensor(layer + ".weight"), row * inputs, undone.tensor(layer + ".weight"), row * inputs, inputs);
                undone.tensor(layer + ".bias")[row] = start.tensor(layer + ".bias")[row];
            }
        });
        assertEquals(start.hash(), undone.hash(), "nothing else has changed");
    }

    @Test
    void chosenNeuronsFirstAndEverythingThenEqualsPyTorch() {
        String name = "sgd_momentum_wd";
        Map<String, Tensor> golden = SafeTensors.read(FOLDER.resolve("train_two_stage_" + name + ".safetensors")).tensors();
        Network net = network(SafeTensors.read(FOLDER.resolve("training_data.safetensors")).tensors(), "init.");
        Optimizer optimizer = optimizer(name);
        train(net, NeuronMask.of(SPEC, MASKED), optimizer, optimizer.newState(net), rate(name), golden, 0, 10, _ -> { });
        train(net, NeuronMask.all(SPEC), optimizer, optimizer.newState(net), rate(name), golden, 10, 25, _ -> { });
        assertParameters(golden, "step25/", net, 1e-5);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void adaEqualsPyTorch(int variant) {
        Map<String, Tensor> golden = SafeTensors.read(FOLDER.resolve("ada.safetensors")).tensors();
        float[] alpha = {0.1f, 0.5f, 1f, 0.5f};
        Activation ada = new Activation.Ada(alpha[variant], variant == 3 ? 1f : 0f, 0.01f);
        double[] x = golden.get("in.x").doubles();
        float[] input = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            input[i] = (float) x[i];
        }
        Network net = Network.initialised(NetworkSpec.input(1, 1, x.length).activation(ada), 1);
        Workspace w = net.workspace(1);
        net.forward(input, 0, 1, w);
        assertClose(golden.get("leaky_ada" + variant + ".value").doubles(), w.logits(), "ada" + variant);
    }

    private interface AfterStep {
        void check(int step);
    }

    private static void train(Network net, NeuronMask mask, Optimizer optimizer, OptimizerState state, double rate, Map<String, Tensor> golden,
                              int from, int to, AfterStep after) {
        Map<String, Tensor> data = SafeTensors.read(FOLDER.resolve("training_data.safetensors")).tensors();
        float[] x = data.get("batches.x").floats();
        int[] labels = ints(data.get("batches.labels"));
        double[] losses = golden.get("loss").doubles();
        Workspace w = net.workspace(8);
        for (int step = from; step < to; step++) {
            int batch = step % 5;
            net.forward(x, batch * 8 * 680, 8, w);
            double loss = net.backward(Arrays.copyOfRange(labels, batch * 8, batch * 8 + 8), 8, mask, w);
            assertEquals(losses[step], loss, 2e-5, "loss before step " + (step + 1));
            optimizer.step(net, mask, w, rate, state);
            after.check(step + 1);
        }
    }

    private static String prefix(int step) {
        return String.format("step%02d/", step);
    }

    private static Optimizer optimizer(String name) {
        return switch (name) {
            case "sgd" -> Sgd.plain();
            case "sgd_momentum_wd" -> new Sgd(0.9, false, 0.001);
            case "nesterov" -> new Sgd(0.9, true, 0);
            case "adam" -> Adam.standard();
            default -> Adam.w(0.01);
        };
    }

    private static double rate(String name) {
        return name.equals("sgd") ? 0.1 : name.startsWith("adam") ? 0.005 : 0.05;
    }

    static Network network(Map<String, Tensor> tensors, String prefix) {
        Network net = Network.initialised(SPEC, 1);
        NAMES.forEach((ours, theirs) -> {
            float[] weight = tensors.get(prefix + theirs + ".weight").floats();
            float[] to = net.tensor(ours + ".weight");
            for (int i = 0; i < to.length; i++) {
                to[i] = weight[theirIndex(ours, i)];
            }
            float[] bias = tensors.get(prefix + theirs + ".bias").floats();
            System.arraycopy(bias, 0, net.tensor(ours + ".bias"), 0, bias.length);
        });
        return net;
    }

    private static int theirIndex(String layer, int i) {
        return layer.equals("fc1") ? i / 76 * 76 + COLUMN[i % 76] : i;
    }

    private static double[] columns(String layer, double[] theirs) {
        double[] ours = new double[theirs.length];
        Arrays.setAll(ours, i -> theirs[theirIndex(layer, i)]);
        return ours;
    }

    private static void assertParameters(Map<String, Tensor> golden, String prefix, Network net, double tolerance) {
        NAMES.forEach((ours, theirs) -> {
            assertWithin(columns(ours, golden.get(prefix + theirs + ".weight").doubles()), net.tensor(ours + ".weight"), tolerance, prefix + ours + ".weight");
            assertWithin(golden.get(prefix + theirs + ".bias").doubles(), net.tensor(ours + ".bias"), tolerance, prefix + ours + ".bias");
        });
    }

    private static void assertRows(Map<String, Tensor> golden, String prefix, Network net, String layer, int[] rows, double tolerance) {
        double[] weights = columns(layer, golden.get(prefix + layer + ".weight.rows").doubles());
        double[] biases = golden.get(prefix + layer + ".bias.rows").doubles();
        int inputs = SPEC.neuronLayer(layer).inputs();
        for (int r = 0; r < rows.length; r++) {
            for (int i = 0; i < inputs; i++) {
                assertEquals(weights[r * inputs + i], net.tensor(layer + ".weight")[rows[r] * inputs + i], tolerance, prefix + layer + " row " + rows[r]);
            }
            assertEquals(biases[r], net.tensor(layer + ".bias")[rows[r]], tolerance, prefix + layer + " bias " + rows[r]);
        }
    }

    /// 1e-5 of the largest value, as the golden README asks.
    private static void assertClose(double[] expected, float[] actual, String what) {
        assertWithin(expected, actual, 1e-5 * Nets.largest(expected), what);
    }

    private static void assertWithin(double[] expected, float[] actual, double tolerance, String what) {
        assertTrue(actual.length >= expected.length, what);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], tolerance, what + "[" + i + "]");
        }
    }

    static int[] ints(Tensor tensor) {
        return Arrays.stream(tensor.longs()).mapToInt(Math::toIntExact).toArray();
    }
}
