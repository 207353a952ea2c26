package org.hyperhypo.asr;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Mutations of good files: bits, bytes, sizes, cuts, insertions, swaps. `-Dhyperhypo.fuzz=100000` (profile `nightly`) runs that many a format.
public final class Fuzz {
    public static final int ROUNDS = Integer.getInteger("hyperhypo.fuzz", 2000);
    public static final long SEED = Long.getLong("hyperhypo.seed", 71);
    private static final int[] SIZES = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 0x7ffffff0, 0xffff, 44, 1 << 28, 255};
    private static final double MOST_SECONDS = 2;

    /// Reads one mutated file.
    public interface Reader {
        /// @return whether it was read; false where it was refused with an error that names file and place, which the reader checks
        boolean read(byte[] data, byte[] original, String name) throws Exception;
    }

    private Fuzz() {
    }

    /// Every answer must come within two seconds; anything that `reader` throws fails the test and names the round.
    ///
    /// @return number refused
    public static int run(String format, List<byte[]> good, Reader reader) {
        SplittableRandom random = new SplittableRandom(SEED);
        int refused = 0;
        double slowest = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] original = good.get(random.nextInt(good.size()));
            byte[] data = mutate(original, random);
            String name = format + " round " + round;
            long begin = System.nanoTime();
            try {
                refused += reader.read(data, original, name) ? 0 : 1;
            } catch (Throwable e) {
                throw new AssertionError(name + " of seed " + SEED + ": " + e, e);
            }
            double seconds = (System.nanoTime() - begin) * 1e-9;
            slowest = Math.max(slowest, seconds);
            assertTrue(seconds < MOST_SECONDS, () -> name + " took " + seconds + " s");
        }
        System.out.printf("fuzz %s: seed %d, %d rounds, %d refused, slowest %.3f s%n", format, SEED, ROUNDS, refused, slowest);
        return refused;
    }

    static byte[] mutate(byte[] good, SplittableRandom random) {
        byte[] data = good.clone();
        if (data.length < 8) {
            return Arrays.copyOf(data, random.nextInt(8));
        }
        int header = Math.min(data.length, 80);
        switch (random.nextInt(7)) {
            case 0 -> data = Arrays.copyOf(data, random.nextInt(data.length + 1));
            case 1 -> {
                data = Arrays.copyOf(data, data.length + 1 + random.nextInt(64));
                if (random.nextBoolean()) {
                    Arrays.fill(data, good.length, data.length, (byte) random.nextInt());
                }
            }
            case 2 -> data = insert(data, random.nextInt(data.length), random);
            case 3 -> {
                int at = random.nextInt((random.nextBoolean() ? header : data.length) - 3);
                ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).putInt(at, SIZES[random.nextInt(SIZES.length)]);
            }
            case 4 -> {
                int from = random.nextInt(data.length);
                int length = random.nextInt(Math.min(64, data.length - from) + 1);
                System.arraycopy(good, from, data, random.nextInt(data.length - length + 1), length);
            }
            default -> {
                int changes = 1 + random.nextInt(random.nextBoolean() ? 1 : 8);
                for (int i = 0; i < changes; i++) {
                    data[random.nextInt(random.nextBoolean() ? header : data.length)] ^= (byte) (1 << random.nextInt(8));
                }
            }
        }
        return data;
    }

    private static byte[] insert(byte[] data, int at, SplittableRandom random) {
        byte[] longer = new byte[data.length + 1];
        System.arraycopy(data, 0, longer, 0, at);
        longer[at] = (byte) random.nextInt();
        System.arraycopy(data, at, longer, at + 1, data.length - at);
        return longer;
    }
}
