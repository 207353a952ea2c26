package org.hyperhypo.experiments.report;

import java.util.List;

/// The sections of the report on a map of networks.
final class MapSections {
    private MapSections() {}

    static String benefit(MapResults map) {
        if (map.usable().isEmpty()) return ReportPage.nothing("results/map.csv");
        StringBuilder out = new StringBuilder();
        for (String share : List.of("saturated", "learned")) {
            out.append("<h3>").append(share.equals("saturated") ? "Over all saturated neurons" : "Over those that training saturated").append("</h3>\n<div class=\"panels\">\n");
            for (String contrast : MapResults.CONTRASTS.subList(0, 4)) panel(out, map, contrast, share, true);
            out.append("</div>\n");
        }
        return out.append(Html.note("A point is a network, all its seeds and target conditions together; up is better. Benefit is minus the difference that the tables show. "
            + "Lines: 95 % intervals, paired bootstrap over utterances. Grey: least to greatest draw of random neurons in place of the hyper and hypo ones.")).toString();
    }

    private static void panel(StringBuilder out, MapResults map, String contrast, String share, boolean band) {
        out.append("<div><h4>").append(Html.escape(MapResults.label(contrast))).append(band ? "" : ", closer").append("</h4>")
            .append(MapPictures.benefit(map, contrast, share, band, 440).inline()).append("</div>\n");
    }

    static String removal(MapResults map) {
        if (map.usable().isEmpty()) return ReportPage.nothing("results/map.csv");
        StringBuilder out = new StringBuilder("<div class=\"panels\">\n");
        panel(out, map, "removal-A0", "saturated", true);
        panel(out, map, "removal-A0", "saturated", false);
        out.append("</div>\n");
        HtmlTable table = new HtmlTable("network", ">saturated", ">whole", ">removed, mean folded", ">random, mean folded", ">removed, zeroed", ">random, zeroed",
            "|removed − whole", "|removed − random");
        for (Csv.Row row : map.usable()) {
            if (Double.isNaN(row.number("removed_wer"))) continue;
            table.row(row.text("network"), Text.percent(row.number("saturated"), 1), wer(row, "target_wer"), wer(row, "removed_wer"), wer(row, "removed_random_wer"),
                wer(row, "zeroed_wer"), wer(row, "zeroed_random_wer"), numbers(map, row, "removal-A0"), numbers(map, row, "removal-random"));
        }
        return out.append(Html.note("All saturated neurons at once, word error rate over all target conditions. Mean folded: the neuron’s mean output moves into the next "
            + "layer’s biases. Random: as many of every layer, mean over the draws. Networks without a saturated neuron have nothing to remove."))
            .append(table.isEmpty() ? "" : table).toString();
    }

    static String origins(MapResults map) {
        if (map.networks().isEmpty()) return ReportPage.nothing("results/map.csv");
        return Html.figure(MapPictures.origins(map), "Saturated: active on at most 5 % or at least 95 % of the frames of clean development speech, after training. Inherited: so "
            + "before training already. “Before”: the share before training, most of which training frees. Were it chance which neurons are saturated after, that share of them would be called inherited: where it is near 100 %, being inherited says little.");
    }

    static String axes(MapResults map) {
        StringBuilder out = new StringBuilder();
        MapPictures.alongAxes(map).forEach((axis, rows) -> out.append("<h3>").append(Html.escape(axis)).append("</h3>\n<div class=\"panels\">\n<div>")
            .append(MapPictures.shares(axis, rows).inline()).append("</div>\n<div>").append(MapPictures.benefits(map, axis, rows).inline()).append("</div>\n</div>\n")
            .append(Html.note("The others: " + MapPictures.others(rows.getFirst(), axis) + ".")));
        return out.isEmpty() ? Html.paragraph("No two networks differ in one thing alone.") : out.append(Html.note("Framed: demonstrated. Each picture has its own scale of "
            + "colours; dark is much.")).toString();
    }

