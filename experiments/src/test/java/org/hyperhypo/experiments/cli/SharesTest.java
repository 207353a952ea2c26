package org.hyperhypo.experiments.cli;

import static org.hyperhypo.experiments.cli.TinyRecipe.words;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hyperhypo.experiments.mpi.Launcher;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A recipe done by several processes: in shares by a shell loop, as ranks of an MPI job, and under Slurm.
class SharesTest {
    private static final int ENDED = 30;
    private static final int LONG = 240;

    @TempDir
    private static Path folder;
    private static TinyRecipe tiny;

    @BeforeAll
    static void oneProcess() throws IOException {
        tiny = TinyRecipe.in(folder);
    }

    @Test
    void sharesOfAShellLoopMergeToTheResultsOfOneProcess() throws Exception {
        Path run = folder.resolve("loop");
        // The last share is not there at first.
        assertEquals("", shell("for i in 0 1; do " + command(run) + " & done; wait").lines().filter(line -> line.startsWith("hyperhypo:")).findAny().orElse(""));
        CommandRun early = CommandRun.of("merge", run);
        assertEquals(Main.FAILED, early.code(), early.out() + early.err());
        assertTrue(early.err().contains("training-r") || early.err().contains("adaptation-r"), early.err());
        assertTrue(Files.readString(run.resolve("report.html")).contains("not finished"));
        CommandRun last = CommandRun.of(words("recipe", "commands", "--out", run, tiny.options(), "--threads", 1, "--index", 2, "--of", 3));
        assertEquals(0, last.code(), last.err());
        CommandRun merged = CommandRun.of("merge", run);
        assertEquals(Main.SOME_FAILED, merged.code(), "the broken recordings: " + merged.out() + merged.err());
        tiny.assertSameResults(run);
        // Nothing is left to do.
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        CommandRun again = CommandRun.of(words("recipe", "commands", "--out", run, tiny.options(), "--threads", 1, "--index", 0, "--of", 3));
        assertEquals(0, again.code());
        double seconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) * 1e-9;
        System.out.printf("shares: a share with nothing to do computes for %.2f s%n", seconds);
        assertTrue(seconds < 2, seconds + " s for nothing");
        CommandRun other = CommandRun.of(words("recipe", "commands", "--out", run, tiny.options(), "--seed", 9, "--index", 0, "--of", 3));
        assertEquals(Main.FAILED, other.code());
        assertTrue(other.err().contains("other options (seed)"), other.err());
    }

    private static String command(Path run) {
        return "'" + tiny.launcher() + "' recipe commands --out '" + run + "' '" + String.join("' '", tiny.options()) + "' --threads 1 --index $i --of 3";
    }

    private static String shell(String line) throws Exception {
        Process process = new ProcessBuilder("bash", "-c", line).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), text);
        return text;
    }

    @Test
    void mergeOfAFolderWithoutARunSaysSo() {
        CommandRun merged = CommandRun.of("merge", folder.resolve("nowhere"));
        assertEquals(Main.FAILED, merged.code());
        assertTrue(merged.err().contains("nothing of a run has been done here yet"), merged.err());
    }

    @Test
    void runsOfSeveralActivationsInSharesMergeToTheTableOfOneProcess() throws Exception {
        List<Object> activations = List.of("recipe", "nonlinearities", "--activations", "sigmoid,relu", "--threads", 1);
        Path one = folder.resolve("one").resolve("runs");
        assertEquals(Main.SOME_FAILED, CommandRun.of(words(activations, "--out", one, tiny.options())).code());
        Path shares = folder.resolve("shares").resolve("runs");
        for (int share = 0; share < 2; share++) {
            CommandRun done = CommandRun.of(words(activations, "--out", shares, tiny.options(), "--index", share, "--of", 2));
            assertEquals(0, done.code(), done.err());
        }
        assertFalse(Files.exists(shares.resolve("runs.html")), "no table before the merge");
        CommandRun merged = CommandRun.of("merge", shares);
        assertEquals(Main.SOME_FAILED, merged.code(), merged.out() + merged.err());
        assertEquals(Files.readString(one.resolve("runs.html")), Files.readString(shares.resolve("runs.html")));
    }

    @Test
    void mergeOfAMapSaysWhatWritesItsReport() throws IOException {
        Path map = Files.createDirectories(folder.resolve("map"));
        Files.writeString(map.resolve("grid.csv"), "network\nsmall\n");
        CommandRun merged = CommandRun.of("merge", map);
        assertEquals(Main.FAILED, merged.code());
        assertTrue(merged.err().contains("hyperhypo recipe map --resume"), merged.err());
    }

    @Test
    @Tag("mpi")
    void ranksOfSeveralActivationsStayTogetherToTheLast() throws Exception {
        List<Launcher> installed = Launcher.installed();
        Assumptions.assumeFalse(installed.isEmpty(), "no MPI launcher is installed");
        Path runs = folder.resolve("ranks-of-runs");
        List<Object> command = List.of(words("recipe", "nonlinearities", "--activations", "sigmoid,relu", "--threads", 1, "--out", runs, tiny.options()));
        assertEquals(Main.SOME_FAILED, CommandRun.of(command.toArray()).code());
        String table = Files.readString(runs.resolve("ranks-of-runs.html"));
        // Something for each rank to do, but not all of it again.
        for (String cell : List.of("sigmoid/stages/removal-r1-block-0", "relu/stages/adaptation-r1-noise-A3-0", "relu/stages/adaptation-r1-telephone-A9-0")) {
            Files.delete(runs.resolve(cell + ".json"));
        }
        Launcher.Job both = installed.getFirst().start(2, Main.class, folder, Map.of(), words(command, "--resume", "--mpi"));
        assertEquals(Main.SOME_FAILED, both.await(LONG), both.text());
        assertEquals(table, Files.readString(runs.resolve("ranks-of-runs.html")));
        assertEquals(1, both.text().lines().filter(line -> line.startsWith("activation ")).count(), both.text());
    }

    @Test
    @Tag("mpi")
    void ranksGiveTheResultsOfOneProcessWhateverHappenedBefore() throws Exception {
        List<Launcher> installed = Launcher.installed();
        if (installed.isEmpty()) {
            System.out.println("MPI: no launcher is installed; ranks of a recipe are not tested");
        }
        Assumptions.assumeFalse(installed.isEmpty(), "no MPI launcher is installed");
        Path run = folder.resolve("ranks");
        Launcher.Job hanging = start(installed.getFirst(), run);
        long hung = ranks(hanging, run).getLast().pid();
        assertEquals(0, new ProcessBuilder("kill", "-STOP", Long.toString(hung)).start().waitFor());
        assertNotEquals(0, hanging.await(ENDED), hanging.text());
        assertTrue(hanging.text().contains("hyperhypo: rank ") && hanging.text().contains("no answer from rank "), hanging.text());

        Files.walk(run.resolve("stages")).filter(Files::isRegularFile).forEach(marker -> marker.toFile().delete());
        Launcher.Job dying = start(installed.getFirst(), run);
        List<ProcessHandle> processes = ranks(dying, run);
        assertTrue(processes.getLast().destroyForcibly());
        assertNotEquals(0, dying.await(ENDED), dying.text());
        for (ProcessHandle process : processes) {
            process.onExit().get(ENDED, java.util.concurrent.TimeUnit.SECONDS);
        }
        assertFalse(Files.exists(run.resolve("results")), "no results of half a run");

        Launcher.Job whole = start(installed.getLast(), run);
        assertEquals(Main.SOME_FAILED, whole.await(LONG), whole.text());
        assertEquals(1, whole.text().lines().filter(line -> line.contains("report: ")).count(), whole.text());
        tiny.assertSameResults(run);
    }

    private static Launcher.Job start(Launcher launcher, Path run) throws IOException {
        return launcher.start(2, Main.class, folder, Map.of(), words("recipe", "commands", "--out", run, tiny.options(), "--threads", 1, "--resume", "--mpi",
                "--mpi-patience", 4));
    }

    /// Once features are being made; the second rank last.
    private static List<ProcessHandle> ranks(Launcher.Job job, Path run) throws Exception {
        for (int wait = 0; !Files.exists(run.resolve("stages/features-dev.json")) && job.process().isAlive() && wait < 600; wait++) {
            Thread.sleep(50);
        }
        List<ProcessHandle> found = new ArrayList<>(job.process().descendants().filter(process -> process.info().command().orElse("").endsWith("java")).toList());
        found.sort(java.util.Comparator.comparingLong(ProcessHandle::pid));
        assertEquals(2, found.size(), job.text());
        return found;
    }

    @Test
    @Tag("slurm")
    void bothScriptsGiveTheResultsOfOneProcessUnderSlurm() throws Exception {
        String missing = SlurmCluster.missing();
        if (!missing.isEmpty()) {
            System.out.println("Slurm: " + missing + "; its scripts are not tested (Debian, as root: apt-get install slurm-wlm munge openmpi-bin)");
        }
        Assumptions.assumeTrue(missing.isEmpty(), missing);
        Path scripts = Path.of(System.getProperty("hyperhypo.root"), "experiments", "slurm");
        try (SlurmCluster slurm = SlurmCluster.start()) {
            Path array = folder.resolve("array");
            slurm.run(tiny.launcher(), words(scripts.resolve("array.sbatch"), 2, array, "commands", tiny.options()));
            Path mpi = folder.resolve("mpi");
            slurm.run(tiny.launcher(), words("sbatch", "--ntasks=2", "--output=" + folder.resolve("mpi.txt"), scripts.resolve("mpi.sbatch"), mpi, "commands", tiny.options()));
            slurm.awaitAll(LONG);
            assertTrue(Files.exists(array.resolve("results")), slurm.run(null, "bash", "-c", "tail -n 5 '" + array.resolve("shares") + "'/*.txt"));
            tiny.assertSameResults(array);
            assertTrue(Files.exists(mpi.resolve("results")), Files.readString(folder.resolve("mpi.txt")));
            tiny.assertSameResults(mpi);
        }
    }
}
