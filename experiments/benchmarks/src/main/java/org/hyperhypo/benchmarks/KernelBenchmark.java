package org.hyperhypo.benchmarks;

import java.util.concurrent.TimeUnit;
import org.hyperhypo.kernels.Case;
import org.hyperhypo.kernels.Cases;
import org.hyperhypo.kernels.Kernels;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/// Every case of the kernels' registry under JMH, SIMD beside the scalar twin: a second opinion on the rates of `bench`, one case at a time.
///
/// ```
/// java --add-modules jdk.incubator.vector -cp … org.hyperhypo.benchmarks.KernelBenchmark 'gemm.*256×1024×1024'
/// ```
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@org.openjdk.jmh.annotations.Fork(value = 2, jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "--sun-misc-unsafe-memory-access=allow", "-Xmx3g"})
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class KernelBenchmark {
    /// Name of the case: [#main] fills in those that match.
    @Param({})
    public String name;

    @Param({"vector", "scalar"})
    public String kernels;

    private Case chosen;
    private Runnable call;

    /// A score of 1.2e11 is 120 GFLOP/s or GB/s.
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Work {
        public double flops;
        public double bytes;
    }

    /// The answer is right before its speed is measured.
    @Setup
    public void setUp() {
        Kernels k = kernels.equals("scalar") ? Kernels.scalar()
                : Kernels.vector().orElseThrow(() -> new IllegalStateException("the SIMD kernels are missing; add --add-modules=jdk.incubator.vector"));
        chosen = Cases.benchmark(name);
        double residual = chosen.residual(k);
        if (residual > 1) {
            throw new IllegalStateException(name + ": wrong result, " + residual + " times the tolerance");
        }
        call = chosen.call(k);
    }

    @Benchmark
    public void kernel(Work work) {
        call.run();
        work.flops += chosen.work().flops();
        work.bytes += chosen.work().bytes();
    }

    /// Argument: a regular expression that names of cases must contain; all without one.
    public static void main(String[] args) throws RunnerException {
        java.util.regex.Pattern wanted = java.util.regex.Pattern.compile(args.length > 0 ? args[0] : "");
        String[] names = Cases.benchmarks().stream().map(Case::name).filter(n -> wanted.matcher(n).find()).toArray(String[]::new);
        new Runner(new OptionsBuilder().include(KernelBenchmark.class.getName()).param("name", names).build()).run();
    }
}
