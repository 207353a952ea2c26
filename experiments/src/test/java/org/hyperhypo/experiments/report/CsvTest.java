package org.hyperhypo.experiments.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTest {
    @Test
    void everyCellSurvivesWritingAndReading() throws IOException {
        List<String> nasty = List.of("", " ", "a,b", "\"", "\"\"", "two\nlines", "cr\r\nlf", "ü−é", "#", "'");
        Csv table = new Csv("x", "y,\"z\"");
        for (String cell : nasty) table.add(cell, "end");
        Csv back = Csv.parse(table.toText(), "t");
        assertEquals(table.header(), back.header());
        assertEquals(nasty, back.rows().stream().map(r -> r.text("x")).toList());
        Csv single = new Csv("only").add("").add("a");
        assertEquals(List.of("", "a"), Csv.parse(single.toText(), "t").rows().stream().map(r -> r.text("only")).toList());
    }

    @Test
    void bothLineEndsAndAMissingLastOneAreRead() throws IOException {
        for (String text : List.of("a,b\n1,2\n3,4\n", "a,b\r\n1,2\r\n3,4", "\uFEFFa,b\n1,2\n3,4")) {
            Csv table = Csv.parse(text, "t");
            assertEquals(2, table.rows().size());
            assertEquals(4, table.rows().get(1).number("b"));
        }
    }

    @Test
    void malformedTablesAreRefusedWithFileAndLine() {
        assertFault("a,b\n1\n", "t.csv:2: 1 cells where the header has 2");
        assertFault("a,b\n1,2\n\n", "t.csv:3: 1 cells");
        assertFault("a\nx\"y\n", "t.csv:2: a quote inside");
        assertFault("a\n\"x\"y\n", "t.csv:2: text after a closing quote");
        assertFault("a\n1\n\"x\n\n", "t.csv:3: a quoted cell is never closed");
        assertFault("a\rb\n", "t.csv:1: a carriage return");
        assertFault("a,a\n", "named twice");
        assertFault("", "is empty");
    }

    private static void assertFault(String text, String message) {
        String said = assertThrows(IOException.class, () -> Csv.parse(text, "t.csv")).getMessage();
        assertTrue(said.contains(message), said);
    }

    @Test
    void lineNumbersCountLinesInsideQuotedCells() throws IOException {
        assertEquals(4, Csv.parse("a\n\"1\n2\"\n3\n", "t").rows().get(1).line());
    }

    @Test
    void numbersHaveOneTextAndHolesAreEmpty() {
        assertEquals("0.1", Csv.number(0.1));
        assertEquals("0.333333333", Csv.number(1 / 3.0));
        assertEquals("0", Csv.number(-0.0));
        assertEquals("1200000", Csv.number(1.2e6));
        assertEquals("1E-7", Csv.number(1e-7));
        assertEquals("", Csv.number(Double.NaN));
        assertEquals("a,b,c,d\n0.1,7,,1\n", new Csv("a", "b", "c", "d").add(0.1f, 7, Double.NaN, true).toText());
    }

    @Test
    void columnsThatAreNotThereReadAsHoles() throws IOException {
        Csv.Row row = Csv.parse("a\nx\n", "t").rows().getFirst();
        assertEquals("", row.text("b"));
        assertTrue(Double.isNaN(row.number("b")) && Double.isNaN(row.number("a")));
    }

    @Test
    void writingLeavesNothingButTheTable(@TempDir Path folder) throws IOException {
        new Csv("a").add(1).write(folder.resolve("sub/t.csv"));
        new Csv("a").add(2).write(folder.resolve("sub/t.csv"));
        try (var files = Files.list(folder.resolve("sub"))) {
            assertEquals(List.of("t.csv"), files.map(f -> f.getFileName().toString()).toList());
        }
        assertEquals(2, Csv.read(folder.resolve("sub/t.csv")).rows().getFirst().number("a"));
    }
}
