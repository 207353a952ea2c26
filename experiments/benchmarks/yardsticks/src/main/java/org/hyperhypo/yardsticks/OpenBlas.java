package org.hyperhypo.yardsticks;

import java.util.List;
import org.hyperhypo.benchmarks.Contender;
import org.hyperhypo.benchmarks.Problem;
import org.hyperhypo.benchmarks.Yardstick;

/// OpenBLAS. The fork starts without OPENBLAS_CORETYPE and OPENBLAS_L2_SIZE, which can halve its speed.
public final class OpenBlas implements Yardstick {
    private final NativeLibrary library = NativeLibrary.fromJar("org/bytedeco/openblas/linux-x86_64", "libopenblas.so.0");
    private final Cblas cblas = new Cblas(library);

    @Override
    public String name() {
        return "OpenBLAS";
    }

    @Override
    public String text() {
        return library.text("openblas_get_config").strip() + ", chosen core " + library.text("openblas_get_corename");
    }

    @Override
    public List<Contender> contenders(Problem problem, int threads) {
        library.set("openblas_set_num_threads", threads);
        return Sgemm.contenders(name(), problem, cblas);
    }
}
