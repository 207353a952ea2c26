package org.hyperhypo.asr.ark;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Kaldi archives of one type: `key value key value …`, binary (`\0B` before each value) or text, told apart entry by entry; gzip by content.
///
/// A scp file has lines `key archive:offset`, the offset being that of the value, with an optional [Range] behind it, or `key file`
/// for a file that holds one value. Errors are [ArkException]s that name file and byte.
public final class Archive<T> {
    /// Also reads double and compressed matrices, narrowed.
    public static final Archive<FloatMatrix> FLOAT_MATRICES = new Archive<>(MatrixCodecs.FLOAT);
    public static final Archive<DoubleMatrix> DOUBLE_MATRICES = new Archive<>(MatrixCodecs.DOUBLE);
    public static final Archive<float[]> FLOAT_VECTORS = new Archive<>(VectorCodecs.FLOAT);
    public static final Archive<double[]> DOUBLE_VECTORS = new Archive<>(VectorCodecs.DOUBLE);
    /// Alignments, for instance those of `ali-to-pdf`.
    public static final Archive<int[]> INT_VECTORS = new Archive<>(VectorCodecs.INT);

    private static final Pattern SCP = Pattern.compile("([^ \t]+)[ \t]+(.*?)(?::([0-9]{1,18}))?(?:\\[([^\\[\\]]*)\\])?[ \t\r]*");

    private final Codec<T> codec;

    private Archive(Codec<T> codec) {
        this.codec = codec;
    }

    /// The whole archive, in file order; a key twice is an error.
    public Map<String, T> read(Path ark) throws ArkException {
        try (ArkInput in = ArkInput.open(ark, 0)) {
            return all(in);
        }
    }

    /// The same for bytes in memory; `name` stands in messages.
    Map<String, T> read(byte[] data, String name) throws ArkException {
        try (ArkInput in = new ArkInput(name, new ByteArrayInputStream(data), 0)) {
            return all(in);
        }
    }

    private Map<String, T> all(ArkInput in) throws ArkException {
        Map<String, T> map = new LinkedHashMap<>();
        for (String key = in.key(); key != null; key = in.key()) {
            if (map.containsKey(key)) {
                throw in.textError("key \"" + key + "\" twice");
            }
            map.put(key, value(in, key));
        }
        return map;
    }

    /// One entry after another, keeping none.
    public void forEach(Path ark, BiConsumer<String, T> action) throws ArkException {
        try (ArkInput in = ArkInput.open(ark, 0)) {
            for (String key = in.key(); key != null; key = in.key()) {
                action.accept(key, value(in, key));
            }
        }
    }

    /// The value that begins at this byte, behind its key.
    public T readAt(Path ark, long offset) throws ArkException {
        try (ArkInput in = ArkInput.open(ark, offset)) {
            return value(in, "");
        }
    }

    private T value(ArkInput in, String key) throws ArkException {
        if (in.peek() != 0) {
            return codec.readText(in, key);
        }
        in.next("an entry");
        if (in.next("an entry") != 'B') {
            throw in.error("the byte 0 is not followed by \"B\"");
        }
        return codec.readBinary(in);
    }

    /// Every value that the scp names, in its order.
    public Map<String, T> readScp(Path scp) throws ArkException {
        Map<String, T> map = new LinkedHashMap<>();
        forEachScp(scp, map::put);
        return map;
    }

    /// The same, keeping none. A relative archive path counts from the working folder as in Kaldi, else from the scp's folder.
    public void forEachScp(Path scp, BiConsumer<String, T> action) throws ArkException {
        Map<String, Integer> seen = new LinkedHashMap<>();
        long at = 0;
        int number = 0;
        for (String line : text(scp).lines().toList()) {
            number++;
            Matcher match = SCP.matcher(line);
            String where = scp + ":" + number;
            if (!match.matches() || match.group(2).isEmpty() || match.group(2).endsWith("|")) {
                throw new ArkException(where, at, "\"" + line + "\" is not: key archive:offset (commands are not run)", null);
            }
            Integer before = seen.put(match.group(1), number);
            if (before != null) {
                throw new ArkException(where, at, "key \"" + match.group(1) + "\" twice, first in line " + before, null);
            }
            action.accept(match.group(1), entry(scp, match, where, at));
            at += line.getBytes(StandardCharsets.UTF_8).length + 1;
        }
    }

    private T entry(Path scp, Matcher match, String where, long at) throws ArkException {
        Range range = match.group(4) == null ? null : Range.parse(match.group(4));
        if (match.group(4) != null && range == null) {
            throw new ArkException(where, at, "\"[" + match.group(4) + "]\" is no range like [0:99] or [0:99,0:12]", null);
        }
        Path ark;
        try {
            ark = Path.of(match.group(2));
        } catch (InvalidPathException e) {
            throw new ArkException(where, at, "\"" + match.group(2) + "\" is no path", e);
        }
        ark = Files.exists(ark) ? ark : scp.resolveSibling(ark);
        T value = readAt(ark, match.group(3) == null ? 0 : Long.parseLong(match.group(3)));
        try {
            return range == null ? value : codec.part(value, range);
        } catch (IllegalArgumentException e) {
            throw new ArkException(where, at, e.getMessage(), e);
        }
    }

    private static String text(Path file) throws ArkException {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ArkException(file.toString(), 0, "cannot be read: " + e, e);
        }
    }

    /// Writes a binary archive with all entries in the map's order; `scp` may be null. Both are there whole or not at all.
    public void write(Path ark, Path scp, Map<String, T> entries) throws IOException {
        writeAll(writer(ark, scp), entries);
    }

    public void writeText(Path ark, Map<String, T> entries) throws IOException {
        writeAll(new ArchiveWriter<>(codec, ark, null, true), entries);
    }

    /// For entries that come one by one.
    public ArchiveWriter<T> writer(Path ark, Path scp) throws IOException {
        return new ArchiveWriter<>(codec, ark, scp, false);
    }

    private static <T> void writeAll(ArchiveWriter<T> writer, Map<String, T> entries) throws IOException {
        try (writer) {
            for (Map.Entry<String, T> e : entries.entrySet()) {
                writer.put(e.getKey(), e.getValue());
            }
            writer.finish();
        }
    }
}
