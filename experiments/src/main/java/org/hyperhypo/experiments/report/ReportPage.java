package org.hyperhypo.experiments.report;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// The page: heading, question, answer, then the sections in order. One file, no script, no request to anywhere.
final class ReportPage {
    private ReportPage() {}

    static String html(Results results) {
        Map<String, String> sections = new LinkedHashMap<>();
        sections.put("Arms and conditions", AdaptationSections.table(results));
        sections.put("Contrasts", AdaptationSections.contrasts(results));
        sections.put("Word error rate per arm", AdaptationSections.werPerArm(results));
        sections.put("Removing neurons", RemovalSections.sweep(results));
        sections.put("Compacted networks", RemovalSections.compaction(results));
        sections.put("Saturated neurons", NeuronSections.saturation(results));
        sections.put("Activity of every neuron", NeuronSections.activity(results));
        sections.put("Movement in training", NeuronSections.movement(results));
        sections.put("Do criteria find them?", CriteriaSections.table(results));
        sections.put("Shift to the target domains", ShiftSections.shift(results));
        sections.put("Neuron cards", CardSections.cards(results));
        sections.put("Conditions", DataSections.conditions(results));
        sections.put("Which utterances to trust", DataSections.selection(results));
        sections.put("Tuning of the decoder", ModelSections.tuning(results));
        sections.put("Learning rates of the arms", ModelSections.rates(results));
        sections.put("Alignments", ModelSections.alignment(results));
        sections.put("Training", ModelSections.training(results));
        sections.put("What would change the answer", DataSections.change(results));
        sections.put("Failures", DataSections.failures(results));
        sections.put("Provenance", DataSections.provenance(results));
        StringBuilder out = new StringBuilder();
        heading(out, results);
        return page("hyperhypo: " + title(results), out.toString(), sections);
    }

    /// The frame of every page: style, what stands at its top, links to the sections, the sections.
    static String page(String title, String top, Map<String, String> sections) {
        StringBuilder out = new StringBuilder();
        out.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
            + "content=\"width=device-width,initial-scale=1\">")
            .append("<meta name=\"color-scheme\" content=\"light dark\"><title>").append(Html.escape(title))
            .append("</title>\n<style>\n")
            .append(Style.plot()).append(Style.page()).append("</style></head>\n<body><main>\n");
        out.append(top);
        out.append("<nav aria-label=\"Sections\"><ol>");
        for (String name : sections.keySet()) out.append("<li><a href=\"#").append(id(name)).append("\">").append(Html.escape(name))
            .append("</a></li>");
        out.append("</ol></nav>\n");
        sections.forEach((name, html) -> out.append("<section id=\"").append(id(name)).append("\"><h2>").append(Html.escape(name))
            .append("</h2>\n").append(html).append("</section>\n"));
        return out.append("</main></body></html>\n").toString();
    }

    static String title(Results results) {
        String speech = results.run().map(r -> r.syntheticSpeech() ? "synthetic speech" : r.options().getOrDefault("speech", ""))
            .orElse("");
        return results.title() + (speech.isEmpty() ? "" : ", " + speech);
    }

    private static void heading(StringBuilder out, Results results) {
        Answer answer = Answer.of(Contrast.of(results));
        out.append("<header><p class=\"kicker\">hyper and hypo neurons</p><h1>").append(Html.escape(title(results))).append("</h1>\n");
        results.run().ifPresent(r -> out.append("<p class=\"command\"><code>").append(Html.escape(r.command()))
            .append("</code></p>\n<p class=\"note\">started ").append(Html.escape(r.started()))
            .append(" · seed ").append(r.seed()).append(" · ").append(Html.escape(Progress.duration(r.seconds()))).append("</p>\n"));
        out.append("</header>\n");
        if (!results.problems().isEmpty()) {
            out.append("<p class=\"warning\">").append(Html.escape(Text.plural(results.problems().size(), "part of this report is",
                "parts of this report are")
                + " missing or damaged, listed under ")).append("<a href=\"#failures\">Failures</a>.</p>\n");
        }
        out.append("<section id=\"answer\"><h2>The question</h2>\n")
            .append(Html.paragraph("Some neurons of an acoustic model are active on nearly every frame (hyper), others on almost none "
            + "(hypo). "
            + "Does removing them help on speech of another domain, and is it better to adapt them first, on unlabelled target speech, "
            + "than to adapt everything blindly?"));
        out.append("<h2>The answer</h2>\n<div class=\"cards\">");
        for (Answer.Claim claim : answer.claims()) {
            out.append("<article class=\"card ").append(claim.outcome().name().toLowerCase(Locale.ROOT)).append("\"><p class=\"asked\">")
                .append(Html.escape(claim.question())).append("</p><p class=\"outcome\">")
                .append(Html.escape(claim.outcome().text)).append("</p>").append(Html.paragraph(claim.reason())).append("</article>\n");
        }
        out.append("</div>\n<h3>How sure is this?</h3>\n<ul>");
        for (String line : answer.certainty()) out.append(Html.item(line));
        out.append("</ul>\n").append(Html.note("Differences are in points of WER, first minus second: negative means that the first made "
            + "fewer errors.")).append("</section>\n");
    }

    private static String id(String name) {
        return name.toLowerCase(Locale.ROOT).replace("?", "").replace(' ', '-');
    }

    /// What a section says when its numbers are not there.
    static String nothing(String where) {
        return "<p class=\"missing\">Not measured: nothing in " + Html.escape(where) + ".</p>\n";
    }
}
