package org.hyperhypo.experiments.neurons;

import java.util.Locale;
import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.Workspace;
import org.hyperhypo.experiments.model.Batches;
import org.hyperhypo.experiments.model.FrameSource;

/// What the statistics cost beside the forward pass that they need anyway: the quickest of alternating short
/// rounds on one thread (the least disturbed by others), µs per frame.
///
/// @param forward   a forward pass that nobody looks at
/// @param activity  with activity, windowed entropy and outputs by state
/// @param gradients forward and backward with the sums of a·δ
public record PassTime(double forward, double activity, double gradients) {
    private static final int WARM_UP = 3;
    private static final int ROUNDS = 21;
    private static final int FRAMES = 4096;

    public static PassTime measure(Network network, FrameSource all) {
        FrameSource source = SampledFrames.atMost(all, FRAMES);
        int[] starts = {0, source.frames()};
        int[] labels = new int[source.frames()];
        double[] quickest = {Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE};
        Workspace work = network.workspace(Batches.SIZE);
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            double[] now = {
                micros(source, () -> Batches.forEach(network, source, work, (from, count) -> { })),
                micros(source, () -> Activity.over(network, source, starts, null)),
                micros(source, () -> Gradients.over(network, source, labels))};
            for (int i = 0; i < now.length && round >= 0; i++) {
                quickest[i] = Math.min(quickest[i], now[i]);
            }
        }
        return new PassTime(quickest[0], quickest[1], quickest[2]);
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
}
