package org.hyperhypo.experiments.recipe;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.NeuronMask;
import org.hyperhypo.experiments.model.AcousticModel;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.neurons.ActivationStats;
import org.hyperhypo.experiments.neurons.Evidence;
import org.hyperhypo.experiments.neurons.HyperHypo;
import org.hyperhypo.experiments.neurons.NeuronTable;
import org.hyperhypo.experiments.neurons.StatisticsFile;
import org.hyperhypo.experiments.prune.Compaction;
import org.hyperhypo.experiments.prune.Removal;
import org.hyperhypo.experiments.report.Csv;
import org.hyperhypo.experiments.train.Alignments;

/// What a replicate's neurons do, and its network without the saturated ones.
record NeuronStage(ReplicateRun run) {
    /// Every how many utterances the shift of activity is measured on.
    private static final int SHIFT_STEP = 4;

    void run(Cell cell, Runnable progress) throws IOException {
        AcousticModel model = run.model();
        Replicate replicate = run.replicate();
        Network initial = run.training().initial(replicate.seed());
        FeatureSet dev = run.set("dev");
        ActivationStats before = ActivationStats.over(initial, model.splice(dev));
        FeatureSet source = replicate.adaptation(run.set("test")).every(SHIFT_STEP, 0);
        Map<String, FeatureSet> targets = new LinkedHashMap<>();
        run.targetSets().forEach((name, set) -> targets.put(name, replicate.adaptation(set).every(SHIFT_STEP, 0)));
        int[] labels = Alignments.forced(dev, model.score(dev), run.lexicon(), model.states(), run.options().search().alignmentScale()).labels();
        NeuronAnalysis analysis = new NeuronAnalysis(replicate, model, run.options());
        Evidence evidence = analysis.run(dev, labels, new NeuronTable.Initial(initial, before), source, targets);
        run.write(cell, "neurons", analysis.neurons);
        run.write(cell, "criteria", analysis.criteria);
        run.write(cell, "shift", analysis.shift);
        run.write(cell, "cards", analysis.cards);
        run.write(cell, "layers", analysis.layers);
        Map<String, String> provenance = Map.of("model", model.network().hash(), "data", "development speech");
        run.folder().writeModel(replicate, "neurons.safetensors", file -> StatisticsFile.write(file, evidence, provenance));
        Csv saturation = new Csv(AdaptationTable.SATURATION_COLUMNS);
        addSaturation(saturation, "initial", initial, before);
        addSaturation(saturation, "trained", model.network(), evidence.stats());
        run.write(cell, "saturation", saturation);
        compact(cell, model, evidence.stats());
        progress.run();
    }

    private void addSaturation(Csv table, String name, Network network, ActivationStats stats) {
        HyperHypo saturated = HyperHypo.byThreshold(network.spec(), stats, 0.05, 0.95);
        for (ActivationStats.Layer layer : stats.layers()) {
            table.add(run.replicate().number(), name, "", layer.name(), layer.neurons(), saturated.hypo().count(layer.name()),
                    saturated.hyper().count(layer.name()));
        }
    }

    /// Takes the saturated neurons out of the network for good, and says what that saves.
    private void compact(Cell cell, AcousticModel model, ActivationStats stats) {
        Network network = model.network();
        Csv table = new Csv(Compaction.COLUMNS);
        NeuronMask saturated = HyperHypo.byThreshold(network.spec(), stats, 0.05, 0.95).both();
        double share = (double) saturated.count() / NeuronMask.hiddenDense(network.spec()).count();
        Compaction.Result result = Compaction.measure(network, Removal.MEAN_FOLD.apply(network, saturated, stats), model.splice(run.set("dev")));
        result.add(table, cell.replicate(), "saturated", share, Removal.MEAN_FOLD.label());
        run.save(model.with(result.compacted()), "compacted.safetensors");
        run.write(cell, "compact", table);
    }
}
