package org.hyperhypo.asr.features;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.hyperhypo.asr.audio.AudioFiles;
import org.hyperhypo.asr.audio.Golden;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Against Kaldi's compute-mfcc-feats and add-deltas.
@Tag("shared")
class CepstraGoldenTest {
    @Test
    void cepstraEqualKaldis() throws Exception {
        Path folder = Golden.folder("golden/fbank");
        int compared = 0;
        double worst = 0;
        for (Map<String, Object> c : Golden.maps(Golden.json(folder.resolve("cases.json")).get("cases"))) {
            if (!c.get("kind").equals("mfcc")) {
                continue;
            }
            Filterbank mfcc = Filterbank.of(FilterbankGoldenTest.options(Golden.map(c.get("options"))));
            Features got = mfcc.compute(AudioFiles.read(folder.resolve("clips/" + c.get("clip") + ".wav")).mono());
            double[] expected = Golden.npy(folder.resolve((String) c.get("file")));
            assertEquals(expected.length, got.data().length, c.get("id").toString());
            for (int i = 0; i < expected.length; i++) {
                double d = Math.abs(expected[i] - got.data()[i]);
                assertTrue(d <= 5e-3, c.get("id") + " value " + i + " differs by " + d);
                worst = Math.max(worst, d);
            }
            compared++;
        }
        System.out.printf(Locale.ROOT, "MFCC against Kaldi: %d cases, worst %.5f%n", compared, worst);
        assertTrue(compared >= 10, compared + " cases");
    }

    @Test
    void deltasEqualKaldis() throws Exception {
        Path folder = Golden.folder("golden/fbank");
        double[] base = Golden.npy(folder.resolve("feats/fb40.digit_theo_8k.npy"));
        double[] expected = Golden.npy(folder.resolve("feats/fb40_deltas.digit_theo_8k.npy"));
        float[] data = new float[base.length];
        for (int i = 0; i < base.length; i++) {
            data[i] = (float) base[i];
        }
        Features got = Deltas.append(new Features(40, 40, data), 2, 2);
        assertEquals(120, got.bands());
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], got.data()[i], 1e-4, "value " + i);
        }
    }
}
