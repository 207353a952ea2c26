package org.hyperhypo.asr.decode;

import java.util.Arrays;
import org.hyperhypo.asr.hmm.AlignmentException;

/// Viterbi alignment to one fixed left-to-right chain of states, written as the textbook has it:
///
/// `δ(0, 0) = b(0, 0)`, `δ(t, i) = b(t, i) + max(δ(t−1, i) + stay(i), δ(t−1, i−1) + forward(i−1))`
///
/// The path starts in the first and ends in the last state; there is no exit transition. Equal scores stay.
/// This is the plain twin of the forced alignment (package align), which knows variants and silence.
public final class ChainAligner {
    /// Position in the chain per frame, and the score of the path.
    public record Result(int[] path, double score) {
    }

    private ChainAligner() {
    }

    /// @param chain state (column of `scores`) of each position of the chain
    public static Result align(FrameScores scores, int[] chain, double[] logSelfLoop, double[] logForward) {
        int frames = scores.frames();
        int n = chain.length;
        if (n == 0 || frames < n) {
            throw new AlignmentException("alignment: " + frames + " frames cannot pass through a chain of " + n
                    + " states, one frame each; leave the utterance out or use fewer states");
        }
        var delta = new double[n];
        Arrays.fill(delta, Double.NEGATIVE_INFINITY);
        delta[0] = scores.score(0, chain[0]);
        var moved = new boolean[frames][n];
        for (int t = 1; t < frames; t++) {
            for (int i = n - 1; i >= 0; i--) {
                double stay = delta[i] + logSelfLoop[i];
                double move = i == 0 ? Double.NEGATIVE_INFINITY : delta[i - 1] + logForward[i - 1];
                moved[t][i] = move > stay;
                delta[i] = Math.max(stay, move) + scores.score(t, chain[i]);
            }
        }
        if (!(delta[n - 1] > Double.NEGATIVE_INFINITY)) {
            throw new AlignmentException("alignment: every path through the " + n + " states meets a score of -Infinity or NaN;"
                    + " check the scores");
        }
        var path = new int[frames];
        int at = n - 1;
        for (int t = frames - 1; t >= 0; t--) {
            path[t] = at;
            at -= moved[t][at] ? 1 : 0;
        }
        return new Result(path, delta[n - 1]);
    }
}
