package org.hyperhypo.benchmarks;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.hyperhypo.kernels.Kernels;
import org.hyperhypo.kernels.Scratch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// A dense layer's three products, batch × inputs × outputs, packing included; the SIMD kernels beside their scalar twin.
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 2, jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "--sun-misc-unsafe-memory-access=allow"})
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class GemmBenchmark {
    @Param({"256x384x256", "256x256x256", "256x1024x1024"})
    public String shape;

    @Param({"vector", "scalar"})
    public String kernels;

    private Kernels run;
    private Scratch scratch;
    private int batch;
    private int inputs;
    private int outputs;
    private float[] x;
    private float[] weights;
    private float[] bias;
    private float[] y;
    private float[] dX;
    private float[] dW;
    private int[] all;
    private int[] tenth;

    @Setup
    public void setUp() {
        String[] sizes = shape.split("x");
        batch = Integer.parseInt(sizes[0]);
        inputs = Integer.parseInt(sizes[1]);
        outputs = Integer.parseInt(sizes[2]);
        run = kernels.equals("scalar") ? Kernels.scalar()
                : Kernels.vector().orElseThrow(() -> new IllegalStateException("the SIMD kernels are missing; add --add-modules=jdk.incubator.vector"));
        scratch = new Scratch();
        x = random(batch * inputs, 1);
        weights = random(outputs * inputs, 2);
        bias = random(outputs, 3);
        y = random(batch * outputs, 4);
        dX = new float[batch * inputs];
        dW = new float[outputs * inputs];
        all = java.util.stream.IntStream.range(0, outputs).toArray();
        tenth = java.util.stream.IntStream.range(0, outputs / 10).map(i -> i * 10).toArray();
        check();
    }

    /// The answer is right before its speed is measured: a few outputs against a sum in double precision.
    private void check() {
        float[] result = new float[batch * outputs];
        run.denseForward(batch, inputs, outputs, x, 0, inputs, weights, bias, result, 0, outputs, scratch);
        for (int i = 0; i < 100; i++) {
            int row = i * 37 % batch;
            int column = i * 101 % outputs;
            double sum = bias[column];
            double size = Math.abs(sum);
            for (int k = 0; k < inputs; k++) {
                double product = (double) x[row * inputs + k] * weights[column * inputs + k];
                sum += product;
                size += Math.abs(product);
            }
            if (!(Math.abs(sum - result[row * outputs + column]) <= inputs * 0x1p-24 * size)) {
                throw new IllegalStateException("wrong result " + result[row * outputs + column] + ", expected " + sum);
            }
        }
    }

    @Benchmark
    public float[] forward(Flops counter) {
        run.denseForward(batch, inputs, outputs, x, 0, inputs, weights, bias, y, 0, outputs, scratch);
        counter.flops += 2L * batch * inputs * outputs;
        return y;
    }

    @Benchmark
    public float[] inputGradient(Flops counter) {
        run.denseInputGradient(batch, inputs, outputs, y, 0, outputs, weights, false, dX, 0, inputs, scratch);
        counter.flops += 2L * batch * inputs * outputs;
        return dX;
    }

    @Benchmark
    public float[] weightGradient(Flops counter) {
        run.weightGradient(batch, inputs, outputs, y, 0, outputs, x, 0, inputs, all, outputs, dW, scratch);
        counter.flops += 2L * batch * inputs * outputs;
        return dW;
    }

    /// A tenth of the rows: should cost a tenth.
    @Benchmark
    public float[] maskedWeightGradient(Flops counter) {
        run.weightGradient(batch, inputs, outputs, y, 0, outputs, x, 0, inputs, tenth, tenth.length, dW, scratch);
        counter.flops += 2L * batch * inputs * tenth.length;
        return dW;
    }

    private static float[] random(int size, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }
}
