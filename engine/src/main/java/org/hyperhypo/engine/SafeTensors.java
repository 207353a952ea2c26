package org.hyperhypo.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The safetensors format: 8 bytes header length (little-endian), a JSON header `name → {dtype, shape, data_offsets}` with text in
/// `__metadata__`, then the numbers of all tensors without gaps.
///
/// Written files are the same bytes for the same contents: names sorted, header padded with spaces to 8 bytes, and a SHA-256 over everything
/// in `__metadata__` under `checksum`. Reading checks all that can be checked before taking memory, and the checksum where there is one.
public final class SafeTensors {
    static final String CHECKSUM = "checksum";
    private static final String METADATA = "__metadata__";
    private static final long LONGEST_HEADER = 16 << 20;

    private SafeTensors() {
    }

    /// What a file holds; `checked` says that a checksum was there (and right).
    public record Contents(Map<String, String> metadata, Map<String, Tensor> tensors, boolean checked) {
    }

    private record Place(String name, Tensor.Type type, long[] shape, long begin, long end) {
    }

    /// Writes to `<file>.tmp`, flushes, and moves it to `file`: an old file of that name stays whole until then.
    public static void write(Path file, Map<String, String> metadata, Map<String, Tensor> tensors) {
        Map<String, Tensor> sorted = new TreeMap<>(tensors);
        Map<String, String> text = new TreeMap<>(metadata);
        text.put(CHECKSUM, digest(metadata, tensors));
        Map<String, Object> header = new LinkedHashMap<>();
        header.put(METADATA, text);
        long at = 0;
        for (Map.Entry<String, Tensor> entry : sorted.entrySet()) {
            Tensor tensor = entry.getValue();
            long end = at + tensor.data().length;
            Map<String, Object> place = new LinkedHashMap<>();
            place.put("dtype", tensor.type().name());
            place.put("shape", Arrays.stream(tensor.shape()).boxed().toList());
            place.put("data_offsets", List.of(at, end));
            header.put(entry.getKey(), place);
            at = end;
        }
        byte[] json = Json.write(header).getBytes(StandardCharsets.UTF_8);
        int padded = Math.ceilDiv(json.length, 8) * 8;
        ByteBuffer head = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN).putLong(padded).put(json);
        while (head.hasRemaining()) {
            head.put((byte) ' ');
        }
        List<ByteBuffer> parts = new ArrayList<>(List.of(head.flip()));
        sorted.values().forEach(tensor -> parts.add(ByteBuffer.wrap(tensor.data())));
        AtomicFile.write(file, parts);
    }

    public static Contents read(Path file) {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            return read(in);
        } catch (IOException e) {
            throw new ModelException(file + ": cannot be read: " + e, e);
        } catch (ModelException e) {
            throw new ModelException(file + ": " + e.getMessage(), e);
        }
    }

    /// SHA-256 over metadata (without a checksum) and tensors in the order of their names.
    static String digest(Map<String, String> metadata, Map<String, Tensor> tensors) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (Map.Entry<String, String> entry : new TreeMap<>(metadata).entrySet()) {
                if (!entry.getKey().equals(CHECKSUM)) {
                    sha.update(Json.write(List.of(entry.getKey(), entry.getValue())).getBytes(StandardCharsets.UTF_8));
                }
            }
            for (Map.Entry<String, Tensor> entry : new TreeMap<>(tensors).entrySet()) {
                sha.update(Json.write(List.of(entry.getKey(), entry.getValue().toString())).getBytes(StandardCharsets.UTF_8));
                sha.update(entry.getValue().data());
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    private static Contents read(FileChannel in) throws IOException {
        long size = in.size();
        if (size < 8) {
            throw new ModelException("not a safetensors file: " + size + " bytes, the header length alone has 8");
        }
        long length = readFully(in, 8).getLong();
        if (length < 2 || length > LONGEST_HEADER || length > size - 8) {
            throw new ModelException("header length " + length + " is impossible in a file of " + size + " bytes; truncated or not safetensors");
        }
        Map<String, String> metadata = new TreeMap<>();
        List<Place> places = parse(readFully(in, (int) length), metadata);
        checkPlaces(places, size - 8 - length);
        Map<String, Tensor> tensors = new TreeMap<>();
        for (Place place : places) {
            tensors.put(place.name(), new Tensor(place.type(), place.shape(), readFully(in, (int) (place.end() - place.begin())).array()));
        }
        String checksum = metadata.remove(CHECKSUM);
        if (checksum != null && !checksum.equals(digest(metadata, tensors))) {
            throw new ModelException("the contents do not match their checksum; the file is damaged");
        }
        return new Contents(metadata, tensors, checksum != null);
    }

    private static List<Place> parse(ByteBuffer header, Map<String, String> metadata) throws CharacterCodingException {
        Object json;
        try {
            json = Json.parse(StandardCharsets.UTF_8.newDecoder().decode(header).toString());
        } catch (CharacterCodingException e) {
            throw new ModelException("the header is not UTF-8; the file is damaged", e);
        } catch (ModelException e) {
            throw new ModelException("the header is damaged: " + e.getMessage(), e);
        }
        if (!(json instanceof Map<?, ?> map)) {
            throw new ModelException("the header is not a JSON object");
        }
        List<Place> places = new ArrayList<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String name = (String) entry.getKey();
            if (name.equals(METADATA)) {
                readMetadata(entry.getValue(), metadata);
            } else {
                places.add(place(name, entry.getValue()));
            }
        }
        return places;
    }

    private static void readMetadata(Object value, Map<String, String> metadata) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new ModelException(METADATA + " is not a JSON object");
        }
        map.forEach((key, text) -> {
            if (!(text instanceof String string)) {
                throw new ModelException(METADATA + ": " + key + " is not a string");
            }
            metadata.put((String) key, string);
        });
    }

    private static Place place(String name, Object value) {
        JsonFields json = new JsonFields("tensor " + name, value);
        String type = json.text("dtype");
        long[] shape = longs(name, json.list("shape"));
        long[] offsets = longs(name, json.list("data_offsets"));
        json.end();
        for (Tensor.Type known : Tensor.Type.values()) {
            if (known.name().equals(type)) {
                long count = Tensor.count(shape);
                if (offsets.length != 2 || count < 0 || offsets[1] - offsets[0] != count * known.bytes || offsets[1] - offsets[0] > Integer.MAX_VALUE - 8) {
                    throw new ModelException("tensor " + name + ": " + type + Arrays.toString(shape) + " does not fit its bytes "
                            + Arrays.toString(offsets));
                }
                return new Place(name, known, shape, offsets[0], offsets[1]);
            }
        }
        throw new ModelException("tensor " + name + ": type " + type + " is not one of F64, F32, I64, I32, U8");
    }

    private static long[] longs(String name, List<?> list) {
        long[] values = new long[list.size()];
        for (int i = 0; i < values.length; i++) {
            if (!(list.get(i) instanceof Long number) || number < 0) {
                throw new ModelException("tensor " + name + ": " + list + " should be integers of at least 0");
            }
            values[i] = number;
        }
        return values;
    }

    /// Sorted by place, the tensors must cover the data without gap or overlap.
    private static void checkPlaces(List<Place> places, long dataSize) {
        places.sort(Comparator.comparingLong(Place::begin).thenComparingLong(Place::end));
        long at = 0;
        for (Place place : places) {
            if (place.begin() != at || place.end() > dataSize) {
                throw new ModelException("tensor " + place.name() + ": bytes [" + place.begin() + ", " + place.end() + ") " + (place.end() > dataSize
                        ? "end behind the data (" + dataSize + " bytes); the file is truncated or damaged"
                        : "do not follow the tensor before, which ends at " + at + "; the file is damaged"));
            }
            at = place.end();
        }
        if (at != dataSize) {
            throw new ModelException((dataSize - at) + " bytes after the last tensor; the file is damaged");
        }
    }

    private static ByteBuffer readFully(FileChannel in, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (in.read(bytes) < 0) {
                throw new ModelException("the file ends in the middle");
            }
        }
        return bytes.flip();
    }
}
