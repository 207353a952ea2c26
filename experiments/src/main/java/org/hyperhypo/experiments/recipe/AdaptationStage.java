package org.hyperhypo.experiments.recipe;

import java.util.List;
import java.util.Map;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.experiments.adapt.AdaptationPlan;
import org.hyperhypo.experiments.adapt.Arm;
import org.hyperhypo.experiments.adapt.FirstPass;
import org.hyperhypo.experiments.adapt.Regime;
import org.hyperhypo.experiments.adapt.SourceActivity;
import org.hyperhypo.experiments.adapt.UtteranceSelection;
import org.hyperhypo.experiments.model.AcousticModel;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.model.Recognizer;
import org.hyperhypo.experiments.report.Csv;

/// The arms of one replicate: first their learning rates, where a grid was asked for, then all of them in each condition.
record AdaptationStage(Replicate replicate, RecipeOptions options, RunFolder folder, Lexicon lexicon, Map<String, FeatureSet> sets, AcousticModel model,
                       Recognizer recognizer) {
    /// Every how many development utterances are looked at for what is typical of source speech.
    private static final int SOURCE_STEP = 2;

    /// On development speech in the tuning domains: some of its speakers to adapt on, the others to score.
    void chooseRates(Cell cell, Runnable progress) {
        RateChoice choice = new RateChoice(options.arms());
        Csv failures = new Csv(ResultTables.FAILURES);
        ArmLabels labels = new ArmLabels(model, recognizer, lexicon, trust(), options, failures);
        for (Map.Entry<String, FeatureSet> set : sets.entrySet()) {
            if (set.getKey().startsWith(ReplicateRun.TUNING_SET)) {
                String condition = set.getKey().substring(ReplicateRun.TUNING_SET.length());
                FirstPass pass = FirstPass.of(model, recognizer, unlabelled(set.getValue()));
                choice.measure(condition, labels.adaptation(replicate, condition, pass), new Scorer(model, replicate.test(set.getValue())), recognizer);
                progress.run();
            }
        }
        Csv table = new Csv(RateChoice.COLUMNS);
        choice.addTo(table, replicate);
        folder.writePart(cell.part("rates"), table);
        folder.writePart(cell.failures(), failures);
    }

    /// Decodes what is adapted on; its cells are the arms.
    Condition condition(String condition) {
        FeatureSet all = sets.get("test." + condition);
        AdaptationPlan plan = options.arms();
        RecipeOptions chosen = plan.grid().isEmpty() ? options : options.with(plan.with(RateChoice.read(folder.readPart(
                Cell.of(Stage.RATES, replicate.number()).part("rates")), plan.budget().rates())));
        AdaptationTable table = new AdaptationTable(replicate, condition, model, recognizer, lexicon, trust(), chosen, unlabelled(all),
                new Scorer(model, replicate.test(all)), new Scorer(model, replicate.test(sets.get("test")).every(options.sourceStep(), 0)));
        return new Condition(folder, table, chosen.arms().arms());
    }

    /// One condition, decoded and ready for any arm.
    record Condition(RunFolder folder, AdaptationTable table, List<Arm> arms) {
        void run(Cell cell, Runnable progress) {
            if (cell.item().isEmpty()) {
                SelectionTable selection = table.selection();
                folder.writePart(cell.part("selection"), selection.summary);
                folder.writePart(cell.part("confidence"), selection.curves);
                folder.writePart(cell.failures(), table.failures());
            } else {
                Arm arm = arms.stream().filter(one -> one.id().equals(cell.item())).findFirst().orElseThrow();
                AdaptationTable.Rows rows = table.run(arm, cell.number());
                folder.writePart(cell.part("adaptation"), rows.arms());
                folder.writePart(cell.part("saturation"), rows.saturation());
                folder.writePart(cell.part("adaptation-utterances"), rows.utterances());
                folder.writePart(cell.failures(), rows.failures());
                progress.run();
            }
        }
    }

    /// Whom to believe; what is typical of source speech is seen on clean development speech.
    private UtteranceSelection.Trust trust() {
        return new UtteranceSelection.Trust(options.trust(), options.trustShare(), SourceActivity.of(model, sets.get("dev").every(SOURCE_STEP, 0)));
    }

    /// What is adapted on before this replicate's part of `all` is scored.
    private FeatureSet unlabelled(FeatureSet all) {
        return options.arms().regime() == Regime.TRANSDUCTIVE ? replicate.test(all) : replicate.adaptation(all);
    }
}
