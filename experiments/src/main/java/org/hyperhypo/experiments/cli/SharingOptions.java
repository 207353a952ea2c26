package org.hyperhypo.experiments.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.time.Duration;
import org.hyperhypo.engine.Peers;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.mpi.MpiJob;
import org.hyperhypo.experiments.mpi.Reduction;
import org.hyperhypo.experiments.recipe.Share;
import org.hyperhypo.experiments.recipe.Stage;
import org.hyperhypo.experiments.recipe.Team;
import org.hyperhypo.experiments.report.Progress;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/// Doing a run in several processes: a share each, or as the ranks of an MPI job.
final class SharingOptions {
    /// One share of the run.
    static final class One {
        @Option(names = "--index", required = true, paramLabel = "I", description = "Do share I (from 0) of the run only, on a folder that all shares see; "
                + "what is finished is not repeated. \"hyperhypo merge\" makes the report.")
        private int index;

        @Option(names = "--of", required = true, paramLabel = "N", description = "Number of shares.")
        private int of;

        @Option(names = "--until", paramLabel = "STAGE", description = "Last stage of the share (default: adaptation). What other shares need is finished after rates.")
        private Stage until = Stage.ADAPTATION;

        Stage until() {
            return until;
        }
    }

    @ArgGroup(exclusive = false)
    private One one;

    @Option(names = "--mpi", description = "Deal the work out to the processes that mpirun or srun has started; the first of them writes the report.")
    private boolean mpi;

    @Option(names = "--mpi-patience", defaultValue = "20", paramLabel = "SECONDS", description = "A process that gives no sign of life for so long ends the job"
            + " (default: ${DEFAULT-VALUE}).")
    private int patience;

    /// What a command does, as one process of several or alone.
    interface Work {
        int run(Member member) throws Exception;
    }

    /// This process among the others.
    ///
    /// @param leave lets the other ranks go
    record Member(Team team, boolean first, Runnable leave) {
        /// Silent but in the first rank.
        Progress progress() {
            return first ? Progress.standard() : new Progress(new PrintStream(OutputStream.nullOutputStream()), false, System::nanoTime);
        }
    }

    /// The share that this process does alone, null where it does all or is one of several ranks.
    One share() {
        return one;
    }

    int run(CommandLine command, Work work) throws Exception {
        if (mpi && one != null) {
            throw new UserError("--mpi deals out shares by itself; leave out --index, --of and --until");
        }
        if (one != null) {
            return work.run(new Member(Team.of(new Share(one.index, one.of)), true, () -> { }));
        }
        if (!mpi) {
            MpiJob.checkAlone();
            return work.run(new Member(Team.of(Share.ALL), true, () -> { }));
        }
        return MpiJob.run(Duration.ofSeconds(Math.max(1, patience)), Reduction.FIXED, Main::message, System.err, member -> {
            Peers peers = member.peers();
            if (peers.rank() > 0) {
                command.setOut(new PrintWriter(OutputStream.nullOutputStream()));
                command.setErr(new PrintWriter(OutputStream.nullOutputStream()));
            }
            return work.run(new Member(Team.of(peers), peers.rank() == 0, member::leave));
        });
    }
}
