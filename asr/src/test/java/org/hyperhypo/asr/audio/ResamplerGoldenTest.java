package org.hyperhypo.asr.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The "good" limits of golden/resample, measured on bins that tones and aliases meet exactly.
@Tag("shared")
class ResamplerGoldenTest {
    @Test
    void conversionsStayWithinTheGoodLimits() throws Exception {
        Path folder = Golden.folder("golden/resample");
        List<String> wrong = new ArrayList<>();
        for (Map<String, Object> c : Golden.maps(Golden.json(folder.resolve("cases.json")).get("conversions"))) {
            String id = (String) c.get("conversion");
            int in = Golden.integer(c, "rate_in");
            int out = Golden.integer(c, "rate_out");
            double nyquist = Math.min(in, out) / 2.0;
            float[] x = AudioFiles.read(folder.resolve("in/" + id + "_tones_pass.wav")).mono();
            float[] y = Resampler.resample(x, in, out);
            assertEquals(AudioFiles.read(folder.resolve("out/" + id + "_tones_pass.wav")).frames(), y.length, id + " length");
            double inner = 0;
            double outer = 0;
            double image = -200;
            List<double[]> phases = new ArrayList<>();
            for (Object tone : (List<?>) c.get("pass_tones_hz")) {
                double f = (Double) tone;
                double[] a = bin(x, in, f);
                double[] b = bin(y, out, f);
                double gain = 20 * Math.log10(Math.hypot(b[0], b[1]) / Math.hypot(a[0], a[1]));
                inner = f <= 0.80 * nyquist ? Math.max(inner, Math.abs(gain)) : inner;
                outer = f <= 0.90 * nyquist ? Math.max(outer, Math.abs(gain)) : outer;
                if (f >= 0.04 * nyquist && f <= 0.4 * nyquist) {
                    phases.add(new double[] {f, Math.atan2(b[1] * a[0] - b[0] * a[1], b[0] * a[0] + b[1] * a[1])});
                }
                if (out > in && f <= 0.8 * nyquist) {
                    double[] i = bin(y, out, in - f);
                    image = Math.max(image, 20 * Math.log10(Math.hypot(i[0], i[1]) / Math.hypot(a[0], a[1]) + 1e-12));
                }
            }
            double delay = 0;
            for (double[] p : phases) {
                delay = Math.max(delay, Math.abs(p[1] / (2 * Math.PI * p[0]) * out));
            }
            double far = -200;
            double near = -200;
            if (out < in) {
                float[] xs = AudioFiles.read(folder.resolve("in/" + id + "_tones_stop.wav")).mono();
                float[] ys = Resampler.resample(xs, in, out);
                for (Object tone : (List<?>) c.get("stop_tones_hz")) {
                    double f = (Double) tone;
                    double folded = Math.abs(f - Math.round(f / out) * out);
                    double[] a = bin(xs, in, f);
                    double[] b = bin(ys, out, folded);
                    double db = 20 * Math.log10(Math.hypot(b[0], b[1]) / Math.hypot(a[0], a[1]) + 1e-12);
                    near = f >= 1.03 * nyquist ? Math.max(near, db) : near;
                    far = f >= 1.17 * nyquist ? Math.max(far, db) : far;
                }
            }
            double snr = speechSnr(folder, id, in, out);
            String line = String.format(Locale.ROOT, "%s: gain to 0.80 %.4f dB, to 0.90 %.4f dB, alias 1.03 %.1f dB, 1.17 %.1f dB, image %.1f dB,"
                + " delay %.5f, speech against sox %.1f dB", id, inner, outer, near, far, image, delay, snr);
            System.out.println(line);
            if (inner > 0.02 || outer > 0.1 || near > -60 || far > -80 || image > -80 || delay > 0.005 || snr < 60) {
                wrong.add(line);
            }
        }
        assertTrue(wrong.isEmpty(), String.join("\n", wrong));
    }

    private static double[] bin(float[] x, int rate, double f) {
        int from = (int) Math.round(0.05 * rate);
        int n = rate / 2;
        double re = 0;
        double im = 0;
        for (int i = from; i < from + n; i++) {
            double a = 2 * Math.PI * f * i / rate;
            re += x[i] * Math.cos(a);
            im -= x[i] * Math.sin(a);
        }
        return new double[] {2 * re / n, 2 * im / n};
    }

    /// Both low-passed at 0.8 of the common Nyquist frequency by the resampler's own filter, run down and up again.
    private static double speechSnr(Path folder, String id, int in, int out) throws Exception {
        float[] ours = Resampler.resample(AudioFiles.read(folder.resolve("in/" + id + "_speech.wav")).mono(), in, out);
        float[] sox = AudioFiles.read(folder.resolve("out/" + id + "_speech.wav")).mono();
        int low = (int) Math.round(0.8 * Math.min(in, out));
        float[] a = Resampler.resample(ours, out, low);
        float[] b = Resampler.resample(sox, out, low);
        double signal = 0;
        double noise = 0;
        for (int i = 0; i < Math.min(a.length, b.length); i++) {
            signal += (double) b[i] * b[i];
            noise += Math.pow(a[i] - b[i], 2);
        }
        return 10 * Math.log10(signal / noise);
    }
}
