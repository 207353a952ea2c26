package org.hyperhypo.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WorkspaceTest {
    private static final NetworkSpec SPEC = Nets.tfcnn();

    @Test
    void aTrainingStepAllocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().threadId();
        for (Optimizer optimizer : FreezingTest.optimizers().toList()) {
            for (NeuronMask mask : new NeuronMask[] {NeuronMask.all(SPEC), Nets.mask(SPEC, 0.3, 1), Nets.mask(SPEC, 0.3, 1, "fc2")}) {
                Network net = Nets.random(SPEC, 1, mask.count() % 2 == 0);
                Workspace w = net.workspace(9);
                OptimizerState state = optimizer.newState(net);
                NumericalGuard guard = new NumericalGuard(net, mask, w, null);
                TrainingRun run = new TrainingRun();
                float[] x = Nets.inputs(SPEC, 9, 1);
                int[] labels = Nets.labels(SPEC, 9, 1);
                long least = Long.MAX_VALUE;
                long deadline = System.nanoTime() + 20_000_000_000L;         // interpreted vector code makes boxes: wait for the compiler
                while (least > 0 && System.nanoTime() < deadline) {
                    long before = threads.getThreadAllocatedBytes(self);
                    for (int step = 0; step < 200; step++) {
                        net.forwardTraining(x, 0, 9, 1, 9L * step, mask, w);
                        guard.checkStep(net.backward(labels, 9, mask, w), run);
                        optimizer.step(net, mask, w, 1e-3, state);
                    }
                    least = Math.min(least, threads.getThreadAllocatedBytes(self) - before);
                }
                assertEquals(0, least, "bytes in 200 steps, " + optimizer + ", " + mask + ", kernels " + w.kernelName());
            }
        }
    }

    @Test
    void aStepOfTheTrainerAllocatesNothingEither() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().threadId();
        Examples examples = Nets.examples(SPEC, 1000, 1);
        long[] before = {0};
        long[] least = {Long.MAX_VALUE};
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (least[0] > 100 && System.nanoTime() < deadline) {
            Trainer.train(Nets.random(SPEC, 1, false), NeuronMask.all(SPEC), examples, null, Trainer.Options.of(Sgd.momentum(0.9), 0.01, 2, 2, 1), _ -> {
                least[0] = Math.min(least[0], threads.getThreadAllocatedBytes(self) - before[0]);
                before[0] = threads.getThreadAllocatedBytes(self);
            });
        }
        assertTrue(least[0] <= 100, least[0] + " bytes in 50 steps and one report of progress");
    }

    @Test
    void everyLossAndGateLearningAllocateNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().threadId();
        NetworkSpec spec = Nets.normalised();
        Network net = Nets.random(spec, 1, true);
        Network reference = net.copy();
        NeuronMask mask = Nets.mask(spec, 0.5, 1);
        Targets targets = Targets.of(Nets.labels(spec, 9, 1)).weightedBy(new float[] {1, 2, 1, 1, 0, 1, 1, 1, 3});
        Optimizer optimizer = Adam.w(0.01).withRates(NeuronRates.of(spec).with(mask, 0.5f)).clippedToNorm(1).clippedToValue(0.5);
        Schedule schedule = Schedule.warmUp(2, 0.1, Schedule.cosine(10, 0.01));
        java.util.List<EpochReport> before = java.util.List.of();
        float[] x = Nets.inputs(spec, 9, 1);
        for (Loss loss : new Loss[] {Loss.crossEntropy(), new KldRegularised(reference, 0.5), new Entropy(), new Comparative(2, 0.3, 1)}) {
            for (Learning what : Learning.values()) {
                Workspace w = net.workspace(9);
                OptimizerState state = optimizer.newState(net, what);
                long least = Long.MAX_VALUE;
                long deadline = System.nanoTime() + 20_000_000_000L;
                while (least > 0 && System.nanoTime() < deadline) {
                    long start = threads.getThreadAllocatedBytes(self);
                    for (int step = 0; step < 100; step++) {
                        net.forwardTraining(x, 0, 9, 1, 9L * step, mask, w);
                        net.backward(loss, targets, what, 9, mask, w);
                        optimizer.step(net, mask, w, schedule.rate(1e-4, before, step / 100.0), state);
                    }
                    least = Math.min(least, threads.getThreadAllocatedBytes(self) - start);
                }
                assertEquals(0, least, "bytes in 100 steps, " + loss.getClass().getSimpleName() + ", " + what + ", kernels " + w.kernelName());
            }
        }
    }

    @Test
    void bytesAreCountedAndForwardAloneTakesNoGradients() {
        Network net = Nets.random(SPEC, 1, false);
        Workspace w = net.workspace(9);
        net.forward(Nets.inputs(SPEC, 9, 1), 0, 9, w);
        long forward = w.bytes();
        net.backward(Nets.labels(SPEC, 9, 1), 9, NeuronMask.all(SPEC), w);
        assertTrue(forward > 9 * 4 * 13 * 3 && w.bytes() > forward + 4 * SPEC.parameterCount());
    }

    @Test
    void resultsDoNotDependOnBatchOrPlaceInTheInput() {
        Network net = Nets.random(SPEC, 1, true);
        float[] x = Nets.inputs(SPEC, 9, 1);
        Workspace w = net.workspace(9);
        net.forward(x, 0, 9, w);
        float[] together = w.logits().clone();
        Workspace one = net.workspace(1);
        for (int n = 0; n < 9; n++) {
            net.forward(x, n * SPEC.input().size(), 1, one);
            assertArrayEquals(Arrays.copyOfRange(together, n * 6, n * 6 + 6), Arrays.copyOf(one.logits(), 6));
        }
        net.forward(x, 0, 0, w);
    }

    @Test
    void windowsOfAnUtteranceAreReadInPlace() {
        int frames = 30;
        float[] utterance = Arrays.copyOf(Nets.inputs(SPEC, 5, 2), 12 * frames);      // (band, frame)
        int n = frames - 7 + 1;
        float[] windows = new float[n * 84];
        for (int t = 0; t < n; t++) {
            for (int band = 0; band < 12; band++) {
                System.arraycopy(utterance, band * frames + t, windows, t * 84 + band * 7, 7);
            }
        }
        Network net = Nets.random(SPEC, 1, false);
        Workspace w = net.workspace(n);
        net.forward(windows, 0, n, w);
        float[] copied = w.logits().clone();
        net.forward(utterance, 0, 1, frames, n, w);
        assertArrayEquals(copied, w.logits());
        Network dense = Network.initialised(NetworkSpec.input(1, 12, 7).dense(2).softmax(), 1);
        assertThrows(ModelException.class, () -> dense.forward(utterance, 0, 1, frames, n, dense.workspace(n)));
    }

    @Test
    void wrongUseIsNamed() {
        Network net = Nets.random(SPEC, 1, false);
        Workspace w = net.workspace(4);
        float[] x = Nets.inputs(SPEC, 5, 1);
        assertThrows(ModelException.class, () -> net.forward(x, 0, 5, w));
        assertThrows(ModelException.class, () -> net.forward(x, 90, 4, net.workspace(5).batch() == 5 ? Network.initialised(Nets.everything(), 1).workspace(5) : w));
        assertThrows(ModelException.class, () -> net.forward(x, 1 + 84, 4, w));
        net.forward(x, 0, 4, w);
        assertThrows(ModelException.class, () -> net.backward(new int[] {0, 1, 6, 0}, 4, NeuronMask.all(SPEC), w));
        assertThrows(ModelException.class, () -> net.backward(new int[] {0, 1}, 4, NeuronMask.all(SPEC), w));
        assertThrows(ModelException.class, () -> net.gates("output"));
        assertThrows(ModelException.class, () -> net.tensor("fc9.weight"));
        assertThrows(ModelException.class, () -> net.below("fc2").loss(new int[4], 4, net.below("fc2").workspace(4)));
        assertThrows(ModelException.class, () -> w.activation("fc9"));
    }

    @Test
    void ignoredRowsHaveNoLossAndNoGradient() {
        Network net = Nets.random(SPEC, 1, false);
        Workspace w = net.workspace(4);
        float[] x = Nets.inputs(SPEC, 4, 1);
        net.forward(x, 0, 4, w);
        double loss = net.backward(new int[] {2, -1, 3, -1}, 4, NeuronMask.all(SPEC), w);
        double first = loss(net, x, 0, 2);
        double third = loss(net, x, 2, 3);
        assertEquals((first + third) / 2, loss, 1e-6);
        for (int i = 0; i < 6; i++) {
            assertEquals(0f, w.activationGradient("output")[6 + i]);
        }
        assertEquals(0, net.backward(new int[] {-1, -1, -1, -1}, 4, NeuronMask.all(SPEC), w), "no labels: no loss");
    }

    private static double loss(Network net, float[] x, int sample, int label) {
        Workspace w = net.workspace(1);
        net.forward(x, sample * SPEC.input().size(), 1, w);
        return net.loss(new int[] {label}, 1, w);
    }
}
