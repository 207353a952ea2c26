package org.hyperhypo.experiments.recipe;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.hyperhypo.engine.Network;
import org.hyperhypo.experiments.model.AcousticModel;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.neurons.ActivationStats;
import org.hyperhypo.experiments.neurons.Activity;
import org.hyperhypo.experiments.neurons.Detection;
import org.hyperhypo.experiments.neurons.Evidence;
import org.hyperhypo.experiments.neurons.HyperHypo;
import org.hyperhypo.experiments.neurons.NeuronCards;
import org.hyperhypo.experiments.neurons.NeuronTable;
import org.hyperhypo.experiments.neurons.Shift;
import org.hyperhypo.experiments.neurons.Weights;
import org.hyperhypo.experiments.report.Csv;

/// What one replicate's neurons do: every statistic, what criteria make of them, how they shift to each target domain, and cards of the extremes.
///
/// Criteria are computed on every second development utterance and tested against tails chosen on the others.
final class NeuronAnalysis {
    static final String[] SHIFT = {"replicate", "condition", "layer", "kind", "neurons", "mean_abs_shift", "mean_divergence", "still"};
    static final String[] LAYERS = {"replicate", "layer", "neurons", "diversity", "diversity_initial", "windowed_entropy"};

    final Csv neurons = new Csv(NeuronTable.columns());
    final Csv criteria = new Csv(Detection.COLUMNS);
    final Csv shift = new Csv(SHIFT);
    final Csv cards = new Csv(NeuronCards.COLUMNS);
    final Csv layers = new Csv(LAYERS);

    private final Replicate replicate;
    private final AcousticModel model;
    private final RecipeOptions options;

    NeuronAnalysis(Replicate replicate, AcousticModel model, RecipeOptions options) {
        this.replicate = replicate;
        this.model = model;
        this.options = options;
    }

    /// Every second utterance with the labels of its frames.
    private record Part(FeatureSet set, int[] labels) {
        static Part of(FeatureSet set, int[] labels, int first) {
            int[] starts = set.starts();
            List<int[]> chosen = new ArrayList<>();
            for (int u = first; u < set.size(); u += 2) {
                chosen.add(Arrays.copyOfRange(labels, starts[u], starts[u + 1]));
            }
            return new Part(set.every(2, first), chosen.stream().flatMapToInt(Arrays::stream).toArray());
        }
    }

    /// Fills all tables and returns the evidence on the whole development set.
    ///
    /// @param labels of `development`, negative where it could not be aligned
    /// @param source, targets the same utterances as they are and in every target condition
    Evidence run(FeatureSet development, int[] labels, NeuronTable.Initial initial, FeatureSet source, Map<String, FeatureSet> targets)
            throws IOException {
        Network network = model.network();
        Evidence evidence = detect(development, labels);
        HyperHypo tails = HyperHypo.byActivity(network.spec(), evidence.stats(), options.tailShare());
        evidence = evidence.with(shift(tails, source, targets));
        NeuronTable.add(neurons, replicate.number(), evidence, initial, tails, HyperHypo.middle(network.spec(), evidence.stats(), tails.both()));
        NeuronCards.add(cards, replicate.number(), model, development, labels, evidence.activity());
        for (ActivationStats.Layer layer : evidence.stats().layers()) {
            layers.add(replicate.number(), layer.name(), layer.neurons(), Weights.diversity(network, layer.name()),
                    Weights.diversity(initial.network(), layer.name()),
                    Arrays.stream(evidence.activity().windowedEntropy(layer.name())).average().orElse(Double.NaN));
        }
        return evidence;
    }

    private Evidence detect(FeatureSet development, int[] labels) {
        Network network = model.network();
        if (development.size() < 2) {
            return Evidence.measure(network, model.splice(development), development.starts(), labels, options.evidence());
        }
        Part measured = Part.of(development, labels, 0);
        Part held = Part.of(development, labels, 1);
        Evidence half = Evidence.measure(network, model.splice(measured.set), measured.set.starts(), measured.labels, options.evidence());
        Activity other = Activity.over(network, model.splice(held.set), held.set.starts(), held.labels);
        Detection.add(criteria, replicate.number(), half, other.stats(), HyperHypo.byActivity(network.spec(), other.stats(), options.tailShare()),
                replicate.seed());
        return half.with(half.activity().plus(other));
    }

    /// Rows per condition; returns the shift to all conditions together.
    private Shift shift(HyperHypo tails, FeatureSet source, Map<String, FeatureSet> targets) {
        ActivationStats before = ActivationStats.over(model.network(), model.splice(source));
        ActivationStats all = null;
        for (Map.Entry<String, FeatureSet> target : targets.entrySet()) {
            ActivationStats after = ActivationStats.over(model.network(), model.splice(target.getValue()));
            add(target.getKey(), new Shift(before, after), tails, HyperHypo.byActivity(model.network().spec(), after, options.tailShare()));
            all = all == null ? after : all.plus(after);
        }
        return all == null ? null : new Shift(before, all);
    }

    /// @param after the tails by activity in the condition; `still` is the share of the neurons that are in the same tail there
    private void add(String condition, Shift moved, HyperHypo tails, HyperHypo after) {
        for (ActivationStats.Layer layer : moved.source().layers()) {
            String name = layer.name();
            for (String kind : List.of("hypo", "hyper", "other")) {
                int[] chosen = IntStream.range(0, layer.neurons()).filter(n -> kind.equals(kind(tails, name, n))).toArray();
                double still = IntStream.of(chosen).mapToDouble(n -> kind.equals(kind(after, name, n)) ? 1 : 0).average().orElse(Double.NaN);
                // A neuron that never varies on source speech has no unit to measure its shift in.
                double mean = IntStream.of(chosen).mapToDouble(n -> Math.abs(moved.mean(name, n))).filter(Double::isFinite).average().orElse(Double.NaN);
                double divergence = IntStream.of(chosen).mapToDouble(n -> moved.jensenShannon(name, n)).average().orElse(Double.NaN);
                shift.add(replicate.number(), condition, name, kind, chosen.length, mean, divergence, still);
            }
        }
    }

    private static String kind(HyperHypo tails, String layer, int neuron) {
        return tails.hypo().contains(layer, neuron) ? "hypo" : tails.hyper().contains(layer, neuron) ? "hyper" : "other";
    }
}
