package org.hyperhypo.benchmarks;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.hyperhypo.benchmarks.ScalingBench.Configuration;
import org.hyperhypo.experiments.mpi.LinkProbe;
import org.hyperhypo.experiments.mpi.Reduction;

/// What [ScalingBench] measured, and the model that follows from what one process and the messages alone cost.
record ScalingResult(LinkProbe probe, List<Case> cases) {
    /// All rounds with one mask.
    static final class Case {
        final String name;
        private final int rounds;
        private final Map<Configuration, double[]> seconds = new EnumMap<>(Configuration.class);
        private final Map<Configuration, double[]> exchange = new EnumMap<>(Configuration.class);
        private final Map<Configuration, Long> sent = new EnumMap<>(Configuration.class);
        private long bytes;

        Case(String name, int rounds) {
            this.name = name;
            this.rounds = rounds;
        }

        void add(Configuration c, int round, ScalingSteps.Times times) {
            seconds.computeIfAbsent(c, _ -> new double[rounds])[round] = times.seconds();
            exchange.computeIfAbsent(c, _ -> new double[rounds])[round] = times.exchange();
            sent.put(c, times.sent());
            bytes = Math.max(bytes, times.bytes());
        }

        double seconds(Configuration c) {
            return Statistics.median(seconds.get(c));
        }

        double exchange(Configuration c) {
            return Statistics.median(exchange.get(c));
        }

        long sent(Configuration c) {
            return sent.get(c);
        }

        /// Of the gradient of what learns.
        long bytes() {
            return bytes;
        }

        /// Time of one over time of the other, formed in every round.
        double ratio(Configuration a, Configuration b) {
            return Statistics.medianRatio(seconds.get(a), seconds.get(b));
        }

        ScalingModel.Work work() {
            return ScalingModel.Work.of(Configuration.EIGHTH.batch, seconds(Configuration.EIGHTH), Configuration.HALF.batch, seconds(Configuration.HALF), bytes);
        }
    }

    /// The slope between 16 KiB and 1 MiB: the exchange sends messages of [ScalingModel#SLICE_BYTES] at most.
    ScalingModel.Link link() {
        int few = index(1 << 14);
        int many = index(1 << 20);
        return ScalingModel.Link.of(probe.oneWay()[0], probe.bytes()[few], probe.oneWay()[few], probe.bytes()[many], probe.oneWay()[many]);
    }

    ScalingModel.Memory memory() {
        return new ScalingModel.Memory(probe.copy(), probe.add());
    }

    /// Of this machine.
    ScalingModel model(Case one) {
        return new ScalingModel(one.work(), link(), memory());
    }

    /// Seconds of a step of two processes, from what one process and the messages cost.
    double predicted(Case one, Configuration c) {
        return model(one).step(c.processes, c.batch, c.shards, c.reduction);
    }

    double predictedExchange(Case one, Reduction reduction) {
        return model(one).exchange(ScalingBench.RANKS, ScalingBench.RANKS, reduction);
    }

    private int index(long bytes) {
        for (int i = 0; i < probe.bytes().length; i++) {
            if (probe.bytes()[i] == bytes) {
                return i;
            }
        }
        throw new AssertionError("no message of " + bytes + " bytes was timed");
    }
}
