package org.hyperhypo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.Arrays;
import java.util.Map;
import org.hyperhypo.kernels.Activation;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// PyTorch's numbers for losses, LHUC, normalisation, ADA's slope and a convolution with a remainder.
@Tag("shared")
class GoldenLossTest {
    private static final NeuronMask ALL = NeuronMask.all(GoldenTest.SPEC);

    @BeforeEach
    void sharedFilesAreThere() {
        Assumptions.assumeTrue(Files.isDirectory(GoldenTest.FOLDER), "skipped: comparison with PyTorch's numbers, " + GoldenTest.FOLDER + " is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kld", "entropy", "weighted_ce"})
    void lossesAndTheirGradientsEqualPyTorch(String name) {
        Map<String, Tensor> data = read("forward_backward");
        Map<String, Tensor> golden = read(name);
        Network net = GoldenTest.network(data, "param.");
        int[] labels = GoldenTest.ints(data.get("in.labels"));
        Targets targets = switch (name) {
            case "kld" -> Targets.of(mixed(labels, golden.get("in.p_si").floats()), 11);
            case "weighted_ce" -> Targets.of(labels).weightedBy(golden.get("in.frame_weight").floats());
            default -> Targets.of(labels);
        };
        Workspace w = net.workspace(5);
        net.forward(data.get("in.x").floats(), 0, 5, w);
        double loss = net.backward(name.equals("entropy") ? new Entropy() : Loss.crossEntropy(), targets, 5, ALL, w);
        assertEquals(golden.get("f64/loss").doubles()[0], loss, 1e-6);
        close(golden.get("f64/grad.act.logits").doubles(), w.activationGradient("output"), "logits");
        for (String layer : new String[] {"fc2", "fc3"}) {
            close(golden.get("f64/grad.param." + layer + ".weight").doubles(), w.weightGradient(layer), layer);
            close(golden.get("f64/grad.param." + layer + ".bias").doubles(), w.biasGradient(layer), layer);
        }
    }

    /// A network whose posteriors are p_si is not at hand; its formula is: half the label, half p_si.
    private static float[] mixed(int[] labels, float[] reference) {
        float[] t = new float[reference.length];
        for (int i = 0; i < t.length; i++) {
            t[i] = 0.5f * reference[i] + (labels[i / 11] == i % 11 ? 0.5f : 0f);
        }
        return t;
    }

    @Test
    void lhucEqualsPyTorch() {
        Map<String, Tensor> golden = read("lhuc");
        Network net = GoldenTest.network(read("forward_backward"), "param.");
        for (int layer = 1; layer <= 3; layer++) {
            float[] theta = golden.get("lhuc.theta" + layer).floats();
            for (int i = 0; i < theta.length; i++) {
                net.gates("fc" + layer)[i] = Lhuc.gate(theta[i]);
            }
        }
        Workspace w = net.workspace(5);
        net.forward(golden.get("in.x").floats(), 0, 5, w);
        double loss = net.backward(Loss.crossEntropy(), Targets.of(GoldenTest.ints(golden.get("in.labels"))), Learning.GATES, 5, ALL, w);
        assertEquals(golden.get("f64/loss").doubles()[0], loss, 1e-6);
        OptimizerState state = Sgd.plain().newState(net, Learning.GATES);
        float[][] before = {state.theta("fc1").clone(), state.theta("fc2").clone(), state.theta("fc3").clone()};
        Sgd.plain().step(net, ALL, w, 1, state);
        for (int layer = 1; layer <= 3; layer++) {
            double[] expected = golden.get("f64/grad.lhuc.theta" + layer).doubles();
            for (int i = 0; i < expected.length; i++) {
                assertEquals(golden.get("lhuc.theta" + layer).floats()[i], before[layer - 1][i], 2e-6, "θ from the gate");
                assertEquals(expected[i], before[layer - 1][i] - state.theta("fc" + layer)[i], 1e-6, "gradient of θ" + layer);
            }
        }
    }

