package org.hyperhypo.experiments.recipe;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hyperhypo.experiments.model.AcousticModel;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.neurons.Criterion;
import org.hyperhypo.experiments.neurons.Evidence;
import org.hyperhypo.experiments.prune.SweepPlan;
import org.hyperhypo.experiments.report.Csv;
import org.hyperhypo.experiments.train.Alignments;

/// The removal sweep of one replicate, a block of neuron sets a cell; what all cells need is computed with the first.
final class RemovalStage {
    private final ReplicateRun run;
    private RemovalSweep sweep;
    private List<SweepPlan.Target> targets;
    private Map<String, int[]> reference;
    private final Csv failures = new Csv(ResultTables.FAILURES);

    RemovalStage(ReplicateRun run) {
        this.run = run;
    }

    void run(Cell cell, Runnable progress) throws IOException {
        if (sweep == null) {
            prepare();
        }
        if (cell.item().equals(Grid.BEST)) {
            Csv utterances = new Csv(Evaluation.UTTERANCE_COLUMNS);
            sweep.compareBest(utterances, targets, run.testSets(), run.tuningSets());
            run.write(cell, "removal-utterances", utterances);
        } else {
            Csv table = new Csv(RemovalSweep.COLUMNS);
            if (cell.number() == 0) {
                sweep.nothing(table, reference);
                run.folder().writePart(cell.failures(), failures);
            }
            sweep.sweep(table, Grid.block(cell, targets), reference, progress);
            run.write(cell, "removal", table);
        }
    }

    private void prepare() throws IOException {
        AcousticModel model = run.model();
        Map<String, FeatureSet> swept = new LinkedHashMap<>();
        run.testSets().forEach((name, set) -> swept.put(name, set.every(run.options().removal().step(), 0)));
        reference = reference(model, swept);
        Evidence evidence = evidence();
        targets = run.options().removal().targets(model.network().spec(), evidence, run.replicate().seed());
        sweep = new RemovalSweep(run.replicate(), model, evidence.stats(), run.recognizer(), swept);
    }

    /// The states of every test set, frame by frame: those of the clean recordings of the same utterances, or of their own where there are none.
    private Map<String, int[]> reference(AcousticModel model, Map<String, FeatureSet> tests) {
        FeatureSet everybody = run.prepared().sets().get("test");
        Map<String, int[]> labels = new LinkedHashMap<>();
        Map<Set<String>, int[]> known = new HashMap<>();
        for (Map.Entry<String, FeatureSet> test : tests.entrySet()) {
            Set<String> ids = test.getValue().entries().stream().map(FeatureSet.Entry::id).collect(Collectors.toSet());
            if (!known.containsKey(ids)) {
                FeatureSet copies = everybody.where(entry -> ids.contains(entry.id()));
                FeatureSet same = copies.size() == ids.size() && copies.frames() == test.getValue().frames() ? copies : test.getValue();
                Alignments aligned = Alignments.forced(same, model.score(same), run.lexicon(), model.states(), run.options().search().alignmentScale());
                aligned.failures().forEach(f -> failures.add("alignment of clean test speech " + run.replicate().name(), f.item(), f.reason()));
                known.put(ids, aligned.labels());
            }
            labels.put(test.getKey(), known.get(ids));
        }
        return labels;
    }

    /// Activity on clean development speech, and whatever else the criteria of the sweep are computed from.
    private Evidence evidence() throws IOException {
        AcousticModel model = run.model();
        FeatureSet dev = run.set("dev");
        RecipeOptions options = run.options();
        List<Criterion> criteria = options.removal().criteria();
        boolean oracle = criteria.contains(Criterion.ABLATION) || criteria.contains(Criterion.VIOLATION);
        Evidence.Effort effort = new Evidence.Effort(criteria.isEmpty() ? 0 : options.evidence().sampled(), oracle ? options.evidence().ablated() : 0);
        int[] labels = Alignments.forced(dev, model.score(dev), run.lexicon(), model.states(), options.search().alignmentScale()).labels();
        return Evidence.measure(model.network(), model.splice(dev), dev.starts(), labels, effort);
    }
}
