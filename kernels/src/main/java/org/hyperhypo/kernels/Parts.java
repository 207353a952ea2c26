package org.hyperhypo.kernels;

/// One call cut into ranges of its items – floats, rows, columns or samples – that any thread may take. Its arguments lie in plain fields, one object
/// a calling thread, so that a call allocates nothing.
///
/// Ranges depend on each other in nothing and on sizes alone: the number of threads changes no bit.
final class Parts implements Threads.Tasks {
    /// What is done with items [from, to). Must be a constant (a lambda that captures nothing), and must not call a method that uses [#of].
    interface Part {
        void run(Parts p, int from, int to, Scratch scratch);
    }

    /// Floats of one part: some microseconds, more than another part's start costs.
    static final int GRAIN = 1 << 14;
    /// Calls of fewer floats stay with their caller, as waking a helper would cost more.
    static final int SPLIT = 4 * GRAIN;

    private static final ThreadLocal<Parts> MINE = ThreadLocal.withInitial(Parts::new);

    float[] x;
    int xOffset;
    int ldx;
    float[] y;
    int yOffset;
    int ldy;
    /// Two further operands.
    float[] g;
    int gOffset;
    int ldg;
    float[] d;
    int[] numbers;
    byte[] bytes;
    int rows;
    int columns;
    int depth;
    float value;
    Activation f;
    PoolShape pool;
    /// One result for each item or part.
    double[] results = new double[0];
    private Part part;
    private int items;
    private int each;

    private Parts() {
    }

    /// The calling thread's object with its two main operands.
    static Parts of(float[] x, int xOffset, int ldx, float[] y, int yOffset, int ldy) {
        Parts p = MINE.get();
        p.x = x;
        p.xOffset = xOffset;
        p.ldx = ldx;
        p.y = y;
        p.yOffset = yOffset;
        p.ldy = ldy;
        return p;
    }

    double[] results(int size) {
        if (results.length < size) {
            results = new double[size];
        }
        return results;
    }

    /// Does all items, `floats` of work each, and forgets the caller's arrays. `scratch` is the caller's, null if the part needs none.
    void run(int items, int floats, Threads threads, Scratch scratch, Part part) {
        try {
            if (threads.count() == 1 || (long) items * floats < SPLIT) {
                part.run(this, 0, items, scratch);
                return;
            }
            this.part = part;
            this.items = items;
            each = Math.max(1, GRAIN / floats);
            threads.run((items + each - 1) / each, this, scratch);
        } finally {
            x = null;
            y = null;
            g = null;
            d = null;
            numbers = null;
            bytes = null;
        }
    }

    @Override
    public void run(int task, Scratch scratch) {
        part.run(this, task * each, (int) Math.min(items, (task + 1L) * each), scratch);
    }
}
