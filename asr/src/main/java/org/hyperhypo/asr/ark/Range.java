package org.hyperhypo.asr.ark;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The part of an entry that a scp line asks for: `[a:b]` rows a to b, `[a:b,c:d]` and columns c to d, both ends included, counted
/// from 0; `:` or nothing is all. As in Kaldi the last row may lie up to 3 beyond the end (segment times are rounded) and is then cut.
record Range(int firstRow, int lastRow, int firstColumn, int lastColumn) {
    static final int ALL = -1;
    private static final Pattern PART = Pattern.compile("([0-9]{1,9}):([0-9]{1,9})|:?");
    private static final int TOLERANCE = 3;

    /// What stands between the brackets, or null where that is no range.
    static Range parse(String text) {
        String[] parts = text.split(",", -1);
        Matcher rows = PART.matcher(parts[0]);
        Matcher columns = PART.matcher(parts.length > 1 ? parts[1] : "");
        if (parts.length > 2 || !rows.matches() || !columns.matches()) {
            return null;
        }
        return new Range(end(rows, 1), end(rows, 2), end(columns, 1), end(columns, 2));
    }

    private static int end(Matcher part, int group) {
        return part.group(group) == null ? ALL : Integer.parseInt(part.group(group));
    }

    /// First row and number of rows; an IllegalArgumentException says what does not fit.
    int[] rows(int count) {
        return span("rows", firstRow, lastRow, count, TOLERANCE);
    }

    int[] columns(int count) {
        return span("columns", firstColumn, lastColumn, count, 0);
    }

    private static int[] span(String what, int first, int last, int count, int tolerance) {
        if (first == ALL) {
            return new int[] {0, count};
        }
        if (first > last || first >= count || last >= count + tolerance) {
            throw new IllegalArgumentException(what + " " + first + ":" + last + " of an entry with " + count + " " + what);
        }
        return new int[] {first, Math.min(last, count - 1) - first + 1};
    }
}
