package org.hyperhypo.yardsticks;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.hyperhypo.benchmarks.Contender;
import org.hyperhypo.benchmarks.Problem;
import org.hyperhypo.benchmarks.Yardstick;

/// Intel's MKL, on one thread.
public final class Mkl implements Yardstick {
    private static final int TEXT = 200;

    private final NativeLibrary library = NativeLibrary.fromJar("org/bytedeco/mkl/linux-x86_64", "libmkl_rt.so.3");
    private final Cblas cblas = new Cblas(library);

    @Override
    public String name() {
        return "MKL";
    }

    @Override
    public String text() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocate(TEXT);
            library.function("mkl_get_version_string", FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT)).invokeExact(text, TEXT - 1);
            return text.getString(0).strip() + "; runs AVX2 code on processors that are not Intel's";
        } catch (Throwable e) {
            throw NativeLibrary.failed(name(), e);
        }
    }

    @Override
    public List<Contender> contenders(Problem problem, int threads) {
        return threads > 1 ? List.of() : Sgemm.contenders(name(), problem, cblas);
    }
}
