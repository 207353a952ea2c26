package org.hyperhypo.experiments.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The report on a map of networks: question, answer in two sentences, pictures, tables.
final class MapReport {
    private MapReport() {}

    /// Writes `report.html` and `results.json` into the run's folder; returns the page.
    static Path write(Path folder) throws IOException {
        MapResults map = MapResults.read(folder);
        AtomicFile.write(folder.resolve(Report.PAGE), html(map));
        Json.write(folder.resolve(Report.NUMBERS), numbers(map));
        return folder.resolve(Report.PAGE);
    }

    /// For a terminal: the answer, the networks, where the report is.
    static String summary(Path folder) {
        MapResults map = MapResults.read(folder);
        MapAnswer answer = MapAnswer.of(map);
        StringBuilder out = new StringBuilder(title(map)).append("\n\n").append(answer.where()).append('\n').append(answer.why()).append("\n\n");
        List<String[]> rows = new ArrayList<>(List.<String[]>of(new String[] {"network", "saturated", "learned", "clean", "A0", "A7 − A1", "A7 − A9", "A7 − A8", "A6 − A3",
            "removed − whole"}));
        for (Csv.Row row : map.networks()) {
            List<String> cells = new ArrayList<>(List.of(row.text("network"), Text.percent(row.number("saturated"), 1), Text.percent(row.number("learned"), 1),
                Text.fixed(row.number("clean_wer"), 2), Text.fixed(row.number("target_wer"), 2)));
            for (String contrast : MapResults.CONTRASTS.subList(0, 5)) {
                cells.add(map.contrast(row, contrast).map(c -> Text.signed(c.number("difference"), 2) + (c.number("holds") == 1 ? "*" : "")).orElse(Text.HOLE));
            }
            rows.add(cells.toArray(String[]::new));
        }
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < row.length; c++) {
                int column = c;
                int width = rows.stream().mapToInt(r -> r[column].length()).max().orElse(0);
                line.append(c == 0 ? row[c] : "  ").append(" ".repeat(width - row[c].length())).append(c == 0 ? "" : row[c]);
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
        return out.append("\n* benefit demonstrated (negative: fewer errors)\n\nreport: ").append(folder.resolve(Report.PAGE)).append('\n').toString();
    }

    /// Benefit against saturation for each contrast, and the origins of saturation.
    static Map<String, Svg> pictures(Path folder) {
        MapResults map = MapResults.read(folder);
        Map<String, Svg> pictures = new LinkedHashMap<>();
        for (String contrast : MapResults.CONTRASTS) pictures.put("map-" + contrast + ".svg", MapPictures.benefit(map, contrast, "saturated", true, 440));
        pictures.put("map-origins.svg", MapPictures.origins(map));
        return pictures;
    }

    private static String title(MapResults map) {
        return ReportPage.title(map.results()) + ": the map";
    }

    private static String html(MapResults map) {
        MapAnswer answer = MapAnswer.of(map);
        StringBuilder top = new StringBuilder("<header><p class=\"kicker\">hyper and hypo neurons</p><h1>").append(Html.escape(title(map))).append("</h1>\n");
        map.results().run().ifPresent(r -> top.append("<p class=\"command\"><code>").append(Html.escape(r.command())).append("</code></p>\n<p class=\"note\">started ")
            .append(Html.escape(r.started())).append(" · seed ").append(r.seed()).append(" · ").append(Html.escape(Progress.duration(r.seconds()))).append("</p>\n"));
        top.append("</header>\n<section id=\"answer\"><h2>The question</h2>\n").append(Html.paragraph("As saturation grows, and is learned rather than inherited from the initial "
            + "weights, where do removing hyper and hypo neurons, and adapting them first, begin to pay?"));
        top.append("<h2>The answer</h2>\n").append(Html.paragraph(answer.where())).append(Html.paragraph(answer.why())).append("<div class=\"cards\">");
        for (MapAnswer.Claim claim : answer.claims()) {
            top.append("<article class=\"card ").append(claim.style()).append("\"><p class=\"asked\">").append(Html.escape(claim.question())).append("</p><p class=\"outcome\">")
                .append(Html.escape(claim.outcome())).append("</p>").append(Html.paragraph(claim.reason())).append("</article>\n");
        }
        top.append("</div>\n<h3>How sure is this?</h3>\n<ul>");
        answer.certainty().forEach(line -> top.append(Html.item(line)));
        top.append("</ul>\n").append(Html.note("Differences are in points of WER, first minus second: negative means that the first made fewer errors.")).append("</section>\n");
        Map<String, String> sections = new LinkedHashMap<>();
        sections.put("Benefit against saturation", MapSections.benefit(map));
        sections.put("Removing all saturated neurons", MapSections.removal(map));
        sections.put("Inherited or learned?", MapSections.origins(map));
        sections.put("Along each axis of the grid", MapSections.axes(map));
        sections.put("Networks", MapSections.networks(map));
        sections.put("Correlations", MapSections.correlations(map));
        sections.put("What would change the answer", MapSections.change(map));
        sections.put("Conditions", MapSections.conditions(map));
        sections.put("Failures", DataSections.failures(map.results()));
        sections.put("Provenance", DataSections.provenance(map.results()));
        return ReportPage.page("hyperhypo: " + title(map), top.toString(), sections);
    }

    private static Map<String, Object> numbers(MapResults map) {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("title", title(map));
        out.put("run", map.results().run());
        out.put("answer", MapAnswer.of(map));
        out.put("problems", map.results().problems());
        out.put("tables", Report.tables(map.results()));
        return out;
    }
}
