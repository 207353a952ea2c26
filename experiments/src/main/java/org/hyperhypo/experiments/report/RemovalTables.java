package org.hyperhypo.experiments.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/// Removal of chosen neurons against removal of as many random ones, set by set and layer by layer.
final class RemovalTables {
    private RemovalTables() {}

    /// Where each set stands among the random draws of its share and mode.
    static String againstRandom(Results results, List<Csv.Row> rows) {
        List<String> conditions = results.conditionsOf("removal");
        String[] heads = new String[conditions.size() + 3];
        heads[0] = "set";
        heads[1] = "mode";
        heads[2] = ">share, %";
        for (int i = 0; i < conditions.size(); i++) heads[3 + i] = ">" + conditions.get(i);
        HtmlTable table = new HtmlTable(heads);
        rows.stream().filter(r -> !r.text("set").equals("none")).map(r -> List.of(r.text("share"), r.text("mode"), r.text("set"))).distinct().sorted((a, b) -> {
            int byShare = Double.compare(Double.parseDouble("0" + a.get(0)), Double.parseDouble("0" + b.get(0)));
            return byShare != 0 ? byShare : a.get(1).compareTo(b.get(1));
        }).forEach(key -> {
            List<Csv.Row> group = RemovalSections.select(rows, r -> r.text("share").equals(key.get(0)) && r.text("mode").equals(key.get(1)));
            String[] cells = new String[heads.length];
            cells[0] = key.get(2);
            cells[1] = key.get(1);
            cells[2] = Text.significant(100 * group.getFirst().number("share"));
            for (int i = 0; i < conditions.size(); i++) {
                String condition = conditions.get(i);
                cells[3 + i] = cell(key.get(2), RemovalSections.select(group, r -> r.text("condition").equals(condition)));
            }
            table.row(cells);
        });
        return "<h3>Against random neurons</h3>\n" + table + Html.note("WER in percent, all replicates together; in brackets the rank among the random draws of "
            + "the same share and mode (1 of 11 is better than all ten draws; ties count against the set). Random: mean ± standard deviation over draws.");
    }

    private static String cell(String set, List<Csv.Row> rows) {
        double[] random = draws(RemovalSections.select(rows, r -> r.text("set").equals("random")));
        if (set.equals("random")) {
            double mean = DoubleStream.of(random).average().orElse(Double.NaN);
            double variance = DoubleStream.of(random).map(v -> (v - mean) * (v - mean)).sum() / (random.length - 1);
            return random.length == 0 ? Text.HOLE : Text.fixed(mean, 2) + (random.length < 2 ? "" : " ± " + Text.fixed(Math.sqrt(variance), 2));
        }
        double wer = ArmResult.wer(RemovalSections.select(rows, r -> r.text("set").equals(set)), "");
        if (Double.isNaN(wer) || random.length == 0) return Text.fixed(wer, 2);
        return Text.fixed(wer, 2) + " [" + (1 + Arrays.stream(random).filter(v -> v <= wer).count()) + " of " + (random.length + 1) + "]";
    }

    /// WER of every draw, replicates together.
    private static double[] draws(List<Csv.Row> rows) {
        return rows.stream().map(r -> r.text("draw")).distinct()
            .mapToDouble(draw -> ArmResult.wer(RemovalSections.select(rows, r -> r.text("draw").equals(draw)), "")).filter(v -> !Double.isNaN(v)).toArray();
    }

    /// One layer at a time, over all target conditions; empty where the sweep did not go through single layers.
    static String perLayer(Results results) {
        List<Csv.Row> rows = RemovalSections.select(results.rows("removal"), r -> !r.text("layer").equals("all") && results.targets().contains(r.text("condition")));
        if (rows.isEmpty()) return "";
        List<String> sets = List.of("hypo", "hyper", "both", "random");
        HtmlTable table = new HtmlTable("layer", "mode", ">share, %", ">hypo", ">hyper", ">both", ">random");
        rows.stream().map(r -> List.of(r.text("layer"), r.text("mode"), r.text("share"))).distinct().forEach(key -> {
            List<Csv.Row> group = RemovalSections.select(rows, r -> List.of(r.text("layer"), r.text("mode"), r.text("share")).equals(key));
            String[] cells = {key.get(0), key.get(1), Text.significant(100 * group.getFirst().number("share")), "", "", "", ""};
            for (int i = 0; i < sets.size(); i++) cells[3 + i] = cell(sets.get(i), group);
            table.row(cells);
        });
        return "<h3>Single layers, all target conditions</h3>\n" + table;
    }
}
