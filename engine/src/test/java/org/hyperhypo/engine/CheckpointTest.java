package org.hyperhypo.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run that was stopped and resumed gives the same network as one left alone, whenever and however it was stopped.
class CheckpointTest {
    private static final NetworkSpec SPEC = Nets.tfcnn();
    private static final int EXAMPLES = 60;
    private static final Trainer.Options OPTIONS = new Trainer.Options(Adam.w(0.01), 0.01, Schedule.halvingOnStall(0.5), 4, 16, 9, 0.7);
    /// 42 examples an epoch in batches of 16.
    private static final int STEPS = 3 * 4;

    @TempDir
    Path folder;

    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /// Examples that stop the run when it asks for a batch, `fills` calls from now.
    private record Stopping(Examples examples, int[] fills) implements Examples {
        @Override
        public int size() {
            return examples.size();
        }

        @Override
        public int inputSize() {
            return examples.inputSize();
        }

        @Override
        public void fill(int[] index, int from, int count, float[] x, int[] labels) {
            if (--fills[0] < 0) {
                throw new Stopped();
            }
            examples.fill(index, from, count, x, labels);
        }
    }

    @Test
    void aRunStoppedAtAnyStepAndResumedGivesTheSameNetwork() {
        for (NeuronMask mask : List.of(NeuronMask.all(SPEC), Nets.mask(SPEC, 0.4, 3))) {
            Network whole = Nets.random(SPEC, 1, true);
            List<EpochReport> reports = train(whole, mask, Nets.examples(SPEC, EXAMPLES, 1), OPTIONS, Trainer.Execution.standard());
            for (int every : new int[] {1, 4}) {
                for (int stop = 0; stop < STEPS; stop++) {
                    Path place = folder.resolve(mask.count() + "-" + every + "-" + stop);
                    stop(mask, stop, place, every);
                    Network resumed = Nets.random(SPEC, 1, true);
                    List<EpochReport> again = train(resumed, mask, Nets.examples(SPEC, EXAMPLES, 1), OPTIONS, execution(place, every));
                    assertEquals(whole.hash(), resumed.hash(), "stopped before step " + (stop + 1) + ", checkpoint every " + every);
                    assertEquals(withoutTime(reports), withoutTime(again));
                }
            }
        }
    }

    @Test
    void aRunStoppedAgainAndAgainComesToTheSameEnd() {
        Network whole = Nets.random(SPEC, 1, true);
        train(whole, NeuronMask.all(SPEC), Nets.examples(SPEC, EXAMPLES, 1), OPTIONS, Trainer.Execution.standard());
        for (int i = 0; i < STEPS / 2 - 1; i++) {
            stop(NeuronMask.all(SPEC), 2, folder, 1);
        }
        Network resumed = Nets.random(SPEC, 1, true);
        train(resumed, NeuronMask.all(SPEC), Nets.examples(SPEC, EXAMPLES, 1), OPTIONS, execution(folder, 1));
        assertEquals(whole.hash(), resumed.hash());
        Network finished = Nets.random(SPEC, 1, true);
        List<EpochReport> reports = train(finished, NeuronMask.all(SPEC), Nets.examples(SPEC, EXAMPLES, 1), OPTIONS, execution(folder, 1));
        assertEquals(whole.hash(), finished.hash(), "a finished run gives its result again");
        assertEquals(4, reports.size());
    }

    @Test
    void resumingAboveAKeptPrefixAndWithOtherThreadsGivesTheSameNetwork() {
        NeuronMask mask = Nets.mask(SPEC, 0.5, 3, "fc2", "output");
        Network whole = Nets.random(SPEC, 1, true);
        train(whole, mask, Nets.examples(SPEC, EXAMPLES, 1), OPTIONS, Trainer.Execution.standard().withKeptBytes(0));
        Network stopped = Nets.random(SPEC, 1, true);
        assertThrows(Stopped.class, () -> Trainer.train(stopped, mask, Nets.examples(SPEC, EXAMPLES, 1), Nets.examples(SPEC, 20, 2), OPTIONS,
                execution(folder, 2), progress -> {
                    if (progress.epoch() == 3) {
                        throw new Stopped();
                    }
                }));
        for (Trainer.Execution next : List.of(execution(folder, 5), execution(folder, 1).withKeptBytes(0).withThreads(3))) {
            Network resumed = Nets.random(SPEC, 1, true);
            train(resumed, mask, Nets.examples(SPEC, EXAMPLES, 1), OPTIONS, next);
            assertEquals(whole.hash(), resumed.hash());
        }
    }

