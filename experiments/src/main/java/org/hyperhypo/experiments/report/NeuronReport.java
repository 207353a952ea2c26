package org.hyperhypo.experiments.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One page about the neurons of one model on one set of features, without a run around it.
public final class NeuronReport {
    private NeuronReport() {}

    /// @param subject what was looked at, `rule` how hypo and hyper neurons were chosen
    /// @param neurons, cards tables as a run has them under these names
    public static void write(Path file, String subject, String rule, Csv neurons, Csv cards) throws IOException {
        Results results = new Results(file.toAbsolutePath().getParent(), Optional.empty(), Map.of("neurons", neurons, "cards", cards), List.of());
        Map<String, String> sections = new LinkedHashMap<>();
        sections.put("Activity of every neuron", NeuronSections.activity(results));
        if (neurons.rows().stream().anyMatch(r -> !Double.isNaN(r.number("movement")))) sections.put("Movement in training", NeuronSections.movement(results));
        sections.put("Neuron cards", CardSections.cards(results));
        AtomicFile.write(file, ReportPage.page("neurons of " + subject, "<header><p class=\"kicker\">hyper and hypo neurons</p><h1>" + Html.escape(subject)
            + "</h1>\n" + Html.paragraph("Hypo and hyper: " + rule + ".") + "</header>\n", sections));
    }
}
