package org.hyperhypo.experiments.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.time.Duration;
import org.hyperhypo.engine.Peers;
import org.hyperhypo.experiments.mpi.MpiJob;
import org.hyperhypo.experiments.mpi.Reduction;
import org.hyperhypo.experiments.report.Progress;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Training on several machines: the processes that an MPI launcher starts work on the same batches.
final class MpiOptions {
    private static final int SHARDS = 4;

    @Mixin
    private Joined joined;

    @Option(names = "--shards", paramLabel = "N", description = "Parts of a batch whose gradients are added up, a power of two, at least as many as processes"
            + " (default: 1, with --mpi " + SHARDS + "). The model depends on it, and not on the number of processes.")
    private int shards;

    @Option(names = "--reduction", defaultValue = "fixed", paramLabel = "ORDER", description = "How gradients are added up: fixed (the same model for any number"
            + " of processes) or fast (as the MPI library likes) (default: ${DEFAULT-VALUE}).")
    private Reduction reduction;

    /// What every command has that several processes can share.
    static final class Joined {
        @Option(names = "--mpi", description = "Work together with the other processes that mpirun or srun has started; the first of them writes all files.")
        boolean mpi;

        @Option(names = "--mpi-patience", defaultValue = "20", paramLabel = "SECONDS", description = "A process that says nothing for so long while they work"
                + " ends the job (default: ${DEFAULT-VALUE}).")
        private int patience;

        int run(CommandLine command, Work work) throws Exception {
            return run(command, Reduction.FIXED, work);
        }

        private int run(CommandLine command, Reduction reduction, Work work) throws Exception {
            if (!mpi) {
                MpiJob.checkAlone();
                return work.run(new Ranks(Peers.NONE, () -> { }));
            }
            return MpiJob.run(Duration.ofSeconds(Math.max(1, patience)), reduction, Main::message, System.err, member -> {
                if (member.peers().rank() > 0) {
                    command.setOut(new PrintWriter(OutputStream.nullOutputStream()));
                    command.setErr(new PrintWriter(OutputStream.nullOutputStream()));
                }
                return work.run(new Ranks(member.peers(), member::leave));
            });
        }
    }

    /// What a command does, as one process of several or alone.
    interface Work {
        int run(Ranks ranks) throws Exception;
    }

    /// This process and the others, from the side of a command.
    ///
    /// @param leave lets the others go, after which only the first process goes on
    record Ranks(Peers peers, Runnable leave) {
        boolean first() {
            return peers.rank() == 0;
        }

        /// Silent but in the first process.
        Progress progress() {
            return first() ? Progress.standard() : new Progress(new PrintStream(OutputStream.nullOutputStream()), false, System::nanoTime);
        }
    }

    int shards() {
        return shards != 0 ? shards : joined.mpi ? SHARDS : 1;
    }

    int run(CommandLine command, Work work) throws Exception {
        return joined.run(command, reduction, work);
    }
}
