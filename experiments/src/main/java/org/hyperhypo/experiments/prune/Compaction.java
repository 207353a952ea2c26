package org.hyperhypo.experiments.prune;

import java.util.Arrays;
import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.Workspace;
import org.hyperhypo.experiments.model.Batches;
import org.hyperhypo.experiments.model.FrameSource;
import org.hyperhypo.experiments.report.Csv;

/// What taking closed neurons out of a network for good saves: parameters, floating-point operations, time.
public final class Compaction {
    public static final String[] COLUMNS = {"replicate", "set", "share", "mode", "parameters_before", "parameters_after", "flops_before",
        "flops_after", "micros_before", "micros_after", "max_difference"};
    private static final int WARM_UP = 20;
    private static final int ROUNDS = 31;

    private Compaction() {
    }

    /// @param compacted     the smaller network
    /// @param microsBefore  median time per frame of the whole network, batches of 256, one thread
    /// @param maxDifference largest absolute difference of any log posterior between the masked and the compacted network
    public record Result(Network compacted, long parametersBefore, long parametersAfter, long flopsBefore, long flopsAfter, double microsBefore,
                         double microsAfter, double maxDifference) {
        public void add(Csv table, int replicate, String set, double share, String mode) {
            table.add(replicate, set, share, mode, parametersBefore, parametersAfter, flopsBefore, flopsAfter, microsBefore, microsAfter,
                    maxDifference);
        }
    }

    /// Compacts `masked`, whose closed gates say what goes, and compares it with `original` in size and speed and with `masked` in its outputs.
    public static Result measure(Network original, Network masked, FrameSource frames) {
        Network compacted = masked.compacted();
        int count = Math.min(Batches.SIZE, frames.frames());
        float[] inputs = new float[count * frames.width()];
        frames.fill(0, count, inputs);
        float[] expected = logPosteriors(masked, inputs, count);
        float[] actual = logPosteriors(compacted, inputs, count);
        double difference = 0;
        for (int i = 0; i < expected.length; i++) {
            difference = Math.max(difference, Math.abs(expected[i] - actual[i]));
        }
        double[] before = new double[ROUNDS];
        double[] after = new double[ROUNDS];
        Workspace large = original.workspace(count);
        Workspace small = compacted.workspace(count);
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            double whole = micros(original, large, inputs, count);
            double reduced = micros(compacted, small, inputs, count);
            if (round >= 0) {
                before[round] = whole;
                after[round] = reduced;
            }
        }
        return new Result(compacted, original.spec().parameterCount(), compacted.spec().parameterCount(), original.spec().flopsPerSample(),
                compacted.spec().flopsPerSample(), median(before), median(after), difference);
    }

    private static float[] logPosteriors(Network network, float[] inputs, int count) {
        Workspace work = network.workspace(count);
        float[] posteriors = new float[count * network.spec().output().size()];
        network.forward(inputs, 0, count, work);
        network.logPosteriors(count, work, posteriors);
        return posteriors;
    }

    private static double micros(Network network, Workspace work, float[] inputs, int count) {
        long start = System.nanoTime();
        network.forward(inputs, 0, count, work);
        return (System.nanoTime() - start) * 1e-3 / count;
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
