package org.hyperhypo.experiments.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsTableTest {
    @TempDir
    private Path folder;

    @Test
    void everyRunIsARowWithItsErrorsTailsRemovalAndContrastsAndHolesAreNamed() throws Exception {
        FakeRun.write(folder.resolve("sigmoid"), FakeRun.Scenario.YES, 20, 5);
        FakeRun.write(folder.resolve("relu"), FakeRun.Scenario.NO, 20, 6);
        FakeRun.write(folder.resolve("ada"), FakeRun.Scenario.MIXED, 20, 7);
        Files.delete(folder.resolve("ada/results/contrasts.csv"));
        Path page = folder.resolve("runs.html");
        String text = RunsTable.write(List.of(folder.resolve("sigmoid"), folder.resolve("relu"), folder.resolve("ada")), page);
        String first = text.lines().filter(line -> line.startsWith("A7-A1")).findFirst().orElseThrow();
        assertTrue(first.contains("−0.90 [−1.32, −0.48]") && first.contains("+0.90 [0.48, 1.32]") && first.endsWith(Text.HOLE), first);
        for (String row : List.of("source WER %", "target WER %", "hypo %, before", "hyper %", "without both", "without random")) {
            String line = text.lines().filter(l -> l.startsWith(row)).findFirst().orElseThrow();
            assertTrue(line.substring(18).strip().split(" {2,}").length == 3, line);
        }
        String html = Files.readString(page);
        assertEquals(3, html.split("<th scope=\"row\"", -1).length - 1, "a row a run");
        assertTrue(html.contains("ada: results/contrasts.csv is missing"));
        PlotTest.parsed(html.replaceAll("(?s)<style>.*?</style>|<meta[^>]*>|<!DOCTYPE html>", ""));
    }
}
