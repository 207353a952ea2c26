package org.hyperhypo.benchmarks;

import java.util.Arrays;
import java.util.List;
import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.NetworkSpec;
import org.hyperhypo.engine.Workspace;
import org.hyperhypo.kernels.Kernels;

/// Forward pass of a whole utterance, (bands, frames) in one array; windows of context are read in place, in batches, and never copied.
///
/// The answer is the logits of the last batch, (batch, states).
record Utterance(NetworkSpec spec, int frames, int batch, float[] bands) {
    private static final int SAMPLES = 3;

    static Utterance of(NetworkSpec spec, int frames, int batch) {
        return new Utterance(spec, frames, batch, Numbers.random(spec.input().height() * (frames + spec.input().width() - 1), 1));
    }

    String name() {
        return "forward of an utterance, " + frames + " frames";
    }

    double flops() {
        return (double) frames * spec.flopsPerSample();
    }

    List<Contender> ours(Kernels kernels) {
        Network net = Network.initialised(spec, 1);
        Workspace work = net.workspace(batch, kernels).keepPackedWeights();
        int stride = bands.length / spec.input().height();
        Runnable call = () -> {
            for (int from = 0; from < frames; from += batch) {
                net.forward(bands, from, 1, stride, Math.min(batch, frames - from), work);
            }
        };
        return List.of(new Contender("ours", flops(), 0, call, () -> {
            call.run();
            return residual(Arrays.copyOf(work.logits(), lastBatch() * spec.output().size()));
        }));
    }

    /// Against the scalar twin on copied windows: reading in place must give the same numbers. The unit is 10⁻⁵ of the largest logit.
    private double residual(float[] logits) {
        Network net = Network.initialised(spec, 1);
        Workspace work = net.workspace(1, Kernels.scalar());
        int outputs = spec.output().size();
        int stride = bands.length / spec.input().height();
        int width = spec.input().width();
        float[] window = new float[spec.input().size()];
        double worst = 0;
        for (int i : Numbers.sample(lastBatch(), SAMPLES)) {
            for (int b = 0; b < spec.input().height(); b++) {
                System.arraycopy(bands, b * stride + frames - lastBatch() + i, window, b * width, width);
            }
            net.forward(window, 0, 1, work);
            double size = 0;
            for (int o = 0; o < outputs; o++) {
                size = Math.max(size, Math.abs(work.logits()[o]));
            }
            for (int o = 0; o < outputs; o++) {
                worst = Math.max(worst, Numbers.error(logits[i * outputs + o], work.logits()[o], 1e-5 * size));
            }
        }
        return worst;
    }

    private int lastBatch() {
        return (frames - 1) % batch + 1;
    }
}
