package org.hyperhypo.experiments.recipe.map;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hyperhypo.asr.decode.DecoderOptions;
import org.hyperhypo.engine.ModelException;
import org.hyperhypo.engine.NetworkSpec;
import org.hyperhypo.engine.Trainer;
import org.hyperhypo.experiments.model.AcousticModel;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.model.Recognizer;
import org.hyperhypo.experiments.neurons.ActivationStats;
import org.hyperhypo.experiments.neurons.HyperHypo;
import org.hyperhypo.experiments.recipe.Evaluation;
import org.hyperhypo.experiments.recipe.Prepared;
import org.hyperhypo.experiments.recipe.RecipeOptions;
import org.hyperhypo.experiments.recipe.Replicate;
import org.hyperhypo.experiments.recipe.Scorer;
import org.hyperhypo.experiments.recipe.SourceTraining;
import org.hyperhypo.experiments.train.ModelTraining;
import org.hyperhypo.experiments.train.Tuning;

/// One network of the grid with one seed, from its initial weights to its contrasts' word errors. [#run] is the order of things.
record MapCell(GridNetwork network, Replicate replicate, Prepared prepared, MapOptions options) {
    private static final String TARGET = "test.";
    private static final String TUNING = "dev.";

    String name() {
        return network.name() + "-" + replicate.name();
    }

    /// Everything the cell's numbers depend on.
    Map<String, String> key(Map<String, String> task) {
        Map<String, String> key = new TreeMap<>(task);
        key.putAll(options.describe());
        key.putAll(network.describe());
        key.put("replicate", replicate.toString());
        return key;
    }

    int steps() {
        return 2 + targets().size();
    }

    /// Trains, finds saturated neurons, then removes and adapts in every target condition. A network that cannot be trained or adapted is a
    /// failure in the result.
    CellResult run(MapAlignment.Labels labels, Runnable progress) {
        long start = System.nanoTime();
        CellResult result = new CellResult(name());
        try {
            AcousticModel untrained = SourceTraining.architecture(recipe().features(), network.net(recipe().net()))
                    .untrained(prepared.settings(), prepared.states(), network.scale(), replicate.seed());
            FeatureSet dev = prepared.sets().get("dev");
            ActivationStats before = ActivationStats.over(untrained.network(), untrained.splice(dev));
            ModelTraining.Result trained = train(untrained, labels);
            progress.run();
            Tuning.Point point = tune(trained.model());
            AcousticModel model = trained.model().with(new AcousticModel.Weights(point.scale(), point.penalty()));
            Recognizer recognizer = new Recognizer(prepared.graph(), decoding(point));
            ActivationStats stats = ActivationStats.over(model.network(), model.splice(dev));
            NetworkSpec spec = model.network().spec();
            Saturation saturation = new Saturation(saturated(spec, before), saturated(spec, stats));
            saturation.addTo(result.layers, network.name(), replicate.number(), stats.layers());
            progress.run();
            measure(result, model, recognizer, stats, saturation.after(), progress);
            result.model = model;
            result.summary(network.name(), replicate, spec, trained.epochs().getLast(), point, saturation, (System.nanoTime() - start) * 1e-9);
        } catch (ModelException e) {
            result.failures.add("map", name(), e.getMessage());
        }
        return result;
    }

    private RecipeOptions recipe() {
        return options.recipe();
    }

    private ModelTraining.Result train(AcousticModel untrained, MapAlignment.Labels labels) {
        RecipeOptions.Training t = recipe().training();
        return ModelTraining.run(untrained, new ModelTraining.Labelled(prepared.sets().get("train"), labels.train()),
                new ModelTraining.Labelled(prepared.sets().get("dev"), labels.dev()),
                new ModelTraining.Options(network.optimizer().optimizer(t.momentum()), network.epochs(), network.rate(), t.batch(), t.share(),
                        replicate.seed(), 1), Trainer.Execution.standard(), step -> { });
    }

    private Tuning.Point tune(AcousticModel model) {
        List<Tuning.Speech> speech = new ArrayList<>();
        prepared.sets().forEach((name, set) -> {
            if (name.startsWith(TUNING)) {
                speech.add(new Tuning.Speech(set, model.score(set)));
            }
        });
        RecipeOptions.Search search = recipe().search();
        return Tuning.sweep(prepared.graph(), speech, search.scales(), search.penalties(), search.beam(), search.maxActive()).stream()
                .filter(Tuning.Point::chosen).findFirst().orElseThrow();
    }

    private DecoderOptions decoding(Tuning.Point point) {
        return new DecoderOptions(point.scale(), point.penalty(), recipe().search().beam(), recipe().search().maxActive());
    }

    private static HyperHypo saturated(NetworkSpec spec, ActivationStats stats) {
        return HyperHypo.byThreshold(spec, stats, MapOptions.SATURATED, 1 - MapOptions.SATURATED);
    }

    /// The whole network on clean speech; then in each target condition the whole network, removal, and the arms.
    private void measure(CellResult result, AcousticModel model, Recognizer recognizer, ActivationStats stats, HyperHypo saturated, Runnable progress) {
        FeatureSet clean = replicate.test(prepared.sets().get("test"));
        Scorer inDomain = new Scorer(model, clean);
        Evaluation.addUtterances(result.utterances, replicate, WordRates.CLEAN, "A0", 0, clean, inDomain.evaluate(model.network(), true, recognizer));
        CellSystems systems = new CellSystems(replicate, model, recognizer, options);
        targets().forEach((condition, set) -> {
            Scorer target = new Scorer(model, replicate.test(set));
            systems.remove(result, condition, target, stats, saturated.both());
            systems.adapt(result, condition, target, replicate.adaptation(set));
            progress.run();
        });
    }

    private Map<String, FeatureSet> targets() {
        Map<String, FeatureSet> targets = new LinkedHashMap<>();
        prepared.sets().forEach((name, set) -> {
            if (name.startsWith(TARGET)) {
                targets.put(name.substring(TARGET.length()), set);
            }
        });
        return targets;
    }
}
