package org.hyperhypo.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hyperhypo.kernels.Kernels;
import org.junit.jupiter.api.Test;

class TrainerTest {
    private static final NetworkSpec SPEC = Nets.tfcnn();
    private static final Trainer.Options OPTIONS = Trainer.Options.of(Sgd.momentum(0.9), 0.05, 3, 16, 5);

    @Test
    void trainingLowersTheLossAndGivesTheSameBitsAgain() {
        Network a = Nets.random(SPEC, 1, false);
        Network b = a.copy();
        List<EpochReport> reports = train(a, NeuronMask.all(SPEC), OPTIONS);
        train(b, NeuronMask.all(SPEC), OPTIONS);
        assertEquals(a.hash(), b.hash());
        assertEquals(3, reports.size());
        assertTrue(reports.get(2).trainLoss() < reports.get(0).trainLoss());
        Evaluation held = Evaluation.of(a, Nets.examples(SPEC, 37, 2), a.workspace(8));
        assertEquals(held.loss(), reports.get(2).heldOutLoss(), 1e-6);
        assertEquals(held.accuracy(), reports.get(2).heldOutAccuracy());
        Network c = Nets.random(SPEC, 1, false);
        train(c, NeuronMask.all(SPEC), Trainer.Options.of(Sgd.momentum(0.9), 0.05, 3, 16, 6));
        assertNotEquals(a.hash(), c.hash(), "another seed, another order");
    }

    @Test
    void trainingAboveAKeptPrefixGivesTheSameBits() {
        NeuronMask mask = Nets.mask(SPEC, 0.5, 3, "fc2", "fc3");
        Network whole = Nets.random(SPEC, 1, true);
        Network split = whole.copy();
        train(whole, mask, OPTIONS);
        String layer = FrozenPrefix.cut(SPEC, mask).orElseThrow();
        assertEquals("fc2", layer);
        Examples kept = FrozenPrefix.outputs(split.below(layer), Nets.examples(SPEC, 100, 1), 7);
        Trainer.train(split.from(layer), mask.within(SPEC.from(layer)), kept, null, OPTIONS, _ -> { });
        assertEquals(whole.hash(), split.hash());
        assertTrue(FrozenPrefix.cut(SPEC, NeuronMask.all(SPEC)).isEmpty());
        assertTrue(FrozenPrefix.cut(SPEC, NeuronMask.layers(SPEC, "conv2")).isEmpty());
    }

    @Test
    void theSharesOfSuccessiveEpochsCoverEveryExampleEquallyOften() {
        int[] seen = new int[100];
        Examples examples = new Examples() {
            @Override
            public int size() {
                return 100;
            }

            @Override
            public int inputSize() {
                return SPEC.input().size();
            }

            @Override
            public void fill(int[] index, int from, int count, float[] x, int[] labels) {
                for (int i = 0; i < count; i++) {
                    seen[index[from + i]]++;
                    labels[i] = 0;
                }
            }
        };
        Network net = Nets.random(SPEC, 1, false);
        List<Progress> progress = new ArrayList<>();
        List<EpochReport> reports = Trainer.train(net, NeuronMask.none(SPEC), examples, null,
                new Trainer.Options(Sgd.plain(), 0.1, Schedule.constant(), 8, 16, 3, 0.25), progress::add);
        int[] twice = new int[100];
        Arrays.fill(twice, 2);
        assertArrayEquals(twice, seen, "8 epochs of a quarter");
        assertEquals(25, reports.getFirst().examples());
        assertEquals(2, reports.getFirst().steps());
        assertTrue(Double.isNaN(reports.getFirst().heldOutLoss()));
        assertEquals(8, progress.size());
    }

    @Test
    void schedulesHalveWhenTheySay() {
        assertEquals(List.of(0.4, 0.4, 0.2, 0.1), rates(Schedule.halvingFrom(3), 5, 5, 5, 5));
        assertEquals(List.of(0.4, 0.4, 0.4, 0.4), rates(Schedule.constant(), 5, 5, 5, 5));
        assertEquals(List.of(0.4, 0.4, 0.4, 0.2, 0.2, 0.1), rates(Schedule.halvingOnStall(0.01), 5, 4, 3.99, 3, 3.5, 3.6));
        assertEquals(List.of(0.4, 0.25, 0.1, 0.1), rates(Schedule.cosine(2, 0.25), 5, 5, 5, 5).stream().map(TrainerTest::rounded).toList());
        assertEquals(List.of(0.1, 0.25, 0.2, 0.1), rates(Schedule.warmUp(2, 0.25, Schedule.halvingFrom(3)), 5, 5, 5, 5).stream().map(TrainerTest::rounded).toList());
        assertEquals(0.4 * 0.625, Schedule.warmUp(1, 0.25, Schedule.constant()).rate(0.4, List.of(), 0.5), 1e-12, "half an epoch is half the way");
        assertTrue(Schedule.warmUp(1, 0, Schedule.halvingOnStall(0)).needsHeldOut());
        assertThrows(ModelException.class, () -> Schedule.cosine(0, 0));
        assertThrows(ModelException.class, () -> Schedule.warmUp(1, 2, Schedule.constant()));
    }

