package org.hyperhypo.asr.ark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/// Binary matrices of Kaldi: for each entry `key ` `\0B` `FM ` `\4` rows `\4` columns, then floats, all little-endian.
/// `DM` (doubles) is read and narrowed. The scp file has lines `key archive:offset`, the offset being that of `\0B`.
public final class FloatMatrices {
    private FloatMatrices() {
    }

    /// Writes all entries in the map's order; `scp` may be null. Both files are complete before they take their names.
    public static void write(Path ark, Path scp, Map<String, FloatMatrix> entries) throws IOException {
        try (FloatMatrixWriter out = new FloatMatrixWriter(ark, scp)) {
            for (Map.Entry<String, FloatMatrix> e : entries.entrySet()) {
                out.put(e.getKey(), e.getValue());
            }
            out.finish();
        }
    }

    /// The whole archive, in file order.
    public static Map<String, FloatMatrix> read(Path ark) throws ArkException {
        Map<String, FloatMatrix> map = new LinkedHashMap<>();
        try (ArkInput in = new ArkInput(ark, 0)) {
            for (String key = in.key(); key != null; key = in.key()) {
                long at = in.position();
                if (map.put(key, in.matrix()) != null) {
                    throw new ArkException(ark, at, "key \"" + key + "\" twice");
                }
            }
        } catch (ArkException e) {
            throw e;
        } catch (IOException e) {
            throw new ArkException(ark, "cannot be read: " + e, e);
        }
        return map;
    }

    /// One entry after another, keeping none.
    public static void forEach(Path ark, BiConsumer<String, FloatMatrix> action) throws ArkException {
        try (ArkInput in = new ArkInput(ark, 0)) {
            for (String key = in.key(); key != null; key = in.key()) {
                action.accept(key, in.matrix());
            }
        } catch (ArkException e) {
            throw e;
        } catch (IOException e) {
            throw new ArkException(ark, "cannot be read: " + e, e);
        }
    }

    /// The matrix whose `\0B` stands at this byte.
    public static FloatMatrix readAt(Path ark, long offset) throws ArkException {
        try (ArkInput in = new ArkInput(ark, offset)) {
            return in.matrix();
        } catch (ArkException e) {
            throw e;
        } catch (IOException e) {
            throw new ArkException(ark, "cannot be read: " + e, e);
        }
    }

    /// Every matrix that the scp names. A relative archive path counts from the working folder as in Kaldi, else from the scp's folder.
    public static Map<String, FloatMatrix> readScp(Path scp) throws ArkException {
        List<String> lines;
        try {
            lines = Files.readAllLines(scp, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ArkException(scp, "cannot be read: " + e, e);
        }
        Map<String, FloatMatrix> map = new LinkedHashMap<>();
        int number = 0;
        for (String line : lines) {
            number++;
            int space = line.indexOf(' ');
            int colon = line.lastIndexOf(':');
            if (space < 1 || colon <= space + 1 || !line.substring(colon + 1).matches("[0-9]{1,18}")) {
                throw new ArkException(scp, number, "\"" + line + "\" is not: key archive:offset");
            }
            if (map.containsKey(line.substring(0, space))) {
                throw new ArkException(scp, number, "key \"" + line.substring(0, space) + "\" twice");
            }
            Path ark;
            try {
                ark = Path.of(line.substring(space + 1, colon));
            } catch (InvalidPathException e) {
                throw new ArkException(scp, number, "\"" + line.substring(space + 1, colon) + "\" is no path");
            }
            if (!Files.exists(ark)) {
                ark = scp.resolveSibling(ark);
            }
            map.put(line.substring(0, space), readAt(ark, Long.parseLong(line.substring(colon + 1))));
        }
        return map;
    }
}
