package org.hyperhypo.experiments.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long now = 1_000_000_000L;

    private Progress progress(boolean terminal) {
        return new Progress(new PrintStream(bytes, true, StandardCharsets.UTF_8), terminal, () -> now);
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    @Test
    void aLogGetsALineEveryFiveSecondsWithTheTimeLeft() {
        try (Progress progress = progress(false); Progress.Stage stage = progress.stage("train", 20)) {
            for (int i = 0; i < 12; i++) {
                now += 1_000_000_000L;
                stage.step();
            }
        }
        assertEquals(List.of("train  5/20  5.0 s, 15 s left", "train  10/20  10 s, 10 s left", "train  stopped at 12/20  12 s"),
            text().lines().toList());
    }

    @Test
    void aTerminalHasOneLineRewrittenInPlace() {
        Progress progress = progress(true);
        try (Progress.Stage stage = progress.stage("decode", 4)) {
            for (int i = 0; i < 4; i++) {
                now += 200_000_000L;
                stage.step();
            }
            stage.note("x".repeat(300));
        }
        String text = text();
        assertEquals(1, text.lines().filter(l -> !l.isBlank() && l.contains("decode  4  ")).count(), text);
        assertEquals(1, text.chars().filter(c -> c == '\n').count());
        assertTrue(text.contains("\rdecode  2/4  0.4 s, 0.4 s left"), text);
        for (String drawn : text.split("\r")) assertTrue(drawn.contains("\n") || drawn.length() <= 101, drawn);
    }

    @Test
    void secondsOfClosedStagesAddUpAndTimeLeftIsNeverShownForUnknownTotals() {
        Progress progress = progress(false);
        for (int i = 0; i < 2; i++) {
            try (Progress.Stage stage = progress.stage("scan", 0)) {
                now += 6_000_000_000L;
                stage.step(3);
            }
        }
        assertEquals(12, progress.seconds().get("scan"));
        assertFalse(text().contains("left"));
        assertEquals("3 min 05 s", Progress.duration(185));
        assertEquals("2 h 07 min", Progress.duration(7620));
    }
}
