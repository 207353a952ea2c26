package org.hyperhypo.experiments.neurons;

import java.util.Arrays;
import java.util.Locale;
import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.Workspace;
import org.hyperhypo.experiments.model.Batches;
import org.hyperhypo.experiments.model.FrameSource;

/// What the statistics cost beside the forward pass that they need anyway: medians over alternating rounds on one thread, µs per frame.
///
/// @param forward   a forward pass that nobody looks at
/// @param activity  with activity, windowed entropy and outputs by state
/// @param gradients forward and backward with the sums of a·δ
public record PassTime(double forward, double activity, double gradients) {
    private static final int WARM_UP = 2;
    private static final int ROUNDS = 7;

    public static PassTime measure(Network network, FrameSource source, int[] starts) {
        int[] labels = new int[source.frames()];
        double[][] micros = new double[3][ROUNDS];
        Workspace work = network.workspace(Batches.SIZE);
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            double[] now = {
                micros(source, () -> Batches.forEach(network, source, work, (from, count) -> { })),
                micros(source, () -> Activity.over(network, source, starts, null)),
                micros(source, () -> Gradients.over(network, source, labels))};
            for (int i = 0; i < 3 && round >= 0; i++) {
                micros[i][round] = now[i];
            }
        }
        return new PassTime(median(micros[0]), median(micros[1]), median(micros[2]));
    }

    public String inWords() {
        return String.format(Locale.ROOT, "per frame: forward pass %.1f µs, with activity statistics %.1f µs (%.2f x), with gradient statistics %.1f µs (%.2f x)",
                forward, activity, activity / forward, gradients, gradients / forward);
    }

    private static double micros(FrameSource source, Runnable pass) {
        long start = System.nanoTime();
        pass.run();
        return (System.nanoTime() - start) * 1e-3 / source.frames();
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
