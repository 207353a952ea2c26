package org.hyperhypo.asr.data;

import java.util.Arrays;
import org.hyperhypo.asr.audio.AudioException;

/// A part of a recording, as a line of `segments` says it.
///
/// @param recording id in `wav.scp`
/// @param start     seconds
/// @param end       seconds, −1 for the end of the recording
/// @param channel   counted from 0, −1 where none is said
public record Segment(String recording, double start, double end, int channel) {
    /// Kaldi's: how far times may overshoot the recording's end.
    private static final double OVERSHOOT_SECONDS = 0.5;

    public Segment {
        if (!(start >= 0 && (end == -1 || end > start) && end < 1e9 && channel >= -1)) {
            throw new IllegalArgumentException("segment from " + start + " to " + end + " s, channel " + channel
                + ": times must be 0 ≤ start < end (or end −1), channels 0 or more");
        }
    }

    /// Samples round(start·rate) up to round(end·rate). An end up to 0.5 s beyond the recording is cut, more is an error.
    float[] cut(float[] samples, int rate, String name) throws AudioException {
        double seconds = samples.length / (double) rate;
        if (end > seconds + OVERSHOOT_SECONDS || start >= seconds) {
            throw new AudioException(name, "segment from " + start + " to " + end + " s of a recording of " + seconds + " s; correct segments");
        }
        int from = (int) Math.min(samples.length, Math.round(start * rate));
        int to = end < 0 ? samples.length : (int) Math.min(samples.length, Math.round(end * rate));
        return Arrays.copyOfRange(samples, from, Math.max(from, to));
    }
}
