package org.hyperhypo.engine;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One JSON object whose fields are all known: asking for a missing field, a wrong type, or leaving one unread is an error.
final class JsonFields {
    private final String where;
    private final Map<?, ?> fields;
    private final Set<Object> unread;

    JsonFields(String where, Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new ModelException(where + ": should be an object");
        }
        this.where = where;
        this.fields = map;
        this.unread = new HashSet<>(map.keySet());
    }

    String text(String name) {
        return get(name, String.class, "a string");
    }

    List<?> list(String name) {
        return get(name, List.class, "an array");
    }

    int integer(String name) {
        long value = get(name, Long.class, "an integer");
        if (value < Integer.MIN_VALUE || value > Integer.MAX_VALUE) {
            throw new ModelException(where + ": " + name + " " + value + " is too large");
        }
        return (int) value;
    }

    float number(String name) {
        return get(name, Number.class, "a number").floatValue();
    }

    void end() {
        if (!unread.isEmpty()) {
            throw new ModelException(where + ": unknown fields " + unread + "; written by a newer version?");
        }
    }

    private <T> T get(String name, Class<T> type, String wanted) {
        Object value = fields.get(name);
        if (!type.isInstance(value)) {
            throw new ModelException(where + ": field \"" + name + "\" should be " + wanted + ", is " + value);
        }
        unread.remove(name);
        return type.cast(value);
    }
}
