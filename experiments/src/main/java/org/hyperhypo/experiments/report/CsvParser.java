package org.hyperhypo.experiments.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Reads RFC 4180 text into a [Csv]: one pass, one character ahead.
final class CsvParser {
    private final String text;
    private final String name;
    private int at;
    private int line = 1;

    CsvParser(String text, String name) {
        this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
        this.name = name;
    }

    Csv parse() throws IOException {
        if (text.isEmpty()) throw fault(1, "is empty; a header line was expected");
        Csv table;
        try {
            table = new Csv(row());
        } catch (IllegalArgumentException e) {
            throw fault(1, e.getMessage());
        }
        while (at < text.length()) {
            int first = line;
            List<String> cells = row();
            if (cells.size() != table.header().size()) {
                throw fault(first, cells.size() + " cells where the header has " + table.header().size());
            }
            table.addParsed(first, cells);
        }
        return table;
    }

    private List<String> row() throws IOException {
        List<String> cells = new ArrayList<>();
        while (true) {
            cells.add(at < text.length() && text.charAt(at) == '"' ? quoted() : plain());
            if (at == text.length()) return cells;
            char c = text.charAt(at++);
            if (c == ',') continue;
            if (c == '\r') {
                if (at == text.length() || text.charAt(at) != '\n') throw fault(line, "a carriage return without a line feed");
                at++;
            } else if (c != '\n') {
                throw fault(line, "text after a closing quote");
            }
            line++;
            return cells;
        }
    }

    private String plain() throws IOException {
        int start = at;
        while (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
            if (text.charAt(at++) == '"') throw fault(line, "a quote inside an unquoted cell");
        }
        return text.substring(start, at);
    }

    private String quoted() throws IOException {
        int first = line;
        StringBuilder cell = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                if (at + 1 == text.length() || text.charAt(at + 1) != '"') {
                    at++;
                    return cell.toString();
                }
                at++;
            } else if (c == '\n') {
                line++;
            }
            cell.append(c);
        }
        throw fault(first, "a quoted cell is never closed");
    }

    private IOException fault(int where, String what) {
        return new IOException(name + ":" + where + ": " + what);
    }
}