    @Test
    void anInfiniteLossStopsTheRunAndSaysWhere() {
        Network net = Nets.random(SPEC, 1, false);
        float[] x = Nets.inputs(SPEC, 40, 1);
        x[39 * SPEC.input().size()] = Float.NaN;
        Examples examples = Examples.of(x, Nets.labels(SPEC, 40, 1), SPEC.input().size());
        ModelException error = assertThrows(ModelException.class, () -> Trainer.train(net, NeuronMask.all(SPEC), examples, null,
                Trainer.Options.of(Adam.standard(), 0.001, 2, 40, 1), _ -> { }));
        assertTrue(error.getMessage().contains("step 1 of epoch 1") && error.getMessage().contains("NaN"), error.getMessage());
        assertEquals(Nets.random(SPEC, 1, false).hash(), net.hash(), "the bad step was not taken");
    }

    @Test
    void optionsAndExamplesThatDoNotFitAreRefused() {
        Network net = Nets.random(SPEC, 1, false);
        Examples wrong = Examples.of(new float[6], new int[2], 3);
        assertThrows(ModelException.class, () -> Trainer.train(net, NeuronMask.all(SPEC), wrong, null, OPTIONS, _ -> { }));
        assertThrows(ModelException.class, () -> Trainer.train(net, NeuronMask.all(SPEC), Nets.examples(SPEC, 9, 1), null,
                OPTIONS.withSchedule(Schedule.halvingOnStall(0)), _ -> { }));
        assertThrows(ModelException.class, () -> OPTIONS.withShareOfExamplesPerEpoch(0));
        assertThrows(ModelException.class, () -> new Sgd(1, false, 0));
        assertThrows(ModelException.class, () -> new Sgd(0, true, 0));
    }

    @Test
    void addingALayerDoesNotChangeHowOthersStart() {
        NetworkSpec deeper = NetworkSpec.tfcnn(new Shape(1, 12, 7), 5, 4, 2, 3, 3, 2, 4, 13, new org.hyperhypo.kernels.Activation.Sigmoid(), 6);
        Network a = Network.initialised(SPEC, 7);
        Network b = Network.initialised(deeper, 7);
        for (String name : a.tensorNames()) {
            assertArrayEquals(a.tensor(name), b.tensor(name), name);
        }
        float limit = (float) Math.sqrt(6.0 / 26);
        double largest = 0;
        for (float weight : Network.initialised(SPEC, new Initialisation(1, 2, 1), 7).tensor("fc2.weight")) {
            largest = Math.max(largest, Math.abs(weight));
        }
        assertTrue(largest <= 2 * limit && largest > 1.9 * limit, "gain 2: U(−a, a), a = 2·√(6/26)");
    }

    @Test
    void bothKernelsTrainToTheSameBits() {
        Kernels vector = Kernels.vector().orElse(null);
        System.out.println("same bits with scalar kernels and " + (vector == null ? "nothing else: no vector kernels here" : vector.name()));
        if (vector == null) {
            return;
        }
        String[] hashes = new String[2];
        for (int i = 0; i < 2; i++) {
            Network net = Nets.random(Nets.normalised(), 4, true);
            NetworkSpec spec = net.spec();
            Loss[] losses = {Loss.crossEntropy(), new KldRegularised(net.copy(), 0.4), new Entropy(), new Comparative(2, 0.3, 1)};
            Workspace w = net.workspace(19, i == 0 ? vector : Kernels.scalar());
            Optimizer adam = Adam.w(0.01).clippedToNorm(0.5);
            OptimizerState state = adam.newState(net);
            for (int step = 0; step < 20; step++) {
                net.forwardTraining(Nets.inputs(spec, 19, step), 0, 19, 7, 19L * step, Nets.mask(spec, 0.7, step % 3), w);
                net.backward(losses[step % 4], Targets.of(Nets.labels(spec, 19, step)), 19, Nets.mask(spec, 0.7, step % 3), w);
                adam.step(net, Nets.mask(spec, 0.7, step % 3), w, 0.01, state);
            }
            hashes[i] = net.hash();
        }
        assertEquals(hashes[0], hashes[1]);
    }

