package org.hyperhypo.benchmarks;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import org.hyperhypo.engine.Examples;
import org.hyperhypo.engine.GradientVector;
import org.hyperhypo.engine.NeuronMask;
import org.hyperhypo.engine.Peers;
import org.hyperhypo.engine.Sgd;
import org.hyperhypo.engine.ShardTree;
import org.hyperhypo.engine.Trainer;

/// Times the steps of [Trainer#train] itself: from the moment at which a step reads its examples to the moment at which the next one does.
///
/// @param problem network, and examples that are read again and again
/// @param steps   that are counted in a run; [#COLD] others come before them
record ScalingSteps(Step problem, NeuronMask mask, int steps) {
    /// In the first step memory is taken, in the second caches are filled.
    private static final int COLD = 2;

    /// @param seconds  of a step, median
    /// @param exchange seconds of a step that went into the exchange of gradients, waiting for others included, median
    /// @param bytes    of the gradient that is exchanged, 0 for one process
    /// @param sent     bytes that this process sends in a step
    record Times(double seconds, double exchange, long bytes, long sent) {
    }

    /// Steps of `batch` examples in `shards` parts; every one of the peers calls this.
    ///
    /// @param counter bytes that this process has sent until now
    Times run(int batch, int shards, Peers peers, LongSupplier counter) {
        int all = COLD + steps;
        Clock clock = new Clock(problem, batch * all);
        Exchanges exchanges = new Exchanges(peers, counter);
        Trainer.Options options = Trainer.Options.of(Sgd.momentum(Step.MOMENTUM), Step.RATE, 1, batch, 1).withShards(shards);
        Trainer.train(problem.network(), mask, clock, null, options, Trainer.Execution.standard().withPeers(exchanges), _ -> clock.end = System.nanoTime());
        int own = batch / shards * (peers.first(peers.rank() + 1, shards) - peers.first(peers.rank(), shards));
        double[] seconds = new double[steps];
        double[] exchanged = new double[steps];
        for (int i = 0; i < steps; i++) {
            seconds[i] = 1e-9 * (clock.start(own, steps - 1 - i) - clock.start(own, steps - i));
            exchanged[i] = 1e-9 * exchanges.nanos[COLD + i];
        }
        return new Times(Statistics.median(seconds), Statistics.median(exchanged), exchanges.bytes, exchanges.sent);
    }

    /// Examples that note when they are asked for.
    private static final class Clock implements Examples {
        private final Step problem;
        private final Examples examples;
        private final int size;
        private long[] asked = new long[1 << 10];
        private int count;
        private long end;

        Clock(Step problem, int size) {
            this.problem = problem;
            this.examples = Examples.of(problem.inputs(), problem.labels(), problem.spec().input().size());
            this.size = size;
        }

        /// When the step began after which `later` others came, of `own` examples each; 0 others: when the last of all ended.
        long start(int own, int later) {
            return later == 0 ? end : asked[count - own * later];
        }

        @Override
        public int size() {
            return size;
        }

        @Override
        public int inputSize() {
            return examples.inputSize();
        }

        @Override
        public void fill(int[] index, int from, int many, float[] x, int[] labels) {
            int[] within = new int[many];
            for (int i = 0; i < many; i++) {
                within[i] = index[from + i] % problem.batch();
            }
            examples.fill(within, 0, many, x, labels);
        }

        @Override
        public float weight(int example) {
            if (count == asked.length) {
                asked = Arrays.copyOf(asked, 2 * count);
            }
            asked[count++] = System.nanoTime();
            return 1f;
        }
    }

    /// Peers that note how long sums of gradients take.
    private static final class Exchanges implements Peers {
        private final Peers peers;
        private final long[] nanos = new long[1 << 10];
        private int count;
        private final LongSupplier counter;
        private long bytes;
        private long sent;

        Exchanges(Peers peers, LongSupplier counter) {
            this.peers = peers;
            this.counter = counter;
        }

        @Override
        public int rank() {
            return peers.rank();
        }

        @Override
        public int size() {
            return peers.size();
        }

        @Override
        public void total(List<ShardTree.Node<GradientVector>> own, GradientVector total, int shards) {
            long before = counter.getAsLong();
            long start = System.nanoTime();
            peers.total(own, total, shards);
            nanos[count++] = System.nanoTime() - start;
            bytes = total.size() * Float.BYTES;
            sent = counter.getAsLong() - before;
        }

        @Override
        public void merge(double[] numbers) {
            peers.merge(numbers);
        }

        @Override
        public void gather(MemorySegment items, int bytes) {
            peers.gather(items, bytes);
        }
    }
}
