package org.hyperhypo.asr.hmm;

/// A word or phone on frames `start` (included) to `end` (excluded).
public record Segment(String label, int start, int end) {
    public int frames() {
        return end - start;
    }
}
