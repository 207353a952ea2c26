package org.hyperhypo.engine;

import java.util.SplittableRandom;

/// Random numbers whose bits do not depend on the JDK: only `SplittableRandom.nextLong` is used, whose algorithm (SplitMix64) is specified.
final class Seeds {
    private Seeds() {
    }

    /// A generator of its own for every pair of seed and name (FNV-1a of the name, mixed into the seed).
    static SplittableRandom random(long seed, String name) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
        }
        return new SplittableRandom(seed * 0x9e3779b97f4a7c15L ^ hash);
    }

    /// The output function of SplitMix64 (Steele, Lea and Flood 2014): every bit of the result depends on every bit of z.
    static long mix(long z) {
        long a = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        long b = (a ^ a >>> 27) * 0x94d049bb133111ebL;
        return b ^ b >>> 31;
    }

    /// Uniform in [0, 1): the upper 53 bits.
    static double uniform(SplittableRandom random) {
        return (random.nextLong() >>> 11) * 0x1p-53;
    }

    /// Uniform in [0, bound): the upper half of a 128-bit product; its bias is below bound / 2^64.
    static int below(SplittableRandom random, int bound) {
        return (int) Math.unsignedMultiplyHigh(random.nextLong(), bound);
    }
}
