package org.hyperhypo.kernels;

import static org.hyperhypo.kernels.Family.POOLING;

import java.util.Arrays;

/// Max pooling and its gradient.
final class PoolingCases {
    private static final PoolShape[] SHAPES = {new PoolShape(1, 1, 1, 1, 1), new PoolShape(32, 9, 1, 3, 1), new PoolShape(16, 1, 11, 1, 5),
        new PoolShape(19, 7, 5, 2, 2), new PoolShape(48, 4, 4, 2, 3)};

    private final Cases c;
    private final int at;

    private PoolingCases(Cases c) {
        this.c = c;
        at = c.guard;
    }

    static void tests(Cases c) {
        PoolingCases p = new PoolingCases(c);
        for (PoolShape shape : SHAPES) {
            for (int n : new int[] {0, 1, 4, 240}) {
                boolean hot = n >= 4 && shape.channels() == 32;
                p.forward(shape + " n=" + n, shape, n, 5, hot);
                p.backward(shape + " n=" + n, shape, n, 5, hot);
            }
        }
    }

    static void benchmarks(Cases c) {
        PoolingCases p = new PoolingCases(c);
        p.forward("frequency branch, batch 256", new PoolShape(200, 33, 1, 3, 1), 256, 0, false);
        p.backward("frequency branch, batch 256", new PoolShape(200, 33, 1, 3, 1), 256, 0, false);
    }

    private static Work work(PoolShape shape, int n) {
        return new Work(0, (double) n * (4L * shape.inSize() + 5L * shape.outSize()));
    }

    private void forward(String text, PoolShape shape, int n, int gap, boolean hot) {
        int ld = shape.outSize() + gap;
        Data d = c.data();
        int x = d.array(n * shape.inSize());
        int y = d.output(n * ld);
        d.then(v -> {
            v.bytes = new byte[n * shape.outSize() + at];
            Arrays.fill(v.bytes, (byte) 99);
            // Equal values, so that "first wins" is seen.
            for (int i = 0; i < v.f(x).length; i++) {
                v.f(x)[i] = v.below(5) - 2;
            }
        });
        c.add(POOLING, "maxPoolForward " + text, work(shape, n), d, 0, hot, (k, v, t) -> {
            k.maxPoolForward(shape, n, v.f(x), at, v.f(y), at, ld, v.bytes);
            return 0;
        }, (v, value, bound) -> windows(shape, n, (window, xAt, index) -> {
            int out = at + window / shape.outSize() * ld + window % shape.outSize();
            value[out] = index == 0 ? v.f(x)[at + xAt] : Math.max(value[out], v.f(x)[at + xAt]);
        }));
    }

    private void backward(String text, PoolShape shape, int n, int gap, boolean hot) {
        int ld = shape.outSize() + gap;
        Data d = c.data();
        int dY = d.array(n * ld);
        int dX = d.output(n * shape.inSize());
        d.then(v -> {
            v.bytes = new byte[n * shape.outSize() + at];
            for (int i = 0; i < v.bytes.length; i++) {
                v.bytes[i] = (byte) v.below(shape.poolHeight() * shape.poolWidth());
            }
        });
        c.add(POOLING, "maxPoolBackward " + text, work(shape, n), d, 0, hot, (k, v, t) -> {
            k.maxPoolBackward(shape, n, v.f(dY), at, ld, v.bytes, v.f(dX), at);
            return 0;
        }, (v, value, bound) -> {
            Arrays.fill(value, at, at + n * shape.inSize(), 0);
            windows(shape, n, (window, xAt, index) -> {
                if (v.bytes[window] == index) {
                    value[at + xAt] = v.f(dY)[at + window / shape.outSize() * ld + window % shape.outSize()];
                }
            });
        });
    }

    @FunctionalInterface
    private interface Term {
        void at(int window, int x, int index);
    }

    private static void windows(PoolShape s, int n, Term term) {
        for (int w = 0; w < n * s.outSize(); w++) {
            int channel = w % s.channels();
            int ow = w / s.channels() % s.outWidth();
            int oh = w / s.channels() / s.outWidth() % s.outHeight();
            for (int i = 0; i < s.poolHeight() * s.poolWidth(); i++) {
                int row = oh * s.poolHeight() + i / s.poolWidth();
                int column = ow * s.poolWidth() + i % s.poolWidth();
                term.at(w, w / s.outSize() * s.inSize() + (row * s.width() + column) * s.channels() + channel, i);
            }
        }
    }
}
