package org.hyperhypo.experiments.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads JSON through the parser of snakeyaml-engine, whose language (YAML 1.2) contains it, and refuses everything that YAML
/// adds: anchors and aliases, tags, block style, single quotes, bare words, several documents.
final class JsonReader {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    private static final int DEEPEST = 64;

    private final Iterator<Event> events;
    private final String name;

    private JsonReader(Iterator<Event> events, String name) {
        this.events = events;
        this.name = name;
    }

    static Object parse(String text, String name) throws IOException {
        LoadSettings settings = LoadSettings.builder().setLabel(name).setMaxAliasesForCollections(0).setAllowDuplicateKeys(false).build();
        try {
            JsonReader reader = new JsonReader(new Parse(settings).parseString(text).iterator(), name);
            reader.events.next();
            if (reader.events.next() instanceof StreamEndEvent) throw new IOException(name + ": is empty");
            Object value = reader.value(reader.events.next(), 0);
            if (!(reader.events.next() instanceof DocumentEndEvent) || !(reader.events.next() instanceof StreamEndEvent)) {
                throw new IOException(name + ": text after the value");
            }
            return value;
        } catch (YamlEngineException e) {
            throw new IOException(name + ": not JSON: " + e.getMessage(), e);
        }
    }

    private Object value(Event event, int depth) throws IOException {
        if (depth > DEEPEST) throw fault(event, "nested more than " + DEEPEST + " deep");
        if (event instanceof AliasEvent) throw fault(event, "an alias");
        if (event instanceof NodeEvent node && node.getAnchor().isPresent()) throw fault(event, "an anchor");
        if (event instanceof CollectionStartEvent c && (!c.isFlow() || c.getTag().isPresent())) throw fault(event, "block style or a tag");
        return switch (event) {
            case ScalarEvent s -> scalar(s);
            case MappingStartEvent _ -> map(depth);
            case SequenceStartEvent _ -> list(depth);
            default -> throw fault(event, "unexpected " + event.getEventId());
        };
    }

    private Map<String, Object> map(int depth) throws IOException {
        Map<String, Object> map = new LinkedHashMap<>();
        for (Event event = events.next(); !(event instanceof MappingEndEvent); event = events.next()) {
            if (!(event instanceof ScalarEvent key) || !key.isDQuoted() || key.getAnchor().isPresent()) throw fault(event,
                "a key without double quotes");
            Object value = value(events.next(), depth + 1);
            if (map.containsKey(key.getValue())) throw fault(event, "key \"" + key.getValue() + "\" twice");
            map.put(key.getValue(), value);
        }
        return map;
    }

    private List<Object> list(int depth) throws IOException {
        List<Object> list = new ArrayList<>();
        for (Event event = events.next(); !(event instanceof SequenceEndEvent); event = events.next()) list.add(value(event, depth + 1));
        return list;
    }

    private Object scalar(ScalarEvent scalar) throws IOException {
        if (scalar.getTag().isPresent()) throw fault(scalar, "a tag");
        String text = scalar.getValue();
        if (scalar.isDQuoted()) return text;
        if (!scalar.isPlain()) throw fault(scalar, "a value that is neither quoted with \" nor plain");
        switch (text) {
            case "null" -> {
                return null;
            }
            case "true", "false" -> {
                return Boolean.valueOf(text);
            }
            default -> {
                if (!NUMBER.matcher(text).matches()) throw fault(scalar, "the bare word \"" + text + "\"");
                return integer(text).<Object>map(n -> n).orElseGet(() -> Double.valueOf(text));
            }
        }
    }

    private static Optional<Long> integer(String text) {
        try {
            return Optional.of(Long.valueOf(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private IOException fault(Event event, String what) {
        String where = event.getStartMark().map(m -> ":" + (m.getLine() + 1)).orElse("");
        return new IOException(name + where + ": " + what + " is not JSON");
    }
}
