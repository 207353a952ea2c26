package org.hyperhypo.experiments.corpus;

/// A word or phone and where it lies in the audio, in seconds.
public record TimedLabel(String label, double start, double end) {
    public TimedLabel {
        if (!(start >= 0 && end >= start)) {
            throw new IllegalArgumentException(label + " from " + start + " to " + end + " s: times must not be negative or run backwards");
        }
    }

    public double duration() {
        return end - start;
    }
}
