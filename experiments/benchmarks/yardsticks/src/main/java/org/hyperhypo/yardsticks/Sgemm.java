package org.hyperhypo.yardsticks;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.hyperhypo.benchmarks.Contender;
import org.hyperhypo.benchmarks.Problem;
import org.hyperhypo.benchmarks.Product;

/// A library's `C = A·B`, row-major, nothing transposed.
@FunctionalInterface
interface Sgemm {
    void run(int m, int n, int k, MemorySegment a, MemorySegment b, MemorySegment c) throws Throwable;

    /// The function as a contender, where the problem is a product.
    static List<Contender> contenders(String name, Problem problem, Sgemm function) {
        if (!(problem instanceof Product p)) {
            return List.of();
        }
        MemorySegment a = NativeLibrary.copy(p.a());
        MemorySegment b = NativeLibrary.copy(p.b());
        MemorySegment c = NativeLibrary.room(p.m() * p.n());
        Runnable call = () -> {
            try {
                function.run(p.m(), p.n(), p.k(), a, b, c);
            } catch (Throwable e) {
                throw NativeLibrary.failed(name, e);
            }
        };
        return List.of(Contender.of(name, p.flops(), call, p, () -> {
            call.run();
            return NativeLibrary.floats(c, p.m() * p.n());
        }));
    }
}
