package org.hyperhypo.yardsticks;

import dev.ludovic.netlib.blas.JavaBLAS;
import java.util.List;
import org.hyperhypo.benchmarks.Contender;
import org.hyperhypo.benchmarks.Problem;
import org.hyperhypo.benchmarks.Product;
import org.hyperhypo.benchmarks.Yardstick;

/// The BLAS in Java that Spark uses, on the Vector API, one thread. Column-major: C = A·B row-major is Cᵀ = Bᵀ·Aᵀ to it.
public final class Netlib implements Yardstick {
    private final JavaBLAS blas = JavaBLAS.getInstance();

    @Override
    public String name() {
        return "netlib " + blas.getClass().getSimpleName();
    }

    @Override
    public String text() {
        return "dev.ludovic.netlib:blas 3.2.0, " + blas.getClass().getName();
    }

    @Override
    public List<Contender> contenders(Problem problem, int threads) {
        if (threads > 1 || !(problem instanceof Product p)) {
            return List.of();
        }
        float[] c = new float[p.m() * p.n()];
        Runnable call = () -> blas.sgemm("N", "N", p.n(), p.m(), p.k(), 1f, p.b(), p.n(), p.a(), p.k(), 0f, c, p.n());
        return List.of(Contender.of(name(), p.flops(), call, p, () -> {
            call.run();
            return c;
        }));
    }
}
