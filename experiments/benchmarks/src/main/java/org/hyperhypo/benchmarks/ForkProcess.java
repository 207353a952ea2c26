package org.hyperhypo.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.hyperhypo.experiments.UserError;

/// Starts a [Fork] and waits for it.
final class ForkProcess {
    /// Of every forked JVM; the launcher's, and room for the arrays that no cache holds.
    static final List<String> FLAGS = List.of("--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseParallelGC", "-Xms3g", "-Xmx3g", "-Xss4m");
    private static final long MOST_MINUTES = 10;
    /// Variables that would change what the yardsticks do.
    private static final List<String> CLEARED = List.of("OPENBLAS", "GOTO", "OMP", "GOMP", "KMP", "MKL", "DNNL", "ONEDNN", "ATEN", "TORCH", "JAVA_TOOL_OPTIONS",
            "JDK_JAVA_OPTIONS", "LD_PRELOAD");

    private ForkProcess() {
    }

    static void run(Group group, Speed speed, int fork, int threads, boolean yardsticks, Path file) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(FLAGS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "-Dhyperhypo.yardsticks=" + yardsticks, Fork.class.getName(), group.name(),
                speed.name(), String.valueOf(fork), String.valueOf(threads), file.toAbsolutePath().toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        Path log = file.resolveSibling("log.txt");
        builder.redirectError(ProcessBuilder.Redirect.to(log.toFile()));
        environment(builder.environment(), group == Group.THREADS ? threads : 1);
        Process process = builder.start();
        Thread end = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(end);
        try {
            if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new UserError("fork " + fork + " of " + group + " did not end well; what it said: " + log);
            }
        } finally {
            process.destroyForcibly();
            Runtime.getRuntime().removeShutdownHook(end);
        }
    }

    /// No setting from outside reaches the libraries, and none uses more threads than asked for.
    static void environment(Map<String, String> variables, int threads) {
        variables.keySet().removeIf(name -> CLEARED.stream().anyMatch(name::startsWith));
        for (String name : List.of("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")) {
            variables.put(name, String.valueOf(threads));
        }
        variables.put("MKL_THREADING_LAYER", "GNU");
    }
}
