package org.hyperhypo.experiments;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Independent jobs on a fixed number of threads; results come back in the order of the jobs, so they do not depend on the number.
public final class Jobs {
    private static final ScopedValue<Integer> THREADS = ScopedValue.newInstance();

    private Jobs() {
    }

    /// Threads that the running job may use for itself: those that the jobs beside it leave idle, and its own. 1 outside of jobs.
    public static int threads() {
        return THREADS.orElse(1);
    }

    /// Runs all jobs. The first failure (in job order) is thrown after the others were told to stop.
    public static <T> List<T> run(int threads, List<Callable<T>> jobs) {
        int each = Math.max(1, threads / Math.max(1, jobs.size()));
        if (threads == 1 || jobs.size() == 1) {
            List<T> results = new ArrayList<>();
            for (Callable<T> job : jobs) {
                results.add(call(() -> ScopedValue.where(THREADS, each).call(job::call)));
            }
            return results;
        }
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, Math.max(1, jobs.size())), Thread.ofPlatform().daemon().factory());
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (Callable<T> job : jobs) {
                futures.add(pool.submit(() -> ScopedValue.where(THREADS, each).call(job::call)));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw unchecked(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            pool.shutdownNow();
        }
    }

    private static <T> T call(Callable<T> job) {
        try {
            return job.call();
        } catch (Exception e) {
            throw unchecked(e);
        }
    }

    private static RuntimeException unchecked(Throwable cause) {
        return switch (cause) {
            case RuntimeException e -> e;
            case java.io.IOException e -> new java.io.UncheckedIOException(e);
            case Error e -> throw e;
            default -> new IllegalStateException(cause);
        };
    }
}
