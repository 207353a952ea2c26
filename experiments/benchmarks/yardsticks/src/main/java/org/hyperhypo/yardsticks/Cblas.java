package org.hyperhypo.yardsticks;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// `cblas_sgemm` of a library that has it.
final class Cblas implements Sgemm {
    private static final int ROW_MAJOR = 101;
    private static final int NO_TRANSPOSITION = 111;
    private final MethodHandle sgemm;

    Cblas(NativeLibrary library) {
        sgemm = library.function("cblas_sgemm", FunctionDescriptor.ofVoid(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_FLOAT, ADDRESS,
                JAVA_INT, ADDRESS, JAVA_INT, JAVA_FLOAT, ADDRESS, JAVA_INT));
    }

    @Override
    public void run(int m, int n, int k, MemorySegment a, MemorySegment b, MemorySegment c) throws Throwable {
        sgemm.invokeExact(ROW_MAJOR, NO_TRANSPOSITION, NO_TRANSPOSITION, m, n, k, 1f, a, k, b, n, 0f, c, n);
    }
}