    @Test
    void largeLogitsNeitherOverflowNorBecomeNaN() {
        Map<String, Tensor> golden = read("softmax_extreme");
        Network net = Network.initialised(NetworkSpec.input(3, 1, 1).dense(3).softmax(), 1);
        for (int i = 0; i < 9; i++) {
            net.tensor("output.weight")[i] = i % 4 == 0 ? 1 : 0;
        }
        Workspace w = net.workspace(6);
        net.forward(floats(golden.get("in.logits").doubles()), 0, 6, w);
        int[] labels = GoldenTest.ints(golden.get("in.labels"));
        double[] rows = golden.get("f64/loss_per_row").doubles();
        double mean = Arrays.stream(rows).average().orElseThrow();
        for (Targets targets : new Targets[] {Targets.of(labels), Targets.of(labels).weightedBy(new float[] {2, 2, 2, 2, 2, 2})}) {
            assertEquals(mean, net.backward(Loss.crossEntropy(), targets, 6, NeuronMask.all(net.spec()), w), 1e-6 * mean);
            close(golden.get("f64/grad.logits_of_mean_loss").doubles(), w.activationGradient("output"), "logits");
        }
        float[] posteriors = new float[18];
        net.posteriors(6, w, posteriors);
        close(golden.get("f64/softmax").doubles(), posteriors, "softmax");
        assertEquals(Arrays.stream(golden.get("f64/entropy").doubles()).average().orElseThrow(), net.loss(new Entropy(), Targets.of(labels), 6, w), 1e-6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bn1d", "bn2d"})
    void normalisationEqualsPyTorch(String name) {
        Map<String, Tensor> golden = read("batch_norm");
        boolean map = name.equals("bn2d");
        int n = map ? 4 : 7;
        NetworkSpec spec = (map ? NetworkSpec.input(3, 5, 2) : NetworkSpec.input(6, 1, 1)).batchNorm();
        Network net = Network.initialised(spec, 1);
        Parameters p = net.parameters(0);
        System.arraycopy(golden.get(name + ".gamma").floats(), 0, p.weight(), 0, p.weight().length);
        System.arraycopy(golden.get(name + ".beta").floats(), 0, p.bias(), 0, p.bias().length);
        Workspace w = net.workspace(n);
        NeuronMask all = NeuronMask.all(spec);
        LayerStep step = (LayerStep) w.plan.steps.getFirst();
        for (int batch = 0; batch < 3; batch++) {
            String in = name + ".batch" + batch + ".";
            net.forwardTraining(ours(golden.get(in + "x").floats(), spec.input()), 0, n, 0, 0, all, w);
            close(ours(golden.get("f64/" + in + "y").doubles(), spec.input()), w.logits(), in + "y");
            w.startBackward(all, Learning.WEIGHTS);
            w.prepareSteps();
            float[] dy = ours(golden.get(in + "grad_out").floats(), spec.input());
            System.arraycopy(dy, 0, w.gradients(step.y()), 0, dy.length);
            w.gradients[0] = new float[dy.length];
            BatchNorm.backward(step, p, n, all.sharedRows("bn1"), true, w);
            close(ours(golden.get("f64/" + in + "grad_x").doubles(), spec.input()), w.gradients[0], in + "grad_x");
            close(golden.get("f64/" + in + "grad_gamma").doubles(), w.weightGradient("bn1"), in + "grad_gamma");
            close(golden.get("f64/" + in + "grad_beta").doubles(), w.biasGradient("bn1"), in + "grad_beta");
            BatchNorm.learn(p, all.sharedRows("bn1"), w.statistics(p.layer()));
            close(golden.get("f64/" + in + "running_mean_after").doubles(), net.tensor("bn1.running_mean"), in + "running mean");
            close(golden.get("f64/" + in + "running_var_after").doubles(), net.tensor("bn1.running_var"), in + "running variance");
        }
        net.forward(ours(golden.get(name + ".eval.x").floats(), spec.input()), 0, n, w);
        close(ours(golden.get("f64/" + name + ".eval.y").doubles(), spec.input()), w.logits(), "evaluation");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void theSlopeOfAdaEqualsPyTorch(int variant) {
        Map<String, Tensor> golden = read("ada");
        float[] alpha = {0.1f, 0.5f, 1f, 0.5f};
        float[] x = floats(golden.get("in.x").doubles());
        float[] slope = new float[x.length];
        Arrays.fill(slope, 1f);
        for (boolean leaky : new boolean[] {false, true}) {
            Activation ada = new Activation.Ada(alpha[variant], variant == 3 ? 1f : 0f, leaky ? 0.01f : 0f);
            float[] got = new float[x.length];
            org.hyperhypo.kernels.Kernels.best().activateBackward(ada, 1, x.length, x, null, slope, got, 0, x.length);
            double[] expected = golden.get((leaky ? "leaky_ada" : "ada") + variant + ".d_dx").doubles();
            for (int i = 0; i < x.length; i++) {
                if (x[i] != 0) {                              // the slope jumps there
                    assertEquals(expected[i], got[i], 1e-5 * Nets.largest(expected), "x = " + x[i]);
                }
            }
        }
    }

    @Test
    void aConvolutionAndPoolingWithARemainderEqualPyTorch() {
        Map<String, Tensor> golden = read("conv_pool_remainder");
        Shape in = new Shape(3, 10, 7);
        NetworkSpec spec = NetworkSpec.input(3, 10, 7).conv(4, 3, 2).maxPool(3, 4);
        Network net = Network.initialised(spec, 1);
        float[] weight = ours(golden.get("in.weight").floats(), new Shape(3, 3, 2));
        System.arraycopy(weight, 0, net.tensor("conv1.weight"), 0, weight.length);
        System.arraycopy(golden.get("in.bias").floats(), 0, net.tensor("conv1.bias"), 0, 4);
        Workspace w = net.workspace(2);
        net.forward(ours(golden.get("in.x").floats(), in), 0, 2, w);
        close(ours(golden.get("f64/pool").doubles(), new Shape(4, 2, 1)), w.logits(), "pool");
        NeuronMask all = NeuronMask.all(spec);
        w.startBackward(all, Learning.WEIGHTS);
        w.prepareSteps();
        float[] dy = ours(golden.get("in.grad_pool").floats(), new Shape(4, 2, 1));
        System.arraycopy(dy, 0, w.gradients(w.plan.output), 0, dy.length);
        net.propagate(2, all, w);
        close(ours(golden.get("f64/grad.weight").doubles(), new Shape(3, 3, 2)), w.weightGradient("conv1"), "filters");
        close(golden.get("f64/grad.bias").doubles(), w.biasGradient("conv1"), "bias");
    }

    /// (…, channel, position) as (…, position, channel).
    private static double[] ours(double[] theirs, Shape shape) {
        double[] result = new double[theirs.length];
        int positions = shape.height() * shape.width();
        for (int i = 0; i < result.length; i++) {
            int at = i % shape.size();
            result[i] = theirs[i - at + at % shape.channels() * positions + at / shape.channels()];
        }
        return result;
    }

    private static float[] ours(float[] theirs, Shape shape) {
        double[] wide = new double[theirs.length];
        Arrays.setAll(wide, i -> theirs[i]);
        return floats(ours(wide, shape));
    }

    private static float[] floats(double[] values) {
        float[] narrow = new float[values.length];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (float) values[i];
        }
        return narrow;
    }

    private static Map<String, Tensor> read(String name) {
        return SafeTensors.read(GoldenTest.FOLDER.resolve(name + ".safetensors")).tensors();
    }

    private static void close(double[] expected, float[] actual, String what) {
        assertTrue(actual.length >= expected.length, what);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], 1e-5 * Nets.largest(expected), what + "[" + i + "]");
        }
    }
}
