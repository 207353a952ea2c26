package org.hyperhypo.asr.audio;

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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Assumptions;

/// Reference numbers beside the checkout: where they are, and just enough of JSON and npy to read them.
public final class Golden {
    private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

    private Golden() {
    }

    /// A folder of reference files; skips the test, saying so once, where it is missing.
    public static Path folder(String name) {
        Path folder = Path.of(System.getProperty("hyperhypo.shared", "../shared")).resolve(name);
        if (!Files.isDirectory(folder) && TOLD.add(name)) {
            System.out.println("skipped: tests against " + name + " (no folder " + folder + ")");
        }
        Assumptions.assumeTrue(Files.isDirectory(folder), "skipped tests against " + name + ": no folder " + folder);
        return folder;
    }

    /// Objects become maps, arrays lists, numbers doubles.
    public static Map<String, Object> json(Path file) throws IOException {
        return map(new Json(Files.readString(file)).value());
    }

    @SuppressWarnings("unchecked")
    public static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    public static List<Map<String, Object>> maps(Object value) {
        return ((List<?>) value).stream().map(Golden::map).toList();
    }

    public static int integer(Map<String, Object> map, String key) {
        return ((Double) map.get(key)).intValue();
    }

    /// Values of a C-order npy file as doubles.
    public static double[] npy(Path file) throws IOException {
        ByteBuffer b = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int start = 10 + b.getShort(8);
        String header = new String(b.array(), 10, start - 10, StandardCharsets.US_ASCII);
        b.position(start);
        double[] out;
        if (header.contains("<f4")) {
            out = new double[b.remaining() / 4];
            for (int i = 0; i < out.length; i++) {
                out[i] = b.getFloat();
            }
        } else if (header.contains("<f8")) {
            out = new double[b.remaining() / 8];
            for (int i = 0; i < out.length; i++) {
                out[i] = b.getDouble();
            }
        } else if (header.contains("<i4")) {
            out = new double[b.remaining() / 4];
            for (int i = 0; i < out.length; i++) {
                out[i] = b.getInt();
            }
        } else {
            throw new IOException(file + ": " + header);
        }
        return out;
    }

    private static final class Json {
        private final String text;
        private int at;

        Json(String text) {
            this.text = text;
        }

        private char peek() {
            while (Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            return text.charAt(at);
        }

        Object value() {
            switch (peek()) {
                case '{' -> {
                    Map<String, Object> map = new LinkedHashMap<>();
                    at++;
                    while (peek() != '}') {
                        String key = string();
                        peek();
                        at++;
                        map.put(key, value());
                        at += peek() == ',' ? 1 : 0;
                    }
                    at++;
                    return map;
                }
                case '[' -> {
                    List<Object> list = new ArrayList<>();
                    at++;
                    while (peek() != ']') {
                        list.add(value());
                        at += peek() == ',' ? 1 : 0;
                    }
                    at++;
                    return list;
                }
                case '"' -> {
                    return string();
                }
                default -> {
                    int from = at;
                    while (at < text.length() && ",]} \n\r\t".indexOf(text.charAt(at)) < 0) {
                        at++;
                    }
                    String word = text.substring(from, at);
                    return switch (word) {
                        case "true" -> Boolean.TRUE;
                        case "false" -> Boolean.FALSE;
                        case "null" -> null;
                        default -> Double.valueOf(word);
                    };
                }
            }
        }

        private String string() {
            peek();
            StringBuilder out = new StringBuilder();
            for (at++; text.charAt(at) != '"'; at++) {
                char c = text.charAt(at);
                if (c == '\\') {
                    c = text.charAt(++at);
                    if (c == 'u') {
                        c = (char) Integer.parseInt(text.substring(at + 1, at + 5), 16);
                        at += 4;
                    } else if (c == 'n') {
                        c = '\n';
                    }
                }
                out.append(c);
            }
            at++;
            return out.toString();
        }
    }
}
