package org.hyperhypo.asr.ark;

/// Row-major `data[row·columns + column]`; rows are frames in feature and score archives.
public record FloatMatrix(int rows, int columns, float[] data) {
    public FloatMatrix {
        if (rows < 0 || columns < 0 || data.length != (long) rows * columns) {
            throw new IllegalArgumentException("matrix of " + rows + " × " + columns + " in an array of " + data.length);
        }
    }
}
