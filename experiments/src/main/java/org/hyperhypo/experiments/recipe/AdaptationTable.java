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

/// The adaptation arms of one replicate in one target condition: decodes the unlabelled speech once and chooses whom to trust; then adapts by any arm, and
/// scores on other speech of the condition and, for forgetting, on clean speech.
final class AdaptationTable {
    static final String[] COLUMNS = {"replicate", "condition", "arm", "draw", "neurons", "parameters", "rate", "epochs", "words", "sub", "del",
        "ins", "errors", "wer", "source_words", "source_errors", "source_wer", "hypo", "hyper", "seconds", "moment_bytes", "network"};
    static final String[] SATURATION_COLUMNS = {"replicate", "model", "condition", "layer", "width", "hypo", "hyper"};

    /// Every how many utterances of the unlabelled speech the saturation of an adapted network is measured on.
    private static final int SAMPLE_STEP = 8;

    private final Replicate replicate;
    private final String condition;
    private final AcousticModel model;
    private final Recognizer recognizer;
    private final UtteranceSelection.Trust trust;
    private final Scorer target;
    private final Scorer source;
    private final FirstPass pass;
    private final Csv failures = new Csv(ResultTables.FAILURES);
    private final DecodeAdapt adaptation;
    private final boolean nothing;

    /// What one draw of one arm, or the first pass, adds to the tables.
    record Rows(Csv arms, Csv saturation, Csv utterances, Csv failures) {
        private Rows() {
            this(new Csv(COLUMNS), new Csv(SATURATION_COLUMNS), new Csv(Evaluation.UTTERANCE_COLUMNS), new Csv(ResultTables.FAILURES));
        }
    }

    /// @param unlabelled speech of the target condition; its words are used for reporting only
    /// @param target     test speech of the condition
    /// @param source     clean test speech
    AdaptationTable(Replicate replicate, String condition, AcousticModel model, Recognizer recognizer, Lexicon lexicon, UtteranceSelection.Trust trust,
                    RecipeOptions options, FeatureSet unlabelled, Scorer target, Scorer source) {
        this.replicate = replicate;
        this.condition = condition;
        this.model = model;
        this.recognizer = recognizer;
        this.trust = trust;
        this.target = target;
        this.source = source;
        this.pass = FirstPass.of(model, recognizer, unlabelled);
        ArmLabels labels = new ArmLabels(model, recognizer, lexicon, trust, options, failures);
        this.adaptation = labels.adaptation(replicate, condition, pass);
        this.nothing = labels.nothing(pass);
        if (nothing) {
            failures.add("adaptation " + replicate.name(), condition, "no trusted utterance has a decoded word, so there is nothing to adapt on; only A0 was scored");
        }
    }

    /// What failed before any arm.
    Csv failures() {
        return failures;
    }

    SelectionTable selection() {
        SelectionTable selection = new SelectionTable();
        selection.add(replicate, condition, pass, trust);
        return selection;
    }

    Rows run(Arm arm, int draw) {
        Rows rows = new Rows();
        if (!nothing || arm.stages().isEmpty()) {
            try {
                score(rows, arm, draw, adaptation.run(arm, draw));
            } catch (ModelException e) {
                rows.failures.add("adaptation " + replicate.name(), condition + " " + arm.id(), e.getMessage());
            }
        }
        return rows;
    }

    private void score(Rows rows, Arm arm, int draw, Adaptation.Outcome outcome) {
        boolean sameConvolutions = outcome.sameConvolutions();
        Recognizer.Output output = target.evaluate(outcome.network(), sameConvolutions, recognizer);
        WordErrors errors = output.total();
        WordErrors forgotten = source.evaluate(outcome.network(), sameConvolutions, recognizer).total();
        ActivationStats stats = ActivationStats.over(outcome.network(), model.with(outcome.network()).splice(pass.set().every(SAMPLE_STEP, 0)));
        HyperHypo saturated = HyperHypo.byThreshold(outcome.network().spec(), stats, 0.05, 0.95);
        rows.arms.add(replicate.number(), condition, arm.id(), draw, outcome.mask().count(), outcome.parameters(), rates(arm), arm.epochs(),
                errors.words(), errors.substitutions(), errors.deletions(), errors.insertions(), errors.errors(), errors.wer(),
                forgotten.words(), forgotten.errors(), forgotten.wer(), saturated.hypo().count(), saturated.hyper().count(), outcome.seconds(), outcome.momentBytes(),
                outcome.network().hash());
        for (ActivationStats.Layer layer : stats.layers()) {
            rows.saturation.add(replicate.number(), arm.id(), condition, layer.name(), layer.neurons(), saturated.hypo().count(layer.name()),
                    saturated.hyper().count(layer.name()));
        }
        Evaluation.addUtterances(rows.utterances, replicate, condition, arm.id(), draw, target.set(), output);
    }

    private static String rates(Arm arm) {
        return DoubleStream.of(arm.rates()).mapToObj(Csv::number).distinct().reduce((a, b) -> a + ", then " + b).orElse("");
    }
}
