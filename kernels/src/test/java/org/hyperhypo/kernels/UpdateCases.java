package org.hyperhypo.kernels;

import static org.hyperhypo.kernels.Family.UPDATE;

/// Optimizer steps.
final class UpdateCases {
    /// 64 MB an array.
    private static final int OUT_OF_CACHE = 1 << 24;

    private final Cases c;
    private final int at;

    private UpdateCases(Cases c) {
        this.c = c;
        at = c.guard;
    }

    static void tests(Cases c) {
        UpdateCases u = new UpdateCases(c);
        for (int count : Cases.COUNTS) {
            u.sgd(count, count == 101);
            for (boolean flag : new boolean[] {false, true}) {
                u.momentum(count, flag, count == 101);
                u.adam(count, flag, count == 101);
            }
        }
        u.sgd(100_003, false);
        u.momentum(100_003, true, false);
        u.adam(100_003, false, true);
        u.rows();
    }

    /// Chosen rows, factors or not, numbers of a bias (length 1), and enough for several tasks.
    private void rows() {
        int[][] shapes = {{0, 5}, {7, 0}, {9, 1}, {12, 33}, {200, 411}, {90_000, 1}};
        for (int[] s : shapes) {
            for (int every : new int[] {1, 3}) {
                for (boolean withFactors : new boolean[] {false, true}) {
                    rows(s[0], s[1], every == 1 ? null : Cases.everyNth(s[0], every), withFactors, s[0] == 12 || s[0] == 200 && every == 3);
                }
            }
        }
        rows(40, 9, new int[] {0, 1, 2, 5, 6, 20, 38, 39}, false, false);
    }

    static void benchmarks(Cases c) {
        UpdateCases u = new UpdateCases(c);
        for (int count : new int[] {1 << 16, OUT_OF_CACHE}) {
            u.sgd(count, false);
            u.momentum(count, false, false);
            u.momentum(count, true, false);
            u.adam(count, false, false);
            u.adam(count, true, false);
        }
    }

    private void sgd(int count, boolean hot) {
        Data d = c.data();
        int p = d.output(count);
        int g = d.array(count);
        c.add(UPDATE, "sgd " + count, Work.memory(3L * count), d, 4, hot, (k, x, t) -> {
            k.sgd(x.f(p), x.f(g), at, count, 0.1f, 0.01f);
            return 0;
        }, (x, value, bound) -> Cases.block(at, 1, count, 0, i -> {
            double step = x.f(g)[i] + 0.01f * value[i];
            bound[i] = Math.abs(value[i]) + 0.1 * Math.abs(x.f(g)[i]);
            value[i] -= 0.1f * step;
        }));
    }

    private void momentum(int count, boolean nesterov, boolean hot) {
        Data d = c.data();
        int p = d.output(count);
        int g = d.array(count);
        int v = d.array(count, 1);
        c.add(UPDATE, "momentum " + count + (nesterov ? " Nesterov" : ""), Work.memory(5L * count), d, 8, hot, (k, x, t) -> {
            k.momentum(x.f(p), x.f(g), x.f(v), at, count, 0.1f, 0.9f, 0.01f, nesterov);
            return 0;
        }, (x, value, bound) -> Cases.block(at, 1, count, 0, i -> {
            double gradient = x.f(g)[i] + 0.01f * value[i];
            double velocity = 0.9f * x.f(v)[i] + gradient;
            bound[i] = Math.abs(value[i]) + Math.abs(x.f(g)[i]) + Math.abs(x.f(v)[i]);
            value[i] -= 0.1f * (nesterov ? gradient + 0.9f * velocity : velocity);
        }));
    }

    private void adam(int count, boolean decoupled, boolean hot) {
        Data d = c.data();
        int p = d.output(count);
        int g = d.array(count);
        int m = d.array(count, 1);
        int v = d.array(count, 1);
        d.then(x -> {
            for (int i = 0; i < x.f(v).length; i++) {
                x.f(v)[i] = Math.abs(x.f(v)[i]);
            }
        });
        c.add(UPDATE, "adam " + count + (decoupled ? " decoupled" : ""), Work.memory(7L * count), d, 16, hot, (k, x, t) -> {
            k.adam(x.f(p), x.f(g), x.f(m), x.f(v), at, count, 0.01f, 0.9f, 0.999f, 1e-6f, 0.19f, 0.002f, 0.05f, decoupled);
            return 0;
        }, (x, value, bound) -> Cases.block(at, 1, count, 0, i -> {
            double start = decoupled ? value[i] * (1 - 0.01f * 0.05f) : value[i];
            double gradient = x.f(g)[i] + (decoupled ? 0 : 0.05f * start);
            double first = 0.9f * x.f(m)[i] + (1 - 0.9f) * gradient;
            double second = 0.999f * x.f(v)[i] + (1 - 0.999f) * gradient * gradient;
            double scale = 0.01f / 0.19f / (Math.sqrt(second) / Math.sqrt(0.002f) + 1e-6f);
            bound[i] = Math.abs(value[i]) + scale * (Math.abs(x.f(m)[i]) + Math.abs(x.f(g)[i]) + Math.abs(start));
            value[i] = start - scale * first;
        }));
    }

    /// All three steps one after the other; what a step of one row alone gives is in UpdatesTest.
    private void rows(int count, int length, int[] rows, boolean withFactors, boolean hot) {
        int r = rows == null ? count : rows.length;
        Data d = c.data();
        int p = d.output(count * length);
        int g = d.array(count * length);
        int m = d.array(count * length, 1);
        int v = d.array(count * length, 1);
        int factors = d.array(count, 2);
        d.then(x -> {
            for (int i = 0; i < x.f(v).length; i++) {
                x.f(v)[i] = Math.abs(x.f(v)[i]);
            }
        });
        c.add(UPDATE, "sgd, momentum, adam of " + r + " of " + count + " rows of " + length + (withFactors ? " with factors" : ""),
            Work.memory(15L * r * length), d, 0, hot, (k, x, t) -> {
                float[] f = withFactors ? x.f(factors) : null;
                k.sgd(x.f(p), x.f(g), length, rows, r, f, 0.1f, 0.01f);
                k.momentum(x.f(p), x.f(g), x.f(m), length, rows, r, f, 0.1f, 0.9f, 0.01f, true);
                k.adam(x.f(p), x.f(g), x.f(m), x.f(v), length, rows, r, f, 0.01f, 0.9f, 0.999f, 1e-6f, 0.19f, 0.002f, 0.05f, true);
                return 0;
            }, null);
    }
}
