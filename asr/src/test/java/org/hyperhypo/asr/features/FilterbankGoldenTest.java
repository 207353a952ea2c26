package org.hyperhypo.asr.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hyperhypo.asr.audio.AudioFiles;
import org.hyperhypo.asr.audio.Golden;
import org.hyperhypo.asr.features.FeatureOptions.Compression;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Against Kaldi's compute-fbank-feats. Kaldi works in float32 and is itself up to 0.0026 away from exact arithmetic in the worst
/// case (no pre-emphasis, adult_m), so the limit is 5e-3 in general and 1e-3 wherever Kaldi itself is within 3e-4.
@Tag("shared")
class FilterbankGoldenTest {
    private final Map<String, float[]> clips = new HashMap<>();

    @Test
    void melFilterbanksEqualKaldis() throws Exception {
        Path folder = Golden.folder("golden/fbank");
        List<String> wrong = new ArrayList<>();
        int compared = 0;
        double worst = 0;
        double worstTight = 0;
        for (Map<String, Object> c : Golden.maps(Golden.json(folder.resolve("cases.json")).get("cases"))) {
            if (!c.get("kind").equals("fbank")) {
                continue;
            }
            FeatureOptions options = options(Golden.map(c.get("options")));
            if (c.get("sample_scale") != null) {
                options = options.withSampleScale(1);
            }
            Features got = Filterbank.of(options).compute(samples(folder, c));
            double[] expected = Golden.npy(folder.resolve((String) c.get("file")));
            assertEquals(Golden.integer(c, "frames"), got.frames(), c.get("id") + " frames");
            assertEquals(Golden.integer(c, "dims"), got.bands(), c.get("id") + " dims");
            boolean log = options.compression() == Compression.LOG;
            double top = Arrays.stream(expected).map(Math::abs).max().orElse(0);
            double max = 0;
            double sum = 0;
            for (int i = 0; i < expected.length; i++) {
                double d = Math.abs(got.data()[i] - expected[i]);
                d = log ? d : d / (Math.abs(expected[i]) + 1e-3 * top);
                max = Math.max(max, d);
                sum += d;
            }
            double kaldisOwn = ((Number) c.get("dev_float64_restatement")).doubleValue();
            double limit = !log ? 1e-4 : kaldisOwn < 3e-4 ? 1e-3 : 5e-3;
            if (!(max <= limit) || sum / Math.max(1, expected.length) > 2e-4) {
                wrong.add(c.get("id") + ": max " + max + " mean " + sum / expected.length);
            }
            worst = log ? Math.max(worst, max) : worst;
            worstTight = log && limit == 1e-3 ? Math.max(worstTight, max) : worstTight;
            compared++;
        }
        System.out.printf(Locale.ROOT, "log mel against Kaldi: %d cases, worst %.5f, worst where Kaldi is within 3e-4: %.5f%n", compared, worst,
            worstTight);
        assertTrue(wrong.isEmpty(), String.join("\n", wrong));
        assertTrue(compared > 70, compared + " cases");
    }

    @Test
    void frameCountsEqualKaldisForTinySignals() throws Exception {
        Path folder = Golden.folder("golden/fbank");
        for (Map<String, Object> c : Golden.maps(Golden.json(folder.resolve("cases.json")).get("frame_counts"))) {
            FeatureOptions options = FeatureOptions.mel(40, Golden.integer(c, "rate")).withSnipEdges((Boolean) c.get("snip_edges"));
            float[] x = new float[Golden.integer(c, "samples")];
            assertEquals(Golden.integer(c, "frames"), Filterbank.of(options).compute(x).frames(), c.toString());
        }
    }

    @Test
    void splicingEqualsKaldisAndTheWindowIsItsTranspose() throws Exception {
        Path folder = Golden.folder("golden/fbank");
        double[] base = Golden.npy(folder.resolve("feats/fb40.digit_theo_8k.npy"));
        double[] spliced = Golden.npy(folder.resolve("feats/fb40_splice8_8.digit_theo_8k.npy"));
        float[] data = new float[base.length];
        for (int i = 0; i < data.length; i++) {
            data[i] = (float) base[i];
        }
        Features features = new Features(40, 40, data);
        FrameContext context = new FrameContext(8, 8);
        for (int t = 0; t < 40; t++) {
            float[] expected = new float[680];
            for (int i = 0; i < 680; i++) {
                expected[i] = (float) spliced[t * 680 + i];
            }
            float[] frames = new float[680];
            context.splice(features, t, frames, 0);
            assertArrayEquals(expected, frames);
            float[] picture = new float[681];
            context.window(features, t, picture, 1);
            for (int j = 0; j < 17; j++) {
                for (int b = 0; b < 40; b++) {
                    assertEquals(expected[j * 40 + b], picture[1 + b * 17 + j]);
                }
            }
        }
    }

    /// The case's options by Kaldi's own names, read as a config file of Kaldi's is.
    static FeatureOptions options(Map<String, Object> o) {
        List<String> lines = new ArrayList<>();
        o.forEach((name, value) -> lines.add("--" + name.replace('_', '-') + "=" + value));
        return KaldiConfig.parse("case", lines, o.containsKey("num_ceps") ? FeatureOptions.mfcc(13, 23, 16000) : FeatureOptions.mel(23, 16000));
    }

    private float[] samples(Path folder, Map<String, Object> c) throws Exception {
        String clip = (String) c.get("clip");
        if (!clips.containsKey(clip)) {
            clips.put(clip, AudioFiles.read(folder.resolve("clips/" + clip + ".wav")).mono());
        }
        if (c.get("segment") instanceof List<?> segment) {
            int from = ((Double) segment.get(0)).intValue();
            return Arrays.copyOfRange(clips.get(clip), from, from + ((Double) segment.get(1)).intValue());
        }
        return clips.get(clip);
    }
}
