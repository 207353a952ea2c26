package org.hyperhypo.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Training: forward, backward, step, for as many batches as there are. The mask says which neurons learn; all others keep their bits.
///
/// The result depends on the network, mask, examples and options alone: same bits on every run and machine.
public final class Trainer {
    private Trainer() {
    }

    /// @param rate                   learning rate of the first epoch; `schedule` says how it goes on
    /// @param seed                   decides the order of the examples and what dropout drops
    /// @param loss                   what is made small; reports give its mean
    /// @param learning               weights and biases, or gates alone (LHUC)
    /// @param shareOfExamplesPerEpoch examples that one epoch takes, as a share of all; the next epoch goes on where it stopped
    public record Options(Optimizer optimizer, double rate, Schedule schedule, int epochs, int batch, long seed, double shareOfExamplesPerEpoch,
                          Loss loss, Learning learning) {
        public Options(Optimizer optimizer, double rate, Schedule schedule, int epochs, int batch, long seed, double shareOfExamplesPerEpoch) {
            this(optimizer, rate, schedule, epochs, batch, seed, shareOfExamplesPerEpoch, Loss.crossEntropy(), Learning.WEIGHTS);
        }

        public Options {
            if (!(rate >= 0 && rate < Double.POSITIVE_INFINITY) || epochs < 0 || batch < 1 || !(shareOfExamplesPerEpoch > 0 && shareOfExamplesPerEpoch <= 1)) {
                throw new ModelException("training options: rate " + rate + ", epochs " + epochs + ", batch " + batch + ", share of examples "
                        + shareOfExamplesPerEpoch + "; need a finite rate and epochs of at least 0, batch of at least 1, share in (0, 1]");
            }
        }

        public static Options of(Optimizer optimizer, double rate, int epochs, int batch, long seed) {
            return new Options(optimizer, rate, Schedule.constant(), epochs, batch, seed, 1);
        }

        public Options withSchedule(Schedule next) {
            return new Options(optimizer, rate, next, epochs, batch, seed, shareOfExamplesPerEpoch, loss, learning);
        }

        public Options withShareOfExamplesPerEpoch(double share) {
            return new Options(optimizer, rate, schedule, epochs, batch, seed, share, loss, learning);
        }

        public Options withLoss(Loss next) {
            return new Options(optimizer, rate, schedule, epochs, batch, seed, shareOfExamplesPerEpoch, next, learning);
        }

        public Options withLearning(Learning next) {
            return new Options(optimizer, rate, schedule, epochs, batch, seed, shareOfExamplesPerEpoch, loss, next);
        }
    }

    /// Trains `net` in place and returns one report per epoch. `heldOut` may be null. Nobody else may change the network meanwhile.
    public static List<EpochReport> train(Network net, NeuronMask mask, Examples train, Examples heldOut, Options options, Consumer<Progress> progress) {
        check(net, train, heldOut, options);
        Workspace w = net.workspace(options.batch).keepPackedWeights();
        OptimizerState state = options.learning == Learning.GATES ? options.optimizer.newGateState(net) : options.optimizer.newState(net);
        Shuffle shuffle = new Shuffle(train.size(), options.seed);
        int[] index = new int[options.batch];
        float[] x = new float[Math.multiplyExact(options.batch, train.inputSize())];
        Targets targets = Targets.of(new int[options.batch]).weightedBy(new float[options.batch]);
        int perEpoch = (int) Math.max(1, Math.round(options.shareOfExamplesPerEpoch * train.size()));
        int steps = Math.ceilDiv(perEpoch, options.batch);
        List<EpochReport> reports = new ArrayList<>();

        for (int epoch = 1; epoch <= options.epochs; epoch++) {
            long start = System.nanoTime();
            List<EpochReport> before = List.copyOf(reports);
            double rate = options.schedule.rate(options.rate, before, 0);
            double stepRate = rate;
            double lossSum = 0;
            for (int step = 1; step <= steps; step++) {
                int n = Math.min(options.batch, perEpoch - (step - 1) * options.batch);
                shuffle.next(index, n);
                train.fill(index, 0, n, x, targets.labels());
                for (int i = 0; i < n; i++) {
                    targets.weights()[i] = train.weight(index[i]);
                }
                stepRate = options.schedule.rate(options.rate, before, (step - 1.0) / steps);

                net.forwardTraining(x, 0, n, options.seed, (epoch - 1L) * perEpoch + (step - 1L) * options.batch, mask, w);
                double loss = net.backward(options.loss, targets, options.learning, n, mask, w);
                stopUnlessFinite(loss, epoch, step, stepRate);
                options.optimizer.step(net, mask, w, stepRate, state);

                lossSum += loss * n;
                if (step % 50 == 0 || step == steps) {
                    int seen = (step - 1) * options.batch + n;
                    progress.accept(new Progress(epoch, options.epochs, step, steps, stepRate, lossSum / seen));
                }
            }
            Evaluation check = heldOut == null ? new Evaluation(Double.NaN, Double.NaN, 0) : Evaluation.of(net, heldOut, w);
            reports.add(new EpochReport(epoch, rate, lossSum / perEpoch, check.loss(), check.accuracy(), steps, perEpoch, (System.nanoTime() - start) / 1e9));
        }
        return List.copyOf(reports);
    }

    private static void stopUnlessFinite(double loss, int epoch, int step, double rate) {
        if (!Double.isFinite(loss)) {
            throw new ModelException("training stopped: loss is " + loss + " at step " + step + " of epoch " + epoch + " (rate " + rate
                    + "), before the network was changed by it; use a smaller rate, or look for NaN in the examples");
        }
    }

    private static void check(Network net, Examples train, Examples heldOut, Options options) {
        int size = net.spec().input().size();
        if (train.size() == 0) {
            throw new ModelException("training: there are no examples");
        }
        if (train.inputSize() != size || (heldOut != null && heldOut.inputSize() != size)) {
            throw new ModelException("training: examples have " + train.inputSize() + " input numbers" + (heldOut == null ? "" : ", held-out "
                    + heldOut.inputSize()) + ", the network reads " + net.spec().input() + " = " + size);
        }
        if (options.schedule.needsHeldOut() && heldOut == null) {
            throw new ModelException("training: the schedule halves on held-out loss, but there are no held-out examples; pass some or use Schedule.halvingFrom");
        }
    }
}
