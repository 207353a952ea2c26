package org.hyperhypo.engine;

import java.util.List;

/// The learning rate as training goes on. `before` holds the epochs that are over, `done` the share of the present one, in [0, 1); with
/// `t = before.size() + done` the epochs so far:
///
/// | schedule | rate |
/// |---|---|
/// | constant | first |
/// | halvingFrom(e) | first·2^−max(0, number of the epoch − e + 1) |
/// | halvingOnStall(i) | first·2^−(number of epochs whose held-out loss is not below (1 − i)·best before) |
/// | cosine(E, floor) | first·(floor + (1 − floor)·(1 + cos(π·min(1, t/E)))/2) |
/// | warmUp(W, from, then) | then's rate·(from + (1 − from)·min(1, t/W)) |
public sealed interface Schedule {
    double rate(double first, List<EpochReport> before, double done);

    static Schedule constant() {
        return new Constant();
    }

    /// The first rate before epoch `epoch` (counted from 1); half the previous rate in it and in every later one.
    static Schedule halvingFrom(int epoch) {
        return new HalvingFrom(epoch);
    }

    /// Half the previous rate after every epoch, from the second on, whose held-out loss is not below (1 − `improvement`)·(the best before it).
    static Schedule halvingOnStall(double improvement) {
        return new HalvingOnStall(improvement);
    }

    /// Half a period of the cosine over `epochs` epochs, from the first rate down to `floor` of it, and there from then on.
    static Schedule cosine(double epochs, double floor) {
        return new Cosine(epochs, floor);
    }

    /// Another schedule, begun gently: over the first `epochs` epochs (fractions allowed) its rate is multiplied by a line from `from` to 1.
    static Schedule warmUp(double epochs, double from, Schedule then) {
        return new WarmUp(epochs, from, then);
    }

    /// Whether the rate depends on held-out losses.
    default boolean needsHeldOut() {
        return this instanceof HalvingOnStall || this instanceof WarmUp w && w.then.needsHeldOut();
    }

    record Constant() implements Schedule {
        @Override
        public double rate(double first, List<EpochReport> before, double done) {
            return first;
        }
    }

    record HalvingFrom(int epoch) implements Schedule {
        @Override
        public double rate(double first, List<EpochReport> before, double done) {
            int now = before.size() + 1;
            return Math.scalb(first, -Math.max(0, now - epoch + 1));
        }
    }

    record HalvingOnStall(double improvement) implements Schedule {
        @Override
        public double rate(double first, List<EpochReport> before, double done) {
            double best = Double.POSITIVE_INFINITY;
            int stalls = 0;
            for (int epoch = 0; epoch < before.size(); epoch++) {
                double loss = before.get(epoch).heldOutLoss();
                stalls += epoch == 0 || loss < (1 - improvement) * best ? 0 : 1;
                best = Math.min(best, loss);
            }
            return Math.scalb(first, -stalls);
        }
    }

    record Cosine(double epochs, double floor) implements Schedule {
        public Cosine {
            if (!(epochs > 0) || !(floor >= 0 && floor <= 1)) {
                throw new ModelException("cosine(" + epochs + " epochs, floor " + floor + "): epochs above 0, floor in [0, 1]");
            }
        }

        @Override
        public double rate(double first, List<EpochReport> before, double done) {
            double t = Math.min(1, (before.size() + done) / epochs);
            return first * (floor + (1 - floor) * (1 + StrictMath.cos(Math.PI * t)) / 2);
        }
    }

    record WarmUp(double epochs, double from, Schedule then) implements Schedule {
        public WarmUp {
            if (!(epochs > 0) || !(from >= 0 && from <= 1)) {
                throw new ModelException("warmUp(" + epochs + " epochs, from " + from + "): epochs above 0, from in [0, 1]");
            }
        }

        @Override
        public double rate(double first, List<EpochReport> before, double done) {
            double t = Math.min(1, (before.size() + done) / epochs);
            return then.rate(first, before, done) * (from + (1 - from) * t);
        }
    }
}
