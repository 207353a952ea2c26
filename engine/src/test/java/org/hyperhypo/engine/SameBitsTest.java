package org.hyperhypo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hyperhypo.kernels.Activation;
import org.hyperhypo.kernels.KernelInfo;
import org.hyperhypo.kernels.Kernels;
import org.junit.jupiter.api.Test;

/// Training gives the same network, bit by bit, for any number of threads, any vector width, scalar kernels, and with weights kept packed.
class SameBitsTest {
    private static final int BATCH = 70;

    /// A few steps with every neuron, then a few with some of them, as adaptation does.
    static String train(Kernels kernels, boolean keep) {
        NetworkSpec spec = NetworkSpec.tfcnn(new Shape(1, 20, 9), 19, 6, 2, 11, 4, 3, 2, 75, new Activation.Sigmoid(), 37);
        Network net = Nets.random(spec, 5, false);
        Workspace w = net.workspace(BATCH, kernels);
        if (keep) {
            w.keepPackedWeights();
        }
        Optimizer optimizer = new Adam(0.9, 0.999, 1e-8, 0.01, true);
        OptimizerState state = optimizer.newState(net);
        for (NeuronMask mask : List.of(NeuronMask.all(spec), Nets.mask(spec, 0.15, 3, "fc2", "output"), Nets.mask(spec, 0.2, 4))) {
            w.weightsChanged();
            for (int step = 0; step < 3; step++) {
                net.forward(Nets.inputs(spec, BATCH, step), 0, BATCH, w);
                net.backward(Nets.labels(spec, BATCH, step), BATCH, mask, w);
                optimizer.step(net, mask, w, 3e-3, state);
            }
        }
        return net.hash();
    }

    /// One JVM of the test: prints `setting hash` lines.
    public static void main(String[] args) {
        System.out.println("scalar " + train(Kernels.scalar(), false));
        for (int threads : new int[] {1, 2, 3, 8}) {
            Kernels kernels = Kernels.best(threads);
            System.out.println(kernels.name().replace(' ', '_') + " " + train(kernels, threads % 2 == 0));
        }
    }

    @Test
    void trainingGivesTheSameNetworkForAnyThreadsAnyWidthAndScalar() throws Exception {
        Map<String, String> hashes = new TreeMap<>();
        List<Process> running = new ArrayList<>();
        try {
            for (String width : new String[] {"-XX:UseAVX=3", "-XX:UseAVX=2", "-XX:MaxVectorSize=16"}) {
                running.add(start(width));
            }
            for (Process p : running) {
                for (String line : new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()
                        .filter(l -> l.startsWith("scalar") || l.startsWith("vector")).toList()) {
                    String[] parts = line.split(" ");
                    assertEquals(2, parts.length, line);
                    hashes.merge(parts[0], parts[1], (a, b) -> a.equals(b) ? a : a + " and " + b);
                }
                assertEquals(0, p.waitFor());
            }
        } finally {
            running.forEach(Process::destroy);
        }
        String here = train(Kernels.best(), true);
        hashes.forEach((setting, hash) -> assertEquals(here, hash, setting + " against " + KernelInfo.current().text()));
        assertTrue(hashes.size() >= 5, hashes.toString());
        System.out.println("same bits: " + hashes.keySet());
    }

    private static Process start(String width) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(java, "-XX:+UseSerialGC", "-XX:+IgnoreUnrecognizedVMOptions", width, "--add-modules", "jdk.incubator.vector",
                "-Dhyperhypo.kernels=vector", "-cp", System.getProperty("java.class.path"), SameBitsTest.class.getName());
        return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }
}
