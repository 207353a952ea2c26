package org.hyperhypo.experiments.recipe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hyperhypo.asr.score.WordErrors;
import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.NeuronMask;
import org.hyperhypo.experiments.model.AcousticModel;
import org.hyperhypo.experiments.model.LogLikelihoods;
import org.hyperhypo.experiments.model.Recognizer;
import org.hyperhypo.experiments.neurons.ActivationStats;
import org.hyperhypo.experiments.neurons.HyperHypo;
import org.hyperhypo.experiments.prune.Removal;
import org.hyperhypo.experiments.report.Csv;

/// Removes sets of neurons without retraining and measures word error rate and frame accuracy, in domain and in every target condition.
///
/// Beside hypo, hyper and both (half the share from each tail): as many random neurons, several draws, and as many from the middle of the
/// ranking, because a number without its control says nothing.
final class RemovalSweep {
    static final String[] COLUMNS = {"replicate", "set", "share", "mode", "draw", "removed", "condition", "words", "errors", "wer",
        "frame_accuracy"};

    private final Replicate replicate;
    private final AcousticModel model;
    private final ActivationStats stats;
    private final Recognizer recognizer;
    private final Map<String, Scorer> tests;
    private final int[] labels;

    /// @param tests  test sets by condition name, all of the same utterances and frames
    /// @param labels reference states per frame, from the forced alignment of the clean speech
    RemovalSweep(Replicate replicate, AcousticModel model, ActivationStats stats, Recognizer recognizer, Map<String, Scorer> tests,
                 int[] labels) {
        this.replicate = replicate;
        this.model = model;
        this.stats = stats;
        this.recognizer = recognizer;
        this.tests = tests;
        this.labels = labels;
    }

    /// One set of neurons to remove.
    record Target(String set, double share, int draw, NeuronMask mask) {
    }

    /// All sets of the sweep; the share is that of the whole layer.
    List<Target> targets(double[] shares, int draws) {
        var spec = model.network().spec();
        List<Target> targets = new ArrayList<>();
        for (double share : shares) {
            HyperHypo whole = HyperHypo.byActivity(spec, stats, share);
            HyperHypo half = HyperHypo.byActivity(spec, stats, share / 2);
            targets.add(new Target("hypo", share, 0, whole.hypo()));
            targets.add(new Target("hyper", share, 0, whole.hyper()));
            targets.add(new Target("both", share, 0, half.both()));
            targets.add(new Target("middle", share, 0, HyperHypo.middle(spec, stats, half.both())));
            for (int draw = 0; draw < draws; draw++) {
                long seed = replicate.seed() * 7919 + draw;
                targets.add(new Target("random", share, draw, HyperHypo.random(spec, stats, half.both(), seed)));
            }
        }
        return targets;
    }

    /// Rows for "nothing removed": what every other row is compared with.
    void addBaseline(Csv table, Csv utterances) {
        measure(table, utterances, new Target("none", 0, 0, NeuronMask.none(model.network().spec())), "none", model.network());
    }

    void add(Csv table, Csv utterances, Target target, Removal mode) {
        measure(table, utterances, target, mode.label(), mode.apply(model.network(), target.mask, stats));
    }

    /// "best removal": of hypo, hyper and both, at every share and in both modes, the one with the fewest errors on corrupted
    /// development speech. Its test errors are those already in `utterances`, entered again under that name.
    void addBest(Csv utterances, List<Target> targets, Map<String, Scorer> development) {
        String best = "";
        long fewest = Long.MAX_VALUE;
        for (Target target : targets) {
            if (List.of("hypo", "hyper", "both").contains(target.set)) {
                for (Removal mode : Removal.values()) {
                    Network network = mode.apply(model.network(), target.mask, stats).compacted();
                    long errors = development.values().stream().mapToLong(test -> test.evaluate(network, true, recognizer).total().errors()).sum();
                    if (errors < fewest) {
                        fewest = errors;
                        best = name(target, mode.label());
                    }
                }
            }
        }
        for (Csv.Row row : List.copyOf(utterances.rows())) {
            if (row.text("arm").equals(best)) {
                List<Object> cells = new ArrayList<>(row.cells());
                cells.set(2, "best removal");
                utterances.add(cells.toArray());
            }
        }
    }

    private static String name(Target target, String mode) {
        return target.set.equals("none") ? "none" : target.set + " " + Csv.number(target.share) + " " + mode;
    }

    private void measure(Csv table, Csv utterances, Target target, String mode, Network pruned) {
        // The compacted network gives the same numbers as the one with closed gates, in less time.
        Network network = pruned.compacted();
        for (Map.Entry<String, Scorer> test : tests.entrySet()) {
            LogLikelihoods scores = test.getValue().score(network, true);
            Recognizer.Output output = recognizer.evaluate(test.getValue().set(), scores);
            WordErrors total = output.total();
            table.add(replicate.number(), target.set, target.share, mode, target.draw, target.mask.count(), test.getKey(), total.words(),
                    total.errors(), total.wer(), scores.accuracy(labels, model.logPriors()));
            Evaluation.addUtterances(utterances, replicate, test.getKey(), name(target, mode), target.draw, test.getValue().set(), output);
        }
    }

    /// Test sets by name, in the order given.
    static Map<String, Scorer> scorers(AcousticModel model, Map<String, org.hyperhypo.experiments.model.FeatureSet> sets) {
        Map<String, Scorer> scorers = new LinkedHashMap<>();
        sets.forEach((name, set) -> scorers.put(name, new Scorer(model, set)));
        return scorers;
    }
}
