package org.hyperhypo.asr.ark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/// Alignments as Kaldi's tools exchange them: read in any form of [Archive#INT_VECTORS], written as text, a line `key 0 0 1 …` each.
public final class IntVectors {
    private IntVectors() {
    }

    public static void write(Path file, Map<String, int[]> entries) throws IOException {
        Archive.INT_VECTORS.writeText(file, entries);
    }

    public static Map<String, int[]> read(Path file) throws ArkException {
        return Archive.INT_VECTORS.read(file);
    }
}
