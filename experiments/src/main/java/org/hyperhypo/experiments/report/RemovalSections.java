package org.hyperhypo.experiments.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/// What removing neurons without retraining does: WER against the share removed, and the compacted network.
final class RemovalSections {
    private static final List<String> SETS = List.of("random", "middle", "both", "hyper", "hypo");

    private RemovalSections() {}

    static String sweep(Results results) {
        List<Csv.Row> rows = wholeNetwork(results);
        if (rows.isEmpty()) return ReportPage.nothing("results/removal.csv");
        StringBuilder out = new StringBuilder();
        double width = Html.panelWidth(results.conditionsOf("removal").size());
        for (String mode : results.distinct("removal", "mode").stream()
            .filter(m -> rows.stream().anyMatch(r -> r.text("mode").equals(m) && !r.text("set").equals("none"))).toList()) {
            out.append("<h3>").append(Html.escape(modeTitle(mode))).append("</h3>\n<div class=\"panels\">\n");
            for (String condition : results.conditionsOf("removal")) {
                out.append("<div><h4>").append(Html.escape(condition)).append("</h4>")
                    .append(panel(rows, mode, condition, width).draw().inline()).append("</div>\n");
            }
            out.append("</div>\n");
        }
        return out.append(Html.note("The share is of the neurons of every hidden fully connected layer; “both” takes half of it from "
            + "either end. Dashed: nothing removed. Grey band: least to greatest "
            + "random draw; the grey line is their mean. Each panel has its own scale. “Lowest …”: the neurons with the smallest value of a pruning criterion. "
            + "All sets are scored on the same part of the test utterances (" + Text.count(sweptWords(rows)) + " words in each condition, all replicates "
            + "together); the contrast of the best removal with the whole network uses all of them."))
            .append(RemovalTables.againstRandom(results, rows)).append(RemovalTables.perLayer(results))
            .append(Html.details("The numbers", numbers(results, rows))).toString();
    }

    /// The rows in which neurons of all layers were removed at once.
    static List<Csv.Row> wholeNetwork(Results results) {
        return select(results.rows("removal"), r -> r.text("layer").equals("all"));
    }

    private static double sweptWords(List<Csv.Row> rows) {
        List<Csv.Row> none = select(rows, r -> r.text("set").equals("none"));
        return none.stream().map(r -> r.text("condition")).distinct()
            .mapToDouble(c -> ArmResult.sum(select(none, r -> r.text("condition").equals(c)), "words")).average().orElse(Double.NaN);
    }

    private static String modeTitle(String mode) {
        return switch (mode) {
            case "zero" -> "Set to zero";
            case "mean-fold" -> "Replaced by their mean, folded into the next layer’s bias";
            default -> mode;
        };
    }

    static LinePlot panel(List<Csv.Row> rows, String mode, String condition, double width) {
        LinePlot plot = new LinePlot("WER against share removed, " + mode + ", " + condition, "share of neurons removed, %", "WER, %")
            .size(width, 250);
        double none = ArmResult.wer(select(rows, r -> r.text("set").equals("none") && r.text("condition").equals(condition)), "");
        plot.reference(none);
        List<String> sets = rows.stream().map(r -> r.text("set")).filter(s -> !s.equals("none")).distinct()
            .sorted((a, b) -> SETS.indexOf(a) - SETS.indexOf(b)).toList();
        for (String set : sets) {
            List<Csv.Row> mine = select(rows, r -> r.text("set").equals(set) && r.text("mode").equals(mode)
                && r.text("condition").equals(condition));
            double[] shares = mine.stream().mapToDouble(r -> r.number("share")).filter(s -> !Double.isNaN(s)).distinct().sorted().toArray();
            if (shares.length == 0) continue;
            boolean start = !Double.isNaN(none) && shares[0] > 0;
            int first = start ? 1 : 0;
            double[] x = new double[shares.length + first];
            double[][] y = new double[3][x.length];
            if (start) for (double[] line : y) line[0] = none;
            for (int i = 0; i < shares.length; i++) {
                double share = shares[i];
                List<Csv.Row> here = select(mine, r -> r.number("share") == share);
                double[] draws = here.stream().map(r -> r.text("draw")).distinct()
                    .mapToDouble(d -> ArmResult.wer(select(here, r -> r.text("draw").equals(d)), ""))
                    .filter(v -> !Double.isNaN(v)).toArray();
                x[i + first] = 100 * share;
                y[0][i + first] = ArmResult.wer(here, "");
                y[1][i + first] = Arrays.stream(draws).min().orElse(Double.NaN);
                y[2][i + first] = Arrays.stream(draws).max().orElse(Double.NaN);
            }
            boolean band = set.equals("random");
            plot.add(new LinePlot.Line(set, style(set), x, y[0], band ? y[1] : null, band ? y[2] : null));
        }
        return plot;
    }

