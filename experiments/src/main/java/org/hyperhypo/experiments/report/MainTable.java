package org.hyperhypo.experiments.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// The main table, arm × condition, in its three forms: HTML for the report, Markdown for a README, plain text for a terminal.
final class MainTable {
    private static final String[] HEADS = {"arm", ">WER %", ">− A0", "|95 % interval", ">neurons", ">parameters", ">rate", ">epochs",
        ">source WER %", ">− A0", ">hypo after",
        ">hyper after", ">seconds", ">moments, kB", "|WER per replicate"};
    private final Map<String, List<ArmResult>> arms;
    private final List<Contrast> contrasts;

    MainTable(Results results) {
        arms = ArmResult.of(results);
        contrasts = Contrast.of(results);
    }

    boolean isEmpty() {
        return arms.isEmpty();
    }

    String html() {
        HtmlTable table = new HtmlTable(HEADS);
        arms.forEach((condition, rows) -> {
            table.group(conditionTitle(condition, rows));
            for (ArmResult r : rows) table.styled(r.arm().equals("A0") ? "base" : r.arm().startsWith("A7") ? "key" : "", cells(r));
        });
        return table.toString();
    }

    private String[] cells(ArmResult r) {
        boolean base = r.arm().equals("A0");
        return new String[] {name(r), Text.fixed(r.wer(), 2), base ? "" : Text.signed(r.difference(), 2), base ? "" : interval(r),
            Text.count(r.neurons()),
            Text.count(r.parameters()), base ? "" : r.rate(), Text.significant(r.epochs()), Text.fixed(r.sourceWer(), 2), base ? ""
            : Text.signed(r.sourceDifference(), 2),
            Text.significant(r.hypo()), Text.significant(r.hyper()), Text.fixed(r.seconds(), 1), Text.count(r.momentBytes() / 1000),
            Arrays.stream(r.perReplicate()).mapToObj(wer -> Text.fixed(wer, 1)).collect(java.util.stream.Collectors.joining(" "))};
    }

    static String conditionTitle(String condition, List<ArmResult> rows) {
        double words = rows.stream().mapToDouble(ArmResult::words).max().orElse(0);
        return (condition.equals(ArmResult.ALL) ? "all conditions" : condition) + " · " + Text.count(words) + " words";
    }

    private static String name(ArmResult r) {
        return r.arm() + (r.draws() > 1 ? " (" + r.draws() + " draws)" : "") + (r.complete() ? "" : " †");
    }

    private String interval(ArmResult r) {
        return contrasts.stream().filter(c -> c.name().equals(r.arm() + "-A0") && c.condition().equals(r.condition())).findFirst()
            .map(c -> Text.interval(c.low(), c.high())).orElse(Text.HOLE);
    }

    boolean incomplete() {
        return arms.values().stream().flatMap(List::stream).anyMatch(r -> !r.complete());
    }

    /// One row per arm: WER over all conditions and in each, source WER, trained neurons.
    private List<String[]> grid(boolean bold) {
        List<String> conditions = List.copyOf(arms.keySet());
        List<String[]> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("arm"));
        conditions.forEach(c -> head.add(c.equals(ArmResult.ALL) ? "all" : c));
        head.addAll(List.of("− A0", "source", "neurons", "hypo", "hyper", "seconds"));
        rows.add(head.toArray(String[]::new));
        if (conditions.isEmpty()) return rows;
        List<ArmResult> first = arms.get(conditions.getFirst());
        for (int i = 0; i < first.size(); i++) {
            ArmResult r = first.get(i);
            List<String> row = new ArrayList<>(List.of(bold && r.arm().equals("A7") ? "**A7**" : name(r)));
            for (String condition : conditions) row.add(Text.fixed(arms.get(condition).get(i).wer(), 2));
            row.add(r.arm().equals("A0") ? "" : Text.signed(r.difference(), 2));
            row.addAll(List.of(Text.fixed(r.sourceWer(), 2), Text.count(r.neurons()), Text.significant(r.hypo()),
                Text.significant(r.hyper()), Text.fixed(r.seconds(), 1)));
            rows.add(row.toArray(String[]::new));
        }
        rows.forEach(row -> Arrays.setAll(row, c -> Text.oneLine(row[c])));
        return rows;
    }

    String text() {
        List<String[]> rows = grid(false);
        int[] widths = new int[rows.getFirst().length];
        for (String[] row : rows) for (int c = 0; c < row.length; c++) widths[c] = Math.max(widths[c], row[c].length());
        StringBuilder out = new StringBuilder();
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < row.length; c++) {
                String pad = " ".repeat(widths[c] - row[c].length());
                line.append(c == 0 ? row[c] + pad : "  " + pad + row[c]);
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
        return out.toString();
    }

    String markdown() {
        List<String[]> rows = grid(true);
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            String[] row = rows.get(i);
            out.append('|');
            for (String cell : row) out.append(' ').append(cell.replace("|", "\\|")).append(" |");
            out.append('\n');
            if (i == 0) out.append("|---|").append("--:|".repeat(row.length - 1)).append('\n');
        }
        return out.toString();
    }
}
