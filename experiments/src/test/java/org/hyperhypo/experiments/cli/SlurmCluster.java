package org.hyperhypo.experiments.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A Slurm cluster of this machine alone, in a temporary folder, on ports of its own. Its daemons are children that end with this process.
final class SlurmCluster implements AutoCloseable {
    private static final int PORT = 16817;

    private final Path home;
    private final List<Process> daemons = new ArrayList<>();

    private SlurmCluster(Path home) {
        this.home = home;
    }

    /// Why there can be none here; empty if there can.
    static String missing() throws Exception {
        for (String program : List.of("slurmctld", "slurmd", "munged", "sbatch", "setpriv", "mpirun")) {
            if (Stream.of((System.getenv("PATH") + ":/usr/sbin").split(":")).noneMatch(folder -> Files.isExecutable(Path.of(folder, program)))) {
                return program + " is not installed";
            }
        }
        return !System.getProperty("user.name").equals("root") ? "only root can start a cluster"
                : new ProcessBuilder("id", "munge").redirectErrorStream(true).start().waitFor() == 0 ? "" : "there is no user munge";
    }

    static SlurmCluster start() throws Exception {
        SlurmCluster cluster = new SlurmCluster(Files.createTempDirectory("hyperhypo-slurm", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x"))));
        Runtime.getRuntime().addShutdownHook(new Thread(cluster::kill));
        try {
            cluster.launch();
            return cluster;
        } catch (Exception | Error e) {
            cluster.close();
            throw e;
        }
    }

    private void launch() throws Exception {
        Path munge = Files.createDirectory(home.resolve("munge"));
        byte[] key = new byte[128];
        new SecureRandom().nextBytes(key);
        Files.write(munge.resolve("key"), key);
        run(null, "chmod", "400", munge.resolve("key"));
        run(null, "chown", "-R", "munge", munge);
        daemon("--reuid=munge", "--clear-groups", "munged", "--foreground", "--key-file=" + munge.resolve("key"), "--socket=" + munge.resolve("socket"),
                "--pid-file=" + munge.resolve("pid"), "--log-file=" + munge.resolve("log"), "--seed-file=" + munge.resolve("seed"));
        await("munged", 10, () -> Files.exists(munge.resolve("socket")));
        String host = run(null, "hostname", "-s").strip();
        for (String folder : List.of("state", "spool")) {
            Files.createDirectory(home.resolve(folder));
        }
        Files.writeString(home.resolve("slurm.conf"), """
                ClusterName=test
                SlurmctldHost=%1$s(127.0.0.1)
                SlurmctldPort=%2$d
                SlurmdPort=%3$d
                SlurmUser=root
                AuthType=auth/munge
                AuthInfo=socket=%4$s/munge/socket
                CredType=cred/munge
                ProctrackType=proctrack/linuxproc
                TaskPlugin=task/none
                SelectType=select/cons_tres
                SelectTypeParameters=CR_CPU
                StateSaveLocation=%4$s/state
                SlurmdSpoolDir=%4$s/spool
                SlurmctldPidFile=%4$s/slurmctld.pid
                SlurmdPidFile=%4$s/slurmd.pid
                SlurmctldLogFile=%4$s/slurmctld.log
                SlurmdLogFile=%4$s/slurmd.log
                MpiDefault=none
                ReturnToService=2
                SchedulerParameters=bf_interval=1,batch_sched_delay=0
                NodeName=%1$s NodeAddr=127.0.0.1 CPUs=2 RealMemory=2000 State=UNKNOWN
                PartitionName=all Nodes=%1$s Default=YES State=UP MaxTime=INFINITE
                """.formatted(host, PORT, PORT + 1, home));
        daemon("slurmctld", "-D");
        daemon("slurmd", "-D");
        await("slurmd", 20, () -> run(null, "sinfo", "-h", "-o", "%T").contains("idle"));
    }

    /// `setpriv` lets a daemon die with this process, however that dies.
    private void daemon(String... words) throws IOException {
        List<String> line = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL"));
        line.addAll(List.of(words));
        daemons.add(builder(null, line).redirectOutput(home.resolve("daemons.txt").toFile()).start());
    }

    private ProcessBuilder builder(Path launcher, List<String> line) {
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().put("PATH", System.getenv("PATH") + File.pathSeparator + "/usr/sbin");
        builder.environment().put("SLURM_CONF", home.resolve("slurm.conf").toString());
        builder.environment().putAll(java.util.Map.of("SHARE_CPUS", "1", "SHARE_MEMORY", "500", "OMPI_ALLOW_RUN_AS_ROOT", "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1"));
        if (launcher != null) {
            builder.environment().put("HYPERHYPO", launcher.toString());
        }
        return builder;
    }

    /// Runs a command of the cluster, with what starts hyperhypo, and returns what it says.
    String run(Path launcher, Object... words) throws Exception {
        Process process = builder(launcher, Arrays.stream(words).map(String::valueOf).toList()).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0 && !words[0].equals("sinfo")) {
            throw new AssertionError(Arrays.toString(words) + ": " + text);
        }
        return text;
    }

    /// Waits until no job is left.
    void awaitAll(int seconds) throws Exception {
        await("the jobs", seconds, () -> run(null, "squeue", "-h").isBlank());
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private void await(String what, int seconds, Condition condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited " + seconds + " s for " + what + ": " + Files.readString(home.resolve("daemons.txt")) + run(null, "squeue"));
            }
            Thread.sleep(100);
        }
    }

    private void kill() {
        daemons.reversed().forEach(Process::destroyForcibly);
    }

    @Override
    public void close() throws IOException {
        try {
            if (daemons.size() == 3) {
                run(null, "scancel", "--full", "--user=root");
                awaitAll(30);
            }
        } catch (Exception e) {
            throw new AssertionError("the jobs could not be cancelled", e);
        } finally {
            for (Process daemon : daemons.reversed()) {
                daemon.destroy();
                daemon.onExit().completeOnTimeout(daemon, 5, TimeUnit.SECONDS).join();
                daemon.destroyForcibly().onExit().join();
            }
        }
        try (Stream<Path> files = Files.walk(home)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
    }
}
