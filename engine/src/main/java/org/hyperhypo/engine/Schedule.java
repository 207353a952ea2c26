package org.hyperhypo.engine;

import java.util.List;

/// The learning rate of each epoch.
public sealed interface Schedule {
    /// Rate of the epoch after those in `before`.
    double rate(double first, List<EpochReport> before);

    static Schedule constant() {
        return new Constant();
    }

    /// The first rate before epoch `epoch` (counted from 1); half the previous rate in it and in every later one.
    static Schedule halvingFrom(int epoch) {
        return new HalvingFrom(epoch);
    }

    /// Half the previous rate after every epoch whose held-out loss is not below (1 − `improvement`)·(the best before it).
    static Schedule halvingOnStall(double improvement) {
        return new HalvingOnStall(improvement);
    }

    record Constant() implements Schedule {
        @Override
        public double rate(double first, List<EpochReport> before) {
            return first;
        }
    }

    record HalvingFrom(int epoch) implements Schedule {
        @Override
        public double rate(double first, List<EpochReport> before) {
            int now = before.size() + 1;
            return Math.scalb(first, -Math.max(0, now - epoch + 1));
        }
    }

    record HalvingOnStall(double improvement) implements Schedule {
        @Override
        public double rate(double first, List<EpochReport> before) {
            if (before.size() < 2) {
                return first;
            }
            EpochReport last = before.getLast();
            double best = before.subList(0, before.size() - 1).stream().mapToDouble(EpochReport::heldOutLoss).min().orElseThrow();
            return last.heldOutLoss() < (1 - improvement) * best ? last.rate() : last.rate() / 2;
        }
    }
}
