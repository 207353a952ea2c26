package org.hyperhypo.asr.features;

/// Everything that determines a filterbank's numbers. Start from [#mel(int, int)] or [#gammatone(int, int)] and change with `with…`.
///
/// Samples are −1..1 everywhere in this project and are multiplied by `sampleScale` first: 32768 (the default) is the int16 scale that
/// Kaldi works at, so that values, floors and models agree with Kaldi's; 1 leaves them as they are.
///
/// @param kind         shape of the filters
/// @param bands        number of filters
/// @param rate         sampling rate in Hz
/// @param windowMillis frame length
/// @param shiftMillis  distance of frames
/// @param lowHz        lower edge of the lowest mel filter, centre of the lowest gammatone filter
/// @param highHz       upper edge or centre of the highest one; 0 or less is counted from the Nyquist frequency
/// @param window       window function, symmetric (divisor N − 1)
/// @param preemphasis  p in `x[i] −= p·x[i−1]` within the frame, 0 for none
/// @param removeMean   subtract the frame's mean first
/// @param snipEdges    only whole frames; otherwise frames are centred and the signal mirrored at its ends
/// @param power        filter the power spectrum, otherwise the magnitude
/// @param compression  what happens to each filter's energy
/// @param energy       put the frame's log energy in front as column 0
/// @param rawEnergy    measure it before pre-emphasis and window
/// @param energyFloor  lower limit of that energy (before the log), 0 for none
/// @param powerOfTwo   zero-pad frames to a power of two (slower and exactly the frame length without)
/// @param sampleScale  factor on the samples
public record FeatureOptions(Kind kind, int bands, int rate, double windowMillis, double shiftMillis, double lowHz, double highHz,
        Window window, double preemphasis, boolean removeMean, boolean snipEdges, boolean power, Compression compression,
        boolean energy, boolean rawEnergy, double energyFloor, boolean powerOfTwo, double sampleScale) {

    public static final double INT16_SCALE = 32768;

    public enum Kind { MEL, GAMMATONE }

    public enum Compression {
        /// Natural logarithm of max(e, 1.1920929e−7).
        LOG,
        /// e^(1/15).
        ROOT15,
        /// e itself.
        NONE
    }

    public FeatureOptions {
        check(bands >= 1, "bands", bands, "1 or more");
        check(rate >= 100, "rate", rate, "100 Hz or more");
        check(windowMillis > 0 && windowMillis * rate / 1000 >= 2, "windowMillis", windowMillis, "at least two samples long");
        check(windowMillis * rate / 1000 <= 1 << 20, "windowMillis", windowMillis, "at most 2^20 samples long");
        check(shiftMillis > 0 && shiftMillis * rate / 1000 >= 1, "shiftMillis", shiftMillis, "at least one sample");
        double high = highHz > 0 ? highHz : rate / 2.0 + highHz;
        check(lowHz >= 0 && lowHz < rate / 2.0, "lowHz", lowHz, "0 to below " + rate / 2.0 + ", the Nyquist frequency of " + rate + " Hz");
        check(high > lowHz && high <= rate / 2.0, "highHz", highHz,
            "above lowHz " + lowHz + " and not above " + rate / 2.0 + ", the Nyquist frequency of " + rate + " Hz");
        check(preemphasis >= 0 && preemphasis <= 1, "preemphasis", preemphasis, "0 to 1");
        check(energyFloor >= 0, "energyFloor", energyFloor, "0 or more");
        check(sampleScale > 0, "sampleScale", sampleScale, "above 0");
    }

    /// Kaldi's defaults: 25/10 ms, Povey window, pre-emphasis 0.97, 20 Hz to Nyquist, log of power, int16 scale.
    public static FeatureOptions mel(int bands, int rate) {
        return new FeatureOptions(Kind.MEL, bands, rate, 25, 10, 20, 0, Window.POVEY, 0.97, true, true, true, Compression.LOG,
            false, true, 0, true, INT16_SCALE);
    }

    /// ERB-spaced gammatone filters from 50 Hz to 0.95 of Nyquist, 15th root, Hamming window, no pre-emphasis.
    public static FeatureOptions gammatone(int bands, int rate) {
        return new FeatureOptions(Kind.GAMMATONE, bands, rate, 25, 10, 50, 0.95 * rate / 2, Window.HAMMING, 0, false, true, true,
            Compression.ROOT15, false, true, 0, true, INT16_SCALE);
    }

    /// `highHz` in Hz, with 0 and less counted from Nyquist.
    public double upperHz() {
        return highHz > 0 ? highHz : rate / 2.0 + highHz;
    }

    public int windowSamples() {
        return (int) (rate * 0.001 * windowMillis);
    }

    public int shiftSamples() {
        return (int) (rate * 0.001 * shiftMillis);
    }

    /// Floats per frame: bands, and one more with `energy`.
    public int columns() {
        return bands + (energy ? 1 : 0);
    }

    /// Frames of a signal with this many samples.
    public int frames(int samples) {
        int shift = shiftSamples();
        if (snipEdges) {
            return samples < windowSamples() ? 0 : 1 + (samples - windowSamples()) / shift;
        }
        return (samples + shift / 2) / shift;
    }

    public FeatureOptions withFrames(double newWindowMillis, double newShiftMillis) {
        return new FeatureOptions(kind, bands, rate, newWindowMillis, newShiftMillis, lowHz, highHz, window, preemphasis, removeMean,
            snipEdges, power, compression, energy, rawEnergy, energyFloor, powerOfTwo, sampleScale);
    }

    public FeatureOptions withBand(double newLowHz, double newHighHz) {
        return new FeatureOptions(kind, bands, rate, windowMillis, shiftMillis, newLowHz, newHighHz, window, preemphasis, removeMean,
            snipEdges, power, compression, energy, rawEnergy, energyFloor, powerOfTwo, sampleScale);
    }

    public FeatureOptions withWindow(Window newWindow) {
        return new FeatureOptions(kind, bands, rate, windowMillis, shiftMillis, lowHz, highHz, newWindow, preemphasis, removeMean,
            snipEdges, power, compression, energy, rawEnergy, energyFloor, powerOfTwo, sampleScale);
    }

    public FeatureOptions withPreemphasis(double newPreemphasis) {
        return new FeatureOptions(kind, bands, rate, windowMillis, shiftMillis, lowHz, highHz, window, newPreemphasis, removeMean,
            snipEdges, power, compression, energy, rawEnergy, energyFloor, powerOfTwo, sampleScale);
    }

    public FeatureOptions withRemoveMean(boolean newRemoveMean) {
        return new FeatureOptions(kind, bands, rate, windowMillis, shiftMillis, lowHz, highHz, window, preemphasis, newRemoveMean,
            snipEdges, power, compression, energy, rawEnergy, energyFloor, powerOfTwo, sampleScale);
    }

    public FeatureOptions withSnipEdges(boolean newSnipEdges) {
        return new FeatureOptions(kind, bands, rate, windowMillis, shiftMillis, lowHz, highHz, window, preemphasis, removeMean,
            newSnipEdges, power, compression, energy, rawEnergy, energyFloor, powerOfTwo, sampleScale);
    }

    public FeatureOptions withPower(boolean newPower) {
        return new FeatureOptions(kind, bands, rate, windowMillis, shiftMillis, lowHz, highHz, window, preemphasis, removeMean,
            snipEdges, newPower, compression, energy, rawEnergy, energyFloor, powerOfTwo, sampleScale);
    }

    public FeatureOptions withCompression(Compression newCompression) {
        return new FeatureOptions(kind, bands, rate, windowMillis, shiftMillis, lowHz, highHz, window, preemphasis, removeMean,
            snipEdges, power, newCompression, energy, rawEnergy, energyFloor, powerOfTwo, sampleScale);
    }

    public FeatureOptions withEnergy(boolean newEnergy, boolean newRawEnergy, double newEnergyFloor) {
        return new FeatureOptions(kind, bands, rate, windowMillis, shiftMillis, lowHz, highHz, window, preemphasis, removeMean,
            snipEdges, power, compression, newEnergy, newRawEnergy, newEnergyFloor, powerOfTwo, sampleScale);
    }

    public FeatureOptions withPowerOfTwo(boolean newPowerOfTwo) {
        return new FeatureOptions(kind, bands, rate, windowMillis, shiftMillis, lowHz, highHz, window, preemphasis, removeMean,
            snipEdges, power, compression, energy, rawEnergy, energyFloor, newPowerOfTwo, sampleScale);
    }

    public FeatureOptions withSampleScale(double newSampleScale) {
        return new FeatureOptions(kind, bands, rate, windowMillis, shiftMillis, lowHz, highHz, window, preemphasis, removeMean,
            snipEdges, power, compression, energy, rawEnergy, energyFloor, powerOfTwo, newSampleScale);
    }

    private static void check(boolean good, String name, Object value, String expected) {
        if (!good) {
            throw new IllegalArgumentException(name + " " + value + ": must be " + expected);
        }
    }
}
