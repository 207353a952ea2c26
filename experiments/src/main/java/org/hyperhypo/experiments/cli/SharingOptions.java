package org.hyperhypo.experiments.cli;

import org.hyperhypo.engine.Peers;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.recipe.Share;
import org.hyperhypo.experiments.recipe.Stage;
import org.hyperhypo.experiments.recipe.Team;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private MpiOptions.Joined joined;

    /// What a command does, as one process of several or alone.
    interface Work {
        int run(Member member) throws Exception;
    }

    /// This process among the others.
    ///
    /// @param ranks of the MPI job, if it is one
    record Member(MpiOptions.Ranks ranks, Team team) {
        /// The same in work that more work with the others follows.
        Member staying() {
            return new Member(new MpiOptions.Ranks(ranks.peers(), () -> { }), team);
        }
    }

    /// The share that this process does alone, null where it does all or is one of several ranks.
    One share() {
        return one;
    }

    int run(CommandLine command, Work work) throws Exception {
        if (one == null) {
            return joined.run(command, ranks -> work.run(new Member(ranks, Team.of(ranks.peers()))));
        }
        if (joined.mpi) {
            throw new UserError("--mpi deals out shares by itself; leave out --index, --of and --until");
        }
        return work.run(new Member(new MpiOptions.Ranks(Peers.NONE, () -> { }), Team.of(new Share(one.index, one.of))));
    }
}
