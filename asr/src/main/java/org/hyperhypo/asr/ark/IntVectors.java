package org.hyperhypo.asr.ark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hyperhypo.asr.audio.WholeFile;

/// Integer vectors as Kaldi's text archives: a line `key 0 0 1 …` each, for alignments.
public final class IntVectors {
    private IntVectors() {
    }

    public static void write(Path file, Map<String, int[]> entries) throws IOException {
        StringBuilder text = new StringBuilder();
        entries.forEach((key, values) -> {
            if (key.isEmpty() || key.chars().anyMatch(c -> c <= ' ')) {
                throw new IllegalArgumentException("archive key \"" + key + "\" must not be empty or hold white space");
            }
            text.append(key);
            for (int value : values) {
                text.append(' ').append(value);
            }
            text.append('\n');
        });
        WholeFile.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    public static Map<String, int[]> read(Path file) throws ArkException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ArkException(file, "cannot be read: " + e, e);
        }
        Map<String, int[]> map = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String[] parts = lines.get(i).strip().split("[ \t]+");
            if (parts[0].isEmpty()) {
                throw new ArkException(file, i + 1, "empty line; expected: key integers");
            }
            int[] values = new int[parts.length - 1];
            for (int k = 1; k < parts.length; k++) {
                try {
                    values[k - 1] = Integer.parseInt(parts[k]);
                } catch (NumberFormatException e) {
                    throw new ArkException(file, i + 1, "\"" + parts[k] + "\" (value " + k + " of \"" + parts[0] + "\") is no integer");
                }
            }
            if (map.put(parts[0], values) != null) {
                throw new ArkException(file, i + 1, "key \"" + parts[0] + "\" twice");
            }
        }
        return map;
    }
}
