package org.hyperhypo.asr.audio;

import java.util.List;

/// Decoded audio: `channels[c][t]`, left first, full scale −1..1, and the sampling rate in Hz.
///
/// `warnings` names what was odd in the file although the samples are right (for instance a wrong RIFF size).
public record Audio(float[][] channels, int rate, List<String> warnings) {
    public Audio {
        if (channels.length == 0) {
            throw new IllegalArgumentException("audio without channels");
        }
        if (rate < 1) {
            throw new IllegalArgumentException("rate " + rate + " Hz: must be 1 or more");
        }
        for (int c = 1; c < channels.length; c++) {
            if (channels[c].length != channels[0].length) {
                throw new IllegalArgumentException("channel " + c + " has " + channels[c].length + " samples, channel 0 has "
                    + channels[0].length);
            }
        }
        warnings = List.copyOf(warnings);
    }

    public Audio(float[][] channels, int rate) {
        this(channels, rate, List.of());
    }

    /// Samples per channel.
    public int frames() {
        return channels[0].length;
    }

    public double seconds() {
        return frames() / (double) rate;
    }

    /// One channel, counted from 0.
    public float[] channel(int number) {
        if (number < 0 || number >= channels.length) {
            throw new IllegalArgumentException("channel " + number + ": the audio has channels 0 to " + (channels.length - 1));
        }
        return channels[number];
    }

    /// The only channel itself, or the average of all channels as a new array.
    public float[] mono() {
        if (channels.length == 1) {
            return channels[0];
        }
        float[] mixed = new float[frames()];
        for (int t = 0; t < mixed.length; t++) {
            double sum = 0;
            for (float[] channel : channels) {
                sum += channel[t];
            }
            mixed[t] = (float) (sum / channels.length);
        }
        return mixed;
    }

    /// [#mono()] at another rate; no copy where the rate is already right.
    public float[] mono(int atRate) {
        return Resampler.resample(mono(), rate, atRate);
    }
}
