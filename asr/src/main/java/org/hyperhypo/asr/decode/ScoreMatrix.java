package org.hyperhypo.asr.decode;

/// Scores kept as a matrix (frames, states), row after row. The array is not copied.
public record ScoreMatrix(int frames, int states, float[] scores) implements FrameScores {
    public ScoreMatrix {
        if (scores.length < (long) frames * states) {
            throw new IllegalArgumentException("score matrix: " + scores.length + " values for " + frames + " frames × " + states
                    + " states; give at least " + (long) frames * states);
        }
    }

    public static ScoreMatrix of(float[][] rows) {
        int states = rows.length == 0 ? 0 : rows[0].length;
        var all = new float[rows.length * states];
        for (int t = 0; t < rows.length; t++) {
            if (rows[t].length != states) {
                throw new IllegalArgumentException("score matrix: row " + t + " has " + rows[t].length + " states, row 0 has " + states);
            }
            System.arraycopy(rows[t], 0, all, t * states, states);
        }
        return new ScoreMatrix(rows.length, states, all);
    }

    @Override
    public float score(int frame, int state) {
        return scores[frame * states + state];
    }
}
