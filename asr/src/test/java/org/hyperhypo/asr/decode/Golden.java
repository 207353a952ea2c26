package org.hyperhypo.asr.decode;

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

/// Golden numbers beside the checkout: where they are, and just enough JSON and npy to read them.
public final class Golden {
    private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

    private Golden() {
    }

    /// A folder of golden numbers; skips the test, and says so once, where it is missing.
    public static Path folder(String name) {
        Path folder = Path.of(System.getProperty("hyperhypo.shared", "../../shared"), "golden", name);
        String message = "skipped: checks against golden/" + name + " (no folder " + folder.toAbsolutePath().normalize() + ")";
        if (!Files.isDirectory(folder) && SAID.add(name)) {
            System.out.println(message);
        }
        Assumptions.assumeTrue(Files.isDirectory(folder), message);
        return folder;
    }

    public static Map<String, Object> json(Path file) throws IOException {
        return map(new Json(Files.readString(file)).value());
    }

    @SuppressWarnings("unchecked")
    public static Map<String, Object> map(Object o) {
        return (Map<String, Object>) o;
    }

    @SuppressWarnings("unchecked")
    public static List<Object> list(Object o) {
        return (List<Object>) o;
    }

    public static double number(Object o) {
        return ((Number) o).doubleValue();
    }

    public static int integer(Object o) {
        return ((Number) o).intValue();
    }

    public static double[] doubles(Object o) {
        return list(o).stream().mapToDouble(Golden::number).toArray();
    }

    public static int[] integers(Object o) {
        return list(o).stream().mapToInt(Golden::integer).toArray();
    }

    /// A float64 matrix in npy format, as floats.
    public static ScoreMatrix npy(Path file) throws IOException {
        ByteBuffer b = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int header = b.getShort(8);
        String text = new String(b.array(), 10, header, StandardCharsets.US_ASCII);
        String[] shape = text.replaceAll("(?s).*'shape': \\(([^)]*)\\).*", "$1").split(", *");
        int rows = Integer.parseInt(shape[0].strip());
        int columns = Integer.parseInt(shape[1].strip());
        var x = new float[rows * columns];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) b.getDouble(10 + header + 8 * i);
        }
        return new ScoreMatrix(rows, columns, x);
    }

    private static final class Json {
        private final String text;
        private int at;

        Json(String text) {
            this.text = text;
        }

        Object value() {
            skip();
            char c = text.charAt(at);
            if (c == '{') {
                var map = new LinkedHashMap<String, Object>();
                at++;
                while (!closes('}')) {
                    String key = string();
                    skip();
                    at++;
                    map.put(key, value());
                }
                return map;
            }
            if (c == '[') {
                var list = new ArrayList<Object>();
                at++;
                while (!closes(']')) {
                    list.add(value());
                }
                return list;
            }
            if (c == '"') {
                return string();
            }
            int from = at;
            while (at < text.length() && ",]} \n\r\t".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            String word = text.substring(from, at);
            return switch (word) {
                case "null" -> null;
                case "true" -> true;
                case "false" -> false;
                case "Infinity" -> Double.POSITIVE_INFINITY;
                case "-Infinity" -> Double.NEGATIVE_INFINITY;
                default -> Double.valueOf(word);
            };
        }

        private boolean closes(char end) {
            skip();
            if (text.charAt(at) == ',') {
                at++;
                skip();
            }
            if (text.charAt(at) == end) {
                at++;
                return true;
            }
            return false;
        }

        private String string() {
            var s = new StringBuilder();
            at++;
            while (text.charAt(at) != '"') {
                char c = text.charAt(at++);
                if (c == '\\') {
                    c = text.charAt(at++);
                    switch (c) {
                        case 'n' -> c = '\n';
                        case 't' -> c = '\t';
                        case 'u' -> {
                            c = (char) Integer.parseInt(text.substring(at, at + 4), 16);
                            at += 4;
                        }
                        default -> {
                        }
                    }
                }
                s.append(c);
            }
            at++;
            return s.toString();
        }

        private void skip() {
            while (Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }
    }
}