    static String networks(MapResults map) {
        if (map.networks().isEmpty()) return ReportPage.nothing("results/map.csv");
        HtmlTable table = new HtmlTable("network", ">seeds", ">before", ">saturated", ">hypo", ">hyper", ">learned", ">clean", ">A0", ">A1", "|A7 − A1", "|A7 − A9", "|A7 − A8",
            "|A6 − A3");
        for (Csv.Row row : map.networks()) {
            boolean claimed = MapResults.CONTRASTS.subList(0, 5).stream().anyMatch(contrast -> map.holds(row, contrast));
            table.styled(claimed ? "key" : "", row.text("network") + (row.number("usable") == 1 ? "" : " (not learned)"), Text.count(row.number("seeds")),
                Text.percent(row.number("initial"), 1), Text.percent(row.number("saturated"), 1), Text.percent(row.number("hypo"), 1), Text.percent(row.number("hyper"), 1),
                Text.percent(row.number("learned"), 1), wer(row, "clean_wer"), wer(row, "target_wer"), wer(row, "blind_wer"), numbers(map, row, "A7-A1"),
                numbers(map, row, "A7-A9"), numbers(map, row, "A7-A8"), numbers(map, row, "A6-A3"));
        }
        return table + Html.note("Shares of the hidden FC neurons before and after training; WER in percent on clean speech, and in the target conditions as it is (A0) and blindly "
            + "adapted (A1); differences in points with 95 % interval, * where the benefit is demonstrated.");
    }

    static String correlations(MapResults map) {
        HtmlTable table = new HtmlTable("benefit", "with share", ">networks", ">ρ", ">p", ">p after Holm");
        for (Csv.Row row : map.results().rows("map-correlations")) {
            table.styled(row.number("p_holm") <= 0.05 ? "key" : "", MapResults.label(row.text("contrast")), row.text("by"), Text.count(row.number("networks")),
                Text.signed(row.number("spearman"), 2), Text.probability(row.number("p")), Text.probability(row.number("p_holm")));
        }
        return table.isEmpty() ? ReportPage.nothing("results/map-correlations.csv") : table + Html.note("Spearman’s rank correlation of benefit and share over the networks; "
            + "positive: the more saturated, the more benefit.");
    }

    static String change(MapResults map) {
        StringBuilder out = new StringBuilder("<ul>");
        out.append(Html.item("Networks outside of the range tried: another grid (--grid FILE) goes on in the same folder with --resume, and only its new networks are trained."));
        out.append(Html.item("More seeds (--seeds) and more test words: they narrow the intervals, and what is called “nowhere” may begin somewhere."));
        out.append(Html.item("Learning rates of adaptation: every network was adapted at the same two, one for everything and one for chosen neurons."));
        out.append(Html.item("The tails: adaptation chose the same share of every layer from either end, saturated or not; removal took out every saturated neuron."));
        boolean synthetic = map.results().run().map(RunRecord::syntheticSpeech).orElse(false);
        if (synthetic) out.append(Html.item("Recorded speech: this corpus was made by a synthesiser (--data takes a recorded one)."));
        return out.append("</ul>\n").toString();
    }

    static String conditions(MapResults map) {
        HtmlTable table = new HtmlTable("condition", "kind", "what was done");
        for (Csv.Row row : map.results().rows("conditions")) table.row(row.text("name"), row.text("kind"), row.text("description"));
        return table.isEmpty() ? ReportPage.nothing("results/conditions.csv") : table.toString();
    }

    private static String wer(Csv.Row row, String column) {
        return Text.fixed(row.number(column), 2);
    }

    static String numbers(MapResults map, Csv.Row network, String contrast) {
        return map.contrast(network, contrast).map(c -> Text.signed(c.number("difference"), 2) + " " + Text.interval(c.number("low"), c.number("high"))
            + (c.number("holds") == 1 ? " *" : "")).orElse(Text.HOLE);
    }
}
