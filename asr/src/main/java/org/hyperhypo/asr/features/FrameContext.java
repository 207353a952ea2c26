package org.hyperhypo.asr.features;

/// A frame with its neighbours: frames t − left .. t + right, the first and last frame repeated beyond the edges.
public record FrameContext(int left, int right) {
    public FrameContext {
        if (left < 0 || right < 0) {
            throw new IllegalArgumentException("context of " + left + " frames before and " + right + " after: both must be 0 or more");
        }
    }

    /// Frames in a window.
    public int frames() {
        return left + 1 + right;
    }

    /// Floats in a window of features with this many bands.
    public int size(int bands) {
        return bands * frames();
    }

    /// Sets `out[offset + band·frames() + j]` = feature (t − left + j, band): a picture of bands × frames, as the network takes it.
    public void window(Features features, int t, float[] out, int offset) {
        int bands = features.bands();
        int width = frames();
        if (t < 0 || t >= features.frames()) {
            throw new IllegalArgumentException("frame " + t + " of features with " + features.frames() + " frames");
        }
        float[] data = features.data();
        int last = features.frames() - 1;
        for (int j = 0; j < width; j++) {
            int from = Math.clamp((long) t - left + j, 0, last) * bands;
            for (int band = 0, to = offset + j; band < bands; band++, to += width) {
                out[to] = data[from + band];
            }
        }
    }

    /// Sets `out[offset + j·bands + band]` instead: frame after frame, as Kaldi's splice-feats writes it.
    public void splice(Features features, int t, float[] out, int offset) {
        int bands = features.bands();
        int last = features.frames() - 1;
        for (int j = 0; j < frames(); j++) {
            System.arraycopy(features.data(), Math.clamp((long) t - left + j, 0, last) * bands, out, offset + j * bands, bands);
        }
    }
}
