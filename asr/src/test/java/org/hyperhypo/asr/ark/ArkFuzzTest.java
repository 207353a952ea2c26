package org.hyperhypo.asr.ark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hyperhypo.asr.Fuzz;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Mutated archives are read, with no more values than they have bytes, or refused with the file and a byte of it.
class ArkFuzzTest {
    private static final List<Archive<?>> TYPES = List.of(Archive.FLOAT_MATRICES, Archive.DOUBLE_MATRICES, Archive.FLOAT_VECTORS, Archive.DOUBLE_VECTORS,
        Archive.INT_VECTORS);

    @TempDir
    Path folder;

    @Test
    void binaryArchives() throws IOException {
        List<byte[]> good = files(false);
        good.add(compressed("CM ", 8 * 3 + 12));
        good.add(compressed("CM2 ", 24));
        good.add(compressed("CM3 ", 12));
        int refused = Fuzz.run("ark binary", good, ArkFuzzTest::readAll);
        assertTrue(refused > Fuzz.ROUNDS / 4, refused + " refused");
    }

    @Test
    void textArchives() throws IOException {
        Fuzz.run("ark text", files(true), ArkFuzzTest::readAll);
    }

    @Test
    void gzippedArchives() throws IOException {
        List<byte[]> good = new ArrayList<>();
        for (byte[] file : files(false)) {
            good.add(ArkTest.gzip(file));
        }
        int refused = Fuzz.run("ark gzip", good, ArkFuzzTest::readAll);
        assertTrue(refused > Fuzz.ROUNDS / 2, refused + " refused: gzip has a checksum");
    }

    @Test
    void scpFiles() throws IOException {
        Path ark = folder.resolve("m.ark");
        Path scp = folder.resolve("m.scp");
        Archive.FLOAT_MATRICES.write(ark, scp, ArkTest.matrices());
        byte[] lines = Files.readString(scp).replaceFirst("\n", "[0:1,1:2]\n").getBytes(StandardCharsets.UTF_8);
        Fuzz.run("scp", List.of(lines), (data, original, name) -> {
            Files.write(scp, data);
            try {
                assertTrue(Archive.FLOAT_MATRICES.readScp(scp).size() <= 4);
                return true;
            } catch (ArkException e) {
                assertTrue(e.getMessage().contains("(byte ") && e.offset() >= 0, e.getMessage());
                return false;
            }
        });
    }

    /// As the type it was written as, so that good parts are really read, and as one of the others.
    private static boolean readAll(byte[] data, byte[] original, String name) throws IOException {
        boolean read = false;
        for (Archive<?> type : TYPES) {
            try {
                long values = 0;
                for (Object value : type.read(data, name).values()) {
                    values += switch (value) {
                        case FloatMatrix m -> m.data().length;
                        case DoubleMatrix m -> m.data().length;
                        case float[] v -> v.length;
                        case double[] v -> v.length;
                        default -> ((int[]) value).length;
                    };
                }
                assertTrue(values <= data.length * (data.length > 0 && data[0] == 0x1f ? 1000L : 1L), name + ": " + values + " values of " + data.length + " bytes");
                read = true;
            } catch (ArkException e) {
                assertTrue(e.getMessage().startsWith(name + ":") && e.getMessage().endsWith("(byte " + e.offset() + ")") && e.offset() >= 0, e.getMessage());
            }
        }
        return read;
    }

    private List<byte[]> files(boolean text) throws IOException {
        List<byte[]> files = new ArrayList<>();
        files.add(file(Archive.FLOAT_MATRICES, text, new FloatMatrix(3, 2, new float[] {1, 2, -3.5f, 1e10f, 0, 7}), new FloatMatrix(0, 0, new float[0])));
        files.add(file(Archive.DOUBLE_MATRICES, text, new DoubleMatrix(1, 3, new double[] {1, 2, Math.PI}), new DoubleMatrix(1, 1, new double[1])));
        files.add(file(Archive.FLOAT_VECTORS, text, new float[] {1, 2, 3}, new float[0]));
        files.add(file(Archive.DOUBLE_VECTORS, text, new double[] {1, 2, 3}, new double[] {0.1}));
        files.add(file(Archive.INT_VECTORS, text, new int[] {3, 3, 4, -5}, new int[0]));
        return files;
    }

    private <T> byte[] file(Archive<T> type, boolean text, T one, T two) throws IOException {
        Map<String, T> entries = new LinkedHashMap<>();
        entries.put("utt-1", one);
        entries.put("ütt-2", two);
        Path file = folder.resolve("good");
        if (text) {
            type.writeText(file, entries);
        } else {
            type.write(file, null, entries);
        }
        assertEquals(2, type.read(file).size());
        return Files.readAllBytes(file);
    }

    private static byte[] compressed(String token, int bytes) throws IOException {
        byte[] head = ("key \0B" + token).getBytes(StandardCharsets.US_ASCII);
        ByteBuffer b = ByteBuffer.allocate(head.length + 16 + bytes).order(ByteOrder.LITTLE_ENDIAN);
        b.put(head).putFloat(-1).putFloat(2).putInt(4).putInt(3);
        assertEquals(4, Archive.FLOAT_MATRICES.read(b.array(), "good").get("key").rows());
        return b.array();
    }
}
