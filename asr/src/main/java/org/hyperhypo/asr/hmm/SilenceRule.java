package org.hyperhypo.asr.hmm;

/// Where silence may, but need not, stand in a word sequence.
public record SilenceRule(boolean atEnds, boolean betweenWords) {
    public static SilenceRule everywhere() {
        return new SilenceRule(true, true);
    }

    public static SilenceRule nowhere() {
        return new SilenceRule(false, false);
    }

    public static SilenceRule atEndsOnly() {
        return new SilenceRule(true, false);
    }
}
