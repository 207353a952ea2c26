package org.hyperhypo.asr.features;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.hyperhypo.asr.features.FeatureOptions.Compression;

/// Options of compute-fbank-feats and compute-mfcc-feats as in Kaldi's `conf/fbank.conf` and `conf/mfcc.conf`: lines `--name=value`, comments
/// behind `#`. What would change the numbers and is not supported is an error; nothing is passed over in silence.
public final class KaldiConfig {
    /// Without effect on the numbers here.
    private static final Set<String> NO_EFFECT = Set.of("vtln-low", "vtln-high", "debug-mel", "max-feature-vectors");

    private KaldiConfig() {
    }

    /// Log mel bands (23 by default) with Kaldi's defaults, dither included; `seed` is the dither's.
    public static FeatureOptions fbank(Path file, long seed) throws IOException {
        return parse(file.toString(), lines(file), FeatureOptions.mel(23, 16000).withDither(1, seed));
    }

    /// Cepstra (13 of 23 bands by default) with Kaldi's defaults, dither included.
    public static FeatureOptions mfcc(Path file, long seed) throws IOException {
        return parse(file.toString(), lines(file), FeatureOptions.mfcc(13, 23, 16000).withDither(1, seed));
    }

    private static List<String> lines(Path file) throws IOException {
        try {
            return Files.readAllLines(file);
        } catch (java.nio.charset.MalformedInputException e) {
            throw new IllegalArgumentException(file + ": not UTF-8; convert the file", e);
        }
    }

    static FeatureOptions parse(String file, List<String> lines, FeatureOptions defaults) {
        Draft draft = new Draft(defaults);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).split("#", 2)[0].strip();
            if (line.isEmpty()) {
                continue;
            }
            try {
                draft.set(line);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(file + ":" + (i + 1) + ": " + line + ": " + e.getMessage(), e);
            }
        }
        try {
            return draft.options();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    /// Options are checked when all are known: a band of 60 to 7600 Hz is right or wrong only with the sampling rate.
    private static final class Draft {
        private FeatureOptions o;
        private double low;
        private double high;
        private int rate;
        private int bands;
        private int cepstra;

        Draft(FeatureOptions defaults) {
            o = defaults;
            low = o.lowHz();
            high = o.highHz();
            rate = o.rate();
            bands = o.bands();
            cepstra = o.cepstra();
        }

        void set(String line) {
            if (!line.startsWith("--")) {
                throw new IllegalArgumentException("no option; write --name=value");
            }
            int equals = line.indexOf('=');
            String name = (equals < 0 ? line : line.substring(0, equals)).substring(2).strip().replace('_', '-');
            String value = equals < 0 ? "true" : line.substring(equals + 1).strip();
            switch (name) {
                case "sample-frequency" -> rate = integer(value);
                case "num-mel-bins" -> bands = integer(value);
                case "num-ceps" -> cepstra = integer(value);
                case "low-freq" -> low = number(value);
                case "high-freq" -> high = number(value);
                case "frame-length" -> o = o.with("windowMillis", number(value));
                case "frame-shift" -> o = o.with("shiftMillis", number(value));
                case "window-type" -> o = o.with("window", window(value));
                case "blackman-coeff" -> o = o.with("blackman", number(value));
                case "preemphasis-coefficient" -> o = o.with("preemphasis", number(value));
                case "remove-dc-offset" -> o = o.with("removeMean", truth(value));
                case "snip-edges" -> o = o.with("snipEdges", truth(value));
                case "round-to-power-of-two" -> o = o.with("powerOfTwo", truth(value));
                case "dither" -> o = o.with("dither", number(value));
                case "use-power" -> o = o.with("power", truth(value));
                case "use-log-fbank" -> o = o.with("compression", truth(value) ? Compression.LOG : Compression.NONE);
                case "use-energy" -> o = o.with("energy", truth(value));
                case "raw-energy" -> o = o.with("rawEnergy", truth(value));
                case "energy-floor" -> o = o.with("energyFloor", number(value));
                case "cepstral-lifter" -> o = o.with("lifter", number(value));
                case "htk-compat" -> refuseUnless(!truth(value), "columns in HTK's order are not supported; leave it false");
                case "vtln-warp" -> refuseUnless(number(value) == 1, "warping is not supported; leave it 1");
                default -> refuseUnless(NO_EFFECT.contains(name), "not an option that is known here; remove the line");
            }
            refuseUnless(o.cepstra() > 0 || !name.equals("num-ceps") && !name.equals("cepstral-lifter"), "belongs to MFCC, not to filterbanks");
            refuseUnless(o.cepstra() == 0 || !name.startsWith("use-") || name.equals("use-energy"), "belongs to filterbanks, not to MFCC");
        }

        FeatureOptions options() {
            FeatureOptions wide = o.with("lowHz", 0.0).with("highHz", 0.0).with("cepstra", 0).with("bands", bands).with("rate", rate);
            return wide.with("cepstra", cepstra).withBand(low, high);
        }

        private static void refuseUnless(boolean good, String reason) {
            if (!good) {
                throw new IllegalArgumentException(reason);
            }
        }

        private static double number(String value) {
            try {
                return Double.parseDouble(value);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("\"" + value + "\" is no number", e);
            }
        }

        private static int integer(String value) {
            double number = number(value);
            refuseUnless(number == (int) number, "\"" + value + "\" is no whole number");
            return (int) number;
        }

        private static boolean truth(String value) {
            return switch (value.toLowerCase(Locale.ROOT)) {
                case "true", "t", "1" -> true;
                case "false", "f", "0" -> false;
                default -> throw new IllegalArgumentException("\"" + value + "\" is neither true nor false");
            };
        }

        private static Window window(String value) {
            for (Window window : Window.values()) {
                if (window.name().equalsIgnoreCase(value)) {
                    return window;
                }
            }
            throw new IllegalArgumentException("unknown window; known are povey, hamming, hanning, sine, blackman, rectangular");
        }
    }
}
