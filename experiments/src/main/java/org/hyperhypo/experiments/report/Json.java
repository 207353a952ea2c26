package org.hyperhypo.experiments.report;

import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/// Writes maps, lists, arrays and records as JSON: the same bytes for the same values.
///
/// Maps keep their order where they have one and are sorted by key where they have none; records follow their components;
/// numbers are written as in [Csv#number]; what is not a finite number, and an empty Optional, is null. Small lists of plain
/// values stay on one line. Reading is [JsonReader]'s.
public final class Json {
    private final StringBuilder out = new StringBuilder();

    private Json() {}

    public static String text(Object value) {
        Json json = new Json();
        json.value(value, 0);
        return json.out.append('\n').toString();
    }

    public static void write(Path file, Object value) throws IOException {
        AtomicFile.write(file, text(value));
    }

    /// Reads a JSON file into maps (in file order), lists, strings, numbers, booleans and null. Anchors, aliases, tags,
    /// comments, block style and doubled keys are refused; every fault is an [IOException] naming the file.
    public static Object read(Path file) throws IOException {
        return parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8), file.toString());
    }

    public static Object parse(String text, String name) throws IOException {
        return JsonReader.parse(text, name);
    }

    private void value(Object value, int depth) {
        switch (value) {
            case null -> out.append("null");
            case Optional<?> o -> value(o.orElse(null), depth);
            case Float f -> number(f);
            case Double d -> number(d);
            case Number n -> out.append(n);
            case Boolean b -> out.append(b);
            case Map<?, ?> map -> object(ordered(map), depth);
            case Iterable<?> list -> list(list, depth);
            case Record r -> object(components(r), depth);
            default -> {
                if (value.getClass().isArray()) list(elements(value), depth);
                else string(value.toString());
            }
        }
    }

    private void number(double d) {
        out.append(Double.isFinite(d) ? Csv.number(d) : "null");
    }

    private void object(Map<?, ?> map, int depth) {
        if (map.isEmpty()) {
            out.append("{}");
            return;
        }
        String separator = "{";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(separator);
            newLine(depth + 1);
            string(String.valueOf(entry.getKey()));
            out.append(": ");
            value(entry.getValue(), depth + 1);
            separator = ",";
        }
        newLine(depth);
        out.append('}');
    }

    private void list(Iterable<?> list, int depth) {
        boolean flat = true;
        for (Object item : list) flat &= item == null || item instanceof Number || item instanceof String || item instanceof Boolean;
        out.append('[');
        boolean first = true;
        for (Object item : list) {
            if (!first) out.append(flat ? ", " : ",");
            if (!flat) newLine(depth + 1);
            value(item, depth + 1);
            first = false;
        }
        if (!flat) newLine(depth);
        out.append(']');
    }

    private void newLine(int depth) {
        out.append('\n').repeat("  ", depth);
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20 || c == 0x7f || c == 0x2028 || c == 0x2029 || Character.isSurrogate(c) && !paired(text, i)) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static boolean paired(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
            ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
            : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }

    private static Map<?, ?> ordered(Map<?, ?> map) {
        if (map instanceof SequencedMap<?, ?>) return map;
        Map<String, Object> sorted = new TreeMap<>();
        map.forEach((key, value) -> sorted.put(String.valueOf(key), value));
        return sorted;
    }

    private static Map<String, Object> components(Record record) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            try {
                component.getAccessor().setAccessible(true);
                map.put(component.getName(), component.getAccessor().invoke(record));
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalStateException("cannot read " + component, e);
            }
        }
        return map;
    }

    private static Iterable<Object> elements(Object array) {
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < Array.getLength(array); i++) list.add(Array.get(array, i));
        return list;
    }
}
