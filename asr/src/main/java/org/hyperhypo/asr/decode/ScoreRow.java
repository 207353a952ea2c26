package org.hyperhypo.asr.decode;

import org.hyperhypo.asr.hmm.StateInventory;

/// The scores of one frame, checked, and the best score of every frame so far.
final class ScoreRow {
    final float[] at;
    float[] best = new float[1024];
    private final StateInventory states;

    ScoreRow(StateInventory states) {
        this.states = states;
        this.at = new float[states.size()];
    }

    /// Makes room for an utterance of so many frames.
    void start(int frames) {
        if (best.length < frames) {
            best = new float[Math.max(frames, 2 * best.length)];
        }
    }

    void read(FrameScores scores, int t) {
        float most = Float.NEGATIVE_INFINITY;
        for (int s = 0; s < at.length; s++) {
            float x = scores.score(t, s);
            if (!(x < Float.POSITIVE_INFINITY)) {
                throw new DecodingException(DecodingException.Reason.BAD_SCORE, "score of frame " + t + ", state " + states.name(s) + " is " + x
                        + "; the features or the network hold NaN or infinite values");
            }
            at[s] = x;
            most = Math.max(most, x);
        }
        best[t] = most;
    }
}
