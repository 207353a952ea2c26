package org.hyperhypo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// One process or several: the same network, whatever learns in whatever way.
class PeersTest {
    private static final NetworkSpec SPEC = Nets.tfcnn();
    private static final NetworkSpec DROPPING = NetworkSpec.input(1, 6, 5).conv(3, 2, 2).leakyRelu(0.1f).dropout(0.2f).dense(9).sigmoid().dropout(0.3f)
            .dense(7).tanh().dense(4).softmax();
    private static final Trainer.Options PLAIN = Trainer.Options.of(Sgd.momentum(0.9), 0.05, 2, 16, 5).withShards(4);

    @TempDir
    Path folder;

    /// One way to train: 53 examples, so that the last batch of 5 has a shard of one example, and of none with 8 shards.
    record Case(String name, NetworkSpec spec, NeuronMask mask, Trainer.Options options) {
        Result run(Peers peers, Trainer.Execution execution) {
            return run(peers, execution, examples(spec));
        }

        Result run(Peers peers, Trainer.Execution execution, Examples examples) {
            Network net = Nets.random(spec, 1, true);
            return new Result(Trainer.train(net, mask, examples, Nets.examples(spec, 21, 2), options, execution.withPeers(peers), _ -> { }), net.hash());
        }

        Result alone() {
            return run(Peers.NONE, Trainer.Execution.standard());
        }

        @Override
        public String toString() {
            return name + ", " + options.shards() + " shards";
        }
    }

    record Result(List<EpochReport> reports, String hash) {
        Result {
            reports = reports.stream().map(r -> new EpochReport(r.epoch(), r.rate(), r.trainLoss(), r.heldOutLoss(), r.heldOutAccuracy(), r.steps(), r.examples(), 0))
                    .toList();
        }
    }

    /// Weights 0, 1 and 2, and some examples without a label.
    private static Examples examples(NetworkSpec spec) {
        float[] x = Nets.inputs(spec, 53, 1);
        int[] labels = Nets.labels(spec, 53, 1);
        labels[7] = -1;
        labels[50] = -1;
        return weighted(Examples.of(x, labels, spec.input().size()));
    }

    private static Examples weighted(Examples examples) {
        return new Watched(examples) {
            @Override
            public float weight(int example) {
                return example % 3;
            }
        };
    }

    /// Examples of which one thing is different.
    private static class Watched implements Examples {
        private final Examples examples;

        Watched(Examples examples) {
            this.examples = examples;
        }

        @Override
        public int size() {
            return examples.size();
        }

        @Override
        public int inputSize() {
            return examples.inputSize();
        }

        @Override
        public void fill(int[] index, int from, int count, float[] x, int[] labels) {
            examples.fill(index, from, count, x, labels);
        }

        @Override
        public float weight(int example) {
            return examples.weight(example);
        }
    }

