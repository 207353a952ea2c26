package org.hyperhypo.kernels;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// A small pool that splits one kernel call. The caller takes part; helpers take tasks from a counter, so a slow one delays nobody by more than a task.
///
/// Helpers spin for a short while after a call, as the next one often follows at once, and then park: they cost nothing beside a busy neighbour.
/// Several callers may share a pool: while one call has the helpers, the others do their tasks alone. Tasks must not depend on each other's order.
final class Threads {
    interface Tasks {
        /// Does one task with the packing memory of the thread that runs it.
        void run(int task, Scratch scratch);
    }

    private static final long SPIN_NANOS = 30_000;
    private static final int MOST_TASKS = (1 << 20) - 1;

    private final Helper[] helpers;
    private final AtomicBoolean taken = new AtomicBoolean();
    /// Number of the call (24 bits), number of its tasks (20), next task (20): taken together, so that no helper mixes two calls.
    private final AtomicLong ticket = new AtomicLong();
    private final AtomicInteger done = new AtomicInteger();
    private Tasks tasks;
    private volatile Throwable failure;

    /// A pool of `threads` in all, the caller included.
    Threads(int threads) {
        helpers = new Helper[threads - 1];
        for (int i = 0; i < helpers.length; i++) {
            helpers[i] = new Helper(i + 1);
        }
    }

    int count() {
        return helpers.length + 1;
    }

    /// Runs tasks 0 … count − 1 and returns when all are done. What a task throws is thrown here.
    void run(int count, Tasks work, Scratch scratch) {
        if (count <= 1 || count > MOST_TASKS || helpers.length == 0 || !taken.compareAndSet(false, true)) {
            for (int task = 0; task < count; task++) {
                work.run(task, scratch);
            }
            return;
        }
        try {
            tasks = work;
            failure = null;
            done.set(0);
            ticket.set((ticket.get() >>> 40) + 1 << 40 | (long) count << 20);
            for (Helper helper : helpers) {
                helper.wake();
            }
            work(scratch);
            for (int spins = 0; done.get() < count; spins++) {
                if (spins < 2000) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.parkNanos(this, 20_000);
                }
            }
            Throwable thrown = failure;
            if (thrown instanceof Error error) {
                throw error;
            }
            if (thrown != null) {
                throw (RuntimeException) thrown;
            }
        } finally {
            tasks = null;
            taken.set(false);
        }
    }

    /// Takes tasks until none is left; true if it did any.
    private boolean work(Scratch scratch) {
        boolean any = false;
        while (true) {
            long t = ticket.get();
            int next = (int) t & MOST_TASKS;
            if (next >= ((int) (t >>> 20) & MOST_TASKS)) {
                return any;
            }
            Tasks current = tasks;
            if (ticket.compareAndSet(t, t + 1)) {
                // The task was still to be done, so its call is still running and `current` belongs to it.
                any = true;
                try {
                    current.run(next, scratch);
                } catch (RuntimeException | Error e) {
                    failure = e;
                } finally {
                    done.incrementAndGet();
                }
            }
        }
    }

    private final class Helper implements Runnable {
        private final int number;
        private final Scratch scratch = new Scratch();
        private Thread thread;
        private volatile boolean parked;

        private Helper(int number) {
            this.number = number;
        }

        private void wake() {
            if (thread == null) {
                thread = new Thread(this, "hyperhypo-kernels-" + number);
                thread.setDaemon(true);
                thread.start();
            } else if (parked) {
                LockSupport.unpark(thread);
            }
        }

        @Override
        public void run() {
            long idleSince = System.nanoTime();
            while (true) {
                if (work(scratch)) {
                    idleSince = System.nanoTime();
                } else if (System.nanoTime() - idleSince < SPIN_NANOS) {
                    Thread.onSpinWait();
                } else {
                    parked = true;
                    if (!work(scratch)) {
                        LockSupport.park(Threads.this);
                    }
                    parked = false;
                    // An interrupt is nobody's request here, and would make every later park return at once.
                    Thread.interrupted();
                    idleSince = System.nanoTime();
                }
            }
        }
    }
}
