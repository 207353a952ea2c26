package org.hyperhypo.experiments.recipe;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hyperhypo.engine.Peers;

/// Who works on a run beside this process: nobody it knows of, or the other ranks of an MPI job, with which it keeps in step.
public final class Team {
    private static final long PULSE_MILLIS = 200;

    private final Share share;
    private final Peers peers;

    private Team(Share share, Peers peers) {
        this.share = share;
        this.peers = peers;
    }

    /// One share of the work. Other processes may do others, on a folder they all see.
    public static Team of(Share share) {
        return new Team(share, Peers.NONE);
    }

    /// One share for every rank.
    public static Team of(Peers peers) {
        return new Team(new Share(peers.rank(), peers.size()), peers);
    }

    public Share share() {
        return share;
    }

    /// Whether this is the process that does what only one may do.
    public boolean first() {
        return peers.rank() == 0;
    }

    /// What a process does until all meet again.
    public interface Work {
        void run() throws IOException;
    }

    /// Does this process's part, and returns when all have done theirs.
    ///
    /// Work may take hours, and a rank that died must not go unnoticed meanwhile: it is done in a thread of its own while this one, to which MPI belongs,
    /// keeps exchanging with the others who is still busy.
    public void together(Work work) throws IOException {
        if (peers.size() == 1) {
            work.run();
            return;
        }
        FutureTask<Void> task = new FutureTask<>(() -> {
            work.run();
            return null;
        });
        Thread.ofPlatform().daemon().name("work").start(task);
        double[] busy = new double[peers.size()];
        do {
            Arrays.fill(busy, 0);
            busy[peers.rank()] = done(task) ? 0 : 1;
            peers.merge(busy);
        } while (Arrays.stream(busy).anyMatch(rank -> rank != 0));
    }

    /// Whether the task is done after one pulse, which is waited for in any case: who is early must not keep a processor busy with waiting.
    private static boolean done(FutureTask<Void> task) throws IOException {
        try {
            boolean before = task.isDone();
            task.get(PULSE_MILLIS, TimeUnit.MILLISECONDS);
            if (before) {
                Thread.sleep(PULSE_MILLIS);
            }
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException cause -> throw cause;
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                default -> throw new IllegalStateException(e.getCause());
            }
        }
    }
}
