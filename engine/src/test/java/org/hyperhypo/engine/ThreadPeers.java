package org.hyperhypo.engine;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/// Processes as threads: everything that they tell each other is copied before anyone reads it.
final class ThreadPeers implements Peers {
    private final int rank;
    private final int size;
    private final CyclicBarrier barrier;
    private final Object[] told;

    private ThreadPeers(int rank, int size, CyclicBarrier barrier, Object[] told) {
        this.rank = rank;
        this.size = size;
        this.barrier = barrier;
        this.told = told;
    }

    /// Another process has failed.
    static final class Abandoned extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /// Runs the same program in all of them and returns their results by rank. The first failure that is not a consequence of another's is thrown.
    static <T> List<T> run(int size, Function<Peers, T> program) {
        CyclicBarrier barrier = new CyclicBarrier(size);
        Object[] told = new Object[size];
        RuntimeException failure = null;
        try (ExecutorService threads = Executors.newFixedThreadPool(size)) {
            List<Future<T>> futures = new ArrayList<>();
            for (int rank = 0; rank < size; rank++) {
                Peers peers = new ThreadPeers(rank, size, barrier, told);
                futures.add(threads.submit(() -> {
                    try {
                        return program.apply(peers);
                    } catch (RuntimeException | Error e) {
                        breakForGood(barrier);
                        throw e;
                    }
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                try {
                    results.add(future.get());
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof Error error) {
                        throw error;
                    }
                    failure = failure == null || failure instanceof Abandoned ? (RuntimeException) e.getCause() : failure;
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
            if (failure != null) {
                throw failure;
            }
            return results;
        }
    }

    @Override
    public int rank() {
        return rank;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public void total(List<ShardTree.Node<GradientVector>> own, GradientVector total, int shards) {
        List<ShardTree.Node<float[]>> copies = new ArrayList<>();
        for (ShardTree.Node<GradientVector> node : own) {
            float[] copy = new float[Math.toIntExact(node.sum().size())];
            node.sum().read(0, MemorySegment.ofArray(copy));
            copies.add(new ShardTree.Node<>(node.from(), node.width(), copy));
        }
        tell(copies, others -> {
            List<ShardTree.Node<float[]>> all = new ArrayList<>();
            for (Object other : others) {
                for (Object node : (List<?>) other) {
                    ShardTree.Node<?> part = (ShardTree.Node<?>) node;
                    all.add(new ShardTree.Node<>(part.from(), part.width(), ((float[]) part.sum()).clone()));
                }
            }
            total.write(0, MemorySegment.ofArray(ShardTree.total(all.reversed(), shards, ThreadPeers::add)));
        });
    }

    @Override
    public void merge(double[] numbers) {
        tell(numbers.clone(), others -> {
            Arrays.fill(numbers, 0);
            for (Object other : others) {
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] += ((double[]) other)[i];
                }
            }
        });
    }

    @Override
    public void gather(MemorySegment items, int bytes) {
        int count = (int) (items.byteSize() / bytes);
        tell(items.toArray(java.lang.foreign.ValueLayout.JAVA_BYTE), others -> {
            for (int owner = 0; owner < size; owner++) {
                long from = (long) first(owner, count) * bytes;
                long end = (long) first(owner + 1, count) * bytes;
                items.asSlice(from, end - from).copyFrom(MemorySegment.ofArray((byte[]) others[owner]).asSlice(from, end - from));
            }
        });
    }

    private void tell(Object mine, java.util.function.Consumer<Object[]> listen) {
        try {
            told[rank] = mine;
            barrier.await();
            listen.accept(told);
            barrier.await();
        } catch (BrokenBarrierException e) {
            throw new Abandoned();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// Whoever waits, and whoever comes, is told.
    private static void breakForGood(CyclicBarrier barrier) {
        Thread.currentThread().interrupt();
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            boolean _ = Thread.interrupted();
        }
    }

    private static float[] add(float[] a, float[] b) {
        for (int i = 0; i < a.length; i++) {
            a[i] += b[i];
        }
        return a;
    }
}