    static List<Csv.Row> select(List<Csv.Row> rows, Predicate<Csv.Row> filter) {
        return rows.stream().filter(filter).toList();
    }

    static String style(String set) {
        return SETS.contains(set) ? set : "main";
    }

    private static String numbers(Results results, List<Csv.Row> rows) {
        List<String> conditions = results.conditionsOf("removal");
        String[] heads = new String[conditions.size() + 7];
        heads[0] = "set";
        heads[1] = "mode";
        heads[2] = ">share, %";
        heads[3] = ">removed";
        for (int i = 0; i < conditions.size(); i++) heads[4 + i] = ">WER %, " + conditions.get(i);
        heads[heads.length - 3] = ">frames right, %";
        heads[heads.length - 2] = ">cross entropy";
        heads[heads.length - 1] = ">draws";
        HtmlTable table = new HtmlTable(heads);
        rows.stream().map(r -> List.of(r.text("set"), r.text("mode"), r.text("share"))).distinct().forEach(key -> {
            List<Csv.Row> mine = select(rows, r -> List.of(r.text("set"), r.text("mode"), r.text("share")).equals(key));
            String[] cells = new String[heads.length];
            cells[0] = key.get(0);
            cells[1] = key.get(1);
            cells[2] = Text.significant(100 * mine.getFirst().number("share"));
            cells[3] = Text.count(ArmResult.mean(mine, "removed"));
            for (int i = 0; i < conditions.size(); i++) {
                String condition = conditions.get(i);
                cells[4 + i] = Text.fixed(ArmResult.wer(select(mine, r -> r.text("condition").equals(condition)), ""), 2);
            }
            cells[heads.length - 3] = Text.fixed(100 * ArmResult.mean(mine, "frame_accuracy"), 1);
            cells[heads.length - 2] = Text.fixed(ArmResult.mean(mine, "cross_entropy"), 3);
            cells[heads.length - 1] = Text.count(mine.stream().map(r -> r.text("draw")).distinct().count());
            table.row(cells);
        });
        return table.toString();
    }

    static String compaction(Results results) {
        List<Csv.Row> rows = results.rows("compact");
        if (rows.isEmpty()) return ReportPage.nothing("results/compact.csv");
        HtmlTable table = new HtmlTable("removed", "mode", ">share, %", ">parameters", ">of before", ">MFLOP per frame", ">of before",
            ">µs per frame", ">speed-up", ">max difference");
        rows.stream().map(r -> List.of(r.text("set"), r.text("mode"), r.text("share"))).distinct().forEach(key -> {
            List<Csv.Row> mine = select(rows, r -> List.of(r.text("set"), r.text("mode"), r.text("share")).equals(key));
            double p0 = ArmResult.mean(mine, "parameters_before");
            double p1 = ArmResult.mean(mine, "parameters_after");
            double f0 = ArmResult.mean(mine, "flops_before");
            double f1 = ArmResult.mean(mine, "flops_after");
            double t0 = ArmResult.mean(mine, "micros_before");
            double t1 = ArmResult.mean(mine, "micros_after");
            double worst = mine.stream().mapToDouble(r -> r.number("max_difference")).filter(v -> !Double.isNaN(v)).max()
                .orElse(Double.NaN);
            table.row(key.get(0), key.get(1), Text.significant(100 * mine.getFirst().number("share")), Text.count(p1),
                Text.percent(p1 / p0, 0), Text.fixed(f1 / 1e6, 2),
                Text.percent(f1 / f0, 0), Text.fixed(t1, 1), Double.isNaN(t0 / t1) ? Text.HOLE : Text.fixed(t0 / t1, 2) + " ×",
                worst == 0 ? "0" : Double.isNaN(worst) ? Text.HOLE : String.format(Locale.ROOT, "%.0e", worst));
        });
        return table + Html.note("Mean over replicates. The compacted network lacks the removed neurons physically; “max difference” is "
            + "the greatest difference of any output to the masked network.");
    }
}
