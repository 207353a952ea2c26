package org.hyperhypo.asr;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Spoils good text files: a reader must answer every one with a result or with an error that names file and line.
/// System property `hyperhypo.fuzz`: number of files, 2000 unless told otherwise.
public final class TextMutations {
    private static final String[] PIECES = {" ", "\t", "\n", "\r\n", "-", "+", ".", "0", "1e9", "-1e999", "NaN", "Infinity", "99999999999", "0x1p3", "\\", "\\end\\",
        "<s>", "</s>", "{", "(", ")", "<", ">", ";;", "=", "\u0641", "\uFEFF", "\u0000", "é", "a a a a a a a a a"};

    /// Reads one file.
    public interface Reader {
        void read(byte[] file) throws Exception;
    }

    private TextMutations() {
    }

    /// @param place what every line of an error message must begin with, such as `lex:`
    public static void check(String what, List<String> good, Reader reader, String place) {
        int count = Integer.getInteger("hyperhypo.fuzz", 2000);
        long seed = 20261122;
        var random = new SplittableRandom(seed);
        int refused = 0;
        for (int i = 0; i < count; i++) {
            byte[] file = spoilt(random, good.get(random.nextInt(good.size())).getBytes(StandardCharsets.UTF_8));
            long start = System.nanoTime();
            try {
                reader.read(file);
            } catch (IllegalArgumentException e) {
                refused++;
                for (String line : e.getMessage().split("\n")) {
                    if (line.startsWith(place)) {
                        assertTrue(line.matches("(?s)\\Q" + place + "\\E[0-9]+: .*"), line);
                    } else {
                        fail(what + " " + i + ": error without place: " + line);
                    }
                }
            } catch (Exception | StackOverflowError | OutOfMemoryError e) {
                fail(what + " " + i + " (seed " + seed + "): " + e + " for \"" + new String(file, StandardCharsets.UTF_8) + "\"", e);
            }
            assertTrue(System.nanoTime() - start < 2_000_000_000L, what + " " + i + " took too long");
        }
        System.out.printf("TextMutations seed %d: %s, %d spoilt files, %d refused%n", seed, what, count, refused);
        assertTrue(refused > 0 && refused < count, refused + " of " + count + " refused");
    }

    private static byte[] spoilt(SplittableRandom random, byte[] good) {
        var bytes = new ArrayList<Byte>();
        for (byte b : good) {
            bytes.add(b);
        }
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            int at = random.nextInt(bytes.size() + 1);
            switch (random.nextInt(5)) {
                case 0 -> bytes.subList(at, bytes.size()).clear();
                case 1 -> bytes.subList(at, Math.min(bytes.size(), at + 1 + random.nextInt(12))).clear();
                case 2 -> {
                    int end = Math.min(bytes.size(), at + 1 + random.nextInt(40));
                    bytes.addAll(random.nextInt(bytes.size() + 1), new ArrayList<>(bytes.subList(at, end)));
                }
                case 3 -> {
                    byte[] piece = PIECES[random.nextInt(PIECES.length)].getBytes(StandardCharsets.UTF_8);
                    for (int k = piece.length - 1; k >= 0; k--) {
                        bytes.add(at, piece[k]);
                    }
                }
                default -> {
                    if (at < bytes.size()) {
                        bytes.set(at, (byte) random.nextInt(256));
                    }
                }
            }
        }
        var result = new byte[bytes.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = bytes.get(i);
        }
        return result;
    }
}
