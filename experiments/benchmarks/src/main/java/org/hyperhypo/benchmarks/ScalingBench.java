package org.hyperhypo.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hyperhypo.engine.NetworkSpec;
import org.hyperhypo.engine.NeuronMask;
import org.hyperhypo.engine.Peers;
import org.hyperhypo.engine.Shape;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.mpi.LinkProbe;
import org.hyperhypo.experiments.mpi.MpiJob;
import org.hyperhypo.experiments.mpi.Reduction;
import org.hyperhypo.experiments.report.AtomicFile;
import org.hyperhypo.experiments.report.Json;
import org.hyperhypo.kernels.Activation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The command `hyperhypo bench --mpi`: one process and two, in turn.
@Command(name = "hyperhypo bench --mpi", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Times training and adaptation steps of the paper's network on one process and on two, and what messages cost, and says how far",
            "a model of both goes on larger machines. Writes scaling.md, scaling.json and scaling.svg."},
        footer = {"", "Example:", "  mpirun -n 2 experiments/bin/hyperhypo bench --mpi"})
final class ScalingBench implements Callable<Integer> {
    static final int RANKS = 2;
    static final int BATCH = 512;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @Option(names = "--mpi", required = true, description = "this bench; started by mpirun -n 2")
    private boolean mpi;

    @Option(names = "--rounds", defaultValue = "5", paramLabel = "N", description = "rounds of all configurations in turn (default: ${DEFAULT-VALUE})")
    private int rounds;

    @Option(names = "--steps", defaultValue = "6", paramLabel = "N", description = "steps of each configuration in a round (default: ${DEFAULT-VALUE})")
    private int steps;

    @Option(names = "--small", description = "a small network: shows that everything works, decides nothing")
    private boolean small;

    @Option(names = "--out", paramLabel = "DIR", description = "where results go (default: experiments/results/scaling, with --small experiments/benchmarks/target/scaling)")
    private Path out;

    @Spec
    private CommandSpec spec;

    /// What is timed: who works, on how many examples.
    enum Configuration {
        /// One process, the batch in as many shards as two have: the same model as [#FIXED].
        ALONE(1, BATCH, RANKS, Reduction.FIXED),
        /// One process, the batch in one piece.
        WHOLE(1, BATCH, 1, Reduction.FIXED),
        /// One process, what each of two computes.
        HALF(1, BATCH / RANKS, 1, Reduction.FIXED),
        EIGHTH(1, BATCH / 8, 1, Reduction.FIXED),
        FIXED(RANKS, BATCH, RANKS, Reduction.FIXED),
        FAST(RANKS, BATCH, RANKS, Reduction.FAST);

        final int processes;
        final int batch;
        final int shards;
        final Reduction reduction;

        Configuration(int processes, int batch, int shards, Reduction reduction) {
            this.processes = processes;
            this.batch = batch;
            this.shards = shards;
            this.reduction = reduction;
        }
    }

    @Override
    public Integer call() throws Exception {
        Path home = Path.of(System.getProperty("hyperhypo.home", ".")).toAbsolutePath().normalize();
        Path folder = out != null ? out : home.resolve(small ? "experiments/benchmarks/target/scaling" : "experiments/results/scaling");
        return MpiJob.run(PATIENCE, Reduction.FIXED, Throwable::toString, System.err, member -> {
            if (member.peers().size() != RANKS) {
                throw new UserError("bench --mpi compares one process with " + RANKS + ", and was started as " + member.peers().size()
                        + "; use mpirun -n " + RANKS);
            }
            double busy = Machine.busySeconds();
            long start = System.nanoTime();
            ScalingResult result = measure(member);
            double wall = (System.nanoTime() - start) * 1e-9;
            double[] own = new double[RANKS];
            own[member.peers().rank()] = Machine.ownSeconds();
            member.peers().merge(own);
            if (member.peers().rank() == 0) {
                Environment environment = Environment.here("mpirun -n " + RANKS + " hyperhypo bench " + String.join(" ", spec.commandLine().getParseResult()
                        .originalArgs()), Map.of(), List.of(), home);
                ScalingTables tables = new ScalingTables(environment, result, Math.max(0, Machine.busySeconds() - busy - own[0] - own[1]) / wall);
                AtomicFile.write(folder.resolve("scaling.md"), tables.text());
                Json.write(folder.resolve("scaling.json"), tables.json());
                AtomicFile.write(folder.resolve("scaling.svg"), tables.picture());
                spec.commandLine().getOut().println(tables.text());
                spec.commandLine().getErr().println("written: scaling.md, scaling.json, scaling.svg in " + folder);
            }
            member.leave();
            return 0;
        });
    }

    private ScalingResult measure(MpiJob.Member member) {
        Step problem = Step.of(small ? NetworkSpec.tfcnn(new Shape(1, 40, 17), 16, 8, 3, 8, 8, 5, 4, 128, new Activation.Sigmoid(), 100) : Step.paper(), BATCH);
        LinkProbe probe = member.probe();
        ScalingResult.Case full = new ScalingResult.Case("full", rounds);
        ScalingResult.Case masked = new ScalingResult.Case("mask of 10 %", rounds);
        for (int round = -1; round < rounds; round++) {
            run(member, new ScalingSteps(problem, NeuronMask.all(problem.spec()), steps), full, round);
            run(member, new ScalingSteps(problem, NeuronMask.of(problem.spec(), problem.tenth()), steps), masked, round);
        }
        return new ScalingResult(probe, List.of(full, masked));
    }

    /// All configurations in turn, beginning with another one in every round. Round −1 warms up.
    private static void run(MpiJob.Member member, ScalingSteps timed, ScalingResult.Case results, int round) {
        Configuration[] all = Configuration.values();
        for (int i = 0; i < all.length; i++) {
            Configuration c = all[Math.floorMod(i + round, all.length)];
            member.rest();
            if (member.peers().rank() < c.processes) {
                Peers peers = c.processes == 1 ? Peers.NONE : member.peers(c.reduction);
                ScalingSteps.Times times = timed.run(c.batch, c.shards, peers, member::bytesSent);
                if (round >= 0) {
                    results.add(c, round, times);
                }
            }
            member.rest();
        }
    }
}
