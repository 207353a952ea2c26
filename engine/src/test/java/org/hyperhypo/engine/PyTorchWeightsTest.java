package org.hyperhypo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Weights that PyTorch trained compute here what they computed there.
class PyTorchWeightsTest {
    private static final NetworkSpec SPEC = NetworkSpec.input(2, 3, 3).conv(2, 2, 2).relu().dense(2).softmax();

    @TempDir
    Path folder;

    @Test
    @Tag("shared")
    void anImportedNetworkGivesPyTorchsLogits() {
        Path golden = Path.of(System.getProperty("hyperhypo.shared", "../shared")).resolve("golden/network/forward_backward.safetensors");
        if (!Files.exists(golden)) {
            System.out.println("skipped: import of PyTorch's weights, " + golden + " is missing");
            Assumptions.abort("skipped: " + golden + " is missing");
        }
        Map<String, Tensor> all = SafeTensors.read(golden).tensors();
        Map<String, Tensor> state = new TreeMap<>();
        all.forEach((name, tensor) -> {
            if (name.startsWith("param.")) {
                state.put(name.substring("param.".length()), tensor);
            }
        });
        SafeTensors.write(folder.resolve("torch.safetensors"), Map.of(), state);
        NetworkSpec spec = NetworkSpec.input(1, 40, 17)
                .parallel(f -> f.conv(6, 8, 17).maxPool(3, 1).sigmoid(), t -> t.conv(5, 40, 8).maxPool(1, 5).sigmoid())
                .dense(24).sigmoid().dense(20).relu().dense(16).tanh().dense(11).softmax();
        Network net = PyTorchWeights.read(folder.resolve("torch.safetensors"), spec, Map.of("conv1", "freq_conv", "conv2", "time_conv", "output", "out"));
        Workspace w = net.workspace(5);
        net.forward(all.get("in.x").floats(), 0, 5, w);
        double[] wanted = all.get("f64/act.logits").doubles();
        for (int i = 0; i < wanted.length; i++) {
            assertEquals(wanted[i], w.logits()[i], 1e-5 * Nets.largest(wanted), "logit " + i);
        }
        float[] posteriors = new float[55];
        net.logPosteriors(5, w, posteriors);
        wanted = all.get("f64/act.log_softmax").doubles();
        for (int i = 0; i < wanted.length; i++) {
            assertEquals(wanted[i], posteriors[i], 1e-5 * Nets.largest(wanted), "log posterior " + i);
        }
    }

    @Test
    void filtersAndFlattenedColumnsAreReordered() {
        Network net = PyTorchWeights.read(file(state()), SPEC, Map.of("output", "classifier.1"));
        float[] filters = net.tensor("conv1.weight");
        assertEquals(theirs(1, 1, 0, 1), filters[((1 * 2 + 0) * 2 + 1) * 2 + 1], "filter 1, row 0, column 1, channel 1");
        float[] dense = net.tensor("output.weight");
        assertEquals(8 + 4 + 2, dense[8 + 2 * 2 + 1], "neuron 1, position 2, channel 1: there channel 1, position 2");
        assertEquals(1f, net.gates("conv1")[0]);
    }

    @Test
    void normalisationComesWithItsRunningStatistics() {
        Map<String, Tensor> state = state();
        for (String name : new String[] {"weight", "bias", "running_mean", "running_var"}) {
            state.put("features.1." + name, Tensor.of(new float[] {name.length(), 7}, 2));
        }
        state.put("features.1.num_batches_tracked", Tensor.of(new long[] {5}));
        NetworkSpec spec = NetworkSpec.input(2, 3, 3).conv(2, 2, 2).batchNorm().relu().dense(2).softmax();
        Network net = PyTorchWeights.read(file(state), spec, Map.of("bn1", "features.1", "output", "classifier.1"));
        assertEquals("running_var".length(), net.tensor("bn1.running_var")[0]);
        assertEquals(7f, net.tensor("bn1.bias")[1]);
    }

    @Test
    void whatDoesNotFitIsNamed() {
        Map<String, Tensor> state = state();
        says(state, Map.of(), "output.weight", "F32[2, 8]", "missing");
        state.put("conv1.weight", Tensor.of(new float[16], 2, 2, 4, 1));
        says(state, Map.of("output", "classifier.1"), "conv1.weight", "F32[2, 2, 2, 2]", "F32[2, 2, 4, 1]");
        Map<String, Tensor> more = state();
        more.put("fc9.weight", Tensor.of(new float[4], 2, 2));
        says(more, Map.of("output", "classifier.1"), "fc9.weight", "no layer takes");
        assertThrows(ModelException.class, () -> PyTorchWeights.read(file(state()), SPEC, Map.of("fc7", "x")));
    }

    private void says(Map<String, Tensor> state, Map<String, String> modules, String... parts) {
        String message = assertThrows(ModelException.class, () -> PyTorchWeights.read(file(state), SPEC, modules)).getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part) && message.contains("torch.safetensors"), "\"" + message + "\" should contain \"" + part + "\"");
        }
    }

    private static float theirs(int filter, int channel, int row, int column) {
        return ((filter * 2 + channel) * 2 + row) * 2 + column;
    }

    private static Map<String, Tensor> state() {
        float[] count = new float[16];
        for (int i = 0; i < count.length; i++) {
            count[i] = i;
        }
        return new TreeMap<>(Map.of("conv1.weight", Tensor.of(count, 2, 2, 2, 2), "conv1.bias", Tensor.of(new float[2], 2),
                "classifier.1.weight", Tensor.of(Arrays.copyOf(count, 16), 2, 8), "classifier.1.bias", Tensor.of(new float[2], 2)));
    }

    private Path file(Map<String, Tensor> state) {
        Path file = folder.resolve("torch.safetensors");
        SafeTensors.write(file, Map.of(), state);
        return file;
    }
}
