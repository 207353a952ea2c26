package org.hyperhypo.asr.ark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArkTest {
    @TempDir
    Path folder;

    @Test
    void matricesComeBackFromArkScpAndOffset() throws Exception {
        Map<String, FloatMatrix> written = matrices();
        Path ark = folder.resolve("f.ark");
        Path scp = folder.resolve("f.scp");
        FloatMatrices.write(ark, scp, written);
        same(written, FloatMatrices.read(ark));
        same(written, FloatMatrices.readScp(scp));
        Map<String, FloatMatrix> streamed = new LinkedHashMap<>();
        FloatMatrices.forEach(ark, streamed::put);
        same(written, streamed);
        String second = Files.readAllLines(scp).get(1);
        long offset = Long.parseLong(second.substring(second.lastIndexOf(':') + 1));
        assertArrayEquals(written.get("ütt-2").data(), FloatMatrices.readAt(ark, offset).data());
    }

    @Test
    void theBytesAreKaldis() throws Exception {
        Path ark = folder.resolve("one.ark");
        FloatMatrices.write(ark, null, Map.of("u", new FloatMatrix(1, 2, new float[] {1, -2})));
        byte[] expected = {'u', ' ', 0, 'B', 'F', 'M', ' ', 4, 1, 0, 0, 0, 4, 2, 0, 0, 0, 0, 0, (byte) 0x80, 0x3f, 0, 0, 0, (byte) 0xc0};
        assertArrayEquals(expected, Files.readAllBytes(ark));
    }

    @Test
    void doubleMatricesAreReadAndOtherKindsRefusedWithTheOffset() throws Exception {
        ByteBuffer b = ByteBuffer.allocate(33).order(ByteOrder.LITTLE_ENDIAN);
        b.put("key ".getBytes()).put((byte) 0).put("BDM ".getBytes()).put((byte) 4).putInt(1).put((byte) 4).putInt(1).putDouble(0.5);
        Path ark = folder.resolve("d.ark");
        Files.write(ark, Arrays.copyOf(b.array(), b.position()));
        assertArrayEquals(new float[] {0.5f}, FloatMatrices.read(ark).get("key").data());
        byte[] compressed = Arrays.copyOf(b.array(), b.position());
        compressed[6] = 'C';
        Files.write(ark, compressed);
        String text = assertThrows(ArkException.class, () -> FloatMatrices.read(ark)).getMessage();
        assertTrue(text.contains("d.ark") && text.contains("\"CM \"") && text.contains("(byte 6)"), text);
    }

    @Test
    void damagedArchivesAreReadOrRefusedByNameAndNeverAllocateWhatTheyClaim() throws Exception {
        System.out.println("seed 29");
        SplittableRandom random = new SplittableRandom(29);
        Path ark = folder.resolve("fuzz.ark");
        FloatMatrices.write(ark, null, matrices());
        byte[] good = Files.readAllBytes(ark);
        int refused = 0;
        for (int round = 0; round < 1500; round++) {
            byte[] data = random.nextInt(4) == 0 ? Arrays.copyOf(good, random.nextInt(good.length)) : good.clone();
            for (int i = random.nextInt(3); i >= 0 && data.length > 0; i--) {
                data[random.nextInt(Math.min(data.length, random.nextBoolean() ? 24 : data.length))] = (byte) random.nextInt();
            }
            Files.write(ark, data);
            try {
                FloatMatrices.read(ark);
            } catch (ArkException e) {
                refused++;
                assertTrue(e.getMessage().startsWith(ark + ": "), e.getMessage());
            }
        }
        assertTrue(refused > 500, refused + " refused");
    }

    @Test
    void anUnfinishedArchiveLeavesNothingBehind() throws Exception {
        assertThrows(IllegalArgumentException.class, () -> {
            try (FloatMatrixWriter out = new FloatMatrixWriter(folder.resolve("x.ark"), folder.resolve("x.scp"))) {
                out.put("a", new FloatMatrix(0, 0, new float[0]));
                out.put("a", new FloatMatrix(0, 0, new float[0]));
                out.finish();
            }
        });
        try (var files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void integerVectorsComeBackAndBadOnesNameTheLine() throws Exception {
        Path file = folder.resolve("ali");
        Map<String, int[]> written = new LinkedHashMap<>();
        written.put("b", new int[] {0, 0, 1, -7, Integer.MAX_VALUE});
        written.put("a", new int[0]);
        IntVectors.write(file, written);
        assertEquals("b 0 0 1 -7 2147483647\na\n", Files.readString(file));
        Map<String, int[]> read = IntVectors.read(file);
        assertEquals(List.copyOf(written.keySet()), List.copyOf(read.keySet()));
        assertArrayEquals(written.get("b"), read.get("b"));
        for (String[] bad : new String[][] {{"a 1\na 2\n", ":2: key \"a\" twice"}, {"a 1 x\n", ":1: \"x\" (value 2 of \"a\")"}, {"a 1\n\nb 2\n", ":2: empty"}}) {
            Files.writeString(file, bad[0]);
            String text = assertThrows(ArkException.class, () -> IntVectors.read(file)).getMessage();
            assertTrue(text.contains("ali" + bad[1]), text);
        }
    }

    private static Map<String, FloatMatrix> matrices() {
        Map<String, FloatMatrix> map = new LinkedHashMap<>();
        map.put("utt-1", new FloatMatrix(2, 3, new float[] {1, -2, 3e-30f, Float.NEGATIVE_INFINITY, 5, 6}));
        map.put("ütt-2", new FloatMatrix(5, 40, new float[200]));
        map.put("empty", new FloatMatrix(0, 40, new float[0]));
        return map;
    }

    private static void same(Map<String, FloatMatrix> a, Map<String, FloatMatrix> b) throws IOException {
        assertEquals(List.copyOf(a.keySet()), List.copyOf(b.keySet()));
        a.forEach((key, m) -> {
            assertEquals(m.rows(), b.get(key).rows());
            assertEquals(m.columns(), b.get(key).columns());
            assertArrayEquals(m.data(), b.get(key).data());
        });
    }
}
