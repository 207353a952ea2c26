package org.hyperhypo.experiments.mpi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.hyperhypo.engine.Trainer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Jobs of several processes under the MPI launchers of this machine: the same model as one process, and no end but a clear one.
@Tag("mpi")
class MpiTest {
    private static final int ENDED = 30;
    /// Kills in the test of kills; the profile "nightly" raises it.
    private static final int KILLS = Integer.getInteger("hyperhypo.kills", 1);
    private static final List<Launcher> INSTALLED = Launcher.installed();
    private static String alone;

    @TempDir
    Path folder;

    @BeforeAll
    static void trainAlone() {
        if (INSTALLED.size() < 2) {
            System.out.println("MPI: found " + INSTALLED + "; tests of others are skipped (Debian: apt-get install openmpi-bin mpich)");
        }
        Assumptions.assumeFalse(INSTALLED.isEmpty(), "no MPI launcher is installed");
        alone = MpiProgram.train(Trainer.Execution.standard(), Integer.MAX_VALUE);
    }

    static Stream<Launcher> launchers() {
        return INSTALLED.stream();
    }

    @ParameterizedTest
    @MethodSource("launchers")
    void twoThreeAndFourRanksGiveTheModelOfOneProcess(Launcher launcher) throws Exception {
        for (int ranks = 2; ranks <= 4; ranks++) {
            assertEquals(alone, hash(start(launcher, ranks, Reduction.FIXED, 20, "-", -1), ranks), ranks + " ranks");
        }
    }

    @ParameterizedTest
    @MethodSource("launchers")
    void theFastReductionTrainsAsWellInAnotherOrder(Launcher launcher) throws Exception {
        assertNotEquals("", hash(start(launcher, 3, Reduction.FAST, 20, "-", -1), 3));
    }

    @ParameterizedTest
    @MethodSource("launchers")
    void aKilledRankEndsTheJobAndTheNextGoesOn(Launcher launcher) throws Exception {
        long seed = System.nanoTime() & 0xffff;
        SplittableRandom random = new SplittableRandom(seed);
        int kills = 0;
        for (int trial = 0; trial < KILLS; trial++) {
            Path checkpoints = folder.resolve("checkpoints-" + trial);
            int ranks = 2 + random.nextInt(2);
            Launcher.Job job = start(launcher, ranks, Reduction.FIXED, 20, checkpoints, -1);
            awaitCheckpoint(job, checkpoints);
            Thread.sleep(random.nextInt(100));
            List<ProcessHandle> processes = ranks(ranks);
            int unlucky = random.nextInt(ranks);
            kills += unlucky < processes.size() && processes.get(unlucky).destroyForcibly() ? 1 : 0;
            job.await(ENDED);
            assertGone(processes);
            int others = 2 + random.nextInt(3);
            assertEquals(alone, hash(start(launcher, others, Reduction.FIXED, 20, checkpoints, -1), others), "killed among " + ranks + ", resumed with " + others
                    + ", seed " + seed);
        }
        System.out.println("MPI: " + launcher + ", killed " + kills + " times, seed " + seed);
        assertTrue(kills > 0, "every run was over before it could be killed");
    }

    @ParameterizedTest
    @MethodSource("launchers")
    void aRankThatHangsEndsTheJobAndIsNamed(Launcher launcher) throws Exception {
        Path checkpoints = folder.resolve("checkpoints");
        Launcher.Job job = start(launcher, 3, Reduction.FIXED, 2, checkpoints, -1);
        awaitCheckpoint(job, checkpoints);
        List<ProcessHandle> processes = ranks(3);
        assertEquals(0, new ProcessBuilder("kill", "-STOP", Long.toString(processes.get(1).pid())).start().waitFor());
        assertNotEquals(0, job.await(ENDED));
        String text = job.text();
        assertTrue(text.contains("hyperhypo: rank 0 of 3: waited 2 s") && text.contains("no answer from rank 1;"), text);
        assertGone(processes);
    }

    @ParameterizedTest
    @MethodSource("launchers")
    void anErrorOfOneRankEndsTheJobWithOneMessage(Launcher launcher) throws Exception {
        Launcher.Job job = start(launcher, 3, Reduction.FIXED, 20, "-", 2);
        assertNotEquals(0, job.await(ENDED));
        String text = job.text();
        assertTrue(text.contains("hyperhypo: rank 2 of 3: the disk is gone"), text);
        assertEquals(1, text.lines().filter(line -> line.startsWith("hyperhypo:")).count(), text);
        assertGone(ranks(3));
    }

