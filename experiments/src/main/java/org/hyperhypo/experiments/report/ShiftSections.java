package org.hyperhypo.experiments.report;

import java.util.List;

/// What becomes of the neurons in another domain.
final class ShiftSections {
    private static final List<String> KINDS = List.of("hypo", "hyper", "other");

    private ShiftSections() {}

    static String shift(Results results) {
        List<Csv.Row> rows = results.rows("shift");
        if (rows.isEmpty()) return ReportPage.nothing("results/shift.csv");
        StringBuilder panels = new StringBuilder("<div class=\"panels\">\n");
        for (String condition : results.conditionsOf("shift")) {
            ForestPlot plot = new ForestPlot("Shift of activity: " + condition, "mean |μ target − μ source| / σ source").width(Html.panelWidth(3));
            for (String layer : results.distinct("shift", "layer")) {
                plot.add(ForestPlot.Row.heading(layer));
                for (String kind : KINDS) {
                    List<Csv.Row> mine = rows.stream().filter(r -> r.text("condition").equals(condition) && r.text("layer").equals(layer)
                        && r.text("kind").equals(kind)).toList();
                    double[] each = mine.stream().mapToDouble(r -> r.number("mean_abs_shift")).filter(v -> !Double.isNaN(v)).sorted().toArray();
                    double mean = ArmResult.mean(mine, "mean_abs_shift");
                    plot.add(new ForestPlot.Row(kind, mean, each.length == 0 ? Double.NaN : each[0], each.length == 0 ? Double.NaN : each[each.length - 1], each,
                        kind.equals("other") ? "soft" : kind, Text.significant(mean)));
                }
            }
            panels.append("<div><h4>").append(Html.escape(condition)).append("</h4>").append(plot.draw().inline()).append("</div>\n");
        }
        HtmlTable table = new HtmlTable("condition", "kind", ">mean shift, σ", ">mean divergence, bits", ">still of the kind, %");
        for (String condition : results.conditionsOf("shift")) {
            for (String kind : KINDS) {
                List<Csv.Row> mine = rows.stream().filter(r -> r.text("condition").equals(condition) && r.text("kind").equals(kind)).toList();
                table.row(condition, kind, Text.significant(ArmResult.mean(mine, "mean_abs_shift")), Text.significant(ArmResult.mean(mine, "mean_divergence")),
                    Text.fixed(100 * ArmResult.mean(mine, "still"), 0));
            }
        }
        return panels.append("</div>\n").append(Html.note("Clean test speech of the source domain against speech of the target condition. Dot: mean over replicates, bar: least to "
            + "greatest. Hypo and hyper: the tails by activity rate. Divergence: Jensen-Shannon, between the histograms of outputs; 0 where "
            + "they agree, 1 where they share no bin. Still of the kind: the share of the neurons that the activity rate on target speech puts into the same tail.")).append(table).toString();
    }
}
