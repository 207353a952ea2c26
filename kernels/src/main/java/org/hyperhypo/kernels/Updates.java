package org.hyperhypo.kernels;

/// One optimizer step cut into parts that threads take: a run of numbers, or the chosen rows of a matrix, each with its own rate if asked for.
///
/// One object a calling thread, so that a step allocates nothing. The loops are those of [ScalarUpdates], of which C2 makes SIMD code by itself.
final class Updates implements Threads.Tasks {
    private enum Rule { SGD, MOMENTUM, ADAM }

    private static final ThreadLocal<Updates> MINE = ThreadLocal.withInitial(Updates::new);

    private Rule rule;
    private float[] p;
    private float[] g;
    private float[] m;
    private float[] v;
    // A run, when length is 0; otherwise rows of `length` numbers.
    private int from;
    private int count;
    private int length;
    private int[] rows;
    private float[] factors;
    private int each;
    private float rate;
    private float decay;
    private float beta1;
    private float beta2;
    private float eps;
    private float correction1;
    private float correction2;
    private boolean variant;

    private Updates() {
    }

    static Updates sgd(float[] p, float[] g, float rate, float decay) {
        return of(Rule.SGD, p, g, null, null, rate, decay, false);
    }

    static Updates momentum(float[] p, float[] g, float[] v, float rate, float momentum, float decay, boolean nesterov) {
        Updates u = of(Rule.MOMENTUM, p, g, v, null, rate, decay, nesterov);
        u.beta1 = momentum;
        return u;
    }

    static Updates adam(float[] p, float[] g, float[] m, float[] v, float rate, float beta1, float beta2,
                        float eps, float correction1, float correction2, float decay, boolean decoupled) {
        Updates u = of(Rule.ADAM, p, g, m, v, rate, decay, decoupled);
        u.beta1 = beta1;
        u.beta2 = beta2;
        u.eps = eps;
        u.correction1 = correction1;
        u.correction2 = correction2;
        return u;
    }

    private static Updates of(Rule rule, float[] p, float[] g, float[] m, float[] v, float rate, float decay, boolean variant) {
        Updates u = MINE.get();
        u.rule = rule;
        u.p = p;
        u.g = g;
        u.m = m;
        u.v = v;
        u.rate = rate;
        u.decay = decay;
        u.variant = variant;
        return u;
    }

    /// Numbers [from, from + count).
    void run(int from, int count, Threads threads) {
        this.from = from;
        this.count = count;
        length = 0;
        each = Parts.GRAIN;
        run(count, threads);
    }

    /// Rows `rows[0..r)`, or the first `r` if null, of `length` numbers each; `factors`, one for every row of the matrix, may be null.
    void run(int length, int[] rows, int r, float[] factors, Threads threads) {
        if (rows == null && factors == null) {
            run(0, r * length, threads);
            return;
        }
        this.length = Math.max(1, length);
        this.rows = rows;
        this.factors = factors;
        count = length == 0 ? 0 : r;
        each = Math.max(1, Parts.GRAIN / this.length);
        run(count * length, threads);
    }

    private void run(int floats, Threads threads) {
        if (floats < Parts.SPLIT) {
            part(0, count);
        } else {
            threads.run((count + each - 1) / each, this, null);
        }
        p = null;
        g = null;
        m = null;
        v = null;
        rows = null;
        factors = null;
    }

    @Override
    public void run(int task, Scratch scratch) {
        part(task * each, (int) Math.min(count, (task + 1L) * each));
    }

    private void part(int first, int end) {
        if (length == 0) {
            step(from + first, end - first, rate);
            return;
        }
        for (int q = first; q < end; ) {
            int next = q + 1;
            // Neighbouring rows at one rate are one run.
            while (factors == null && next < end && rows[next] == rows[next - 1] + 1) {
                next++;
            }
            int row = rows == null ? q : rows[q];
            step(row * length, (next - q) * length, factors == null ? rate : rate * factors[row]);
            q = next;
        }
    }

    private void step(int from, int count, float rate) {
        switch (rule) {
            case SGD -> ScalarUpdates.sgd(p, g, from, count, rate, decay);
            case MOMENTUM -> ScalarUpdates.momentum(p, g, m, from, count, rate, beta1, decay, variant);
            case ADAM -> ScalarUpdates.adam(p, g, m, v, from, count, rate, beta1, beta2, eps, correction1, correction2, decay, variant);
        }
    }
}
