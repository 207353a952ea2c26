package org.hyperhypo.asr.ark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArkTest {
    @TempDir
    Path folder;

    @Test
    void matricesComeBackFromArkAndScpBitForBit() throws Exception {
        Map<String, FloatMatrix> written = matrices();
        Path ark = folder.resolve("feats.ark");
        Path scp = folder.resolve("feats.scp");
        Archive.FLOAT_MATRICES.write(ark, scp, written);
        same(written, Archive.FLOAT_MATRICES.read(ark));
        same(written, Archive.FLOAT_MATRICES.readScp(scp));
        Map<String, FloatMatrix> streamed = new LinkedHashMap<>();
        Archive.FLOAT_MATRICES.forEach(ark, streamed::put);
        same(written, streamed);
    }

    @Test
    void theBytesAreKaldis() throws Exception {
        Path ark = folder.resolve("m.ark");
        Archive.FLOAT_MATRICES.write(ark, null, Map.of("u", new FloatMatrix(1, 2, new float[] {1, -2})));
        byte[] matrix = {'u', ' ', 0, 'B', 'F', 'M', ' ', 4, 1, 0, 0, 0, 4, 2, 0, 0, 0, 0, 0, (byte) 0x80, 0x3f, 0, 0, 0, (byte) 0xc0};
        assertArrayEquals(matrix, Files.readAllBytes(ark));
        Archive.INT_VECTORS.write(ark, null, Map.of("u", new int[] {3, -1}));
        byte[] integers = {'u', ' ', 0, 'B', 4, 2, 0, 0, 0, 4, 3, 0, 0, 0, 4, -1, -1, -1, -1};
        assertArrayEquals(integers, Files.readAllBytes(ark));
        Archive.FLOAT_VECTORS.write(ark, null, Map.of("u", new float[] {1}));
        assertArrayEquals(new byte[] {'u', ' ', 0, 'B', 'F', 'V', ' ', 4, 1, 0, 0, 0, 0, 0, (byte) 0x80, 0x3f}, Files.readAllBytes(ark));
    }

    @Test
    void everyTypeComesBackFromBinaryTextAndGzip() throws Exception {
        roundTrip(Archive.FLOAT_MATRICES, new FloatMatrix(2, 2, new float[] {1e-30f, Float.NEGATIVE_INFINITY, -3.5f, 1e20f}), FloatMatrix::data);
        roundTrip(Archive.DOUBLE_MATRICES, new DoubleMatrix(2, 1, new double[] {Math.PI, -1e-300}), DoubleMatrix::data);
        roundTrip(Archive.FLOAT_VECTORS, new float[] {1, Float.NaN, 3}, v -> v);
        roundTrip(Archive.DOUBLE_VECTORS, new double[] {Math.E, Double.POSITIVE_INFINITY}, v -> v);
        roundTrip(Archive.INT_VECTORS, new int[] {0, Integer.MIN_VALUE, 7}, v -> v);
        roundTrip(Archive.FLOAT_MATRICES, new FloatMatrix(0, 0, new float[0]), FloatMatrix::data);
        roundTrip(Archive.FLOAT_VECTORS, new float[0], v -> v);
    }

    private <T> void roundTrip(Archive<T> type, T value, java.util.function.Function<T, Object> array) throws IOException {
        Map<String, T> entries = new LinkedHashMap<>();
        entries.put("one", value);
        entries.put("zwöi", value);
        Path binary = folder.resolve("b.ark");
        Path text = folder.resolve("t.ark");
        type.write(binary, null, entries);
        type.writeText(text, entries);
        for (Path plain : List.of(binary, text)) {
            Path packed = folder.resolve("p.ark.gz");
            try (var out = new GZIPOutputStream(Files.newOutputStream(packed))) {
                Files.copy(plain, out);
            }
            for (Path file : List.of(plain, packed)) {
                Map<String, T> read = type.read(file);
                assertEquals(entries.keySet(), read.keySet());
                for (T back : read.values()) {
                    org.junit.jupiter.api.Assertions.assertTrue(java.util.Objects.deepEquals(array.apply(value), array.apply(back)), file.toString());
                }
            }
        }
    }

    @Test
    void kaldisTextFormsAreRead() throws Exception {
        Path file = folder.resolve("t.ark");
        Files.writeString(file, "a  [\n  1 2.5 -3e2 \n  inf -inf 0 ]\nb  [ ]\n");
        Map<String, FloatMatrix> read = Archive.FLOAT_MATRICES.read(file);
        assertArrayEquals(new float[] {1, 2.5f, -300, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0}, read.get("a").data());
        assertEquals(2, read.get("a").rows());
        assertEquals(0, read.get("b").rows());
        Files.writeString(file, "v  [ 1 2 ]\nw  [ ]\n");
        assertArrayEquals(new double[] {1, 2}, Archive.DOUBLE_VECTORS.read(file).get("v"));
    }

    /// By the definition: 0–64 between the quantiles 0 and 25 %, 64–192 to 75 %, 192–255 to 100 %.
    @Test
    void compressedMatricesAreDecoded() throws Exception {
        ByteBuffer cm = entry("CM ", 16 + 16 + 6);
        cm.putFloat(-1).putFloat(65535).putInt(3).putInt(2);
        for (int quantile : new int[] {0, 64, 192, 255, 1000, 2000, 3000, 4000}) {
            cm.putShort((short) quantile);
        }
        cm.put(new byte[] {0, 64, (byte) 255}).put(new byte[] {32, (byte) 128, (byte) 192});
        assertArrayEquals(new float[] {-1, 1499, 63, 2499, 254, 2999}, read(cm).data(), 0.01f);
        ByteBuffer cm2 = entry("CM2 ", 16 + 4);
        cm2.putFloat(-2).putFloat(4).putInt(1).putInt(2).putShort((short) 0).putShort((short) 65535);
        assertArrayEquals(new float[] {-2, 2}, read(cm2).data(), 1e-6f);
        ByteBuffer cm3 = entry("CM3 ", 16 + 3);
        cm3.putFloat(-2).putFloat(4).putInt(3).putInt(1).put((byte) 0).put((byte) 51).put((byte) 255);
        assertArrayEquals(new float[] {-2, -1.2f, 2}, read(cm3).data(), 1e-6f);
        ByteBuffer empty = entry("CM ", 16);
        empty.putFloat(0).putFloat(0).putInt(0).putInt(0);
        assertEquals(0, read(empty).rows());
    }

    private static ByteBuffer entry(String token, int bytes) {
        byte[] head = ("key \0B" + token).getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(head.length + bytes).order(ByteOrder.LITTLE_ENDIAN).put(head);
    }

    private static FloatMatrix read(ByteBuffer b) throws IOException {
        return Archive.FLOAT_MATRICES.read(b.array(), "archive").get("key");
    }

    @Test
    void floatsAndDoublesAreReadAsEachOtherAndOtherTypesRefusedByName() throws Exception {
        Path ark = folder.resolve("d.ark");
        Archive.DOUBLE_MATRICES.write(ark, null, Map.of("key", new DoubleMatrix(1, 1, new double[] {0.5})));
        assertArrayEquals(new float[] {0.5f}, Archive.FLOAT_MATRICES.read(ark).get("key").data());
        ArkException e = assertThrows(ArkException.class, () -> Archive.FLOAT_VECTORS.read(ark));
        assertTrue(e.getMessage().matches(".*d\\.ark: entry of type .* is no vector \\(FV, DV\\) \\(byte [0-9]+\\)"), e.getMessage());
        Archive.DOUBLE_VECTORS.write(ark, null, Map.of("key", new double[] {0.5, 2}));
        assertArrayEquals(new float[] {0.5f, 2}, Archive.FLOAT_VECTORS.read(ark).get("key"));
        e = assertThrows(ArkException.class, () -> Archive.FLOAT_MATRICES.read(ark));
        assertTrue(e.getMessage().contains("\"DV\" is no matrix"), e.getMessage());
        assertEquals(9, e.offset());
    }

    @Test
    void rangesTakeRowsAndColumnsWithKaldisTolerance() throws Exception {
        Path ark = folder.resolve("m.ark");
        Path scp = folder.resolve("m.scp");
        Archive.FLOAT_MATRICES.write(ark, null, Map.of("k", new FloatMatrix(3, 3, new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8})));
        for (Object[] c : new Object[][] {{"[0:1]", 2, 3, 0f, 5f}, {"[1:2,0:1]", 2, 2, 3f, 7f}, {"[:,2:2]", 3, 1, 2f, 8f}, {"[,1:2]", 3, 2, 1f, 8f},
            {"[2:4]", 1, 3, 6f, 8f}, {"", 3, 3, 0f, 8f}}) {
            Files.writeString(scp, "k " + ark + ":2" + c[0] + "\n");
            FloatMatrix m = Archive.FLOAT_MATRICES.readScp(scp).get("k");
            assertEquals(List.of(c[1], c[2], c[3], c[4]), List.of(m.rows(), m.columns(), m.data()[0], m.data()[m.data().length - 1]), c[0].toString());
        }
        for (String bad : List.of("[2:1]", "[3:4]", "[0:6]", "[0:1,0:3]", "[a:b]", "[0:1,0:1,0:1]", "[-1:1]")) {
            Files.writeString(scp, "j " + ark + ":2\nk " + ark + ":2" + bad + "\n");
            String text = assertThrows(ArkException.class, () -> Archive.FLOAT_MATRICES.readScp(scp), bad).getMessage();
            assertTrue(text.startsWith(scp + ":2: "), text);
        }
    }

    @Test
    void badScpLinesNameTheLineAndCommandsAreNotRun() throws Exception {
        Path ark = folder.resolve("m.ark");
        Path scp = folder.resolve("m.scp");
        Archive.FLOAT_MATRICES.write(ark, null, Map.of("k", new FloatMatrix(1, 1, new float[1])));
        for (String[] bad : new String[][] {{"k gunzip -c x.gz |", ":1: \"k gunzip"}, {"k " + ark + ":99", "offset beyond the file"}, {"k " + ark + ":2\nk " + ark + ":2",
            ":2: key \"k\" twice"}, {"k gone.ark:5", "cannot be read"}, {"k", ":1: \"k\" is not: key archive:offset"}}) {
            Files.writeString(scp, bad[0] + "\n");
            String text = assertThrows(ArkException.class, () -> Archive.FLOAT_MATRICES.readScp(scp)).getMessage();
            assertTrue(text.contains(bad[1]), text);
        }
    }

    @Test
    void anUnfinishedArchiveLeavesNothingBehind() throws Exception {
        assertThrows(IllegalArgumentException.class, () -> {
            try (ArchiveWriter<int[]> out = Archive.INT_VECTORS.writer(folder.resolve("x.ark"), folder.resolve("x.scp"))) {
                out.put("a", new int[0]);
                out.put("a", new int[0]);
                out.finish();
            }
        });
        try (var files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void integerTextIsALineEachAndBadOnesNameTheLine() throws Exception {
        Path file = folder.resolve("ali");
        Map<String, int[]> written = new LinkedHashMap<>();
        written.put("b", new int[] {0, 0, 1, -7, Integer.MAX_VALUE});
        written.put("a", new int[0]);
        Archive.INT_VECTORS.writeText(file, written);
        assertEquals("b 0 0 1 -7 2147483647\na\n", Files.readString(file));
        Map<String, int[]> read = Archive.INT_VECTORS.read(file);
        assertEquals(List.copyOf(written.keySet()), List.copyOf(read.keySet()));
        assertArrayEquals(written.get("b"), read.get("b"));
        for (String[] bad : new String[][] {{"a 1\na 2\n", ":2: key \"a\" twice"}, {"a 1 x\n", ":1: \"x\" (value 2 of \"a\")"}, {"a 1\n\nb 2\n", ":2: empty"}}) {
            Files.writeString(file, bad[0]);
            String text = assertThrows(ArkException.class, () -> Archive.INT_VECTORS.read(file)).getMessage();
            assertTrue(text.contains("ali" + bad[1]), text);
        }
    }

    static byte[] gzip(byte[] data) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (var packed = new GZIPOutputStream(out)) {
            packed.write(data);
        }
        return out.toByteArray();
    }

    static Map<String, FloatMatrix> matrices() {
        Map<String, FloatMatrix> map = new LinkedHashMap<>();
        map.put("utt-1", new FloatMatrix(2, 3, new float[] {1, -2, 3e-30f, Float.NEGATIVE_INFINITY, 5, 6}));
        map.put("ütt-2", new FloatMatrix(5, 40, new float[200]));
        map.put("empty", new FloatMatrix(0, 40, new float[0]));
        return map;
    }

    private static void same(Map<String, FloatMatrix> a, Map<String, FloatMatrix> b) {
        assertEquals(List.copyOf(a.keySet()), List.copyOf(b.keySet()));
        a.forEach((key, m) -> {
            assertEquals(m.rows(), b.get(key).rows());
            assertEquals(m.columns(), b.get(key).columns());
            assertArrayEquals(m.data(), b.get(key).data());
        });
    }
}
