package org.hyperhypo.kernels;

import static org.hyperhypo.kernels.Family.PRODUCT;

import java.util.stream.IntStream;
import org.hyperhypo.kernels.Kernels.Form;

/// Matrix products: every form, B as stored, packed, scaled by alpha.
final class ProductCases {
    private static final int[][] SHAPES = {
        {0, 5, 3}, {5, 0, 3}, {5, 3, 0}, {1, 1, 1}, {1, 33, 7}, {2, 16, 15}, {5, 31, 17}, {6, 32, 16}, {7, 17, 33}, {13, 64, 9},
        {14, 60, 24}, {25, 41, 20}, {4, 8, 300}, {13, 35, 259}, {19, 96, 31}, {3, 3, 520}, {391, 33, 3},
        {1, 70, 530}, {330, 19, 600}, {70, 100, 40}, {2, 300, 9}, {9, 75, 8}, {1, 300, 260}, {3, 331, 230}};
    private static final int[][] PACKED = {
        {0, 5, 3}, {1, 33, 7}, {5, 3, 0}, {1, 75, 530}, {4, 60, 24}, {16, 100, 40}, {7, 11, 1030}, {325, 41, 20}};
    private static final int[][] LARGE = {
        {256, 1024, 1024}, {512, 1024, 1024}, {512, 2048, 2048}, {256, 3000, 1024}, {1, 1024, 1024}, {4, 1024, 1024}, {16, 1024, 1024}};

    private final Cases c;
    private final int at;

    private ProductCases(Cases c) {
        this.c = c;
        at = c.guard;
    }

    static void tests(Cases c) {
        ProductCases p = new ProductCases(c);
        for (Form form : Form.values()) {
            for (int[] s : SHAPES) {
                for (boolean accumulate : new boolean[] {false, true}) {
                    p.stored(form, s[0], s[1], s[2], accumulate, 3);
                }
            }
        }
        for (int[] s : PACKED) {
            for (Form form : new Form[] {Form.NN, Form.NT}) {
                p.repacked(form, s[0], s[1], s[2]);
                p.scaled(form, s[0], s[1], s[2]);
            }
            p.scaled(Form.TN, s[0], s[1], s[2]);
        }
    }

    static void benchmarks(Cases c) {
        ProductCases p = new ProductCases(c);
        for (int[] s : LARGE) {
            for (Form form : Form.values()) {
                p.stored(form, s[0], s[1], s[2], false, 1);
            }
            for (Form form : new Form[] {Form.NN, Form.NT}) {
                p.kept(form, s[0], s[1], s[2]);
            }
        }
    }

    private static String shape(Form form, int m, int n, int k) {
        return form + " " + m + "×" + n + "×" + k;
    }

    /// B as it is stored; leading dimensions up to `gaps − 1` longer than needed.
    private void stored(Form form, int m, int n, int k, boolean accumulate, int gaps) {
        Data d = c.data();
        int lda = (form == Form.TN ? m : k) + d.below(gaps);
        int ldb = (form == Form.NT ? k : n) + d.below(gaps);
        int ldc = n + d.below(gaps);
        int a = d.array((form == Form.TN ? k : m) * lda);
        int b = d.array((form == Form.NT ? n : k) * ldb);
        int out = d.output(m * ldc);
        c.add(PRODUCT, "gemm " + shape(form, m, n, k) + (accumulate ? " accumulate" : ""), Work.product(m, n, k, accumulate), d, k + 2, m == 25 || m == 2 || n == 331,
            (kernels, x, s) -> {
                kernels.gemm(form, m, n, k, x.f(a), at, lda, x.f(b), at, ldb, accumulate, x.f(out), at, ldc, s);
                return 0;
            },
            (x, value, bound) -> ReferenceKernels.gemm(form, m, n, k, c.every(m), x.f(a), at, lda, x.f(b), at, ldb, accumulate, value, bound, at, ldc));
    }

    /// B packed once and kept.
    private void kept(Form form, int m, int n, int k) {
        Data d = c.data();
        int ldb = form == Form.NT ? k : n;
        int a = d.array(m * k);
        int b = d.array(n * k);
        int out = d.output(m * n);
        c.add(PRODUCT, "gemm packed " + shape(form, m, n, k), Work.product(m, n, k, false), d, k + 2, false,
            (kernels, x, s) -> {
                kernels.gemm(m, x.f(a), at, k, x.packedOnce(kernels, form, n, k, x.f(b), at, ldb), false, x.f(out), at, n, s);
                return 0;
            },
            (x, value, bound) -> ReferenceKernels.gemm(form, m, n, k, c.every(m), x.f(a), at, k, x.f(b), at, ldb, false, value, bound, at, n));
    }

    /// Packs another array, then takes every row anew: both ways of packing are seen.
    private void repacked(Form form, int m, int n, int k) {
        int stored = form == Form.NT ? n : k;
        Data d = c.data();
        int lda = k + d.below(3);
        int ldb = (form == Form.NT ? k : n) + d.below(3);
        int ldc = n + d.below(3);
        int a = d.array(m * lda);
        int b = d.array(stored * ldb);
        int out = d.output(m * ldc);
        int[] odd = IntStream.range(0, stored).filter(i -> i % 2 == 1).toArray();
        int[] even = IntStream.range(0, stored).filter(i -> i % 2 == 0).toArray();
        float[] zero = new float[stored * ldb + 2 * at];
        boolean accumulate = m % 2 == 1;
        c.add(PRODUCT, "gemm packed anew " + shape(form, m, n, k), Work.product(m, n, k, accumulate), d, k + 2, m == 16 || m == 1,
            (kernels, x, s) -> {
                PackedMatrix matrix = x.kept(kernels, form, n, k);
                matrix.pack(m % 2 == 0 ? zero : x.f(b), at, ldb);
                matrix.packRows(x.f(b), at, ldb, odd, odd.length);
                matrix.packRows(x.f(b), at, ldb, even, even.length);
                kernels.gemm(m, x.f(a), at, lda, matrix, accumulate, x.f(out), at, ldc, s);
                return 0;
            },
            (x, value, bound) -> ReferenceKernels.gemm(form, m, n, k, 1, x.f(a), at, lda, x.f(b), at, ldb, accumulate, value, bound, at, ldc));
    }

    private void scaled(Form form, int m, int n, int k) {
        Data d = c.data();
        int lda = form == Form.TN ? m : k;
        int ldb = form == Form.NT ? k : n;
        int a = d.array(m * k);
        int b = d.array(n * k);
        int out = d.output(m * n);
        c.add(PRODUCT, "gemm " + shape(form, m, n, k) + " alpha", Work.product(m, n, k, true), d, k + 4, m == 16,
            (kernels, x, s) -> {
                kernels.gemm(form, m, n, k, -0.3f, x.f(a), at, lda, x.f(b), at, ldb, true, x.f(out), at, n, s);
                return 0;
            },
            (x, value, bound) -> {
                float[] scaled = x.f(a).clone();
                for (int i = 0; i < scaled.length; i++) {
                    scaled[i] = -0.3f * scaled[i];
                }
                ReferenceKernels.gemm(form, m, n, k, 1, scaled, at, lda, x.f(b), at, ldb, true, value, bound, at, n);
            });
    }
}
