package org.hyperhypo.asr.features;

/// Feature vectors of one utterance: `data[frame·bands + band]`.
public record Features(int frames, int bands, float[] data) {
    public Features {
        if (frames < 0 || bands < 1 || data.length != (long) frames * bands) {
            throw new IllegalArgumentException("features of " + frames + " frames × " + bands + " bands in an array of " + data.length);
        }
    }

    public float get(int frame, int band) {
        return data[frame * bands + band];
    }

    public Features copy() {
        return new Features(frames, bands, data.clone());
    }
}
