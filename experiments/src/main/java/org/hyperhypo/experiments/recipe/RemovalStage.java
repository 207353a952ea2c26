package org.hyperhypo.experiments.recipe;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private Alignments reference;

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
                sweep.nothing(table, reference.labels());
                Csv failures = new Csv(ResultTables.FAILURES);
                reference.failures().forEach(f -> failures.add("alignment of clean test speech " + run.replicate().name(), f.item(), f.reason()));
                run.folder().writePart(cell.failures(), failures);
            }
            sweep.sweep(table, Grid.block(cell, targets), reference.labels(), progress);
            run.write(cell, "removal", table);
        }
    }

    private void prepare() throws IOException {
        AcousticModel model = run.model();
        Map<String, FeatureSet> swept = new LinkedHashMap<>();
        run.testSets().forEach((name, set) -> swept.put(name, set.every(run.options().removal().step(), 0)));
        FeatureSet clean = swept.get(ReplicateRun.CLEAN);
        reference = Alignments.forced(clean, model.score(clean), run.lexicon(), model.states(), run.options().search().alignmentScale());
        Evidence evidence = evidence();
        targets = run.options().removal().targets(model.network().spec(), evidence, run.replicate().seed());
        sweep = new RemovalSweep(run.replicate(), model, evidence.stats(), run.recognizer(), swept);
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
