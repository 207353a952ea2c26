package org.hyperhypo.experiments.report;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// The speech (conditions, utterance selection, failures) and where the numbers come from.
final class DataSections {
    private DataSections() {}

    static String conditions(Results results) {
        if (results.rows("conditions").isEmpty()) return ReportPage.nothing("results/conditions.csv");
        double source = results.rows("conditions").stream().filter(r -> Results.isSource(r.text("name"), r.text("kind")))
            .mapToDouble(r -> r.number("wer")).findFirst().orElse(Double.NaN);
        HtmlTable table = new HtmlTable("condition", "kind", "what was done to the speech", ">utterances", ">words", ">WER %",
            ">of in-domain");
        for (Csv.Row r : results.rows("conditions")) {
            double ratio = r.number("wer_source_ratio");
            if (Double.isNaN(ratio)) ratio = r.number("wer") / source;
            table.row(r.text("name"), r.text("kind"), r.text("description"), Text.count(r.number("utterances")),
                Text.count(r.number("words")), Text.fixed(r.number("wer"), 2),
                Double.isFinite(ratio) ? Text.fixed(ratio, 1) + " ×" : Text.HOLE);
        }
        return table + Html.note("WER of the unadapted, whole network. A condition that is hardly harder than the training domain leaves "
            + "adaptation nothing to gain.");
    }

    static String selection(Results results) {
        List<Csv.Row> rows = results.rows("selection");
        if (rows.isEmpty()) return ReportPage.nothing("results/selection.csv");
        HtmlTable table = new HtmlTable("measure", ">Spearman with true WER", ">WER % of the selected", ">WER % of all", ">difference",
            ">replicates");
        for (String condition : results.conditionsOf("selection")) {
            table.group(condition);
            for (String measure : results.distinct("selection", "measure")) {
                List<Csv.Row> mine = rows.stream().filter(r -> r.text("condition").equals(condition) && r.text("measure").equals(measure))
                    .toList();
                if (mine.isEmpty()) continue;
                double selected = ArmResult.mean(mine, "selected_wer");
                double all = ArmResult.mean(mine, "all_wer");
                table.row(measure, Text.signed(ArmResult.mean(mine, "spearman"), 2), Text.fixed(selected, 2), Text.fixed(all, 2),
                    Text.signed(selected - all, 2), Text.count(mine.size()));
            }
        }
        return Html.paragraph("Adaptation trusts the utterances that a confidence measure ranks highest, without seeing the references. A "
            + "good measure has a clearly negative rank correlation with the true WER "
            + "and selects speech with fewer errors than all of it. Mean over replicates.") + table + confidence(results);
    }

    /// WER of the most trusted part against its size, a panel a condition.
    private static String confidence(Results results) {
        List<Csv.Row> rows = results.rows("confidence");
        List<String> conditions = results.conditionsOf("confidence");
        if (rows.isEmpty()) return "";
        StringBuilder out = new StringBuilder("<div class=\"panels\">\n");
        for (String condition : conditions) {
            LinePlot plot = new LinePlot("WER of the most trusted utterances: " + condition, "share of each speaker’s utterances, %", "WER of these, %")
                .size(Html.panelWidth(conditions.size()) + 90, 250).fromZero();
            for (String measure : results.distinct("confidence", "measure")) {
                List<Csv.Row> mine = rows.stream().filter(r -> r.text("condition").equals(condition) && r.text("measure").equals(measure)).toList();
                double[] shares = mine.stream().mapToDouble(r -> r.number("share")).distinct().sorted().toArray();
                double[] wer = Arrays.stream(shares).map(share -> ArmResult.wer(mine.stream().filter(r -> r.number("share") == share).toList(), "")).toArray();
                plot.add(new LinePlot.Line(measure, measure.equals("oracle") ? "key" : "main", Arrays.stream(shares).map(s -> 100 * s).toArray(), wer));
            }
            out.append("<div><h3>").append(Html.escape(condition)).append("</h3>").append(plot.draw().inline()).append("</div>\n");
        }
        return out.append("</div>\n").append(Html.note("All replicates together. Oracle: the order that knows the errors; no measure can do better.")).toString();
    }

