package org.hyperhypo.experiments.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonTest {
    record Point(String name, double x, Optional<String> note, int[] counts) {}

    @Test
    void valuesSurviveWritingAndReading() throws IOException {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("z", List.of(1L, 2.5, "a", true));
        value.put("a \"key\"\\", Arrays.asList(null, "line\nbreak\ttab\u0001\u2028 é 😀 </script>"));
        value.put("empty", Map.of());
        value.put("nested", List.of(Map.of("k", List.of())));
        value.put("yes", "true");
        value.put("number", "1e5");
        assertEquals(value, Json.parse(Json.text(value), "t"));
    }

    @Test
    void recordsFollowTheirComponentsAndUnorderedMapsTheirKeys() {
        assertEquals("{\n  \"name\": \"p\",\n  \"x\": null,\n  \"note\": null,\n  \"counts\": [1, 2]\n}\n",
            Json.text(new Point("p", Double.NaN, Optional.empty(), new int[] {1, 2})));
        assertEquals("{\n  \"a\": 1,\n  \"b\": 2,\n  \"c\": 3\n}\n", Json.text(Map.of("c", 3, "a", 1, "b", 2)));
    }

    @Test
    void whatYamlAddsToJsonIsRefused() {
        for (String text : List.of("{\"a\": &x [1], \"b\": *x}", "[&x 1]", "[*x]", "a: 1\n", "- 1\n", "[word]", "['single']",
            "[!!str 1]", "{\"a\": 1, \"a\": 2}", "{a: 1}", "[1]\n---\n[2]",
            "", "[1", "[NaN]", "[01]", "[".repeat(100) + "]".repeat(100))) {
            String message = assertThrows(IOException.class, () -> Json.parse(text, "file.json"), text).getMessage();
            assertTrue(message.startsWith("file.json"), message);
        }
    }
}
