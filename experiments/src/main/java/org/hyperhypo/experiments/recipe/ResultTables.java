package org.hyperhypo.experiments.recipe;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hyperhypo.experiments.Failure;
import org.hyperhypo.experiments.adapt.AdaptationPlan;
import org.hyperhypo.experiments.adapt.Arm;
import org.hyperhypo.experiments.report.Csv;

/// Merges the tables of all stages into `results/`, and adds what needs all of them: conditions, contrasts, failures.
final class ResultTables {
    static final String[] CONDITIONS = {"name", "kind", "description", "words", "utterances", "wer", "wer_source_ratio"};
    static final String[] FAILURES = {"stage", "item", "reason"};
    private static final List<String> MERGED = List.of("training", "alignment", "tuning", "neurons", "layers", "criteria", "shift", "cards", "saturation",
            "compact", "removal", "adaptation", "selection", "confidence");

    private final RunFolder folder;
    private final List<Replicate> replicates;
    private final List<Domain> targets;
    private final AdaptationPlan arms;
    private final long seed;

    ResultTables(RunFolder folder, List<Replicate> replicates, List<Domain> targets, AdaptationPlan arms, long seed) {
        this.arms = arms;
        this.folder = folder;
        this.replicates = replicates;
        this.targets = targets;
        this.seed = seed;
    }

    void write(List<Failure> failures) throws IOException {
        Files.createDirectories(folder.results());
        List<String> tables = new ArrayList<>(MERGED);
        if (!arms.grid().isEmpty()) {
            tables.add("rates");
        }
        for (String table : tables) {
            merged(table).write(folder.results().resolve(table + ".csv"));
        }
        Contrasts contrasts = contrasts();
        contrasts.table().write(folder.results().resolve("contrasts.csv"));
        contrasts.intervals(arms.arms().stream().map(Arm::id).toList()).write(folder.results().resolve("intervals.csv"));
        conditions().write(folder.results().resolve("conditions.csv"));
        Csv failed = new Csv(FAILURES);
        failures.forEach(failure -> failed.add(failure.stage(), failure.item(), failure.reason()));
        failed.write(folder.results().resolve("failures.csv"));
    }

    private Contrasts contrasts() {
        Contrasts contrasts = new Contrasts(seed);
        for (Replicate replicate : replicates) {
            contrasts.add(folder.readPart("removal-utterances-" + replicate.name() + ".csv"));
            for (Domain target : targets) {
                contrasts.add(folder.readPart("adaptation-utterances-" + replicate.name() + "-" + target.name() + ".csv"));
            }
        }
        for (String[] pair : Contrasts.ARMS) {
            contrasts.compare(pair[0] + "-" + pair[1], pair[0], pair[1]);
        }
        contrasts.compare("removal-A0", "best removal", "none");
        for (Arm arm : arms.arms()) {
            if (!arm.stages().isEmpty()) {
                contrasts.compare(arm.id() + "-A0", arm.id(), "A0");
            }
        }
        return contrasts;
    }

    private Csv conditions() {
        Map<String, double[]> sums = new LinkedHashMap<>();
        Map<String, java.util.Set<String>> utterances = new LinkedHashMap<>();
        for (Csv.Row row : merged("removal-utterances").rows()) {
            if (row.text("arm").equals("none") && row.text("condition").equals(ReplicateRun.CLEAN)) {
                add(sums, utterances, row);
            }
        }
        for (Csv.Row row : merged("adaptation-utterances").rows()) {
            if (row.text("arm").equals("A0")) {
                add(sums, utterances, row);
            }
        }
        double clean = rate(sums.get(ReplicateRun.CLEAN));
        Csv table = new Csv(CONDITIONS);
        table.add(ReplicateRun.CLEAN, "source", "as it is", sums.get(ReplicateRun.CLEAN)[1], utterances.get(ReplicateRun.CLEAN).size(), clean, 1);
        for (Domain target : targets) {
            double[] sum = sums.get(target.name());
            table.add(target.name(), target.kind(), target.description(), sum[1], utterances.get(target.name()).size(), rate(sum), rate(sum) / clean);
        }
        return table;
    }

    private static void add(Map<String, double[]> sums, Map<String, java.util.Set<String>> utterances, Csv.Row row) {
        double[] sum = sums.computeIfAbsent(row.text("condition"), condition -> new double[2]);
        sum[0] += row.number("sub") + row.number("del") + row.number("ins");
        sum[1] += row.number("words");
        utterances.computeIfAbsent(row.text("condition"), condition -> new java.util.HashSet<>()).add(row.text("utterance"));
    }

    private static double rate(double[] sum) {
        return 100 * sum[0] / sum[1];
    }

    /// The parts of a table one below the other: of every replicate, first that of all conditions, then those of single ones. Parts that an
    /// earlier run with other options left behind are not looked at.
    private Csv merged(String table) {
        Csv merged = null;
        for (Replicate replicate : replicates) {
            List<String> names = new ArrayList<>(List.of(table + "-" + replicate.name() + ".csv"));
            targets.forEach(target -> names.add(table + "-" + replicate.name() + "-" + target.name() + ".csv"));
            for (String name : names) {
                if (Files.exists(folder.part(name))) {
                    Csv part = folder.readPart(name);
                    merged = merged == null ? new Csv(part.header()) : merged;
                    for (Csv.Row row : part.rows()) {
                        merged.add(row.cells().toArray());
                    }
                }
            }
        }
        if (merged == null) {
            throw new IllegalStateException("no part of the table \"" + table + "\" in " + folder.part("") + "; run the stages again");
        }
        return merged;
    }
}