    static String failures(Results results) {
        StringBuilder out = new StringBuilder();
        List<Csv.Row> rows = results.rows("failures");
        if (rows.isEmpty()) {
            boolean known = results.problems().stream().noneMatch(p -> p.startsWith("results/failures.csv"));
            out.append(Html.paragraph(known ? "No item failed." : "Whether any item failed is not recorded."));
        } else {
            HtmlTable table = new HtmlTable("stage", "item", "reason");
            for (Csv.Row r : rows) table.row(r.text("stage"), r.text("item"), r.text("reason"));
            out.append(Html.paragraph(Text.plural(rows.size(), "item", "items")
                + " failed and took no part; everything else was carried on without.")).append(table);
        }
        if (!results.problems().isEmpty()) {
            out.append("<h3>Holes in this report</h3>\n<ul class=\"problems\">");
            for (String problem : results.problems()) out.append("<li>").append(Html.escape(problem)).append("</li>");
            out.append("</ul>\n");
        }
        return out.toString();
    }

    static String provenance(Results results) {
        if (results.run().isEmpty()) return ReportPage.nothing("run.json");
        RunRecord run = results.run().get();
        HtmlTable table = new HtmlTable("", "");
        table.row("command", run.command()).row("started", run.started()).row("seed", String.valueOf(run.seed()))
            .row("commit", run.commit() + (run.tree().equals("changed") ? ", with local changes" : run.tree().equals("clean") ? ", clean"
            : ", local changes unknown"))
            .row("processor", run.cpu() + ", " + Text.plural(run.cores(), "core", "cores")).row("JVM", run.jvm())
            .row("kernels", run.kernels());
        HtmlTable options = new HtmlTable("option", "value");
        run.options().forEach(options::row);
        HtmlTable stages = new HtmlTable("stage", ">wall seconds");
        for (Map.Entry<String, Double> stage : run.stages().entrySet()) stages.row(stage.getKey(), Text.fixed(stage.getValue(), 1));
        stages.styled("sum", "all stages", Text.fixed(run.seconds(), 1));
        return table.toString().replaceFirst("(?s)<thead>.*?</thead>", "") + "<div class=\"panels\"><div><h3>Options</h3>" + options
            + "</div>\n<div><h3>Wall time</h3>" + stages + "</div></div>\n";
    }

    static String change(Results results) {
        StringBuilder out = new StringBuilder("<ul>");
        List<Contrast> contrasts = Contrast.of(results);
        for (String name : List.of("A7-A1", "A7-A9", "A7-A8")) {
            Contrast.overall(contrasts, name).filter(c -> c.verdict() == Contrast.Verdict.UNDECIDED && c.words() > 0
                && Math.abs(c.difference()) >= 0.05).ifPresent(c -> {
                double half = (c.high() - c.low()) / 2;
                double words = c.words() * Math.pow(half / Math.abs(c.difference()), 2);
                if (words > c.words()) item(out, "More test speech: if " + c.label() + " really is " + Text.signed(c.difference(), 2)
                    + " points, about " + Text.count(Math.ceil(words / 1000) * 1000)
                    + " test words would show it (this run has " + Text.count(c.words()) + ").");
            });
        }
        item(out, "More replicates: other training seeds and other test speakers. The intervals here know nothing of seeds that were not "
            + "run.");
        item(out, "Saturation that is learned rather than inherited: other optimizers, initial weights, widths, longer training. Rows "
            + "that hardly moved cannot show what learning does to them.");
        item(out, "Other learning rates: every arm has the rate shown in the table; a rate tuned for one arm only would favour it.");
        if (results.run().map(RunRecord::syntheticSpeech).orElse(false)) item(out,
            "Human speech: this speech was synthesised, and its speakers differ far less than people do.");
        return out.append("</ul>\n").toString();
    }

    private static void item(StringBuilder out, String text) {
        out.append(Html.item(text));
    }
}
