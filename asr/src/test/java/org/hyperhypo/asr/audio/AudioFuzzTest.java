package org.hyperhypo.asr.audio;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Mutations of good files: the reader answers with audio or an AudioException, at once, and never makes more samples than there
/// are bytes. `-Dhyperhypo.fuzz=100000` runs more of them.
class AudioFuzzTest {
    private static final int ROUNDS = Integer.getInteger("hyperhypo.fuzz", 3000);
    private static final long SEED = Long.getLong("hyperhypo.seed", 71);

    @Test
    void mutatedWavFilesAreReadOrRefused() throws Exception {
        float[] x = new float[200];
        for (int t = 0; t < x.length; t++) {
            x[t] = (float) Math.sin(t);
        }
        byte[] pcm = Wav.encode(new Audio(new float[][] {x, x}, 8000));
        byte[] extended = extensible(pcm);
        int refused = fuzz("wav", List.of(pcm, extended), 8);
        assertTrue(refused > ROUNDS / 20, refused + " refused");
    }

    @Test
    void mutatedSphereFilesAreReadOrRefused() throws Exception {
        byte[] good = new byte[1024 + 600];
        byte[] head = ("NIST_1A\n   1024\nchannel_count -i 1\nsample_count -i 300\nsample_rate -i 8000\nsample_n_bytes -i 2\n"
            + "sample_byte_format -s2 01\nsample_coding -s3 pcm\nend_head\n").getBytes(StandardCharsets.US_ASCII);
        Arrays.fill(good, 0, 1024, (byte) ' ');
        System.arraycopy(head, 0, good, 0, head.length);
        assertTrue(AudioFiles.read(good, "good").frames() == 300);
        fuzz("sphere", List.of(good), 1);
    }

    /// The encoder is not ours, so the good FLAC files are the reference ones.
    @Test
    @Tag("shared")
    void mutatedFlacFilesAreReadOrRefused() throws Exception {
        List<byte[]> good = new ArrayList<>();
        try (var files = Files.newDirectoryStream(Golden.folder("golden/audio").resolve("good"), "*.flac")) {
            for (Path file : files) {
                good.add(Files.readAllBytes(file));
            }
        }
        good.sort(Arrays::compare);
        int refused = fuzz("flac", good, 1 << 16);
        assertTrue(refused > ROUNDS / 2, refused + " refused of " + ROUNDS);
    }

    private static int fuzz(String kind, List<byte[]> good, int samplesPerByte) {
        System.out.println("fuzz " + kind + " seed " + SEED + ", " + ROUNDS + " rounds");
        SplittableRandom random = new SplittableRandom(SEED);
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] original = good.get(random.nextInt(good.size()));
            byte[] data = mutate(original, random);
            String where = kind + " round " + round;
            long begin = System.nanoTime();
            try {
                Audio audio = AudioFiles.read(data, where);
                assertTrue((long) audio.frames() * audio.channels().length <= (long) data.length * samplesPerByte, where + ": " + audio.frames());
                if (kind.equals("flac")) {
                    // Every sample is under a checksum: what is still read is what was encoded (padding or tags were hit).
                    assertTrue(Arrays.deepEquals(AudioFiles.read(original, "good").channels(), audio.channels()), where + " gave wrong audio");
                }
                for (float[] channel : audio.channels()) {
                    for (float v : channel) {
                        assertTrue(Float.isFinite(v), where + " gave " + v);
                    }
                }
            } catch (AudioException e) {
                refused++;
                assertTrue(e.getMessage().startsWith(where), e.getMessage());
            } catch (RuntimeException | Error e) {
                throw new AssertionError(where, e);
            }
            assertTrue(System.nanoTime() - begin < 2_000_000_000L, where + " took more than 2 s");
        }
        System.out.println("fuzz " + kind + ": " + refused + " refused");
        return refused;
    }

    private static byte[] mutate(byte[] good, SplittableRandom random) {
        byte[] data = good.clone();
        int kind = random.nextInt(6);
        int header = Math.min(data.length, 80);
        switch (kind) {
            case 0 -> data = Arrays.copyOf(data, random.nextInt(data.length + 1));
            case 1 -> data = Arrays.copyOf(data, data.length + 1 + random.nextInt(64));
            case 2 -> {
                int at = random.nextInt(data.length);
                byte[] longer = new byte[data.length + 1];
                System.arraycopy(data, 0, longer, 0, at);
                longer[at] = (byte) random.nextInt();
                System.arraycopy(data, at, longer, at + 1, data.length - at);
                data = longer;
            }
            case 3 -> {
                int[] values = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 0x7ffffff0, 0xffff, 44};
                int at = random.nextInt(header - 4);
                ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).putInt(at, values[random.nextInt(values.length)]);
            }
            default -> {
                int changes = 1 + random.nextInt(kind == 4 ? 1 : 8);
                for (int i = 0; i < changes; i++) {
                    data[random.nextInt(random.nextBoolean() ? header : data.length)] ^= (byte) (1 << random.nextInt(8));
                }
            }
        }
        return data;
    }

    private static byte[] extensible(byte[] pcm) {
        byte[] out = new byte[pcm.length + 24 + 10];
        ByteBuffer b = ByteBuffer.wrap(out).order(ByteOrder.LITTLE_ENDIAN);
        b.put(pcm, 0, 12).put("LIST".getBytes(StandardCharsets.US_ASCII)).putInt(1).putShort((short) 7);
        b.put("fmt ".getBytes(StandardCharsets.US_ASCII)).putInt(40).putShort((short) 0xfffe).put(pcm, 22, 14);
        b.putShort((short) 22).putShort((short) 16).putInt(3).putShort((short) 1);
        b.put(new byte[] {0, 0, 0, 0, 0x10, 0, (byte) 0x80, 0, 0, (byte) 0xaa, 0, 0x38, (byte) 0x9b, 0x71});
        b.put(pcm, 36, pcm.length - 36);
        b.putInt(4, out.length - 8);
        return out;
    }
}
