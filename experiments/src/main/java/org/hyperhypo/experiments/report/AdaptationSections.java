package org.hyperhypo.experiments.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/// The arms: what each is, the main table, the contrasts, and word error rates per arm and condition.
final class AdaptationSections {
    private AdaptationSections() {}

    static String table(Results results) {
        MainTable table = new MainTable(results);
        StringBuilder out = new StringBuilder();
        if (table.isEmpty()) return ReportPage.nothing("results/adaptation.csv");
        results.run().map(run -> run.options().get("regime")).ifPresent(regime -> out.append(Html.paragraph("Regime: " + regime + ".")));
        results.run().map(run -> run.options().get("division")).ifPresent(division -> out.append(Html.paragraph("Replicates: " + division + ".")));
        out.append(Html.note("WER in percent from summed errors and words of all replicates and draws; “− A0” is the difference to the "
            + "model as trained, in points; source WER shows "
            + "what was forgotten of the training domain; hypo and hyper are the saturated neurons left after adaptation; seconds are per "
            + "adaptation, neurons those of the first stage, parameters what any stage trained, moments what the optimizer kept beside the network."));
        out.append(table.html());
        if (table.incomplete()) out.append(Html.note("† Some replicate or condition of A0 is missing for this arm. Its difference uses "
            + "the replicates that both have; it has no pooled row."));
        HtmlTable arms = new HtmlTable("arm", "what it trains");
        results.distinct("adaptation", "arm").stream().sorted(Arms.ORDER).forEach(a -> arms.row(a, Arms.describe(a)));
        return out.append("<h3>The arms</h3>\n").append(arms).toString();
    }

    static String contrasts(Results results) {
        List<Contrast> contrasts = Contrast.of(results);
        if (contrasts.isEmpty()) return ReportPage.nothing("results/contrasts.csv");
        List<String> names = new ArrayList<>(Contrast.DECLARED);
        contrasts.stream().map(Contrast::name).distinct().filter(n -> !names.contains(n)).forEach(names::add);
        ForestPlot declared = plot("Declared contrasts with 95 % intervals");
        ForestPlot others = plot("Other contrasts with 95 % intervals");
        boolean more = false;
        for (String name : names) {
            boolean isDeclared = Contrast.DECLARED.contains(name);
            List<Contrast> rows = contrasts.stream().filter(c -> c.name().equals(name)).toList();
            more |= !isDeclared;
            ForestPlot plot = isDeclared ? declared : others;
            plot.add(ForestPlot.Row.heading(rows.isEmpty() ? name.replace("-A", " − A") : rows.getFirst().label()));
            if (rows.isEmpty()) plot.add(new ForestPlot.Row("all conditions", Double.NaN, Double.NaN, Double.NaN, new double[0], "soft",
                Text.HOLE));
            for (Contrast c : rows) {
                boolean all = c.condition().equals(ArmResult.ALL);
                plot.add(new ForestPlot.Row(all ? "all conditions" : c.condition(), c.difference(), c.low(), c.high(), c.replicates(),
                    all ? "key" : "soft", c.numbers()));
            }
        }
        Map<String, Double> holm = Contrast.holm(contrasts);
        HtmlTable table = new HtmlTable("contrast, all conditions", ">difference", "|95 % interval", "|by speaker", ">p", ">p, Holm", ">p, matched pairs",
            ">words", ">detectable", "|per replicate");
        for (String name : names) {
            Contrast.overall(contrasts, name).ifPresent(c -> table.row(c.label(), Text.signed(c.difference(), 2),
                Text.interval(c.low(), c.high()), Text.interval(c.speakerLow(), c.speakerHigh()), Text.probability(c.p()),
                Text.probability(holm.getOrDefault(name, Double.NaN)), Text.probability(c.matched()), Text.count(c.words()), Text.fixed(Contrast.detectable(c.words()), 2),
                Text.list(c.replicates())));
        }
        return Html.figure(declared.draw(), "Difference in WER. Dot and bar: all replicates together with the 95 % interval; small "
            + "upright marks: single replicates.")
            + table + Html.note("Intervals and p: paired bootstrap, utterances drawn; by speaker: speakers drawn instead. Matched pairs: NIST’s test over "
            + "sentence segments (MAPSSWE), of random arms their first draw. Detectable: the difference in points that so many words can show if 5 % of "
            + "them come out differently. Holm’s correction is over the declared contrasts.") + (more ? Html.details("Other contrasts", Html.figure(others.draw(), "")) : "");
    }

    private static ForestPlot plot(String title) {
        return new ForestPlot(title, "difference in WER, percentage points").aroundZero("← first is better", "second is better →")
            .width(680);
    }

    static String werPerArm(Results results) {
        Map<String, List<ArmResult>> arms = ArmResult.of(results);
        if (arms.isEmpty()) return ReportPage.nothing("results/adaptation.csv");
        StringBuilder out = new StringBuilder("<div class=\"panels\">\n");
        boolean measured = false;
        for (var entry : arms.entrySet()) {
            String title = entry.getKey().equals(ArmResult.ALL) ? "all conditions" : entry.getKey();
            ForestPlot plot = new ForestPlot("WER per arm: " + title, "WER, %").width(Html.panelWidth(arms.size()));
            for (ArmResult r : entry.getValue()) {
                boolean interval = !Double.isNaN(r.low());
                measured |= interval;
                double low = interval ? r.low() : DoubleStream.of(r.perReplicate()).filter(v -> !Double.isNaN(v)).min().orElse(Double.NaN);
                double high = interval ? r.high() : DoubleStream.of(r.perReplicate()).filter(v -> !Double.isNaN(v)).max()
                    .orElse(Double.NaN);
                String style = r.arm().equals("A7") ? "key" : r.arm().equals("A0") ? "ink" : "main";
                plot.add(new ForestPlot.Row(r.arm(), r.wer(), low, high, r.perReplicate(), style, Text.fixed(r.wer(), 1)));
            }
            out.append("<div><h3>").append(Html.escape(title)).append("</h3>").append(plot.draw().inline()).append("</div>\n");
        }
        return out.append("</div>\n").append(Html.note((measured ? "Bars: 95 % intervals over utterances. "
            : "Bars: least to greatest replicate. ")
            + "Small upright marks: single replicates. Two arms are compared by their contrast above, never by whether these bars "
            + "overlap: the arms share their utterances. "
            + "Each panel has its own scale.")).toString();
    }
}
