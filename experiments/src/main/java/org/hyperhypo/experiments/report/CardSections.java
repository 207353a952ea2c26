package org.hyperhypo.experiments.report;

import java.util.List;

/// What single neurons respond to, as cards: the spectrogram around their most telling frames, and the states they follow.
final class CardSections {
    private static final double CELL = 3;

    private CardSections() {}

    static String cards(Results results) {
        List<Csv.Row> rows = results.rows("cards");
        if (rows.isEmpty()) return ReportPage.nothing("results/cards.csv");
        String first = rows.getFirst().text("replicate");
        StringBuilder out = new StringBuilder(Html.paragraph("The most hypo and the most hyper neuron of every layer. Pictures: the features around four frames "
            + "of different utterances, low bands at the bottom, the frame itself in the middle; of a hypo neuron those on which it is most active, of "
            + "a hyper neuron those on which it is least. R²: how much of the output's variance the state label alone explains.")).append("<div class=\"panels\">\n");
        rows.stream().filter(r -> r.text("replicate").equals(first)).map(r -> List.of(r.text("layer"), r.text("neuron"), r.text("kind"))).distinct()
            .forEach(key -> out.append(card(rows.stream().filter(r -> r.text("replicate").equals(first)
                && List.of(r.text("layer"), r.text("neuron"), r.text("kind")).equals(key)).toList())));
        return out.append("</div>\n").append(Html.note("Features are normalised: the scale runs from −2 to 2 standard deviations." + (results.distinct("cards", "replicate").size() > 1
            ? " Cards of the other replicates are in results/cards.csv." : ""))).toString();
    }

    private static String card(List<Csv.Row> rows) {
        Csv.Row head = rows.getFirst();
        StringBuilder out = new StringBuilder("<div class=\"narrow\"><h4>").append(Html.escape(head.text("layer") + " neuron " + head.text("neuron") + ", " + head.text("kind")))
            .append("</h4>");
        out.append(patches(rows).inline());
        String states = head.text("states").isEmpty() ? Text.HOLE : head.text("states");
        out.append(Html.note("activity rate " + Text.significant(head.number("rate")) + ", output " + Text.significant(head.number("mean")) + " ± "
            + Text.significant(head.number("sd")) + ", R² of the state " + Text.fixed(head.number("r2"), 2) + "; states with the "
            + (head.text("kind").equals("hyper") ? "lowest" : "highest") + " mean output: " + states));
        return out.append("</div>\n").toString();
    }

    /// The patches of one card side by side.
    static Svg patches(List<Csv.Row> rows) {
        int bands = (int) Math.max(1, rows.stream().mapToDouble(r -> r.number("bands")).filter(Double::isFinite).max().orElse(1));
        int width = Math.max(1, rows.stream().mapToInt(r -> r.text("patch").length()).max().orElse(1) / bands);
        double step = Math.max(84, width * CELL + 10);
        Svg svg = new Svg(step * rows.size(), bands * CELL + 34, "Features around " + rows.size() + " frames");
        for (int i = 0; i < rows.size(); i++) {
            Csv.Row row = rows.get(i);
            svg.text(i * step, 12, row.text("state").isEmpty() ? "frame " + row.text("frame") : row.text("state"), "label");
            svg.text(i * step, 26, Text.significant(row.number("output")), "tick");
            patch(svg, row.text("patch"), bands, i * step, 32, row.text("utterance") + ", frame " + row.text("frame"));
        }
        return svg;
    }

    /// One path a colour; cells of one colour that lie side by side are one run. Characters that are no level are left out.
    private static void patch(Svg svg, String patch, int bands, double left, double top, String tip) {
        int width = patch.length() / bands;
        StringBuilder[] paths = new StringBuilder[HeatMap.LEVELS];
        for (int band = 0; band < bands; band++) {
            double y = top + (bands - 1 - band) * CELL;
            for (int from = 0; from < width;) {
                int level = Character.digit(patch.charAt(band * width + from), HeatMap.LEVELS);
                int to = from + 1;
                while (to < width && Character.digit(patch.charAt(band * width + to), HeatMap.LEVELS) == level) to++;
                if (level >= 0) {
                    paths[level] = paths[level] == null ? new StringBuilder() : paths[level];
                    paths[level].append('M').append(Svg.n(left + from * CELL)).append(' ').append(Svg.n(y)).append('h').append(Svg.n((to - from) * CELL))
                        .append('v').append(Svg.n(CELL)).append('h').append(Svg.n((from - to) * CELL)).append('z');
                }
                from = to;
            }
        }
        for (int level = 0; level < paths.length; level++) {
            if (paths[level] != null) svg.path(paths[level].toString(), "s" + level, tip);
        }
    }
}
