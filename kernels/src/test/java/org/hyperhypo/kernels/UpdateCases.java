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
}
