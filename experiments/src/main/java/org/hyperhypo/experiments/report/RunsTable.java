package org.hyperhypo.experiments.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Any number of runs in one table, a row each: error rates, saturated neurons, what removal does, the declared contrasts. Runs are not tested against
/// one another: they share no networks.
public final class RunsTable {
    private static final List<String> SETS = List.of("hypo", "hyper", "both", "random");
    private final List<Results> runs;

    private RunsTable(List<Path> folders) {
        runs = folders.stream().map(Results::read).toList();
    }

    /// Writes the page to `file` and returns the table as plain text.
    public static String write(List<Path> folders, Path file) throws IOException {
        RunsTable table = new RunsTable(folders);
        Map<String, String> sections = new LinkedHashMap<>();
        sections.put("All runs", table.html());
        sections.put("Holes", table.holes());
        AtomicFile.write(file, ReportPage.page("hyperhypo: runs", "<header><p class=\"kicker\">" + folders.size() + " runs in one table</p><h1>"
            + Html.escape(table.runs.stream().map(ReportPage::title).distinct().collect(Collectors.joining(" and "))) + "</h1></header>\n", sections));
        return table.text() + "\n" + file + "\n";
    }

    private List<String> heads() {
        List<String> heads = new ArrayList<>(List.of("run", "activation", "source WER %", "target WER %", "hypo %, before", "hypo %", "hyper %, before", "hyper %"));
        SETS.forEach(set -> heads.add("without " + set));
        heads.addAll(Contrast.DECLARED);
        return heads;
    }

    private List<String> cells(Results run) {
        List<String> cells = new ArrayList<>(List.of(String.valueOf(run.folder().getFileName()), activation(run)));
        ArmResult base = ArmResult.of(run).values().stream().findFirst().orElse(List.of()).stream().filter(r -> r.arm().equals("A0")).findFirst().orElse(null);
        cells.add(base == null ? Text.HOLE : Text.fixed(base.sourceWer(), 2));
        cells.add(base == null ? Text.HOLE : Text.fixed(base.wer(), 2));
        for (String kind : List.of("hypo", "hyper")) {
            for (String model : List.of("initial", "trained")) {
                List<Csv.Row> rows = run.rows("saturation").stream().filter(r -> r.text("model").equals(model)).toList();
                cells.add(rows.isEmpty() ? Text.HOLE : Text.fixed(100 * ArmResult.sum(rows, kind) / ArmResult.sum(rows, "width"), 1));
            }
        }
        SETS.forEach(set -> cells.add(removed(run, set)));
        List<Contrast> contrasts = Contrast.of(run);
        Contrast.DECLARED.forEach(name -> cells.add(Contrast.overall(contrasts, name).map(Contrast::numbers).orElse(Text.HOLE)));
        return cells;
    }

    private static String activation(Results run) {
        return run.run().map(r -> r.options().getOrDefault("net", "")).map(net -> net.replaceAll(".*\"activation\": *\"([a-z]+)\".*", "$1")).orElse(Text.HOLE);
    }

    /// Target WER with the largest share of the whole network removed, mean-fold, less that of the whole network on the same utterances.
    private static String removed(Results run, String set) {
        List<Csv.Row> rows = run.rows("removal").stream().filter(r -> run.targets().contains(r.text("condition")) && r.text("layer").equals("all")).toList();
        double share = share(run);
        List<Csv.Row> without = rows.stream().filter(r -> r.text("set").equals(set) && r.text("mode").equals("mean-fold") && r.number("share") == share).toList();
        double whole = ArmResult.wer(rows.stream().filter(r -> r.text("set").equals("none")).toList(), "");
        return Text.signed(ArmResult.wer(without, "") - whole, 2);
    }

    private static double share(Results run) {
        return run.rows("removal").stream().filter(r -> r.text("layer").equals("all")).mapToDouble(r -> r.number("share")).max().orElse(Double.NaN);
    }

    private String html() {
        HtmlTable table = new HtmlTable(heads().stream().map(head -> head.equals("run") || head.equals("activation") ? head : "|" + head).toArray(String[]::new));
        runs.forEach(run -> table.row(cells(run).toArray(String[]::new)));
        String shares = runs.stream().map(run -> Text.significant(100 * share(run)) + " %").distinct().collect(Collectors.joining(", "));
        return table + Html.note("Target: all target conditions, nothing adapted. Hypo, hyper: neurons active on at most 5 %, at least 95 % of the frames, before and after "
            + "training; active means above 0.5 for the sigmoid and above 0 for the others. Without: points of target WER when " + shares
            + " of the neurons are removed, their mean folded into the next bias. Contrasts: points of target WER with 95 % intervals; negative is better.");
    }

    private String holes() {
        StringBuilder out = new StringBuilder();
        for (Results run : runs) for (String problem : run.problems()) out.append(Html.item(run.folder().getFileName() + ": " + problem));
        return out.isEmpty() ? Html.paragraph("None: every table of all runs is there.") : "<ul class=\"problems\">" + out + "</ul>\n";
    }

    /// One line a quantity, one column a run.
    private String text() {
        List<String> heads = heads();
        List<List<String>> columns = runs.stream().map(this::cells).toList();
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < heads.size(); i++) {
            StringBuilder line = new StringBuilder(String.format("%-18s", heads.get(i)));
            for (List<String> column : columns) line.append(String.format("  %-24s", column.get(i)));
            out.append(line.toString().stripTrailing()).append('\n');
        }
        return out.toString();
    }
}
