package org.hyperhypo.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.hyperhypo.kernels.Kernels;

/// Training: forward, backward, step, for as many batches as there are. The mask says which neurons learn; all others keep their bits.
///
/// The result depends on the network, mask, examples and [Options] alone: same bits on every run and machine, however it is executed ([Execution]),
/// and however often it was stopped and resumed.
public final class Trainer {
    private static final int STEPS_BETWEEN_PROGRESS = 50;

    private Trainer() {
    }

    /// @param rate                   learning rate of the first epoch; `schedule` says how it goes on
    /// @param seed                   decides the order of the examples and what dropout drops
    /// @param loss                   what is made small; reports give its mean
    /// @param learning               weights and biases, or gates alone (LHUC)
    /// @param shareOfExamplesPerEpoch examples that one epoch takes, as a share of all; the next epoch goes on where it stopped
    /// @param shards                 parts of each batch whose gradients are added up in the order of [ShardTree], a power of two; at least the number of [Peers].
    ///                               With another number sums round otherwise, and [Comparative] draws for each shard
    public record Options(Optimizer optimizer, double rate, Schedule schedule, int epochs, int batch, long seed, double shareOfExamplesPerEpoch,
                          Loss loss, Learning learning, int shards) {
        public Options(Optimizer optimizer, double rate, Schedule schedule, int epochs, int batch, long seed, double shareOfExamplesPerEpoch) {
            this(optimizer, rate, schedule, epochs, batch, seed, shareOfExamplesPerEpoch, Loss.crossEntropy(), Learning.WEIGHTS, 1);
        }

        public Options {
            if (!(rate >= 0 && rate < Double.POSITIVE_INFINITY) || epochs < 0 || batch < 1 || !(shareOfExamplesPerEpoch > 0 && shareOfExamplesPerEpoch <= 1)) {
                throw new ModelException("training options: rate " + rate + ", epochs " + epochs + ", batch " + batch + ", share of examples "
                        + shareOfExamplesPerEpoch + "; need a finite rate and epochs of at least 0, batch of at least 1, share in (0, 1]");
            }
            if (shards < 1 || Integer.bitCount(shards) != 1 || shards > batch) {
                throw new ModelException("training options: " + shards + " shards of a batch of " + batch + "; need a power of two, at most the batch");
            }
        }

        public static Options of(Optimizer optimizer, double rate, int epochs, int batch, long seed) {
            return new Options(optimizer, rate, Schedule.constant(), epochs, batch, seed, 1);
        }

        public Options withSchedule(Schedule next) {
            return new Options(optimizer, rate, next, epochs, batch, seed, shareOfExamplesPerEpoch, loss, learning, shards);
        }

        public Options withShareOfExamplesPerEpoch(double share) {
            return new Options(optimizer, rate, schedule, epochs, batch, seed, share, loss, learning, shards);
        }

        public Options withLoss(Loss next) {
            return new Options(optimizer, rate, schedule, epochs, batch, seed, shareOfExamplesPerEpoch, next, learning, shards);
        }

        public Options withShards(int next) {
            return new Options(optimizer, rate, schedule, epochs, batch, seed, shareOfExamplesPerEpoch, loss, learning, next);
        }

        public Options withLearning(Learning next) {
            return new Options(optimizer, rate, schedule, epochs, batch, seed, shareOfExamplesPerEpoch, loss, next, shards);
        }
    }

    /// What a run may use. It decides how long the run takes, never its result.
    ///
    /// @param threads     of the kernels, this one included
    /// @param keptBytes   most memory for the outputs of layers that do not learn ([FrozenPrefix]); where they need more, those layers run in every step
    /// @param checkpoints folder for checkpoints, from which the same run goes on if it was stopped; null for none. Remove it when the result is saved
    /// @param everySteps  steps from one checkpoint to the next
    /// @param peers       processes that share the work; all call [#train] with the same arguments, and all end with the same network
    public record Execution(int threads, long keptBytes, Path checkpoints, int everySteps, Peers peers) {
        public Execution {
            if (threads < 1 || keptBytes < 0 || (checkpoints != null && everySteps < 1)) {
                throw new ModelException("execution: threads " + threads + ", kept bytes " + keptBytes + ", checkpoint every " + everySteps
                        + " steps; need at least 1 thread, 0 bytes, 1 step");
            }
        }

        /// One thread, a quarter of the memory of this JVM, no checkpoints.
        public static Execution standard() {
            return new Execution(1, Runtime.getRuntime().maxMemory() / 4, null, 0, Peers.NONE);
        }

        public Execution withThreads(int count) {
            return new Execution(count, keptBytes, checkpoints, everySteps, peers);
        }

        public Execution withKeptBytes(long bytes) {
            return new Execution(threads, bytes, checkpoints, everySteps, peers);
        }

        public Execution withCheckpoints(Path folder, int steps) {
            return new Execution(threads, keptBytes, folder, steps, peers);
        }