    @Test
    void aProcessKilledAtRandomMomentsComesToTheSameEnd() throws Exception {
        SplittableRandom random = new SplittableRandom(System.nanoTime());
        long seed = random.nextLong() & 0xffff;
        random = new SplittableRandom(seed);
        Network whole = Nets.random(SPEC, 1, false);
        train(whole, NeuronMask.all(SPEC), Nets.examples(SPEC, EXAMPLES, 1), longOptions(), Trainer.Execution.standard());
        int kills = 0;
        String last = null;
        while (last == null) {
            Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC", "-Dhyperhypo.kernels=scalar", "-cp", System.getProperty("java.class.path"), CheckpointTest.class.getName(),
                    folder.toString()).redirectErrorStream(true).start();
            try {
                if (kills < 5) {
                    awaitProgress(process);
                    if (!process.waitFor(random.nextInt(60), TimeUnit.MILLISECONDS)) {
                        process.destroyForcibly().waitFor();
                        kills++;
                        continue;
                    }
                }
                last = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertEquals(0, process.waitFor(), last);
            } finally {
                process.destroyForcibly();
            }
        }
        System.out.println("checkpoints: killed " + kills + " times, seed " + seed);
        assertTrue(kills > 0, "the run was over before it could be killed: " + last);
        assertTrue(last.contains(whole.hash()), "seed " + seed + ": " + last);
    }

    /// The process that gets killed: trains with a checkpoint after every step.
    public static void main(String[] args) {
        Network net = Nets.random(SPEC, 1, false);
        train(net, NeuronMask.all(SPEC), Nets.examples(SPEC, EXAMPLES, 1), longOptions(), execution(Path.of(args[0]), 1));
        System.out.println(net.hash());
    }

    private static Trainer.Options longOptions() {
        return new Trainer.Options(Sgd.momentum(0.9), 0.01, Schedule.constant(), 100, 16, 9, 0.7);
    }

    /// Until the process has written a checkpoint of its own.
    private void awaitProgress(Process process) throws IOException, InterruptedException {
        Path current = folder.resolve("checkpoint.safetensors");
        Object before = Files.exists(current) ? Files.readAttributes(current, BasicFileAttributes.class).fileKey() : "none";
        for (Object now = before; now.equals(before) && process.isAlive(); Thread.sleep(2)) {
            try {
                now = Files.readAttributes(current, BasicFileAttributes.class).fileKey();
            } catch (NoSuchFileException moving) {
                now = before;
            }
        }
    }

    @Test
    void aCheckpointOfAnotherRunIsRefused() {
        stop(NeuronMask.all(SPEC), 5, folder, 1);
        Examples examples = Nets.examples(SPEC, EXAMPLES, 1);
        refused("options are Options[optimizer=Adam", () -> train(Nets.random(SPEC, 1, true), NeuronMask.all(SPEC), examples,
                OPTIONS.withShareOfExamplesPerEpoch(0.5), execution(folder, 1)));
        refused("network are", () -> train(Nets.random(SPEC, 2, true), NeuronMask.all(SPEC), examples, OPTIONS, execution(folder, 1)));
        refused("mask are", () -> train(Nets.random(SPEC, 1, true), Nets.mask(SPEC, 0.4, 3), examples, OPTIONS, execution(folder, 1)));
        refused("examples are 60 of 84 numbers", () -> train(Nets.random(SPEC, 1, true), NeuronMask.all(SPEC), Nets.examples(SPEC, EXAMPLES, 2), OPTIONS,
                execution(folder, 1)));
        refused("held_out are", () -> Trainer.train(Nets.random(SPEC, 1, true), NeuronMask.all(SPEC), examples, Nets.examples(SPEC, 21, 2), OPTIONS,
                execution(folder, 1), _ -> { }));
    }

    @Test
    void theCheckpointBeforeIsUsedWhenTheLastIsMissingOrDamaged() throws IOException {
        Network whole = Nets.random(SPEC, 1, true);
        train(whole, NeuronMask.all(SPEC), Nets.examples(SPEC, EXAMPLES, 1), OPTIONS, Trainer.Execution.standard());
        stop(NeuronMask.all(SPEC), 8, folder, 1);
        Path current = folder.resolve("checkpoint.safetensors");
        byte[] bytes = Files.readAllBytes(current);
        for (int damage = 0; damage < 3; damage++) {
            Files.deleteIfExists(current);
            if (damage > 0) {
                Files.write(current, Arrays.copyOf(bytes, damage == 1 ? 0 : bytes.length - 1));
            }
            Network resumed = Nets.random(SPEC, 1, true);
            int[] fills = {1 + STEPS - 7};                                   // describing the examples, and the steps after the seventh
            train(resumed, NeuronMask.all(SPEC), new Stopping(Nets.examples(SPEC, EXAMPLES, 1), fills), OPTIONS, execution(folder, 1000));
            assertEquals(0, fills[0], "goes on after step 7, not from the start");
            assertEquals(whole.hash(), resumed.hash());
        }
    }

    @Test
    void aDamagedCheckpointWithoutAnotherIsAnErrorAndNeverAnotherNetwork() throws IOException {
        Network whole = Nets.random(SPEC, 1, true);
        train(whole, NeuronMask.all(SPEC), Nets.examples(SPEC, EXAMPLES, 1), OPTIONS, Trainer.Execution.standard());
        stop(NeuronMask.all(SPEC), 10, folder, 10);
        Path current = folder.resolve("checkpoint.safetensors");
        assertFalse(Files.exists(folder.resolve("previous.safetensors")));
        byte[] bytes = Files.readAllBytes(current);
        SplittableRandom random = new SplittableRandom(5);
        for (int trial = 0; trial < 300; trial++) {
            byte[] damaged = trial % 3 == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes.clone();
            if (trial % 3 == 1) {
                damaged[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            } else if (trial % 3 == 2) {
                damaged[random.nextInt(1000)] ^= (byte) (1 << random.nextInt(8));        // the header
            }
            Files.write(current, damaged);
            Network resumed = Nets.random(SPEC, 1, true);
            try {
                train(resumed, NeuronMask.all(SPEC), Nets.examples(SPEC, EXAMPLES, 1), OPTIONS, execution(folder, 1000));
                assertEquals(whole.hash(), resumed.hash(), "trial " + trial + ", seed 5");
            } catch (ModelException error) {
                assertTrue(error.getMessage().contains("checkpoint.safetensors"), error.getMessage());
                assertEquals(Nets.random(SPEC, 1, true).hash(), resumed.hash(), "nothing was taken from it");
            }
        }
    }

    private static void refused(String part, Runnable run) {
        String message = assertThrows(ModelException.class, run::run).getMessage();
        assertTrue(message.contains("belongs to another run") && message.contains(part) && message.contains("checkpoint.safetensors"), message);
    }

    /// Runs until `steps` steps are done.
    private static void stop(NeuronMask mask, int steps, Path place, int every) {
        Network net = Nets.random(SPEC, 1, true);
        Examples examples = new Stopping(Nets.examples(SPEC, EXAMPLES, 1), new int[] {steps + 1});       // one more to describe the examples
        assertThrows(Stopped.class, () -> train(net, mask, examples, OPTIONS, execution(place, every)));
    }

    private static List<EpochReport> train(Network net, NeuronMask mask, Examples examples, Trainer.Options options, Trainer.Execution execution) {
        return Trainer.train(net, mask, examples, Nets.examples(SPEC, 20, 2), options, execution, _ -> { });
    }

    private static Trainer.Execution execution(Path place, int every) {
        return Trainer.Execution.standard().withCheckpoints(place, every);
    }

    private static List<EpochReport> withoutTime(List<EpochReport> reports) {
        return reports.stream().map(r -> new EpochReport(r.epoch(), r.rate(), r.trainLoss(), r.heldOutLoss(), r.heldOutAccuracy(), r.steps(), r.examples(), 0))
                .toList();
    }
}
