package org.hyperhypo.benchmarks;

import org.hyperhypo.experiments.mpi.Reduction;

/// A cluster on paper: the measured work on faster nodes, with the messages of a network in place of those of one machine.
///
/// Assumed, not measured: [#LINK]; nodes [#SPEED] times as fast as one thread here; one process on a node; copying and adding by one thread of it, as here;
/// all pairs of nodes at full speed at once.
record ScalingPlan(ScalingModel model) {
    /// 100 Gbit/s, 2 µs.
    static final ScalingModel.Link LINK = new ScalingModel.Link(2e-6, 8 / 100e9);
    /// 64 cores at 60 %.
    static final double SPEED = 64 * 0.6;
    static final int EXAMPLES = 512;
    static final int BATCH = 32768;
    static final int MOST = 1024;
    private static final double WORTH = 1.5;

    static ScalingPlan of(ScalingResult result, ScalingResult.Case one) {
        return new ScalingPlan(new ScalingModel(one.work().on(SPEED), LINK, result.memory()));
    }

    /// The least power of two that every process gets a shard of.
    static int shards(int nodes) {
        return nodes == 1 ? 1 : 2 * Integer.highestOneBit(nodes - 1);
    }

    /// Seconds of a step with [#EXAMPLES] examples for each node.
    double growing(int nodes, Reduction reduction) {
        return model.step(nodes, EXAMPLES * nodes, shards(nodes), reduction);
    }

    /// Share of the nodes' time that is not lost when the batch grows with the nodes.
    double efficiency(int nodes, Reduction reduction) {
        return growing(1, reduction) / growing(nodes, reduction);
    }

    /// Seconds of a step of [#BATCH] examples, shared by the nodes.
    double shared(int nodes, Reduction reduction) {
        return model.step(nodes, BATCH, shards(nodes), reduction);
    }

    double speedup(int nodes, Reduction reduction) {
        return shared(1, reduction) / shared(nodes, reduction);
    }

    /// The most nodes, a power of two, to which doubling was still worth it: 1.5 times as fast.
    int end(Reduction reduction) {
        int nodes = 1;
        while (nodes < MOST && shared(nodes, reduction) / shared(2 * nodes, reduction) >= WORTH) {
            nodes *= 2;
        }
        return nodes;
    }
}
