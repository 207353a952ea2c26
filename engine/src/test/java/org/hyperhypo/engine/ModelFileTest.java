package org.hyperhypo.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A model file comes back bit for bit, and a damaged one never comes back as a model.
class ModelFileTest {
    @TempDir
    Path folder;

    private final Network net = Nets.random(NetworkSpec.input(1, 4, 3).conv(2, 2, 2).sigmoid().dense(3).relu().dense(2).softmax(), 5, true);

    @Test
    void aNetworkComesBackBitForBit() throws IOException {
        net.tensor("fc1.weight")[0] = Float.NaN;
        net.tensor("fc1.weight")[1] = -0f;
        net.tensor("fc1.weight")[2] = Float.MIN_VALUE;
        Path file = saved("a");
        ModelFile.Model model = ModelFile.read(file);
        assertEquals(Map.of("made by", "test \"ü\"\n"), model.metadata());
        assertEquals(net.spec(), model.network().spec());
        for (String name : net.tensorNames()) {
            float[] wanted = net.tensor(name);
            float[] got = model.network().tensor(name);
            for (int i = 0; i < wanted.length; i++) {
                assertEquals(Float.floatToRawIntBits(wanted[i]), Float.floatToRawIntBits(got[i]), name);
            }
        }
        assertEquals(net.hash(), Network.load(file).hash());
        assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(saved("b")), "same network, same bytes");
        try (var files = Files.list(folder)) {
            assertEquals(2, files.count(), "no temporary file is left");
        }
    }

    @Test
    void theHashChangesWithEveryBitAndWithTheSpecification() {
        String before = net.hash();
        assertEquals(64, before.length());
        for (String name : net.tensorNames()) {
            float[] tensor = net.tensor(name);
            tensor[0] = Float.intBitsToFloat(Float.floatToRawIntBits(tensor[0]) ^ 1);
            assertNotEquals(before, net.hash(), name);
            tensor[0] = Float.intBitsToFloat(Float.floatToRawIntBits(tensor[0]) ^ 1);
            assertEquals(before, net.hash());
        }
    }

    @Test
    void theHeaderIsAlignedAndSorted() throws IOException {
        byte[] bytes = Files.readAllBytes(saved("a"));
        int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        assertEquals(0, length % 8);
        String header = new String(bytes, 8, length, StandardCharsets.UTF_8);
        List<String> names = ((Map<?, ?>) Json.parse(header)).keySet().stream().map(String.class::cast).toList();
        assertEquals("__metadata__", names.getFirst());
        assertEquals(names.stream().skip(1).sorted().toList(), names.subList(1, names.size()));
    }

    /// Reads the file by the format's definition alone, as the Python library does: each tensor by its own offsets, `numpy.frombuffer(…, "<f4").reshape(shape)`.
    @Test
    void anotherReaderOfTheFormatFindsEveryTensor() throws IOException {
        byte[] bytes = Files.readAllBytes(saved("a"));
        int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        String header = new String(bytes, 8, length, StandardCharsets.UTF_8);
        assertEquals('{', header.charAt(0), "the Python library asks for it");
        Matcher entries = Pattern.compile("\"([a-z0-9.]+)\":\\{\"dtype\":\"F32\",\"shape\":\\[([0-9,]+)],\"data_offsets\":\\[([0-9]+),([0-9]+)]}").matcher(header);
        int covered = 0;
        int found = 0;
        while (entries.find()) {
            float[] wanted = net.tensor(entries.group(1));
            int begin = Integer.parseInt(entries.group(3));
            assertEquals(covered, begin, "no gap before " + entries.group(1));
            covered = Integer.parseInt(entries.group(4));
            long count = Arrays.stream(entries.group(2).split(",")).mapToLong(Long::parseLong).reduce(1, (a, b) -> a * b);
            assertEquals(wanted.length, count);
            float[] got = new float[wanted.length];
            ByteBuffer.wrap(bytes, 8 + length + begin, covered - begin).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(got);
            assertArrayEquals(wanted, got, entries.group(1));
            found++;
        }
        assertEquals(net.tensorNames().size(), found);
        assertEquals(bytes.length, 8 + length + covered);
    }

    @Test
    void everyTruncationIsAnError() throws IOException {
        byte[] bytes = Files.readAllBytes(saved("a"));
        for (int length = 0; length < bytes.length; length++) {
            refused(Arrays.copyOf(bytes, length), "cut to " + length);
        }
        refused(Arrays.copyOf(bytes, bytes.length + 1), "one byte more");
    }

    @Test
    void aFlippedBitIsAnErrorOrMeansTheSame() throws IOException {
        byte[] bytes = Files.readAllBytes(saved("a"));
        SplittableRandom random = new SplittableRandom(77);
        int same = 0;
        for (int at = 0; at < bytes.length; at++) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            Path file = Files.write(folder.resolve("damaged.safetensors"), damaged);
            try {
                ModelFile.Model model = ModelFile.read(file);      // other white space as padding, a hexadecimal digit in capitals: nothing else
                assertEquals(net.hash(), model.network().hash(), "byte " + at + ", seed 77");
                assertEquals(Map.of("made by", "test \"ü\"\n"), model.metadata(), "byte " + at + ", seed 77");
                same++;
            } catch (ModelException error) {
                assertTrue(error.getMessage().contains("damaged.safetensors"), error.getMessage());
            }
        }
        assertTrue(same < 8, same + " of " + bytes.length + " flips had no effect, seed 77");
    }

    @Test
    void impossibleHeadersAreErrorsAndTakeNoMemory() throws IOException {
        for (long length : new long[] {0, 1, 9, -1, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 31, 1L << 40}) {
            refused(SafeTensors::read, file(length, "{}"), "header length " + length);
        }
        for (String header : List.of(
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[0,16]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F16\",\"shape\":[6],\"data_offsets\":[0,12]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[12,0]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-3],\"data_offsets\":[0,12]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,0]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[268435456,268435456],\"data_offsets\":[0,288230376151711744]}}",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[12],\"data_offsets\":[0,12]},\"a\":{\"dtype\":\"U8\",\"shape\":[12],\"data_offsets\":[0,12]}}",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[12],\"data_offsets\":[0,12],\"more\":1}}",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[12.0],\"data_offsets\":[0,12]}}",
                "{\"a\":7}", "[]", "{\"__metadata__\":{\"a\":1}}", "{\"__metadata__\":[]}", "{\"a\":" + "[".repeat(5000))) {
            refused(SafeTensors::read, file(header.length(), header), header);
        }
    }

    @Test
    void filesOfOtherProgramsAndWrongTensorsAreNamed() {
        says(write(Map.of(), Map.of("a", Tensor.of(new float[2], 2))), "no network of this program");
        Map<String, String> right = Map.of("format", "hyperhypo-network-1", "spec", NetworkSpec.input(1, 1, 2).dense(1).softmax().toJson());
        Tensor weight = Tensor.of(new float[2], 1, 2);
        Tensor bias = Tensor.of(new float[1], 1);
        Network.load(write(right, Map.of("output.weight", weight, "output.bias", bias)));
        says(write(right, Map.of("output.weight", weight)), "output.bias", "missing");
        says(write(right, Map.of("output.weight", Tensor.of(new float[2], 2, 1), "output.bias", bias)), "F32[1, 2]", "F32[2, 1]");
        says(write(right, Map.of("output.weight", Tensor.of(new byte[2]), "output.bias", bias)), "output.weight", "U8");
        says(write(right, Map.of("output.weight", weight, "output.bias", bias, "x", bias)), "does not know", "x");
        says(write(Map.of("format", "hyperhypo-network-1", "spec", "{\"format\":\"hyperhypo-spec-9\"}"), Map.of()), "hyperhypo-spec-9");
        says(folder.resolve("nowhere"), "nowhere", "cannot be read");
        assertThrows(ModelException.class, () -> net.save(folder.resolve("x"), Map.of("spec", "mine")));
        assertThrows(ModelException.class, () -> net.save(folder.resolve("no/folder/x"), Map.of()));
    }

    private Path saved(String name) {
        Path file = folder.resolve(name + ".safetensors");
        net.save(file, Map.of("made by", "test \"ü\"\n"));
        return file;
    }

    private Path write(Map<String, String> metadata, Map<String, Tensor> tensors) {
        Path file = folder.resolve("written.safetensors");
        SafeTensors.write(file, metadata, tensors);
        return file;
    }

    private static byte[] file(long length, String header) {
        return ByteBuffer.allocate(8 + header.length() + 12).order(ByteOrder.LITTLE_ENDIAN).putLong(length)
                .put(header.getBytes(StandardCharsets.UTF_8)).array();
    }

    private void refused(byte[] bytes, String what) throws IOException {
        refused(Network::load, bytes, what);
    }

    private void refused(Consumer<Path> reader, byte[] bytes, String what) throws IOException {
        Path file = folder.resolve("damaged.safetensors");
        Files.write(file, bytes);
        ModelException error = assertThrows(ModelException.class, () -> reader.accept(file), what);
        assertTrue(error.getMessage().contains("damaged.safetensors"), error.getMessage());
    }

    private static void says(Path file, String... parts) {
        String message = assertThrows(ModelException.class, () -> Network.load(file)).getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part) && message.contains(file.getFileName().toString()), "\"" + message + "\" should contain \"" + part + "\"");
        }
    }
}