        public Execution withPeers(Peers others) {
            return new Execution(threads, keptBytes, checkpoints, everySteps, others);
        }
    }

    /// [#train(Network, NeuronMask, Examples, Examples, Options, Execution, Consumer)] with [Execution#standard].
    public static List<EpochReport> train(Network net, NeuronMask mask, Examples train, Examples heldOut, Options options, Consumer<Progress> progress) {
        return train(net, mask, train, heldOut, options, Execution.standard(), progress);
    }

    /// Trains `net` in place and returns one report per epoch. `heldOut` may be null. Nobody else may change the network meanwhile.
    ///
    /// A loss or gradient that is NaN or infinite stops the run before the network is changed by it; parameters are checked before every
    /// checkpoint and after every epoch. The error names step, tensor and neuron, and the last good checkpoint. With [Peers], all are found to hold the
    /// same network at the same moments, and the first of them writes the checkpoints.
    public static List<EpochReport> train(Network net, NeuronMask mask, Examples train, Examples heldOut, Options options, Execution execution,
                                          Consumer<Progress> progress) {
        check(net, mask, train, heldOut, options, execution.peers);
        Agreement agreement = new Agreement(execution.peers);
        agreement.onRun(() -> Checkpoints.identity(net, mask, train, heldOut, options));
        Kernels kernels = Kernels.best(execution.threads);
        Checkpoints checkpoints = new Checkpoints(execution, net, mask, train, heldOut, options);
        long keptBytes = agreement.least(execution.keptBytes);
        FrozenPrefix.Part part = FrozenPrefix.part(net, mask, train, heldOut, options, keptBytes, execution.peers, kernels);
        Network learning = part.network();
        Workspace w = learning.workspace(Math.ceilDiv(options.batch, options.shards), kernels).keepPackedWeights();
        OptimizerState state = options.optimizer.newState(learning, options.learning);
        NumericalGuard guard = new NumericalGuard(learning, part.mask(), w, checkpoints);
        int perEpoch = (int) Math.max(1, Math.round(options.shareOfExamplesPerEpoch * train.size()));
        int steps = Math.ceilDiv(perEpoch, options.batch);
        int[] index = new int[options.batch];
        BatchGradient gradient = new BatchGradient(part, options, execution.peers, w);

        TrainingRun run = checkpoints.resume(state);
        agreement.onNetwork(net, run);
        guard.checkParameters(run);
        Shuffle shuffle = new Shuffle(train.size(), options.seed);
        shuffle.skip(run.examplesSeen(perEpoch, options.batch));
        while (run.epoch <= options.epochs) {
            long start = System.nanoTime();
            List<EpochReport> before = List.copyOf(run.reports);
            while (run.step < steps) {
                int n = Math.min(options.batch, perEpoch - run.step * options.batch);
                shuffle.next(index, n);
                run.rate = options.schedule.rate(options.rate, before, (double) run.step / steps);

                double loss = gradient.compute(index, n, run.examplesSeen(perEpoch, options.batch));
                guard.checkStep(loss, run);
                options.optimizer.step(learning, part.mask(), w, run.rate, state);

                run.step++;
                run.lossSum += loss * n;
                if (checkpoints.due((run.epoch - 1L) * steps + run.step)) {
                    guard.checkParameters(run);
                    agreement.onNetwork(net, run);
                    if (execution.peers.rank() == 0) {
                        checkpoints.save(run, state);
                    }
                }
                if (run.step % STEPS_BETWEEN_PROGRESS == 0 || run.step == steps) {
                    int seen = (run.step - 1) * options.batch + n;
                    progress.accept(new Progress(run.epoch, options.epochs, run.step, steps, run.rate, run.lossSum / seen));
                }
            }
            guard.checkParameters(run);
            agreement.onNetwork(net, run);
            Evaluation check = heldOut == null ? new Evaluation(Double.NaN, Double.NaN, 0) : Evaluation.of(learning, part.heldOut(), w, execution.peers);
            run.endEpoch(new EpochReport(run.epoch, options.schedule.rate(options.rate, before, 0), run.lossSum / perEpoch, check.loss(), check.accuracy(),
                    steps, perEpoch, (System.nanoTime() - start) / 1e9));
        }
        return List.copyOf(run.reports);
    }

    private static void check(Network net, NeuronMask mask, Examples train, Examples heldOut, Options options, Peers peers) {
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
        if (peers.size() > options.shards) {
            throw new ModelException("training: " + peers.size() + " processes, but batches of " + options.shards + " shards; use at least as many shards");
        }
        if (options.shards > 1 && net.spec().neuronLayers().stream().anyMatch(l -> l.kind() == NeuronLayer.Kind.NORM && mask.count(l.name()) > 0)) {
            throw new ModelException("training in " + options.shards + " shards: normalised neurons that learn measure whole batches; leave them out of the mask,"
                    + " or use 1 shard");
        }
    }
}
