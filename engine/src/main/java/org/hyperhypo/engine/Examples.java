package org.hyperhypo.engine;

import java.util.Arrays;

/// Training examples by number. A label is a class, or negative: the example is read but has no loss.
public interface Examples {
    int size();

    /// Numbers of one example's input.
    int inputSize();

    /// Fills inputs (one after the other) and labels with the examples numbered `index[from]` … `index[from + count − 1]`.
    void fill(int[] index, int from, int count, float[] x, int[] labels);

    /// How much an example counts in the loss, 0 or more.
    default float weight(int example) {
        return 1f;
    }

    /// Examples held in two arrays.
    static Examples of(float[] inputs, int[] labels, int inputSize) {
        return of(inputs, labels, null, inputSize);
    }

    /// The same with a weight for each; null: all 1.
    static Examples of(float[] inputs, int[] labels, float[] weights, int inputSize) {
        if (weights != null && weights.length != labels.length) {
            throw new ModelException("examples: " + labels.length + " labels, " + weights.length + " weights");
        }
        if (inputs.length != (long) labels.length * inputSize) {
            throw new ModelException("examples: " + labels.length + " labels need " + (long) labels.length * inputSize + " input numbers, got " + inputs.length);
        }
        return new Examples() {
            @Override
            public int size() {
                return labels.length;
            }

            @Override
            public int inputSize() {
                return inputSize;
            }

            @Override
            public void fill(int[] index, int from, int count, float[] x, int[] into) {
                for (int i = 0; i < count; i++) {
                    System.arraycopy(inputs, index[from + i] * inputSize, x, i * inputSize, inputSize);
                    into[i] = labels[index[from + i]];
                }
            }

            @Override
            public float weight(int example) {
                return weights == null ? 1f : weights[example];
            }

            @Override
            public String toString() {
                return "Examples(" + labels.length + ", classes to " + Arrays.stream(labels).max().orElse(-1) + ")";
            }
        };
    }
}
