package org.hyperhypo.experiments.recipe;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hyperhypo.asr.score.WordErrors;
import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.NeuronMask;
import org.hyperhypo.experiments.model.AcousticModel;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.model.LogLikelihoods;
import org.hyperhypo.experiments.model.Recognizer;
import org.hyperhypo.experiments.neurons.ActivationStats;
import org.hyperhypo.experiments.prune.Removal;
import org.hyperhypo.experiments.prune.SweepPlan;
import org.hyperhypo.experiments.report.Csv;

/// Removes sets of neurons without retraining and measures word error rate, frame accuracy and cross entropy, in domain and in every target
/// condition. Every set is scored from the kept outputs of the convolutions, which removal does not touch.
///
/// Beside hypo, hyper and both (half the share from each tail): as many random neurons, several draws, and as many from the middle of the
/// ranking, because a number without its control says nothing.
final class RemovalSweep {
    static final String[] COLUMNS = {"replicate", "set", "layer", "share", "mode", "draw", "removed", "condition", "words", "errors", "wer",
        "frame_accuracy", "cross_entropy"};
    private static final int DEVELOPMENT_STEP = 2;

    private final Replicate replicate;
    private final AcousticModel model;
    private final ActivationStats stats;
    private final Recognizer recognizer;
    private final Map<String, FeatureSet> tests;
    private Map<String, Scorer> kept;

    /// @param tests test sets by condition name
    RemovalSweep(Replicate replicate, AcousticModel model, ActivationStats stats, Recognizer recognizer, Map<String, FeatureSet> tests) {
        this.replicate = replicate;
        this.model = model;
        this.stats = stats;
        this.recognizer = recognizer;
        this.tests = tests;
    }

    /// Rows for "nothing removed".
    ///
    /// @param labels reference states per frame of each test set, from the forced alignment of the clean speech
    void nothing(Csv table, Map<String, int[]> labels) {
        SweepPlan.Target nothing = new SweepPlan.Target("none", SweepPlan.ALL_LAYERS, 0, 0, NeuronMask.none(model.network().spec()));
        measure(table, nothing, "none", model.network(), labels);
    }

    /// Rows for every target in every mode.
    void sweep(Csv table, List<SweepPlan.Target> targets, Map<String, int[]> labels, Runnable progress) {
        for (SweepPlan.Target target : targets) {
            for (Removal mode : Removal.values()) {
                measure(table, target, mode.label(), mode.apply(model.network(), target.mask(), stats), labels);
                progress.run();
            }
        }
    }

    private void measure(Csv table, SweepPlan.Target target, String mode, Network pruned, Map<String, int[]> labels) {
        kept = kept == null ? scorers(tests) : kept;
        // The compacted network gives the same numbers as the one with closed gates, in less time.
        Network network = pruned.compacted();
        for (Map.Entry<String, Scorer> test : kept.entrySet()) {
            LogLikelihoods scores = test.getValue().score(network, true);
            WordErrors total = recognizer.evaluate(test.getValue().set(), scores).total();
            table.add(replicate.number(), target.set(), target.layer(), target.share(), mode, target.draw(), target.mask().count(), test.getKey(),
                    total.words(), total.errors(), total.wer(), scores.accuracy(labels.get(test.getKey()), model.logPriors()),
                    scores.crossEntropy(labels.get(test.getKey()), model.logPriors()));
        }
    }

    /// The errors of the whole network ("none") and of "best removal" on every test utterance. The best of hypo, hyper and both, at every share
    /// and in both modes, is the one with the fewest errors on corrupted development speech.
    void compareBest(Csv utterances, List<SweepPlan.Target> targets, Map<String, FeatureSet> whole, Map<String, FeatureSet> development) {
        Map<String, FeatureSet> part = new LinkedHashMap<>();
        development.forEach((name, set) -> part.put(name, set.every(DEVELOPMENT_STEP, 0)));
        Map<String, Scorer> scorers = scorers(part);
        Network best = model.network();
        long fewest = Long.MAX_VALUE;
        for (SweepPlan.Target target : targets) {
            for (Removal mode : Removal.values()) {
                if (target.claimed()) {
                    Network network = mode.apply(model.network(), target.mask(), stats).compacted();
                    long errors = scorers.values().stream().mapToLong(test -> test.evaluate(network, true, recognizer).total().errors()).sum();
                    best = errors < fewest ? network : best;
                    fewest = Math.min(errors, fewest);
                }
            }
        }
        for (Map.Entry<String, FeatureSet> test : whole.entrySet()) {
            // One condition in memory at a time.
            Scorer scorer = new Scorer(model, test.getValue());
            Evaluation.addUtterances(utterances, replicate, test.getKey(), "none", 0, test.getValue(), scorer.evaluate(model.network(), true, recognizer));
            Evaluation.addUtterances(utterances, replicate, test.getKey(), "best removal", 0, test.getValue(), scorer.evaluate(best, true, recognizer));
        }
    }

    private Map<String, Scorer> scorers(Map<String, FeatureSet> sets) {
        Map<String, Scorer> scorers = new LinkedHashMap<>();
        sets.forEach((name, set) -> scorers.put(name, new Scorer(model, set)));
        return scorers;
    }
}
