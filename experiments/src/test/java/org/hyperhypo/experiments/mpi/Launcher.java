package org.hyperhypo.experiments.mpi;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// An `mpirun` of this machine.
public record Launcher(String flavour, String command, List<String> options) {
    private static final List<String> SMALL_JVM = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx256m", "-Dhyperhypo.kernels=scalar",
            "--enable-native-access=ALL-UNNAMED");

    /// Those that are installed: Open MPI's and MPICH's, whatever they are called.
    public static List<Launcher> installed() {
        List<Launcher> found = new ArrayList<>();
        for (String name : List.of("mpirun.openmpi", "mpirun.mpich", "mpirun", "mpiexec.hydra")) {
            String version = version(name);
            Optional<Launcher> launcher = version.contains("Open MPI") ? Optional.of(new Launcher("Open MPI", name, List.of("--allow-run-as-root", "--oversubscribe")))
                    : version.contains("HYDRA") ? Optional.of(new Launcher("MPICH", name, List.of())) : Optional.empty();
            launcher.filter(one -> found.stream().noneMatch(other -> other.flavour.equals(one.flavour))).ifPresent(found::add);
        }
        return found;
    }

    /// A job whose ranks run a program of the tests; what it writes goes to a file.
    public Job start(int ranks, Class<?> program, Path folder, Map<String, String> environment, Object... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(command, "-n", Integer.toString(ranks)));
        line.addAll(options);
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(SMALL_JVM);
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        Arrays.stream(arguments).map(String::valueOf).forEach(line::add);
        Path said = Files.createTempFile(folder, "job", ".txt");
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("UCX_ERROR_SIGNALS", "");
        return new Job(builder.start(), said);
    }

    /// A job that was started.
    public record Job(Process process, Path said) {
        /// Exit code, once it is over.
        public int await(int seconds) throws InterruptedException, IOException {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError("the job was not over after " + seconds + " s: " + text());
            }
            return process.exitValue();
        }

        public String text() throws IOException {
            return Files.readString(said, StandardCharsets.UTF_8);
        }
    }

    private static String version(String name) {
        boolean there = Stream.of(System.getenv("PATH").split(":")).anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
        try {
            return there ? new String(new ProcessBuilder(name, "--version").redirectErrorStream(true).start().getInputStream().readAllBytes(), StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public String toString() {
        return flavour;
    }
}
