package org.hyperhypo.asr.corrupt;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/// Random numbers that depend on a seed and a name only, not on the order in which utterances are treated.
public final class Seeds {
    private Seeds() {
    }

    /// A generator for one utterance: FNV-1a of the id, mixed with the seed.
    public static SplittableRandom of(long seed, String id) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : id.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ b & 0xff) * 0x100000001b3L;
        }
        return new SplittableRandom(hash ^ seed * 0x9e3779b97f4a7c15L);
    }
}