    static Stream<Case> cases() {
        NeuronMask all = NeuronMask.all(SPEC);
        NeuronMask some = Nets.mask(SPEC, 0.4, 3);
        NeuronMask top = Nets.mask(SPEC, 0.5, 3, "fc2", "output");
        Trainer.Options adam = Trainer.Options.of(Adam.w(0.01).clippedToNorm(1), 0.01, 2, 16, 5).withShards(4);
        return Stream.of(
                new Case("momentum", SPEC, all, PLAIN),
                new Case("momentum", SPEC, all, PLAIN.withShards(8)),
                new Case("a mask", SPEC, some, PLAIN),
                new Case("Adam, a mask", SPEC, some, adam.withSchedule(Schedule.halvingOnStall(0.5))),
                new Case("KLD", SPEC, all, adam.withLoss(new KldRegularised(Nets.random(SPEC, 1, true), 0.4))),
                new Case("comparative loss", SPEC, some, adam.withLoss(new Comparative(2, 0.2, 1))),
                new Case("gates", SPEC, some, adam.withLoss(new Entropy()).withLearning(Learning.GATES)),
                new Case("gates", SPEC, all, PLAIN.withShards(8).withLearning(Learning.GATES)),
                new Case("dropout", DROPPING, NeuronMask.all(DROPPING), adam.withShards(8)),
                new Case("a frozen prefix", SPEC, top, PLAIN),
                new Case("a frozen prefix, KLD", SPEC, top, adam.withLoss(new KldRegularised(Nets.random(SPEC, 1, true), 0.4))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anyNumberOfProcessesGivesTheSameNetworkAndReports(Case c) {
        Result one = c.alone();
        assertNotEquals(Nets.random(c.spec, 1, true).hash(), one.hash, "something was learned");
        for (int size = 2; size <= 4; size++) {
            for (Result other : ThreadPeers.run(size, peers -> c.run(peers, Trainer.Execution.standard().withThreads(1 + peers.rank() % 2)))) {
                assertEquals(one, other, size + " processes");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shardsChangeTheRoundingAndNothingElse(Case c) {
        if (c.options.loss() instanceof Comparative) {
            return;                                                      // draws for each shard
        }
        Network whole = Nets.random(c.spec, 1, true);
        Network sharded = whole.copy();
        Trainer.Options options = new Trainer.Options(Sgd.plain(), 0.05, Schedule.constant(), 1, 53, 5, 1, c.options.loss(), c.options.learning(), 1);
        double loss = Trainer.train(whole, c.mask, examples(c.spec), null, options, _ -> { }).getFirst().trainLoss();
        double again = Trainer.train(sharded, c.mask, examples(c.spec), null, options.withShards(c.options.shards()), _ -> { }).getFirst().trainLoss();
        assertEquals(loss, again, 1e-6 * Math.abs(loss));
        double largest = 0;
        for (String name : whole.tensorNames()) {
            for (int i = 0; i < whole.tensor(name).length; i++) {
                assertEquals(whole.tensor(name)[i], sharded.tensor(name)[i], 2e-6, name + "[" + i + "]: one step of one batch");
                largest = Math.max(largest, Math.abs(whole.tensor(name)[i] - Nets.random(c.spec, 1, true).tensor(name)[i]));
            }
        }
        assertTrue(largest > 1e-4, "a step was made: " + largest);
    }

    @Test
    void aKeptPrefixIsNotNoticed() {
        Case c = cases().filter(one -> one.name.equals("a frozen prefix")).findFirst().orElseThrow();
        Result kept = c.alone();
        for (Result other : ThreadPeers.run(3, peers -> c.run(peers, Trainer.Execution.standard().withKeptBytes(peers.rank() == 1 ? 0 : 1 << 20)))) {
            assertEquals(kept, other, "one process may keep nothing, so none does");
        }
    }

    @Test
    void aRunGoesOnWithAnotherNumberOfProcesses() {
        Case c = new Case("resumed", SPEC, NeuronMask.all(SPEC), Trainer.Options.of(Adam.w(0.01), 0.01, 3, 16, 5).withShards(4));
        Result whole = c.alone();
        for (int[] sizes : new int[][] {{3, 2, 1}, {1, 4, 3}, {2, 1, 4}}) {
            Path place = folder.resolve(sizes[0] + "-" + sizes[1]);
            Trainer.Execution execution = Trainer.Execution.standard().withCheckpoints(place, 2);
            for (int size : new int[] {sizes[0], sizes[1]}) {
                assertThrows(Stopped.class, () -> ThreadPeers.run(size, peers -> c.run(peers, execution, stopping(examples(SPEC), peers))));
                assertTrue(Files.exists(place.resolve("checkpoint.safetensors")));
            }
            for (Result other : ThreadPeers.run(sizes[2], peers -> c.run(peers, execution))) {
                assertEquals(whole, other, sizes[0] + ", " + sizes[1] + ", " + sizes[2] + " processes");
            }
        }
    }

    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /// The last process is lost after about three steps.
    private static Examples stopping(Examples examples, Peers peers) {
        int[] fills = {3 + 3 * (peers.first(peers.rank() + 1, 4) - peers.first(peers.rank(), 4))};
        return new Watched(examples) {
            @Override
            public void fill(int[] index, int from, int count, float[] x, int[] labels) {
                if (peers.rank() == peers.size() - 1 && --fills[0] < 0) {
                    throw new Stopped();
                }
                super.fill(index, from, count, x, labels);
            }
        };
    }

    @Test
    void nanStopsAllProcessesInTheSameStep() {
        float[] x = Nets.inputs(SPEC, 40, 1);
        x[39 * SPEC.input().size()] = Float.NaN;
        Examples examples = Examples.of(x, Nets.labels(SPEC, 40, 1), SPEC.input().size());
        List<String> messages = ThreadPeers.run(3, peers -> {
            Network net = Nets.random(SPEC, 1, false);
            String message = assertThrows(ModelException.class, () -> Trainer.train(net, NeuronMask.all(SPEC), examples, null, PLAIN,
                    Trainer.Execution.standard().withPeers(peers), _ -> { })).getMessage();
            assertTrue(Float.isFinite(net.tensor("fc1.weight")[0]), "the bad step was not taken");
            return message;
        });
        assertTrue(messages.getFirst().contains("epoch 1"), messages.getFirst());
        assertEquals(1, messages.stream().distinct().count(), messages.toString());
    }

    @Test
    void processesThatDoNotBelongTogetherAreRefused() {
        Case c = new Case("c", SPEC, NeuronMask.all(SPEC), PLAIN);
        for (Case other : List.of(new Case("mask", SPEC, Nets.mask(SPEC, 0.4, 3), PLAIN), new Case("seed", SPEC, c.mask, PLAIN.withShards(8)))) {
            String message = refused(2, peers -> (peers.rank() == 0 ? c : other).run(peers, Trainer.Execution.standard()));
            assertTrue(message.contains("process 1 of 2 begins another run"), message);
        }
        Trainer.Execution checkpoints = Trainer.Execution.standard().withCheckpoints(folder, 1);
        c.run(Peers.NONE, checkpoints);
        String message = refused(2, peers -> c.run(peers, peers.rank() == 0 ? checkpoints : Trainer.Execution.standard()));
        assertTrue(message.contains("process 1 of 2 has another network than process 0, or is at another step") && message.contains("checkpoints"), message);
    }

    @Test
    void whatCannotBeCutIsRefused() {
        assertTrue(refused(3, peers -> new Case("c", SPEC, NeuronMask.all(SPEC), PLAIN.withShards(2)).run(peers, Trainer.Execution.standard()))
                .contains("3 processes, but batches of 2 shards"));
        NetworkSpec spec = Nets.normalised();
        Case normalised = new Case("c", spec, NeuronMask.all(spec), PLAIN);
        assertTrue(assertThrows(ModelException.class, normalised::alone).getMessage().contains("measure whole batches"));
        Case dense = new Case("c", spec, Nets.mask(spec, 0.5, 1, "fc2", "fc3"), PLAIN);
        Result one = dense.alone();
        assertEquals(one, ThreadPeers.run(2, peers -> dense.run(peers, Trainer.Execution.standard())).getLast(), "frozen normalisation is no hindrance");
        assertThrows(ModelException.class, () -> PLAIN.withShards(3));
        assertThrows(ModelException.class, () -> PLAIN.withShards(32));
    }

    private static String refused(int size, java.util.function.Function<Peers, Result> program) {
        return assertThrows(ModelException.class, () -> ThreadPeers.run(size, program)).getMessage();
    }
}
