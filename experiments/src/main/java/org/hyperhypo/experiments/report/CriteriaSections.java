package org.hyperhypo.experiments.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Do pruning criteria find hyper and hypo neurons: criterion × layer × kind.
final class CriteriaSections {
    private static final double FOUND = 0.9;

    private CriteriaSections() {}

    static String table(Results results) {
        List<Csv.Row> rows = results.rows("criteria");
        if (rows.isEmpty()) return ReportPage.nothing("results/criteria.csv");
        return Html.paragraph("Hypo and hyper neurons were chosen by their activity on one half of the development speech, every criterion was "
            + "computed on the other half. AUC is the chance that a criterion ranks a tail neuron before another one: 0.5 is blind, 1 finds "
            + "the tail exactly, below 0.5 points the other way. Hypo neurons are looked for where a criterion is lowest; hyper neurons where it is "
            + "highest, but for entropies and the like, which are low for always-on and always-off neurons alike, where it is lowest too.")
            + Html.paragraph(found(results, rows, "hypo")) + Html.paragraph(found(results, rows, "hyper"))
            + "<div class=\"panels\">" + map(results, rows, "hypo") + map(results, rows, "hyper") + "</div>\n"
            + Html.note("Framed: outside the middle 95 % of 999 permutations in every replicate. Numbers are means over replicates; layers together are "
            + "compared by rank within the layer. No correction for the number of cells: about one frame in twenty cells would be drawn by chance.")
            + Html.details("The numbers, all layers together", numbers(results, rows));
    }

    /// Which criteria find a tail, which are blind to it, and which point the other way, in every replicate.
    private static String found(Results results, List<Csv.Row> rows, String kind) {
        List<String> find = new ArrayList<>();
        List<String> blind = new ArrayList<>();
        List<String> against = new ArrayList<>();
        for (String criterion : results.distinct("criteria", "criterion")) {
            List<Csv.Row> mine = rows.stream().filter(r -> r.text("criterion").equals(criterion) && r.text("kind").equals(kind)
                && r.text("layer").equals("all") && !Double.isNaN(r.number("auc"))).toList();
            if (mine.isEmpty()) continue;
            if (mine.stream().allMatch(r -> r.number("auc") >= FOUND)) find.add(name(criterion));
            else if (mine.stream().allMatch(r -> r.number("auc") >= r.number("null_low") && r.number("auc") <= r.number("null_high"))) blind.add(name(criterion));
            else if (mine.stream().allMatch(r -> r.number("auc") < r.number("null_low"))) against.add(name(criterion));
        }
        return "Find " + kind + " neurons (AUC of " + Text.fixed(FOUND, 1) + " or more in every replicate): " + listed(find) + ". No better than chance in any replicate: "
            + listed(blind) + ". Point the other way in all: " + listed(against) + ".";
    }

    private static String listed(List<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    private static String map(Results results, List<Csv.Row> all, String kind) {
        List<Csv.Row> rows = all.stream().filter(r -> r.text("kind").equals(kind)).toList();
        List<String> criteria = results.distinct("criteria", "criterion");
        List<String> layers = results.distinct("criteria", "layer");
        double[][] auc = new double[criteria.size()][layers.size()];
        Set<Integer> framed = new HashSet<>();
        for (int c = 0; c < criteria.size(); c++) {
            for (int l = 0; l < layers.size(); l++) {
                String criterion = criteria.get(c);
                String layer = layers.get(l);
                List<Csv.Row> cell = rows.stream().filter(r -> r.text("criterion").equals(criterion) && r.text("layer").equals(layer)).toList();
                auc[c][l] = ArmResult.mean(cell, "auc");
                boolean outside = !cell.isEmpty() && cell.stream().allMatch(r -> r.number("auc") < r.number("null_low") || r.number("auc") > r.number("null_high"));
                if (outside) framed.add(c * layers.size() + l);
            }
        }
        return "<div><h3>" + (kind.equals("hypo") ? "Finding hypo neurons" : "Finding hyper neurons") + "</h3>"
            + HeatMap.draw("AUC of every criterion for finding " + kind + " neurons", "", criteria.stream().map(CriteriaSections::name).toList(), "AUC in layer",
            layers, auc, framed, 2).inline() + "</div>\n";
    }

    private static String name(String column) {
        return column.replace('_', ' ');
    }

    private static String numbers(Results results, List<Csv.Row> rows) {
        HtmlTable table = new HtmlTable("criterion", "formula", "kind", ">AUC", "|blind 95 %", ">p", ">found", ">expected", ">of", ">precision", ">p",
            ">Spearman with r", ">with |r − ½|");
        for (String criterion : results.distinct("criteria", "criterion")) {
            for (String kind : List.of("hypo", "hyper")) {
                List<Csv.Row> mine = new ArrayList<>(rows.stream().filter(r -> r.text("criterion").equals(criterion) && r.text("kind").equals(kind)
                    && r.text("layer").equals("all")).toList());
                if (mine.isEmpty()) continue;
                double worst = mine.stream().mapToDouble(r -> r.number("auc_p")).max().orElse(Double.NaN);
                double worstOverlap = mine.stream().mapToDouble(r -> r.number("overlap_p")).max().orElse(Double.NaN);
                table.row(name(criterion), mine.getFirst().text("formula"), kind, Text.fixed(ArmResult.mean(mine, "auc"), 3),
                    Text.interval(ArmResult.mean(mine, "null_low"), ArmResult.mean(mine, "null_high")), Text.probability(worst),
                    Text.significant(ArmResult.mean(mine, "overlap")), Text.significant(ArmResult.mean(mine, "expected")),
                    Text.significant(ArmResult.mean(mine, "tail")), Text.fixed(ArmResult.mean(mine, "precision"), 2), Text.probability(worstOverlap),
                    Text.signed(ArmResult.mean(mine, "spearman_rate"), 2), Text.signed(ArmResult.mean(mine, "spearman_extreme"), 2));
            }
        }
        return table + Html.note("Found: of as many neurons as the tail has, taken where the criterion points, those in the tail; expected: by a blind choice, "
            + "with the hypergeometric p. Each p is the largest of the replicates.");
    }
}
