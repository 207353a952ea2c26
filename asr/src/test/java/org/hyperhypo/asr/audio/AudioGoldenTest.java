package org.hyperhypo.asr.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// 104 files with rules: read bit for bit, read with a warning, or refuse by name; never wrong audio in silence.
@Tag("shared")
class AudioGoldenTest {
    @Test
    void everyFileIsReadRightOrRefusedByItsRule() throws Exception {
        Path folder = Golden.folder("golden/audio");
        List<String> wrong = new ArrayList<>();
        List<Map<String, Object>> files = Golden.maps(Golden.json(folder.resolve("manifest.json")).get("files"));
        assertTrue(files.size() >= 104, files.size() + " files in the manifest");
        int read = 0;
        for (Map<String, Object> file : files) {
            String name = (String) file.get("file");
            String expect = (String) file.get("expect");
            long begin = System.nanoTime();
            try {
                Audio audio = AudioFiles.read(folder.resolve(name));
                read++;
                if (expect.equals("reject")) {
                    wrong.add(name + " was read: " + file.get("rule"));
                } else if (expect.equals("warn") && audio.warnings().isEmpty()) {
                    wrong.add(name + " was read without a warning");
                } else if (file.get("values") != null) {
                    String difference = difference(folder, file, audio);
                    if (difference != null) {
                        wrong.add(name + ": " + difference);
                    }
                }
            } catch (AudioException e) {
                if (expect.equals("ok")) {
                    wrong.add(name + " was refused: " + e.getMessage());
                }
                assertTrue(e.getMessage().contains(Path.of(name).getFileName().toString()), "names the file: " + e.getMessage());
                assertTrue(e.getMessage().length() > name.length() + 10, "gives a reason: " + e.getMessage());
            }
            assertTrue(System.nanoTime() - begin < 1_000_000_000L, name + " took longer than a second");
        }
        if (!wrong.isEmpty()) {
            fail(String.join("\n", wrong));
        }
        assertTrue(read > 45, "only " + read + " files were read");
    }

    private static String difference(Path folder, Map<String, Object> file, Audio audio) throws Exception {
        int channels = Golden.integer(file, "channels");
        int frames = Golden.integer(file, "frames");
        if (audio.channels().length != channels || audio.frames() != frames || audio.rate() != Golden.integer(file, "rate")) {
            return audio.frames() + " frames × " + audio.channels().length + " at " + audio.rate() + " Hz, expected " + frames + " × "
                + channels + " at " + file.get("rate");
        }
        double[] expected = Golden.npy(folder.resolve((String) file.get("values")));
        double scale = scale((String) file.get("encoding"));
        for (int t = 0; t < frames; t++) {
            for (int c = 0; c < channels; c++) {
                float value = (float) (expected[t * channels + c] / scale);
                if (Float.floatToIntBits(value) != Float.floatToIntBits(audio.channels()[c][t])
                        && value != audio.channels()[c][t]) {
                    return "sample " + t + " of channel " + c + " is " + audio.channels()[c][t] + ", expected " + value;
                }
            }
        }
        return null;
    }

    private static double scale(String encoding) {
        if (encoding.contains("float")) {
            return 1;
        }
        if (encoding.contains("unsigned 8")) {
            return 128;
        }
        return encoding.contains("24") ? 8388608.0 : encoding.contains("32") ? 2147483648.0 : 32768;
    }

    @Test
    void anOddTableOfHarmlessOdditiesIsReadWithWarnings() throws Exception {
        Path folder = Golden.folder("golden/audio");
        for (String name : List.of("riff_size_wrong", "byterate_wrong", "stream_size0", "stream_sizeFFFFFFFF", "odd_chunk_no_pad")) {
            assertFalse(AudioFiles.read(folder.resolve("tricky/" + name + ".wav")).warnings().isEmpty(), name);
        }
        for (String name : List.of("rifx_big_endian", "rf64", "flac_named")) {
            assertEquals(1600, AudioFiles.read(folder.resolve("tricky/" + name + ".wav")).frames(), name);
        }
    }
}
