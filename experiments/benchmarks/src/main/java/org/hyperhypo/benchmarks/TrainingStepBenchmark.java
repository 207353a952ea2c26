package org.hyperhypo.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.NetworkSpec;
import org.hyperhypo.engine.NeuronMask;
import org.hyperhypo.engine.OptimizerState;
import org.hyperhypo.engine.Sgd;
import org.hyperhypo.engine.Shape;
import org.hyperhypo.engine.Workspace;
import org.hyperhypo.kernels.Activation;
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

/// One training step of the digits recipe's network (or the paper's), batch 256, SGD with momentum: everything, and a tenth of the FC neurons.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 2, jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "--sun-misc-unsafe-memory-access=allow"})
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class TrainingStepBenchmark {
    private static final int BATCH = 256;

    @Param({"digits", "paper"})
    public String network;

    private Network net;
    private Network aboveConvolutions;
    private Workspace work;
    private Workspace workAbove;
    private OptimizerState state;
    private OptimizerState stateAbove;
    private NeuronMask all;
    private NeuronMask tenth;
    private float[] inputs;
    private float[] kept;
    private int[] labels;
    private final Sgd optimizer = Sgd.momentum(0.9);

    @Setup
    public void setUp() {
        boolean paper = network.equals("paper");
        NetworkSpec spec = paper
                ? NetworkSpec.tfcnn(new Shape(1, 40, 17), 200, 8, 3, 75, 8, 5, 4, 1024, new Activation.Sigmoid(), 3000)
                : NetworkSpec.tfcnn(new Shape(1, 40, 17), 32, 8, 3, 16, 8, 5, 4, 256, new Activation.Sigmoid(), 63);
        net = Network.initialised(spec, 1);
        work = net.workspace(BATCH);
        aboveConvolutions = net.from("fc1");
        workAbove = aboveConvolutions.workspace(BATCH);
        state = optimizer.newState(net);
        stateAbove = optimizer.newState(aboveConvolutions);
        all = NeuronMask.all(spec);
        Map<String, int[]> rows = new LinkedHashMap<>();
        for (int layer = 1; layer <= 4; layer++) {
            rows.put("fc" + layer, java.util.stream.IntStream.range(0, paper ? 102 : 26).map(i -> i * 10 % (paper ? 1024 : 256)).distinct()
                    .sorted().toArray());
        }
        tenth = NeuronMask.of(aboveConvolutions.spec(), rows);
        SplittableRandom random = new SplittableRandom(2);
        inputs = random(BATCH * spec.input().size(), random);
        kept = random(BATCH * aboveConvolutions.spec().input().size(), random);
        labels = random.ints(BATCH, 0, spec.output().size()).toArray();
    }

    @Benchmark
    public double everything() {
        net.forward(inputs, 0, BATCH, work);
        double loss = net.backward(labels, BATCH, all, work);
        optimizer.step(net, all, work, 1e-3, state);
        return loss;
    }

    /// The frozen convolutions' outputs are kept, as in the recipe's first adaptation stage.
    @Benchmark
    public double tenthOfTheNeurons() {
        aboveConvolutions.forward(kept, 0, BATCH, workAbove);
        double loss = aboveConvolutions.backward(labels, BATCH, tenth, workAbove);
        optimizer.step(aboveConvolutions, tenth, workAbove, 1e-3, stateAbove);
        return loss;
    }

    private static float[] random(int size, SplittableRandom random) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextDouble();
        }
        return values;
    }
}
