package org.hyperhypo.asr.ark;

/// Row-major `data[row·columns + column]` in double precision, as Kaldi keeps sums for normalisation.
public record DoubleMatrix(int rows, int columns, double[] data) {
    public DoubleMatrix {
        if (rows < 0 || columns < 0 || data.length != (long) rows * columns) {
            throw new IllegalArgumentException("matrix of " + rows + " × " + columns + " in an array of " + data.length);
        }
    }
}
