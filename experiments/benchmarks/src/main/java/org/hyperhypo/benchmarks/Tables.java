package org.hyperhypo.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A [Summary] as text: Markdown, aligned so that it can be read in a terminal.
final class Tables {
    private final StringBuilder out = new StringBuilder();

    private Tables() {
    }

    static String text(Summary summary) {
        Tables t = new Tables();
        t.out.append("```\n").append(String.join("\n", summary.environment().lines())).append("\n```\n");
        summary.forks().stream().flatMap(f -> f.yardsticks().stream()).distinct().forEach(y -> t.out.append("* ").append(y).append('\n'));
        long counting = summary.forks().stream().filter(f -> Verdict.counts(f, summary.forks())).count();
        t.out.append("\n").append(counting).append(" of ").append(summary.forks().size()).append(" forks count (README.md has the rule).\n");
        t.targets(summary.verdicts());
        summary.rows().forEach(t::question);
        return t.out.toString();
    }

    private void targets(List<Verdict> verdicts) {
        List<String[]> cells = new ArrayList<>();
        cells.add(new String[] {"what", "contender", "asked", "measured", "forks", ""});
        for (Verdict v : verdicts) {
            if (!v.text().equals("not measured")) {
                cells.add(new String[] {v.target().question(), v.target().contender(), asked(v.target()), v.values().length == 0 ? "–"
                        : value(v.target(), v.median()), range(v), v.text()});
            }
        }
        out.append("\n## Figures asked for\n");
        table(cells);
        Map<String, Long> missing = verdicts.stream().filter(v -> v.text().equals("not measured")).collect(Collectors.groupingBy(
                v -> String.valueOf(v.target().reference()), TreeMap::new, Collectors.counting()));
        if (!missing.isEmpty()) {
            out.append("\nNot measured: ").append(missing.entrySet().stream().map(e -> e.getValue() + " against " + e.getKey()).collect(Collectors.joining(", ")))
                    .append(".\n");
        }
    }

    static String asked(Target t) {
        String bound = value(t, t.bound());
        String reference = t.reference() == null ? "" : " " + t.reference();
        return (t.measure().atMost ? "≤ " : "≥ ") + bound + (t.measure() == Target.Measure.SHARE || t.measure() == Target.Measure.COST ? " of" : "") + reference;
    }

    private static String value(Target t, double value) {
        return switch (t.measure()) {
            case SHARE, COST -> format("%.1f %%", 100 * value);
            case SPEED -> format("%.2f ×", value);
            case SECONDS -> format("%.0f ms", 1000 * value);
        };
    }

    private static String range(Verdict v) {
        if (v.values().length < 2) {
            return v.values().length + "";
        }
        return v.values().length + ": " + value(v.target(), Arrays.stream(v.values()).min().orElseThrow()) + " – "
                + value(v.target(), Arrays.stream(v.values()).max().orElseThrow());
    }

    private void question(String name, List<Summary.Row> rows) {
        out.append("\n### ").append(name).append('\n');
        List<String[]> cells = new ArrayList<>();
        String limit = rows.getFirst().limit();
        cells.add(new String[] {"contender", "time", "rate", "forks", limit == null ? "" : "share", "bytes per call", "error"});
        for (Summary.Row r : rows) {
            double share = Statistics.median(r.shares());
            cells.add(new String[] {r.contender(), time(Statistics.median(r.seconds())), rate(r, Statistics.median(r.rates())), spread(r),
                    Double.isNaN(share) ? "" : format("%.1f %%", 100 * share), r.isLimit() ? "" : format("%.0f", r.allocated()), error(r.residual())});
        }
        table(cells);
    }

    private static String spread(Summary.Row r) {
        return r.rates().length < 2 ? "" : format("%.4g – %.4g", Arrays.stream(r.rates()).min().orElseThrow() * 1e-9,
                Arrays.stream(r.rates()).max().orElseThrow() * 1e-9);
    }

    private static String rate(Summary.Row r, double rate) {
        return format(r.byFlops() ? "%.4g GFLOP/s" : "%.4g GB/s", rate * 1e-9);
    }

    static String time(double seconds) {
        return seconds >= 1 ? format("%.3f s", seconds) : seconds >= 1e-3 ? format("%.4g ms", 1e3 * seconds) : format("%.4g µs", 1e6 * seconds);
    }

    /// In units of the tolerance: right up to 1.
    static String error(double residual) {
        return Double.isNaN(residual) ? "" : residual > 1 ? format("WRONG (%.3g)", residual) : format("%.2g", residual);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    private void table(List<String[]> cells) {
        int[] widths = new int[cells.getFirst().length];
        for (String[] row : cells) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row[i].codePointCount(0, row[i].length()));
            }
        }
        out.append('\n');
        for (int line = 0; line < cells.size(); line++) {
            for (int i = 0; i < widths.length; i++) {
                String cell = cells.get(line)[i];
                out.append("| ").append(cell).repeat(' ', widths[i] - cell.codePointCount(0, cell.length()) + 1);
            }
            out.append("|\n");
            if (line == 0) {
                for (int width : widths) {
                    out.append('|').repeat('-', width + 2);
                }
                out.append("|\n");
            }
        }
    }
}
