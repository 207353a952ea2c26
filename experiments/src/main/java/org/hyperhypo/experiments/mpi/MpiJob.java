package org.hyperhypo.experiments.mpi;

import java.io.PrintStream;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import org.hyperhypo.engine.Peers;

/// A program as one of several processes. Whatever fails in any of them ends all, with one message that names rank and cause.
public final class MpiJob {
    private static final long LATER_BY_RANK = 300;
    private static final long LATEST = 3000;
    private static final int FAILED = 3;

    private MpiJob() {
    }

    /// What every process runs. It calls [Member#leave] when nothing more is to be shared; the program does, if it does not.
    public interface Program {
        int run(Member member) throws Exception;
    }

    /// This process among the others.
    public static final class Member {
        private final Mpi mpi;
        private final Reduction reduction;
        private final Map<Reduction, GradientExchange> exchanges = new EnumMap<>(Reduction.class);
        private boolean left;

        private Member(Mpi mpi, Reduction reduction) {
            this.mpi = mpi;
            this.reduction = reduction;
        }

        public Peers peers() {
            return peers(reduction);
        }

        /// The same processes with another way to add up gradients. Each has memory of its own.
        public Peers peers(Reduction order) {
            return exchanges.computeIfAbsent(order, one -> new GradientExchange(mpi, one));
        }

        /// Bytes of gradients and kept outputs that this process has sent.
        public long bytesSent() {
            return exchanges.values().stream().mapToLong(GradientExchange::bytesSent).sum();
        }

        /// Waits for all the others and leaves the processor to them: they work on something in which this process has no part.
        public void rest() {
            mpi.rest();
        }

        /// What messages and memory cost; every process must come here.
        public LinkProbe probe() {
            return LinkProbe.measure(mpi);
        }

        /// Waits for all the others and lets them go: what follows has no more to do with them.
        public void leave() {
            if (!left) {
                mpi.close();
                left = true;
            }
        }
    }

    /// Joins the other processes and runs the program.
    ///
    /// @param patience longest wait for another process while they work together; the first time, when all read and prepare at their own pace, it is
    ///                 [Mpi#FIRST_MEETING] times as long
    /// @param words    says in one sentence what an exception means
    /// @return what the program returned; a failure does not return
    public static int run(Duration patience, Reduction reduction, Function<Throwable, String> words, PrintStream err, Program program) throws Exception {
        Member member = new Member(Mpi.start(patience), reduction);
        try {
            int code = program.run(member);
            member.leave();
            return code;
        } catch (Exception | Error e) {
            if (member.left) {
                throw e;
            }
            abort(member.mpi, words.apply(e), err);
            throw e;
        }
    }

    /// Refuses to be one of several copies that know nothing of each other.
    public static void checkAlone() {
        checkAlone(System.getenv());
    }

    static void checkAlone(Map<String, String> environment) {
        Launch launch = Launch.of(environment);
        if (launch.size() > 1 && (launch.openMpi() || launch.mpich())) {
            throw new MpiException("an MPI launcher started " + launch.size() + " copies of this command (" + launch.launcher()
                    + "), which would all do the same and write the same files; add --mpi");
        }
    }

    /// The lowest rank that failed speaks: a mistake that all of them find is told once, because the first to speak ends the others.
    private static void abort(Mpi mpi, String cause, PrintStream err) {
        try {
            Thread.sleep(Math.min(LATEST, LATER_BY_RANK * mpi.rank()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        err.println("hyperhypo: rank " + mpi.rank() + " of " + mpi.size() + ": " + cause);
        err.flush();
        mpi.abort(FAILED);
    }
}
