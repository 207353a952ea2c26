package org.hyperhypo.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the pool promises: every task once, on any of its threads; exceptions, nesting, interruption and many callers change nothing of it.
@Timeout(60)
class ThreadsTest {
    private final Scratch scratch = new Scratch();

    private static void assertEach(int expected, AtomicIntegerArray done) {
        for (int i = 0; i < done.length(); i++) {
            assertEquals(expected, done.get(i), "task " + i);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everyTaskRunsOnceForAnyNumberOfTasksAndThreads() {
        for (int threads : new int[] {1, 2, 5}) {
            Threads pool = new Threads(threads);
            assertEquals(threads, pool.count());
            for (int count : new int[] {0, 1, 2, 3, 100, 5000}) {
                AtomicIntegerArray done = new AtomicIntegerArray(count);
                pool.run(count, (task, _) -> done.incrementAndGet(task), scratch);
                assertEach(1, done);
            }
        }
    }

    @Test
    void theCallerAndEveryHelperTakePart() {
        Threads pool = new Threads(3);
        Set<Thread> seen = ConcurrentHashMap.newKeySet();
        Set<Scratch> memory = ConcurrentHashMap.newKeySet();
        CountDownLatch all = new CountDownLatch(3);
        // Each task waits for the two others, so that no thread can take two.
        pool.run(3, (_, s) -> {
            seen.add(Thread.currentThread());
            memory.add(s);
            all.countDown();
            await(all);
        }, scratch);
        assertEquals(3, seen.size());
        assertTrue(seen.contains(Thread.currentThread()));
        assertEquals(3, memory.size(), "each thread has packing memory of its own");
        assertTrue(memory.contains(scratch));
        assertTrue(seen.stream().allMatch(t -> t.isDaemon() || t == Thread.currentThread()));
    }

    @Test
    void helpersThatHaveParkedWakeForTheNextCall() throws InterruptedException {
        Threads pool = new Threads(2);
        for (int i = 0; i < 5; i++) {
            CountDownLatch both = new CountDownLatch(2);
            pool.run(2, (_, _) -> {
                both.countDown();
                await(both);
            }, scratch);
            Thread.sleep(5);
        }
        Thread helper = Thread.getAllStackTraces().keySet().stream().filter(t -> t.getName().startsWith("hyperhypo-kernels-")).findAny().orElseThrow();
        assertTrue(helper.getState() == Thread.State.WAITING || helper.getState() == Thread.State.RUNNABLE);
    }

    @Test
    void aFailureIsThrownToTheCallerAfterAllTasksAndThePoolGoesOn() {
        for (int threads : new int[] {2, 4}) {
            Threads pool = new Threads(threads);
            AtomicIntegerArray done = new AtomicIntegerArray(50);
            for (Throwable thrown : new Throwable[] {new IllegalStateException("task 7"), new AssertionError("task 7")}) {
                Throwable caught = assertThrows(thrown.getClass(), () -> pool.run(50, (task, _) -> {
                    done.incrementAndGet(task);
                    if (task == 7) {
                        if (thrown instanceof Error e) {
                            throw e;
                        }
                        throw (RuntimeException) thrown;
                    }
                }, scratch));
                assertSame(thrown, caught);
            }
            pool.run(50, (task, _) -> done.incrementAndGet(task), scratch);
            assertEach(3, done);
        }
    }

    @Test
    void aCallInsideATaskRunsItsTasksAlone() {
        Threads pool = new Threads(3);
        AtomicIntegerArray done = new AtomicIntegerArray(20 * 30);
        pool.run(20, (task, s) -> {
            Thread outer = Thread.currentThread();
            pool.run(30, (inner, t) -> {
                assertSame(outer, Thread.currentThread());
                assertSame(s, t);
                done.incrementAndGet(task * 30 + inner);
            }, s);
        }, scratch);
        assertEach(1, done);
    }

    @Test
    void anInterruptedCallerFinishesItsCallAndStaysInterrupted() {
        Threads pool = new Threads(2);
        AtomicIntegerArray done = new AtomicIntegerArray(200);
        Thread.currentThread().interrupt();
        pool.run(200, (task, _) -> {
            for (int i = 0; i < 1000; i++) {
                Thread.onSpinWait();
            }
            done.incrementAndGet(task);
        }, scratch);
        assertTrue(Thread.interrupted());
        assertEach(1, done);
    }

    @Test
    void anInterruptedHelperParksAgain() throws InterruptedException {
        Threads pool = new Threads(2);
        Thread[] helper = new Thread[1];
        CountDownLatch both = new CountDownLatch(2);
        Thread caller = Thread.currentThread();
        pool.run(2, (_, _) -> {
            if (Thread.currentThread() != caller) {
                helper[0] = Thread.currentThread();
            }
            both.countDown();
            await(both);
        }, scratch);
        helper[0].interrupt();
        long deadline = System.nanoTime() + 10_000_000_000L;
        while ((helper[0].isInterrupted() || helper[0].getState() != Thread.State.WAITING) && System.nanoTime() < deadline) {
            Thread.sleep(1);
        }
        assertFalse(helper[0].isInterrupted());
        assertEquals(Thread.State.WAITING, helper[0].getState());
        AtomicIntegerArray done = new AtomicIntegerArray(100);
        pool.run(100, (task, _) -> done.incrementAndGet(task), scratch);
        assertEach(1, done);
    }

    @Test
    void manyCallersShareThePoolAndGetTheirOwnResults() throws Exception {
        Kernels two = Kernels.best(2);
        Kernels one = Kernels.vector().orElseThrow();
        float[] a = new float[200 * 60];
        float[] b = new float[60 * 90];
        float[] x = new float[100_000];
        for (float[] array : new float[][] {a, b, x}) {
            for (int i = 0; i < array.length; i++) {
                array[i] = (i * 37 % 101 - 50) * 0.03f;
            }
        }
        float[] expected = new float[200 * 90];
        float[] activated = new float[x.length];
        one.gemm(Kernels.Form.NN, 200, 90, 60, a, 0, 60, b, 0, 90, false, expected, 0, 90, scratch);
        one.activate(new Activation.Tanh(), 1, x.length, x, 0, x.length, activated, 0, x.length);
        double sum = one.sum(x, 0, x.length);
        Callable<Boolean> caller = () -> {
            Scratch own = new Scratch();
            float[] c = new float[expected.length];
            float[] y = new float[x.length];
            for (int i = 0; i < 60; i++) {
                two.gemm(Kernels.Form.NN, 200, 90, 60, a, 0, 60, b, 0, 90, false, c, 0, 90, own);
                two.activate(new Activation.Tanh(), 1, x.length, x, 0, x.length, y, 0, x.length);
                assertArrayEquals(expected, c);
                assertArrayEquals(activated, y);
                assertEquals(sum, two.sum(x, 0, x.length));
                Arrays.fill(c, Float.NaN);
                Arrays.fill(y, Float.NaN);
            }
            return true;
        };
        try (var callers = Executors.newFixedThreadPool(4)) {
            for (var result : callers.invokeAll(Collections.nCopies(4, caller))) {
                assertTrue(result.get());
            }
        }
    }
}
