package org.hyperhypo.experiments.model;

/// Network inputs of consecutive frames, produced on demand: spliced features, or the kept outputs of a frozen prefix.
///
/// Implementations are read-only and may be used by several threads at once.
public interface FrameSource {
    int frames();

    /// Floats per frame.
    int width();

    /// Copies the inputs of frames `[from, from + count)` to `out`, one row of [#width()] floats a frame.
    void fill(int from, int count, float[] out);

    /// Copies the input of one frame to `out` at `offset`.
    void fillFrame(int frame, float[] out, int offset);
}