    private static List<EpochReport> train(Network net, NeuronMask mask, Trainer.Options options) {
        return Trainer.train(net, mask, Nets.examples(SPEC, 100, 1), Nets.examples(SPEC, 37, 2), options, _ -> { });
    }

    @Test
    void anExampleOfWeightZeroDoesNotCountWithOrWithoutAKeptPrefix() {
        float[] weights = new float[40];
        Arrays.fill(weights, 0, 20, 2f);
        Examples weighted = Examples.of(Nets.inputs(SPEC, 40, 1), Nets.labels(SPEC, 40, 1), weights, SPEC.input().size());
        int[] labels = Nets.labels(SPEC, 40, 1);
        Arrays.fill(labels, 20, 40, -1);
        Examples unlabelled = Examples.of(Nets.inputs(SPEC, 40, 1), labels, SPEC.input().size());
        NeuronMask mask = NeuronMask.layers(SPEC, "fc2");
        Network[] nets = new Network[3];
        for (int i = 0; i < 3; i++) {
            nets[i] = Nets.random(SPEC, 1, false);
            Examples examples = i == 0 ? unlabelled : weighted;
            Network part = i == 2 ? nets[i].from("fc2") : nets[i];
            Examples read = i == 2 ? FrozenPrefix.outputs(nets[i].below("fc2"), examples, 16) : examples;
            Trainer.train(part, mask.within(part.spec()), read, null, OPTIONS, _ -> { });
        }
        assertEquals(nets[1].hash(), nets[2].hash());
        for (int i = 0; i < nets[0].tensor("fc2.weight").length; i++) {
            assertEquals(nets[0].tensor("fc2.weight")[i], nets[1].tensor("fc2.weight")[i], 1e-5);
        }
    }

    private static double rounded(double rate) {
        return Math.rint(rate * 1e12) / 1e12;
    }

    @Test
    void aKeptPrefixGivesTheSameBitsWithNormalisationAndDropout() {
        NetworkSpec spec = Nets.normalised();
        for (NeuronMask mask : List.of(Nets.mask(spec, 0.5, 3, "fc3", "output"), NeuronMask.layers(spec, "fc2", "bn5"), NeuronMask.layers(spec, "bn5"))) {
            Network whole = Nets.random(spec, 1, true);
            Network split = whole.copy();
            Trainer.train(whole, mask, Nets.examples(spec, 50, 1), null, OPTIONS, _ -> { });
            String layer = FrozenPrefix.cut(spec, mask).orElseThrow();
            assertEquals(mask.count("fc3") > 0 ? "fc3" : "fc2", layer);
            Examples kept = FrozenPrefix.outputs(split.below(layer), Nets.examples(spec, 50, 1), 7);
            Trainer.train(split.from(layer), mask.within(spec.from(layer)), kept, null, OPTIONS, _ -> { });
            assertEquals(whole.hash(), split.hash(), mask.toString());
        }
    }

    @Test
    void anyLossAndGatesAloneCanBeTrained() {
        NetworkSpec spec = Nets.normalised();
        Network start = Nets.random(spec, 1, false);
        for (Loss loss : List.of(Loss.crossEntropy(), new KldRegularised(start.copy(), 0.5), new Entropy(), new Comparative(1, 0.2, 1))) {
            for (Learning what : Learning.values()) {
                Network net = start.copy();
                Trainer.Options options = Trainer.Options.of(Adam.standard(), 0.01, 6, 16, 5).withLoss(loss).withLearning(what);
                List<EpochReport> reports = Trainer.train(net, NeuronMask.all(spec), Nets.examples(spec, 64, 1), null, options, _ -> { });
                assertTrue(reports.getLast().trainLoss() < reports.getFirst().trainLoss(), loss + ", " + what + ": " + reports);
                Network again = start.copy();
                Trainer.train(again, NeuronMask.all(spec), Nets.examples(spec, 64, 1), null, options, _ -> { });
                assertEquals(net.hash(), again.hash());
            }
        }
    }

    private static List<Double> rates(Schedule schedule, double... losses) {
        List<EpochReport> reports = new ArrayList<>();
        for (double loss : losses) {
            double rate = schedule.rate(0.4, reports, 0);
            reports.add(new EpochReport(reports.size() + 1, rate, loss, loss, 0, 1, 1, 0));
        }
        return reports.stream().map(EpochReport::rate).toList();
    }
}
