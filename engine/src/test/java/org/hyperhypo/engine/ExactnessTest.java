package org.hyperhypo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the README promises, for networks, masks, optimizers, losses and options drawn at random.
class ExactnessTest {
    private static final List<Optimizer> OPTIMIZERS = FreezingTest.optimizers().toList();

    @TempDir
    Path folder;

    static LongStream seeds() {
        long first = System.nanoTime() & 0xffff;
        return LongStream.range(first, first + 25);
    }

    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static final List<Learning> LEARNING = List.of(Learning.WEIGHTS, Learning.WEIGHTS, Learning.GATES, Learning.GATES_AND_BIASES);

    @ParameterizedTest
    @MethodSource("seeds")
    void howATrainingRunIsExecutedChangesNoBit(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        NetworkSpec spec = Nets.anySpec(seed);
        NeuronMask mask = mask(spec, random);
        Optimizer optimizer = FreezingTest.fitting(OPTIMIZERS.get(random.nextInt(OPTIMIZERS.size())), spec, seed);
        Loss[] losses = {Loss.crossEntropy(), new Entropy(), new KldRegularised(Nets.random(spec, seed + 1, true), 0.3), new Comparative(1, 0.3, 1)};
        Trainer.Options options = new Trainer.Options(optimizer, 0.01, Schedule.warmUp(1.5, 0.1, Schedule.halvingFrom(2)), 1 + random.nextInt(4),
                2 + random.nextInt(20), seed, random.nextDouble(0.2, 1)).withLoss(losses[random.nextInt(losses.length)])
                .withLearning(LEARNING.get(random.nextInt(LEARNING.size())));
        String what = "seed " + seed + ": " + spec.toJson() + " " + mask + " " + options;
        Trainer.Execution one = Trainer.Execution.standard();
        Network start = Nets.random(spec, seed, random.nextBoolean());

        Network plain = start.copy();
        train(plain, mask, options, one.withKeptBytes(0));
        frozenRowsAreAsTheyWere(start, plain, mask, what);
        for (Trainer.Execution other : List.of(one, one.withThreads(1 + random.nextInt(8)), one.withCheckpoints(folder.resolve("all"), 1))) {
            Network net = start.copy();
            train(net, mask, options, other);
            assertEquals(plain.hash(), net.hash(), () -> other + ", " + what);
        }
        Trainer.Execution kept = one.withKeptBytes(random.nextBoolean() ? 0 : 1 << 20).withCheckpoints(folder.resolve("stopped"), 1 + random.nextInt(3));
        int stop = 1 + random.nextInt(options.epochs());
        Network stopped = start.copy();
        assertThrows(Stopped.class, () -> Trainer.train(stopped, mask, Nets.examples(spec, 30, seed), null, options, kept, progress -> {
            if (progress.epoch() == stop) {
                throw new Stopped();
            }
        }));
        Network resumed = start.copy();
        train(resumed, mask, options, kept.withThreads(2));
        assertEquals(plain.hash(), resumed.hash(), "stopped in epoch " + stop + ", " + what);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void gradientsOfAMaskAreThoseOfTheWholeNetwork(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        NetworkSpec spec = Nets.anySpec(seed);
        NeuronMask mask = mask(spec, random);
        Network net = Nets.random(spec, seed, true);
        int n = 1 + random.nextInt(9);
        Workspace whole = net.workspace(n);
        Workspace some = net.workspace(n);
        double[] losses = new double[2];
        for (Workspace w : List.of(whole, some)) {
            net.forward(Nets.inputs(spec, n, seed), 0, n, w);
            losses[w == whole ? 0 : 1] = net.backward(Nets.labels(spec, n, seed), n, w == whole ? NeuronMask.all(spec) : mask, w);
        }
        assertEquals(losses[0], losses[1]);
        for (NeuronLayer layer : spec.neuronLayers()) {
            for (int row : mask.rows(layer.name())) {
                int from = row * layer.inputs();
                int to = from + layer.inputs();
                assertTrue(Arrays.equals(whole.weightGradient(layer.name()), from, to, some.weightGradient(layer.name()), from, to)
                        && whole.biasGradient(layer.name())[row] == some.biasGradient(layer.name())[row], layer.name() + " row " + row + ", seed " + seed);
            }
        }
    }

    private static void train(Network net, NeuronMask mask, Trainer.Options options, Trainer.Execution execution) {
        Trainer.train(net, mask, Nets.examples(net.spec(), 30, options.seed()), null, options, execution, _ -> { });
    }

    private static void frozenRowsAreAsTheyWere(Network before, Network after, NeuronMask mask, String what) {
        for (NeuronLayer layer : before.spec().neuronLayers()) {
            for (int row = 0; row < layer.neurons(); row++) {
                int from = row * layer.inputs();
                if (!mask.contains(layer.name(), row)) {
                    assertTrue(Arrays.equals(before.tensor(layer.weight()), from, from + layer.inputs(), after.tensor(layer.weight()), from, from + layer.inputs())
                            && before.tensor(layer.bias())[row] == after.tensor(layer.bias())[row], layer.name() + " row " + row + " is frozen, " + what);
                }
            }
        }
    }

    private static NeuronMask mask(NetworkSpec spec, SplittableRandom random) {
        List<String> layers = new ArrayList<>(spec.neuronLayers().stream().map(NeuronLayer::name).toList());
        int first = random.nextInt(layers.size());
        return Nets.mask(spec, random.nextDouble(), random.nextLong(1000), layers.subList(first, layers.size()).toArray(String[]::new));
    }
}
