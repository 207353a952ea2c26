package org.hyperhypo.kernels;

import java.lang.management.ManagementFactory;

/// A program for HotCallsTest: calls every hot case until it allocates nothing, and prints those that go on allocating or have come to other bits.
final class HotCalls {
    private static final long PATIENCE_NANOS = 8_000_000_000L;

    private HotCalls() {
    }

    private static long bytes(Case c, Kernels kernels, Data d, Scratch scratch) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = Long.MAX_VALUE;
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (bytes > 0 && System.nanoTime() < deadline) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 50; i++) {
                c.operation().run(kernels, d, scratch);
            }
            bytes = threads.getCurrentThreadAllocatedBytes() - before;
        }
        return bytes;
    }

    public static void main(String[] args) {
        Kernels kernels = Kernels.best(Integer.getInteger("threads", 1));
        int count = 0;
        for (Case c : Cases.all()) {
            if (c.hot() && c.name().matches(System.getProperty("cases", ".*"))) {
                count++;
                Scratch scratch = new Scratch();
                Data cold = c.data().fresh();
                c.operation().run(Kernels.scalar(), cold, scratch);
                long bytes = bytes(c, kernels, c.data().fresh(), scratch);
                if (bytes > 0) {
                    System.out.println(c + ": " + bytes + " bytes allocated by 50 hot calls");
                }
                Data hot = c.data().fresh();
                c.operation().run(kernels, hot, scratch);
                if (cold.difference(hot) != null) {
                    System.out.println(c + ": compiled code gives other bits: " + cold.difference(hot));
                }
            }
        }
        System.out.println(count + " hot cases with " + kernels.name());
    }
}
