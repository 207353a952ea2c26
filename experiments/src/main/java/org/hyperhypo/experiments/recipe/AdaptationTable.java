package org.hyperhypo.experiments.recipe;

import java.util.stream.DoubleStream;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.asr.score.WordErrors;
import org.hyperhypo.engine.ModelException;
import org.hyperhypo.experiments.adapt.Adaptation;
import org.hyperhypo.experiments.adapt.Arm;
import org.hyperhypo.experiments.adapt.DecodeAdapt;
import org.hyperhypo.experiments.adapt.FirstPass;
import org.hyperhypo.experiments.adapt.UtteranceSelection;
import org.hyperhypo.experiments.model.AcousticModel;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.model.Recognizer;
import org.hyperhypo.experiments.neurons.ActivationStats;
import org.hyperhypo.experiments.neurons.HyperHypo;
import org.hyperhypo.experiments.report.Csv;

/// All adaptation arms of one replicate in one target condition: decode the unlabelled speech, choose whom to trust, adapt, score on
/// other speech of the condition and, for forgetting, on clean speech.
final class AdaptationTable {
    static final String[] COLUMNS = {"replicate", "condition", "arm", "draw", "neurons", "parameters", "rate", "epochs", "words", "sub", "del",
        "ins", "errors", "wer", "source_words", "source_errors", "source_wer", "hypo", "hyper", "seconds", "moment_bytes", "network"};
    static final String[] SATURATION_COLUMNS = {"replicate", "model", "condition", "layer", "width", "hypo", "hyper"};

    final Csv arms = new Csv(COLUMNS);
    final SelectionTable selection = new SelectionTable();
    final Csv saturation = new Csv(SATURATION_COLUMNS);
    final Csv utterances = new Csv(Evaluation.UTTERANCE_COLUMNS);
    final Csv failures = new Csv(ResultTables.FAILURES);

    private final Replicate replicate;
    private final String condition;
    private final AcousticModel model;
    private final Recognizer recognizer;
    private final Lexicon lexicon;
    private final UtteranceSelection.Trust trust;
    private final RecipeOptions options;

    AdaptationTable(Replicate replicate, String condition, AcousticModel model, Recognizer recognizer, Lexicon lexicon, UtteranceSelection.Trust trust,
                    RecipeOptions options) {
        this.replicate = replicate;
        this.condition = condition;
        this.model = model;
        this.recognizer = recognizer;
        this.lexicon = lexicon;
        this.trust = trust;
        this.options = options;
    }

    /// @param unlabelled speech of the target condition; its words are used for reporting only
    /// @param target     test speech of the condition
    /// @param source     clean test speech
    void run(FeatureSet unlabelled, Scorer target, Scorer source, java.util.function.Consumer<String> progress) {
        FirstPass pass = FirstPass.of(model, recognizer, unlabelled);
        selection.add(replicate, condition, pass, trust);
        ArmLabels labels = new ArmLabels(model, recognizer, lexicon, trust, options, failures);
        DecodeAdapt adaptation = labels.adaptation(replicate, condition, pass);
        FeatureSet sample = unlabelled.every(8, 0);
        boolean nothing = labels.nothing(pass);
        if (nothing) {
            failures.add("adaptation " + replicate.name(), condition, "no trusted utterance has a decoded word, so there is nothing to adapt on; only A0 was scored");
        }
        for (Arm arm : options.arms().arms()) {
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

    private void score(Arm arm, int draw, Adaptation.Outcome outcome, Scorer target, Scorer source, FeatureSet sample) {
        boolean sameConvolutions = outcome.sameConvolutions();
        Recognizer.Output output = target.evaluate(outcome.network(), sameConvolutions, recognizer);
        WordErrors errors = output.total();
        WordErrors forgotten = source.evaluate(outcome.network(), sameConvolutions, recognizer).total();
        ActivationStats stats = ActivationStats.over(outcome.network(), model.with(outcome.network()).splice(sample));
        HyperHypo saturated = HyperHypo.byThreshold(outcome.network().spec(), stats, 0.05, 0.95);
        arms.add(replicate.number(), condition, arm.id(), draw, outcome.mask().count(), outcome.parameters(), rates(arm), arm.epochs(),
                errors.words(), errors.substitutions(), errors.deletions(), errors.insertions(), errors.errors(), errors.wer(),
                forgotten.words(), forgotten.errors(), forgotten.wer(), saturated.hypo().count(), saturated.hyper().count(), outcome.seconds(), outcome.momentBytes(),
                outcome.network().hash());
        for (ActivationStats.Layer layer : stats.layers()) {
            saturation.add(replicate.number(), arm.id(), condition, layer.name(), layer.neurons(), saturated.hypo().count(layer.name()),
                    saturated.hyper().count(layer.name()));
        }
        Evaluation.addUtterances(utterances, replicate, condition, arm.id(), draw, target.set(), output);
    }

    private static String rates(Arm arm) {
        return DoubleStream.of(arm.rates()).mapToObj(Csv::number).distinct().reduce((a, b) -> a + ", then " + b).orElse("");
    }
}
