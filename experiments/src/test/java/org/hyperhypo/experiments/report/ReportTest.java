package org.hyperhypo.experiments.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    @TempDir
    Path folder;

    private String page(FakeRun.Scenario scenario) throws IOException {
        FakeRun.write(folder, scenario, 20, 5);
        return Files.readString(Report.write(folder));
    }

    @Test
    void everyPictureIsWellFormedAndNothingIsFetched() throws Exception {
        FakeRun.write(folder, FakeRun.Scenario.MIXED, 256, 5);
        String page = Files.readString(Report.write(folder));
        Matcher svg = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL).matcher(page);
        int count = 0;
        for (; svg.find(); count++) PlotTest.parsed(svg.group());
        assertTrue(count >= 20, "pictures: " + count);
        String outside = page.replace("http://www.w3.org/2000/svg", "");
        for (String word : List.of("http:", "https:", "src=", "@import", "url(", "<script", "<link",
            "NaN")) assertFalse(outside.contains(word), word);
        String balanced = page.replaceAll("(?s)<style>.*?</style>|<meta[^>]*>|<!DOCTYPE html>", "");
        PlotTest.parsed(balanced);
    }

    @Test
    void picturesForAReadmeStandAlone() throws Exception {
        page(FakeRun.Scenario.YES);
        List<Path> files = Report.pictures(folder, folder.resolve("pictures"));
        assertEquals(List.of("activity.svg", "removal-in-domain.svg", "removal-noise.svg", "removal-reverberation.svg",
            "removal-telephone.svg"),
            files.stream().map(f -> f.getFileName().toString()).toList());
        for (Path file : files) PlotTest.parsed(Files.readString(file));
    }

    @Test
    void thePlantedAnswerIsWhatTheReportSays() throws IOException {
        assertEquals(3, page(FakeRun.Scenario.YES).split("class=\"card yes\"", -1).length - 1);
        assertTrue(page(FakeRun.Scenario.NO).contains("class=\"card no\""));
        assertEquals(2, page(FakeRun.Scenario.MIXED).split("class=\"card mixed\"", -1).length - 1);
        assertEquals(3, page(FakeRun.Scenario.CANNOT_TELL).split("class=\"card cannot_tell\"", -1).length - 1);
    }

    @Test
    void twoRunsStandSideBySideWithWhatDiffers() throws Exception {
        FakeRun.write(folder.resolve("a"), FakeRun.Scenario.YES, 20, 5);
        FakeRun.write(folder.resolve("b"), FakeRun.Scenario.NO, 20, 6);
        Path page = folder.resolve("comparison.html");
        String text = Comparison.write(folder.resolve("a"), folder.resolve("b"), page);
        assertTrue(text.contains("−0.90 [−1.32, −0.48]") && text.contains("+0.90 [0.48, 1.32]"), text);
        String html = Files.readString(page);
        for (String expected : List.of("<td>Yes</td><td>No</td><td>different</td>", "--seed 5", "--seed 6", "A: ", "None: every table")) {
            assertTrue(html.contains(expected), expected);
        }
        assertFalse(html.contains("Glorot sigmoid x 2"), "what both share is left out");
        PlotTest.parsed(html.replaceAll("(?s)<style>.*?</style>|<meta[^>]*>|<!DOCTYPE html>", ""));
        Files.delete(folder.resolve("b/results/contrasts.csv"));
        Files.delete(folder.resolve("b/results/adaptation.csv"));
        Comparison.write(folder.resolve("a"), folder.resolve("b"), page);
        assertTrue(Files.readString(page).contains("B: results/contrasts.csv is missing"));
    }

    @Test
    void theCriteriaThatFindTheTailsAreNamed() throws IOException {
        String page = page(FakeRun.Scenario.YES);
        assertTrue(page.contains("in every replicate): activity rate, firing entropy. No better than chance in any replicate: in norm."), "hypo and hyper");
        assertEquals(8, page.split("class=\"narrow\"", -1).length - 1, "a card for each tail of four layers");
        assertTrue(page.contains("[1 of 6]") || page.contains("of 6]"), "rank among five draws");
    }

    @Test
    void theSameFilesGiveTheSameBytes() throws IOException {
        byte[] page = page(FakeRun.Scenario.YES).getBytes();
        byte[] numbers = Files.readAllBytes(folder.resolve("results.json"));
        Report.write(folder);
        assertArrayEquals(page, Files.readString(folder.resolve("report.html")).getBytes());
        assertArrayEquals(numbers, Files.readAllBytes(folder.resolve("results.json")));
    }

    @Test
    void anEmptyFolderGivesAReportOfHoles() throws IOException {
        Files.createDirectories(folder.resolve("none"));
        String page = Files.readString(Report.write(folder.resolve("none")));
        for (String file : List.of("run.json", "training", "alignment", "tuning", "saturation", "neurons", "layers", "criteria", "shift", "cards", "removal", "compact",
            "adaptation", "contrasts", "selection", "conditions", "failures")) {
            assertTrue(page.contains("<li>" + (file.equals("run.json") ? file : "results/" + file + ".csv") + " is missing"), file);
        }
        assertTrue(page.contains("Not measured: nothing in results/removal.csv"));
        assertTrue(Report.summary(folder.resolve("none")).contains("no adaptation results"));
        Report.markdown(folder.resolve("none"));
    }

    @Test
    void anyOneFileMayBeMissingDamagedEmptyOrWithoutAColumn() throws IOException {
        page(FakeRun.Scenario.MIXED);
        List<Path> files;
        try (var list = Files.list(folder.resolve("results"))) {
            files = list.sorted().toList();
        }
        for (Path file : files) {
            String whole = Files.readString(file);
            String header = whole.substring(0, whole.indexOf('\n') + 1);
            // A header alone and a row of holes are not damage: such files pass without a word.
            for (String text : new String[] {null, "", "\"", header, header.replaceFirst("[a-z_]+,", ""), "other\n1\n", header
                + ",".repeat(header.split(",").length - 1) + "\n"}) {
                if (text == null) Files.delete(file);
                else Files.writeString(file, text);
                String page = ReportPage.html(Results.read(folder));
                boolean silent = text != null && (text.equals(header) || text.startsWith(header)) || file.endsWith("intervals.csv");
                assertTrue(silent || page.contains(file.getFileName().toString()), file + " as " + text);
                Report.summary(folder);
            }
            Files.writeString(file, whole);
        }
        Files.writeString(folder.resolve("run.json"), "{");
        assertTrue(Files.readString(Report.write(folder)).contains("not JSON"));
    }

    @Test
    void hostileNamesStayText() throws IOException {
        page(FakeRun.Scenario.YES);
        String hostile = "<img src=x onerror=alert(1)>\"'&|\n]]>";
        new Csv("stage", "item", "reason").add(hostile, hostile, hostile).write(folder.resolve("results/failures.csv"));
        Path adaptation = folder.resolve("results/adaptation.csv");
        Csv old = Csv.read(adaptation);
        Csv changed = new Csv(old.header());
        for (Csv.Row row : old.rows()) changed.add(row.cells().stream().map(c -> c.equals("noise") || c.equals("A9") ? hostile : c)
            .toArray());
        changed.write(adaptation);
        new RunRecord(hostile, Map.of(hostile, hostile), 1, hostile, hostile, hostile, 1, hostile, hostile, hostile, Map.of(hostile, 1.0))
            .write(folder);
        String page = Files.readString(Report.write(folder));
        assertFalse(page.contains("<img"));
        assertTrue(page.contains("&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;|"));
        assertFalse(Report.markdown(folder).lines().anyMatch(l -> l.startsWith("]]>")));
    }

    @Test
    void ratesArePooledFromCountsAndArmsWithHolesAreMarked() throws IOException {
        Csv table = new Csv("replicate", "condition", "arm", "draw", "words", "errors", "source_words", "source_errors");
        table.add(1, "noise", "A0", 0, 100, 20, 100, 2).add(2, "noise", "A0", 0, 300, 90, 300, 6)
            .add(1, "rooms", "A0", 0, 100, 40, 100, 2).add(2, "rooms", "A0", 0, 100, 50, 100, 2);
        table.add(1, "noise", "A1", 0, 100, 10, 100, 3).add(1, "noise", "A1", 1, 100, 14, 100, 3);
        table.add(3, "noise", "A1", 0, 100, 90, 100, 9);
        table.write(folder.resolve("results/adaptation.csv"));
        Map<String, List<ArmResult>> arms = ArmResult.of(Results.read(folder));
        assertEquals(List.of("all", "noise", "rooms"), List.copyOf(arms.keySet()));
        assertEquals(100 * 200 / 600.0, arms.get("all").get(0).wer(), 1e-9);
        assertEquals(27.5, arms.get("noise").get(0).wer(), 1e-9);
        ArmResult a1 = arms.get("noise").get(1);
        assertEquals(38, a1.wer(), 1e-9);
        assertEquals(-8, a1.difference(), 1e-9, "only over the replicate both have");
        assertEquals(1, a1.sourceDifference(), 1e-9);
        assertFalse(a1.complete());
        assertTrue(Double.isNaN(arms.get("all").get(1).wer()), "no pool without every condition");
        assertTrue(Files.readString(Report.write(folder)).contains("A1 (2 draws) †"));
    }

    @Test
    void theSummaryNamesArmsContrastsAndTheReport() throws IOException {
        page(FakeRun.Scenario.NO);
        String summary = Report.summary(folder);
        for (String text : List.of("digits, synthetic speech", "A3 (3 draws)", "A7 − A1", "+0.90 [0.48, 1.32]", "report: "
            + folder.resolve("report.html"))) assertTrue(summary.contains(text), summary);
        List<String> table = summary.lines().filter(l -> l.matches("A\\d.*  \\d+\\.\\d.*")).toList();
        assertEquals(1, table.stream().map(String::length).distinct().count(), "columns are aligned");
        String markdown = Report.markdown(folder);
        assertTrue(markdown.contains("| **A7** |"));
        assertEquals(1, markdown.lines().filter(l -> l.startsWith("| A") || l.startsWith("| **A7")).filter(l -> !l.contains(" − "))
            .map(l -> l.split("\\|", -1).length).distinct().count());
    }
}
