package org.hyperhypo.yardsticks;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Map;
import org.hyperhypo.benchmarks.Contender;
import org.hyperhypo.benchmarks.Problem;
import org.hyperhypo.benchmarks.Yardstick;

/// Intel's oneDNN. Its thread count is OpenMP's, from the environment of the fork.
public final class OneDnn implements Yardstick {
    /// Values of `dnnl_cpu_isa_t`.
    private static final Map<Integer, String> ISA = Map.of(0x1, "SSE4.1", 0x3, "AVX", 0x7, "AVX2", 0xf, "AVX2 VNNI", 0x1f, "AVX2 VNNI 2", 0x27, "AVX-512",
            0x67, "AVX-512 VNNI", 0xe7, "AVX-512 BF16", 0x1ef, "AVX10.1");
    private static final byte N = 'N';

    private final NativeLibrary library = NativeLibrary.fromJar("org/bytedeco/dnnl/linux-x86_64", "libdnnl.so.3");
    private final MethodHandle sgemm = library.function("dnnl_sgemm", FunctionDescriptor.of(JAVA_INT, JAVA_BYTE, JAVA_BYTE, JAVA_LONG, JAVA_LONG, JAVA_LONG,
            JAVA_FLOAT, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_FLOAT, ADDRESS, JAVA_LONG));

    @Override
    public String name() {
        return "oneDNN";
    }

    @Override
    @SuppressWarnings("restricted")
    public String text() {
        try {
            MemorySegment version = ((MemorySegment) library.function("dnnl_version", FunctionDescriptor.of(ADDRESS)).invokeExact()).reinterpret(12);
            int isa = (int) library.function("dnnl_get_effective_cpu_isa", FunctionDescriptor.of(JAVA_INT)).invokeExact();
            return version.getAtIndex(JAVA_INT, 0) + "." + version.getAtIndex(JAVA_INT, 1) + "." + version.getAtIndex(JAVA_INT, 2) + ", dnnl_sgemm, "
                    + ISA.getOrDefault(isa, "instruction set 0x" + Integer.toHexString(isa));
        } catch (Throwable e) {
            throw NativeLibrary.failed(name(), e);
        }
    }

    @Override
    public List<Contender> contenders(Problem problem, int threads) {
        return Sgemm.contenders(name(), problem, this::run);
    }

    private void run(int m, int n, int k, MemorySegment a, MemorySegment b, MemorySegment c) throws Throwable {
        int status = (int) sgemm.invokeExact(N, N, (long) m, (long) n, (long) k, 1f, a, (long) k, b, (long) n, 0f, c, (long) n);
        if (status != 0) {
            throw new IllegalStateException("status " + status);
        }
    }
}
