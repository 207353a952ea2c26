package org.hyperhypo.kernels;

import static org.hyperhypo.kernels.Family.ELEMENTWISE;

import java.util.Arrays;

/// fill, add, axpy, and gates with their gradient.
final class ElementwiseCases {
    private final Cases c;
    private final int at;

    private ElementwiseCases(Cases c) {
        this.c = c;
        at = c.guard;
    }

    static void tests(Cases c) {
        ElementwiseCases e = new ElementwiseCases(c);
        for (int count : Cases.COUNTS) {
            e.sums(count, count == 101);
            e.scaleColumns(3, count, 2, count == 101);
            e.gateGradient(3, count, 2, count == 101);
        }
        e.sums(100_003, false);
        e.scaleColumns(200, 331, 2, false);
        e.gateGradient(200, 331, 2, true);
    }

    static void benchmarks(Cases c) {
        ElementwiseCases e = new ElementwiseCases(c);
        e.scaleColumns(256, 1024, 0, false);
        e.gateGradient(256, 1024, 0, false);
    }

    private void sums(int count, boolean hot) {
        Data d = c.data();
        int x = d.array(count, 110);
        int y = d.output(count);
        c.add(ELEMENTWISE, "fill " + count, Work.memory(count), d, 0, hot, (k, v, t) -> {
            k.fill(v.f(y), at, count, 3);
            return 0;
        }, (v, value, bound) -> Arrays.fill(value, at, at + count, 3));
        c.add(ELEMENTWISE, "add " + count, Work.memory(3L * count), d, 1, hot, (k, v, t) -> {
            k.add(count, v.f(x), at, v.f(y), at);
            return 0;
        }, (v, value, bound) -> Cases.block(at, 1, count, 0, i -> {
            bound[i] = Math.abs(value[i]) + Math.abs(v.f(x)[i]);
            value[i] += v.f(x)[i];
        }));
        c.add(ELEMENTWISE, "axpy " + count, Work.memory(3L * count), d, 1, hot, (k, v, t) -> {
            k.axpy(count, -1.5f, v.f(x), at, v.f(y), at);
            return 0;
        }, (v, value, bound) -> Cases.block(at, 1, count, 0, i -> {
            bound[i] = Math.abs(value[i]) + 2 * Math.abs(v.f(x)[i]);
            value[i] -= 1.5 * v.f(x)[i];
        }));
    }

    private void scaleColumns(int rows, int columns, int gap, boolean hot) {
        int ld = columns + gap;
        Data d = c.data();
        int x = d.array(rows * ld);
        int g = d.array(columns);
        int y = d.output(rows * ld);
        c.add(ELEMENTWISE, "scaleColumns " + rows + "×" + columns, Work.memory(2L * rows * columns), d, 1, hot, (k, v, t) -> {
            k.scaleColumns(rows, columns, v.f(x), at, ld, v.f(g), v.f(y), at, ld);
            return 0;
        }, (v, value, bound) -> Cases.block(at, rows, columns, ld,
            i -> ReferenceKernels.set(value, bound, i, (double) v.f(x)[i] * v.f(g)[(i - at) % ld])));
    }

    private void gateGradient(int rows, int columns, int gap, boolean hot) {
        int ld = columns + gap;
        Data d = c.data();
        int a = d.array(rows * ld);
        int dH = d.array(rows * ld);
        int dG = d.output(columns);
        c.add(ELEMENTWISE, "gateGradient " + rows + "×" + columns, Work.memory(2L * rows * columns), d, rows + 2, hot, (k, v, t) -> {
            k.gateGradient(rows, columns, v.f(a), at, ld, v.f(dH), at, ld, v.f(dG));
            return 0;
        }, (v, value, bound) -> {
            for (int i = 0; i < columns; i++) {
                bound[i] = Math.abs(value[i]);
            }
            Cases.block(at, rows, columns, ld, i -> ReferenceKernels.add(value, bound, (i - at) % ld, v.f(a)[i], v.f(dH)[i]));
        });
    }
}
