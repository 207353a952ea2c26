package org.hyperhypo.experiments.report;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A table with a header line, kept as comma-separated values (RFC 4180).
///
/// Written with line feeds so that it diffs well; read with either line end. Reading is strict: every row has as many cells
/// as the header, quotes stand only around whole cells, column names are distinct. Numbers are written with at most nine
/// significant digits and no trailing zeros, the same text on every machine; NaN, which means "not measured", is an empty cell.
public final class Csv {
    private final List<String> header;
    private final Map<String, Integer> index = new HashMap<>();
    private final List<Row> rows = new ArrayList<>();

    public Csv(String... header) {
        this(Arrays.asList(header));
    }

    public Csv(List<String> header) {
        this.header = List.copyOf(header);
        if (header.isEmpty()) throw new IllegalArgumentException("a table needs at least one column");
        for (int i = 0; i < header.size(); i++) {
            if (index.putIfAbsent(header.get(i), i) != null) {
                throw new IllegalArgumentException("column \"" + header.get(i) + "\" is named twice");
            }
        }
    }

    public List<String> header() {
        return header;
    }

    public List<Row> rows() {
        return Collections.unmodifiableList(rows);
    }

    public boolean has(String column) {
        return index.containsKey(column);
    }

    /// Adds a row: numbers are formatted by [#number], booleans become 1 and 0, null an empty cell, anything else its text.
    public Csv add(Object... values) {
        if (values.length != header.size()) {
            throw new IllegalArgumentException(values.length + " values for " + header.size() + " columns " + header);
        }
        rows.add(new Row(this, rows.size() + 2, Arrays.stream(values).map(Csv::cell).toList()));
        return this;
    }

    /// One row; `line` is the line of the file on which it starts.
    public record Row(Csv table, int line, List<String> cells) {
        /// The cell under `column`; empty where the table has no such column.
        public String text(String column) {
            Integer i = table.index.get(column);
            return i == null ? "" : cells.get(i);
        }

        /// The cell as a number; NaN where there is no such column, nothing in the cell, or something else than a number.
        public double number(String column) {
            String text = text(column).strip();
            if (text.isEmpty()) return Double.NaN;
            try {
                return Double.parseDouble(text);
            } catch (NumberFormatException e) {
                return Double.NaN;
            }
        }

        @Override
        public String toString() {
            return "line " + line + ": " + cells;
        }
    }

    /// At most nine significant digits, plain notation between 1e-6 and 1e15, `""` for NaN.
    public static String number(double value) {
        if (Double.isNaN(value)) return "";
        if (Double.isInfinite(value)) return value > 0 ? "Infinity" : "-Infinity";
        if (value == Math.rint(value) && Math.abs(value) < 1e9) return Long.toString((long) value);
        BigDecimal rounded = BigDecimal.valueOf(value).round(new MathContext(9)).stripTrailingZeros();
        double size = Math.abs(value);
        return size >= 1e-6 && size < 1e15 ? rounded.toPlainString() : rounded.toString();
    }

    private static String cell(Object value) {
        return switch (value) {
            case null -> "";
            case Float f -> Float.isFinite(f) ? number(new BigDecimal(f.toString()).doubleValue()) : number(f.doubleValue());
            case Double d -> number(d);
            case Boolean b -> b ? "1" : "0";
            default -> value.toString();
        };
    }

    public String toText() {
        StringBuilder out = new StringBuilder();
        line(out, header);
        for (Row row : rows) line(out, row.cells());
        return out.toString();
    }

    private static void line(StringBuilder out, List<String> cells) {
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            if (i > 0) out.append(',');
            boolean quote = cell.isEmpty() ? cells.size() == 1 : cell.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
            out.append(quote ? '"' + cell.replace("\"", "\"\"") + '"' : cell);
        }
        out.append('\n');
    }

    /// Writes the whole table or nothing.
    public void write(Path file) throws IOException {
        AtomicFile.write(file, toText());
    }

    /// Reads a table; a malformed one is an [IOException] that names file, line and fault.
    public static Csv read(Path file) throws IOException {
        return parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8), file.toString());
    }

    /// Parses the text of a table; `name` is what messages call it.
    public static Csv parse(String text, String name) throws IOException {
        return new CsvParser(text, name).parse();
    }

    void addParsed(int line, List<String> cells) {
        rows.add(new Row(this, line, List.copyOf(cells)));
    }
}
