package org.hyperhypo.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What C2 compiles depends on what the JVM has seen before: these tests look for the ways in which a kernel can be compiled badly in some runs only.
class FreshJvmTest {

    @Test
    void trainingAllocatesNothingOnceWarmAlsoWhenTheMaskChanges() throws Exception {
        Process child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--add-modules", "jdk.incubator.vector",
            "-Xmx256m", "-XX:MaxVectorSize=" + 4 * Lanes.L, "-cp", System.getProperty("java.class.path"), TrainingCalls.class.getName())
            .redirectErrorStream(true).start();
        String printed = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, child.waitFor(), printed);
        List<String> stages = new ArrayList<>();
        Matcher stage = Pattern.compile("(?m)^([a-z ]+): (\\d+) bytes").matcher(printed);
        while (stage.find()) {
            stages.add(stage.group(1));
            assertEquals(0, Long.parseLong(stage.group(2)), "bytes of a step, stage \"" + stage.group(1) + "\": C2 boxes vectors. All stages:\n" + printed);
        }
        assertEquals(5, stages.size(), printed);
    }

    /// FloatVector's own methods share one type profile. Where two widths of it run, C2 takes a guess at the class, and boxes where it guesses wrong.
    @Test
    void noClassButLanesNamesAVectorSpecies() throws Exception {
        Path classes = Path.of(Lanes.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (Stream<Path> files = Files.walk(classes)) {
            List<Path> naming = files.filter(file -> file.toString().endsWith(".class") && !file.endsWith("Lanes.class"))
                .filter(file -> read(file).contains("SPECIES_")).toList();
            assertTrue(naming.isEmpty(), "use Lanes.S: " + naming);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
