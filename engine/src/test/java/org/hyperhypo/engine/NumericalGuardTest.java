package org.hyperhypo.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// NaN and infinity stop a run before they are learned, and the message says where.
class NumericalGuardTest {
    private static final NetworkSpec SPEC = NetworkSpec.input(1, 1, 3).dense(4).sigmoid().dense(3).relu().dense(2).softmax();

    @TempDir
    Path folder;

    private final Network net = Nets.random(SPEC, 3, false);

    @Test
    void aLossThatIsNoNumberStopsBeforeTheStep() {
        float[] x = Nets.inputs(SPEC, 40, 1);
        x[100] = Float.NaN;
        says(x, 0.1, "the loss is NaN at step 1 of epoch 1 (rate 0.1)", "no checkpoint was kept");
        assertEquals(Nets.random(SPEC, 3, false).hash(), net.hash());
    }

    @Test
    void aGradientThatIsNoNumberStopsAlthoughTheLossIsOne() {
        Arrays.fill(net.tensor("fc1.weight"), -0.5f);
        Arrays.fill(net.tensor("fc1.bias"), 1f);
        float[] x = new float[3 * 40];
        x[2] = Float.POSITIVE_INFINITY;                     // fc1 saturates, and its loss is finite
        String before = net.hash();
        says(x, 0.1, "the gradient of fc1.weight, neuron 0, is -Infinity at step 1 of epoch 1");
        assertEquals(before, net.hash(), "the bad step was not taken");
    }

    @Test
    void gradientsOfFrozenNeuronsAreNotLookedAt() {
        Arrays.fill(net.tensor("fc1.weight"), -0.5f);
        float[] x = new float[3 * 40];
        x[2] = Float.POSITIVE_INFINITY;
        Trainer.train(net, NeuronMask.layers(SPEC, "output"), examples(x), null, options(0.1), _ -> { });
    }

    @Test
    void aParameterThatOverflowsStopsTheRunAndTheGoodCheckpointStays() throws IOException {
        Trainer.Execution execution = Trainer.Execution.standard().withCheckpoints(folder, 1);
        float[] x = Nets.inputs(SPEC, 40, 1);
        Trainer.train(net, NeuronMask.all(SPEC), examples(x), null, options(0.1), execution, _ -> { });
        byte[] good = Files.readAllBytes(folder.resolve("checkpoint.safetensors"));
        net.tensor("fc2.weight")[4] = Float.NEGATIVE_INFINITY;
        ModelException error = assertThrows(ModelException.class, () -> Trainer.train(net, NeuronMask.all(SPEC), examples(x), null, options(0.1), _ -> { }));
        assertTrue(error.getMessage().contains("fc2.weight, neuron 1, is -Infinity after step 0 of epoch 1"), error.getMessage());
        Network wild = Nets.random(SPEC, 3, false);
        Path other = folder.resolve("wild");
        error = assertThrows(ModelException.class, () -> Trainer.train(wild, NeuronMask.all(SPEC), examples(x), null,
                new Trainer.Options(new Sgd(0, false, 2), 3e38, Schedule.constant(), 2, 40, 1, 1), execution.withCheckpoints(other, 1), _ -> { }));
        assertTrue(error.getMessage().contains("after step 1 of epoch 1") && error.getMessage().contains("no checkpoint was kept"), error.getMessage());
        assertTrue(Files.notExists(other.resolve("checkpoint.safetensors")), "what is not finite is not kept");
        assertArrayEquals(good, Files.readAllBytes(folder.resolve("checkpoint.safetensors")));
    }

    @Test
    void theMessageNamesTheLastGoodCheckpoint() {
        float[] x = Nets.inputs(SPEC, 40, 1);
        int[] calls = {0};
        Examples turning = new Examples() {
            @Override
            public int size() {
                return 40;
            }

            @Override
            public int inputSize() {
                return 3;
            }

            @Override
            public void fill(int[] index, int from, int count, float[] into, int[] labels) {
                examples(x).fill(index, from, count, into, labels);
                into[0] = calls[0]++ == 8 ? Float.NaN : into[0];             // a call to describe the examples, then seven good steps
            }
        };
        ModelException error = assertThrows(ModelException.class, () -> Trainer.train(net, NeuronMask.all(SPEC), turning, null,
                Trainer.Options.of(Sgd.plain(), 0.1, 3, 10, 1), Trainer.Execution.standard().withCheckpoints(folder, 3), _ -> { }));
        assertTrue(error.getMessage().contains("at step 4 of epoch 2") && error.getMessage().contains("last good checkpoint: ")
                && error.getMessage().contains("checkpoint.safetensors, after step 2 of epoch 2"), error.getMessage());
    }

    @Test
    void oneBadNumberAnywhereIsFound() {
        for (int size = 0; size < 40; size++) {
            float[] x = new float[size + 3];
            Arrays.fill(x, Float.MAX_VALUE);
            x[0] = Float.NaN;
            x[size + 2] = Float.NaN;
            assertTrue(NumericalGuard.finite(x, 2, size), "numbers whose sum overflows, and NaN outside");
            for (int at = 2; at < 2 + size; at++) {
                for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
                    float kept = x[at];
                    x[at] = bad;
                    assertFalse(NumericalGuard.finite(x, 2, size), bad + " at " + at + " of " + size);
                    x[at] = kept;
                }
            }
        }
    }

    private void says(float[] x, double rate, String... parts) {
        String message = assertThrows(ModelException.class, () -> Trainer.train(net, NeuronMask.all(SPEC), examples(x), null, options(rate), _ -> { })).getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), "\"" + message + "\" should contain \"" + part + "\"");
        }
    }

    private static Trainer.Options options(double rate) {
        return Trainer.Options.of(Sgd.plain(), rate, 2, 40, 1);
    }

    private static Examples examples(float[] x) {
        return Examples.of(x, Nets.labels(SPEC, 40, 1), 3);
    }
}
