package org.hyperhypo.experiments.model;

import java.util.ArrayList;
import java.util.List;
import org.hyperhypo.asr.decode.FrameScores;
import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.Workspace;
import org.hyperhypo.kernels.Kernels;
import org.hyperhypo.kernels.Scratch;

/// Scaled state log likelihoods of every utterance of a set: `log p(s | x) − log p(s)`, up to a constant per frame.
public record LogLikelihoods(List<Utterance> utterances) {

    /// Scores (frames, states) of one utterance.
    public record Utterance(int frames, int states, float[] values) implements FrameScores {
        @Override
        public float score(int frame, int state) {
            return values[frame * states + state];
        }
    }

    public LogLikelihoods {
        utterances = List.copyOf(utterances);
    }

    /// @param starts number of the first frame of every utterance, and the number of frames behind the last ([FeatureSet#starts()])
    /// @param logPriors `log p(s)` per state
    public static LogLikelihoods of(Network network, FrameSource source, int[] starts, float[] logPriors) {
        int states = network.spec().output().size();
        if (logPriors.length != states) {
            throw new IllegalArgumentException("the network has " + states + " outputs but there are " + logPriors.length + " priors");
        }
        Kernels kernels = Kernels.best();
        Workspace work = network.workspace(Batches.SIZE);
        Scratch scratch = new Scratch();
        float[] block = new float[Batches.SIZE * states];
        float[] all = new float[Math.multiplyExact(source.frames(), states)];
        Batches.forEach(network, source, work, (from, count) -> {
            kernels.logSoftmax(count, states, work.logits(), 0, states, block, 0, states, scratch);
            System.arraycopy(block, 0, all, from * states, count * states);
        });
        List<Utterance> utterances = new ArrayList<>();
        for (int u = 0; u + 1 < starts.length; u++) {
            utterances.add(utterance(all, starts[u], starts[u + 1], logPriors));
        }
        return new LogLikelihoods(utterances);
    }

    /// Share of frames whose most probable state is the label; frames with a negative label do not count.
    public double accuracy(int[] labels, float[] logPriors) {
        long right = 0;
        long counted = 0;
        int frame = 0;
        for (Utterance utterance : utterances) {
            for (int t = 0; t < utterance.frames; t++, frame++) {
                if (labels[frame] >= 0) {
                    counted++;
                    right += mostProbable(utterance, t, logPriors) == labels[frame] ? 1 : 0;
                }
            }
        }
        return counted == 0 ? Double.NaN : (double) right / counted;
    }

    /// Mean of −log p(label | x) over the frames whose label is not negative.
    public double crossEntropy(int[] labels, float[] logPriors) {
        double sum = 0;
        long counted = 0;
        int frame = 0;
        for (Utterance utterance : utterances) {
            for (int t = 0; t < utterance.frames; t++, frame++) {
                if (labels[frame] >= 0) {
                    counted++;
                    sum -= utterance.score(t, labels[frame]) + logPriors[labels[frame]];
                }
            }
        }
        return counted == 0 ? Double.NaN : sum / counted;
    }

    private static int mostProbable(Utterance utterance, int frame, float[] logPriors) {
        int best = 0;
        for (int s = 1; s < utterance.states; s++) {
            if (utterance.score(frame, s) + logPriors[s] > utterance.score(frame, best) + logPriors[best]) {
                best = s;
            }
        }
        return best;
    }

    private static Utterance utterance(float[] logPosteriors, int from, int to, float[] logPriors) {
        int states = logPriors.length;
        float[] values = new float[(to - from) * states];
        for (int t = from; t < to; t++) {
            for (int s = 0; s < states; s++) {
                values[(t - from) * states + s] = logPosteriors[t * states + s] - logPriors[s];
            }
        }
        return new Utterance(to - from, states, values);
    }
}
