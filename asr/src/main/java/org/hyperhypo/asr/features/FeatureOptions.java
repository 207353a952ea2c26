package org.hyperhypo.asr.features;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;

/// Everything that determines the numbers of a [Filterbank]. Start from [#mel(int, int)], [#mfcc(int, int, int)] or [#gammatone(int, int)]
/// and change with `with…`, or read a Kaldi file with [KaldiConfig].
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
/// @param blackman     coefficient of the Blackman window, 0.42 as usual
/// @param preemphasis  p in `x[i] −= p·x[i−1]` within the frame, 0 for none
/// @param removeMean   subtract the frame's mean first
/// @param snipEdges    only whole frames; otherwise frames are centred and the signal mirrored at its ends
/// @param power        filter the power spectrum, otherwise the magnitude
/// @param compression  what happens to each filter's energy
/// @param energy       put the frame's log energy in front as column 0 (of cepstra: in place of c_0)
/// @param rawEnergy    measure it before pre-emphasis and window
/// @param energyFloor  lower limit of that energy (before the log), 0 for none
/// @param powerOfTwo   zero-pad frames to a power of two (slower and exactly the frame length without)
/// @param dither       deviation of the Gaussian noise added to each scaled sample of each frame, 0 for none (Kaldi's default is 1)
/// @param ditherSeed   where that noise starts
/// @param cepstra      number of cepstral coefficients to make of the log mel bands, 0 to keep the bands
/// @param lifter       Q in the weight `1 + Q/2 sin(π k/Q)` of c_k, 0 for none
/// @param sampleScale  factor on the samples
public record FeatureOptions(Kind kind, int bands, int rate, double windowMillis, double shiftMillis, double lowHz, double highHz,
        Window window, double blackman, double preemphasis, boolean removeMean, boolean snipEdges, boolean power, Compression compression,
        boolean energy, boolean rawEnergy, double energyFloor, boolean powerOfTwo, double dither, long ditherSeed, int cepstra, double lifter,
        double sampleScale) {

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
        check(dither >= 0 && dither < Double.POSITIVE_INFINITY, "dither", dither, "0 or more");
        check(cepstra >= 0 && cepstra <= bands, "cepstra", cepstra, "0 to the number of bands, " + bands);
        check(cepstra == 0 || kind == Kind.MEL && compression == Compression.LOG, "cepstra", cepstra, "0 unless of mel bands with LOG");
        check(lifter >= 0, "lifter", lifter, "0 or more");
        check(sampleScale > 0, "sampleScale", sampleScale, "above 0");
    }

    /// Kaldi's defaults for log mel bands but without dither: 25/10 ms, Povey window, pre-emphasis 0.97, 20 Hz to Nyquist, log of power,
    /// int16 scale.
    public static FeatureOptions mel(int bands, int rate) {
        return new FeatureOptions(Kind.MEL, bands, rate, 25, 10, 20, 0, Window.POVEY, 0.42, 0.97, true, true, true, Compression.LOG,
            false, true, 0, true, 0, 0, 0, 22, INT16_SCALE);
    }

    /// Kaldi's MFCC without dither (there 13 cepstra of 23 bands): lifter 22, the raw log energy in place of c_0.
    public static FeatureOptions mfcc(int cepstra, int bands, int rate) {
        return mel(bands, rate).withCepstra(cepstra, 22).withEnergy(true, true, 0);
    }

    /// ERB-spaced gammatone filters from 50 Hz to 0.95 of Nyquist, 15th root, Hamming window, no pre-emphasis.
    public static FeatureOptions gammatone(int bands, int rate) {
        return new FeatureOptions(Kind.GAMMATONE, bands, rate, 25, 10, 50, 0.95 * rate / 2, Window.HAMMING, 0.42, 0, false, true, true,
            Compression.ROOT15, false, true, 0, true, 0, 0, 0, 22, INT16_SCALE);
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

    /// Floats per frame: cepstra, or bands and one more with `energy`.
    public int columns() {
        return cepstra > 0 ? cepstra : bands + (energy ? 1 : 0);
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
        return with("windowMillis", newWindowMillis).with("shiftMillis", newShiftMillis);
    }

    public FeatureOptions withBand(double newLowHz, double newHighHz) {
        return with("lowHz", 0.0).with("highHz", newHighHz).with("lowHz", newLowHz);
    }

    public FeatureOptions withWindow(Window newWindow) {
        return with("window", newWindow);
    }

    public FeatureOptions withPreemphasis(double newPreemphasis) {
        return with("preemphasis", newPreemphasis);
    }

    public FeatureOptions withRemoveMean(boolean newRemoveMean) {
        return with("removeMean", newRemoveMean);
    }

    public FeatureOptions withSnipEdges(boolean newSnipEdges) {
        return with("snipEdges", newSnipEdges);
    }

    public FeatureOptions withPower(boolean newPower) {
        return with("power", newPower);
    }

    public FeatureOptions withCompression(Compression newCompression) {
        return with("compression", newCompression);
    }

    public FeatureOptions withEnergy(boolean newEnergy, boolean newRawEnergy, double newEnergyFloor) {
        return with("energy", newEnergy).with("rawEnergy", newRawEnergy).with("energyFloor", newEnergyFloor);
    }

    public FeatureOptions withPowerOfTwo(boolean newPowerOfTwo) {
        return with("powerOfTwo", newPowerOfTwo);
    }

    public FeatureOptions withDither(double newDither, long newSeed) {
        return with("dither", newDither).with("ditherSeed", newSeed);
    }

    public FeatureOptions withCepstra(int newCepstra, double newLifter) {
        return with("cepstra", newCepstra).with("lifter", newLifter);
    }

    public FeatureOptions withSampleScale(double newSampleScale) {
        return with("sampleScale", newSampleScale);
    }

    /// A copy in which one component, named as above, has another value.
    FeatureOptions with(String name, Object value) {
        RecordComponent[] components = FeatureOptions.class.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        try {
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                values[i] = components[i].getName().equals(name) ? value : components[i].getAccessor().invoke(this);
            }
            Constructor<FeatureOptions> constructor = FeatureOptions.class.getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (java.lang.reflect.InvocationTargetException e) {
            throw e.getCause() instanceof IllegalArgumentException wrong ? wrong : new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void check(boolean good, String name, Object value, String expected) {
        if (!good) {
            throw new IllegalArgumentException(name + " " + value + ": must be " + expected);
        }
    }
}