    @Test
    void aFullDiskEndsTheJobAndLeavesTheLastCheckpointGood() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        Assumptions.assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()) == 0, "MPI: only root can mount a small disk");
        try {
            Launcher launcher = INSTALLED.getFirst();
            Path checkpoints = disk.resolve("checkpoints");
            Launcher.Job job = start(launcher, 2, Reduction.FIXED, 20, checkpoints, -1);
            awaitCheckpoint(job, checkpoints);
            Path filler = disk.resolve("filler");
            fill(filler);
            assertNotEquals(0, job.await(ENDED));
            List<String> said = job.text().lines().filter(line -> line.startsWith("hyperhypo:")).toList();
            assertEquals(1, said.size(), job.text());
            assertTrue(said.getFirst().contains("rank 0 of 2: ") && said.getFirst().contains("No space left on device"), said.getFirst());
            assertGone(ranks(2));
            Files.delete(filler);
            assertEquals(alone, hash(start(launcher, 3, Reduction.FIXED, 20, checkpoints, -1), 3), "resumed with three");
        } finally {
            assertEquals(0, run("umount", disk.toString()));
        }
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
    }

    private static void fill(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            for (byte[] page = new byte[4096]; ; ) {
                out.write(page);
            }
        } catch (IOException full) {
            assertTrue(full.getMessage().contains("No space left"), full.getMessage());
        }
    }

    @Test
    void oneLibraryUnderTheOthersLauncherIsRefused() throws Exception {
        Assumptions.assumeTrue(INSTALLED.size() == 2, "needs two MPI libraries");
        Launcher openMpi = INSTALLED.stream().filter(launcher -> launcher.flavour().equals("Open MPI")).findFirst().orElseThrow();
        Launcher.Job job = openMpi.start(2, MpiProgram.class, folder, Map.of("HYPERHYPO_MPI_LIBRARY", "libmpich.so.12"), Reduction.FIXED, 5, folder, "-", -1);
        assertNotEquals(0, job.await(ENDED));
        assertTrue(job.text().contains("the launcher started 2 processes (OMPI_COMM_WORLD_SIZE=2), but the library libmpich.so.12"), job.text());
        assertFalse(job.text().contains("hash "), job.text());
    }

    private Launcher.Job start(Launcher launcher, int ranks, Reduction reduction, int patience, Object checkpoints, int failing) throws IOException {
        return launcher.start(ranks, MpiProgram.class, folder, Map.of(), reduction, patience, folder, checkpoints, failing);
    }

    private static String hash(Launcher.Job job, int ranks) throws Exception {
        int code = job.await(4 * ENDED);
        String text = job.text();
        assertEquals(0, code, text);
        List<String> hashes = text.lines().filter(line -> line.startsWith("hash ")).toList();
        assertEquals(1, hashes.size(), text);
        assertTrue(hashes.getFirst().endsWith(" of " + ranks), text);
        return hashes.getFirst().split(" ")[1];
    }

    private List<ProcessHandle> ranks(int count) throws IOException {
        List<ProcessHandle> processes = new ArrayList<>();
        for (int rank = 0; rank < count; rank++) {
            ProcessHandle.of(Long.parseLong(Files.readString(folder.resolve("rank-" + rank)))).ifPresent(processes::add);
        }
        return processes;
    }

    private static void awaitCheckpoint(Launcher.Job job, Path checkpoints) throws Exception {
        while (!Files.exists(checkpoints.resolve("checkpoint.safetensors")) && job.process().isAlive()) {
            Thread.sleep(2);
        }
        assertTrue(job.process().isAlive(), "over before it could be stopped: " + job.text());
    }

    private static void assertGone(List<ProcessHandle> processes) throws Exception {
        long end = System.nanoTime() + 5_000_000_000L;
        while (processes.stream().anyMatch(MpiTest::runs) && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        assertTrue(processes.stream().noneMatch(MpiTest::runs), "a rank was left behind: " + processes);
    }

    /// Not a zombie that waits for its parent.
    private static boolean runs(ProcessHandle process) {
        try {
            return process.isAlive() && !Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat")).contains(") Z ");
        } catch (NoSuchFileException gone) {
            return false;
        } catch (IOException e) {
            return process.isAlive();
        }
    }
}
