package org.hyperhypo.experiments.recipe;

import java.util.stream.IntStream;
import org.hyperhypo.asr.score.EditDistance;
import org.hyperhypo.asr.score.WordErrors;
import org.hyperhypo.engine.ModelException;
import org.hyperhypo.engine.NeuronMask;
import org.hyperhypo.experiments.adapt.Adaptation;
import org.hyperhypo.experiments.adapt.Arm;
import org.hyperhypo.experiments.adapt.FirstPass;
import org.hyperhypo.experiments.adapt.UtteranceSelection;
import org.hyperhypo.experiments.model.AcousticModel;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.model.Layers;
import org.hyperhypo.experiments.model.Recognizer;
import org.hyperhypo.experiments.neurons.ActivationStats;
import org.hyperhypo.experiments.neurons.HyperHypo;
import org.hyperhypo.experiments.neurons.Spearman;
import org.hyperhypo.experiments.report.Csv;

/// All adaptation arms of one replicate in one target condition: decode the unlabelled speech, choose whom to trust, adapt, score on
/// other speakers of the condition and, for forgetting, on clean speech.
final class AdaptationTable {
    static final String[] COLUMNS = {"replicate", "condition", "arm", "draw", "neurons", "parameters", "rate", "epochs", "words", "sub", "del",
        "ins", "errors", "wer", "source_words", "source_errors", "source_wer", "hypo", "hyper", "seconds"};
    static final String[] SELECTION_COLUMNS = {"replicate", "condition", "measure", "spearman", "selected_wer", "all_wer"};
    static final String[] SATURATION_COLUMNS = {"replicate", "model", "condition", "layer", "width", "hypo", "hyper"};

    final Csv arms = new Csv(COLUMNS);
    final Csv selection = new Csv(SELECTION_COLUMNS);
    final Csv saturation = new Csv(SATURATION_COLUMNS);
    final Csv utterances = new Csv(Evaluation.UTTERANCE_COLUMNS);
    final Csv failures = new Csv(ResultTables.FAILURES);

    private final Replicate replicate;
    private final String condition;
    private final AcousticModel model;
    private final Recognizer recognizer;
    private final RecipeOptions options;

    AdaptationTable(Replicate replicate, String condition, AcousticModel model, Recognizer recognizer, RecipeOptions options) {
        this.replicate = replicate;
        this.condition = condition;
        this.model = model;
        this.recognizer = recognizer;
        this.options = options;
    }

    /// @param unlabelled speech of the target condition; its words are used for reporting only
    /// @param target     test speech of the condition
    /// @param source     clean test speech
    void run(FeatureSet unlabelled, Scorer target, Scorer source, java.util.function.Consumer<String> progress) {
        int[] labels = firstPass(unlabelled);
        Adaptation adaptation = new Adaptation(model.network(), model.splice(unlabelled), labels, new Adaptation.Options(options.tailShare(),
                options.adaptation().momentum(), options.adaptation().batch(), options.adaptation().share(), replicate.seed(), 1));
        FeatureSet sample = unlabelled.every(8, 0);
        boolean nothing = IntStream.of(labels).allMatch(label -> label < 0);
        if (nothing) {
            failures.add("adaptation " + replicate.name(), condition, "no trusted utterance has a decoded word, so there is nothing to adapt on; only A0 was scored");
        }
        for (Arm arm : Arm.standard(options.arms())) {
            if (nothing && !arm.stages().isEmpty()) {
                continue;
            }
            for (int draw = 0; draw < arm.draws(); draw++) {
                try {
                    score(arm, draw, adaptation.run(arm, draw), target, source, sample);
                } catch (ModelException e) {
                    failures.add("adaptation " + replicate.name(), condition + " " + arm.id(), e.getMessage());
                }
                progress.accept(arm.id());
            }
        }
    }

    /// Decodes the unlabelled speech and returns the states of the best paths as labels, −1 on every frame of utterances not trusted.
    private int[] firstPass(FeatureSet unlabelled) {
        FirstPass pass = FirstPass.of(model, recognizer, unlabelled);
        WordErrors[] errors = new WordErrors[unlabelled.size()];
        WordErrors all = WordErrors.NONE;
        for (int u = 0; u < unlabelled.size(); u++) {
            errors[u] = EditDistance.count(unlabelled.entries().get(u).words(), pass.hypotheses().get(u).text());
            all = all.add(errors[u]);
        }
        boolean[] trusted = null;
        for (UtteranceSelection.Measure measure : UtteranceSelection.Measure.values()) {
            double[] confidence = pass.confidence(measure);
            boolean[] best = pass.trusted(measure, options.trustShare());
            WordErrors chosen = WordErrors.NONE;
            for (int u = 0; u < best.length; u++) {
                chosen = best[u] ? chosen.add(errors[u]) : chosen;
            }
            selection.add(replicate.number(), condition, measure.label(), correlation(confidence, errors), chosen.wer(), all.wer());
            trusted = measure == options.trust() ? best : trusted;
        }
        return pass.labels(trusted);
    }

    /// Spearman's rank correlation of confidence and true error rate, over utterances that have words: below 0 for a measure worth its name.
    static double correlation(double[] confidence, WordErrors[] errors) {
        int[] spoken = IntStream.range(0, errors.length).filter(u -> errors[u].words() > 0).toArray();
        return Spearman.correlation(IntStream.of(spoken).mapToDouble(u -> confidence[u]).toArray(),
                IntStream.of(spoken).mapToDouble(u -> errors[u].wer()).toArray());
    }

    private void score(Arm arm, int draw, Adaptation.Outcome outcome, Scorer target, Scorer source, FeatureSet sample) {
        boolean sameConvolutions = arm.stages().stream().noneMatch(stage -> stage.trained() == Arm.Trained.EVERYTHING);
        Recognizer.Output output = target.evaluate(outcome.network(), sameConvolutions, recognizer);
        WordErrors errors = output.total();
        WordErrors forgotten = source.evaluate(outcome.network(), sameConvolutions, recognizer).total();
        ActivationStats stats = ActivationStats.over(outcome.network(), model.with(outcome.network()).splice(sample));
        HyperHypo saturated = HyperHypo.byThreshold(outcome.network().spec(), stats, 0.05, 0.95);
        NeuronMask mask = outcome.mask();
        arms.add(replicate.number(), condition, arm.id(), draw, mask.count(), Layers.parameters(outcome.network().spec(), mask), rates(arm), arm.epochs(),
                errors.words(), errors.substitutions(), errors.deletions(), errors.insertions(), errors.errors(), errors.wer(),
                forgotten.words(), forgotten.errors(), forgotten.wer(), saturated.hypo().count(), saturated.hyper().count(), outcome.seconds());
        for (ActivationStats.Layer layer : stats.layers()) {
            saturation.add(replicate.number(), arm.id(), condition, layer.name(), layer.neurons(), saturated.hypo().count(layer.name()),
                    saturated.hyper().count(layer.name()));
        }
        Evaluation.addUtterances(utterances, replicate, condition, arm.id(), draw, target.set(), output);
    }

    private static String rates(Arm arm) {
        return arm.stages().stream().map(stage -> Csv.number(stage.rate())).distinct().reduce((a, b) -> a + ", then " + b).orElse("");
    }
}
