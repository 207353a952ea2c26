package org.hyperhypo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.hyperhypo.kernels.Activation;
import org.hyperhypo.kernels.KernelInfo;
import org.hyperhypo.kernels.Kernels;
import org.junit.jupiter.api.Test;

/// Training gives the same network, bit by bit, for every optimizer, any number of threads, any vector width, scalar kernels, with weights kept packed,
/// and when it was stopped and resumed with another number of threads.
class SameBitsTest {
    private static final int BATCH = 70;

    /// A few steps with every neuron, then a few with some of them, as adaptation does.
    static String train(Kernels kernels, boolean keep) {
        StringBuilder hashes = new StringBuilder();
        for (Optimizer optimizer : List.of(Sgd.plain(), new Sgd(0.9, true, 0.01), new Adam(0.9, 0.999, 1e-8, 0.01, true))) {
            hashes.append(train(kernels, keep, optimizer), 0, 16);
        }
        return hashes.toString();
    }

    private static String train(Kernels kernels, boolean keep, Optimizer optimizer) {
        NetworkSpec spec = NetworkSpec.tfcnn(new Shape(1, 20, 9), 19, 6, 2, 11, 4, 3, 2, 75, new Activation.Sigmoid(), 37);
        Network net = Nets.random(spec, 5, false);
        Workspace w = net.workspace(BATCH, kernels);
        if (keep) {
            w.keepPackedWeights();
        }
        OptimizerState state = optimizer.newState(net);
        for (NeuronMask mask : List.of(NeuronMask.all(spec), Nets.mask(spec, 0.15, 3, "fc2", "output"), Nets.mask(spec, 0.2, 4))) {
            w.weightsChanged();
            for (int step = 0; step < 2; step++) {
                net.forward(Nets.inputs(spec, BATCH, step), 0, BATCH, w);
                net.backward(Nets.labels(spec, BATCH, step), BATCH, mask, w);
                optimizer.step(net, mask, w, 3e-3, state);
            }
        }
        return net.hash();
    }

    /// A run with a mask above frozen convolutions, stopped after two epochs and resumed with one thread more.
    private static String resumed(int threads) throws IOException {
        Path folder = Files.createTempDirectory("same-bits");
        Trainer.Execution execution = Trainer.Execution.standard().withThreads(threads).withCheckpoints(folder, 2);
        try {
            adapted(execution, progress -> {
                if (progress.epoch() == 2) {
                    throw new IllegalStateException("stopped");
                }
            });
            throw new AssertionError("was not stopped");
        } catch (IllegalStateException stopped) {
            return adapted(execution.withThreads(threads + 1), _ -> { });
        } finally {
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    private static String adapted(Trainer.Execution execution, Consumer<Progress> progress) {
        Network net = Nets.random(Nets.tfcnn(), 5, false);
        Trainer.train(net, Nets.mask(net.spec(), 0.3, 3, "fc2", "output"), Nets.examples(net.spec(), 200, 1), null,
                Trainer.Options.of(Sgd.momentum(0.9), 0.05, 4, BATCH, 1), execution, progress);
        return net.hash();
    }

    /// One JVM of the test: prints `setting hash` lines.
    public static void main(String[] args) throws IOException {
        System.out.println("scalar " + train(Kernels.scalar(), false));
        for (int threads : new int[] {1, 2, 3, 8}) {
            Kernels kernels = Kernels.best(threads);
            System.out.println(kernels.name().replace(' ', '_') + " " + train(kernels, threads % 2 == 0));
        }
        for (int threads : new int[] {1, 3}) {
            System.out.println("vector_resumed_" + threads + " " + resumed(threads));
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
        String whole = adapted(Trainer.Execution.standard(), _ -> { });
        hashes.forEach((setting, hash) -> assertEquals(setting.startsWith("vector_resumed") ? whole : here, hash, setting + " against " + KernelInfo.current().text()));
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
