package org.hyperhypo.experiments.prune;

import java.util.ArrayList;
import java.util.List;
import org.hyperhypo.engine.NetworkSpec;
import org.hyperhypo.engine.NeuronMask;
import org.hyperhypo.experiments.model.Layers;
import org.hyperhypo.experiments.neurons.ActivationStats;
import org.hyperhypo.experiments.neurons.Criterion;
import org.hyperhypo.experiments.neurons.Evidence;
import org.hyperhypo.experiments.neurons.HyperHypo;

/// Which sets of neurons a removal sweep takes out (the method, section 4). Its cost is the number of sets × modes × frames scored.
///
/// @param shares      shares of each FC layer, all layers at once
/// @param draws       random sets per share
/// @param layerShares shares of single layers, one layer at a time; none: not swept
/// @param layerDraws  random sets per share and single layer
/// @param criteria    whose lowest share is removed too, all layers at once
/// @param step        every step-th test utterance is scored
public record SweepPlan(double[] shares, int draws, double[] layerShares, int layerDraws, List<Criterion> criteria, int step) {
    /// All hidden FC layers together.
    public static final String ALL_LAYERS = "all";

    public SweepPlan {
        criteria = List.copyOf(criteria);
    }

    /// One set of neurons to remove; `share` is that of the layer or layers.
    public record Target(String set, String layer, double share, int draw, NeuronMask mask) {
        /// Whether it is one that the paper's claim is about.
        public boolean claimed() {
            return layer.equals(ALL_LAYERS) && List.of("hypo", "hyper", "both").contains(set);
        }
    }

    /// How many sets [#targets] has for a network of so many hidden FC layers.
    public int count(int layers) {
        return shares.length * (4 + draws + criteria.size()) + layers * layerShares.length * (3 + layerDraws);
    }

    /// All sets, those of all layers first.
    ///
    /// @param evidence what criteria are computed from; only its activity is needed where the plan names no criterion
    public List<Target> targets(NetworkSpec spec, Evidence evidence, long seed) {
        ActivationStats stats = evidence.stats();
        List<Target> targets = new ArrayList<>();
        for (double share : shares) {
            tails(targets, spec, stats, share, ALL_LAYERS, NeuronMask.hiddenDense(spec));
            NeuronMask both = HyperHypo.byActivity(spec, stats, share / 2).both();
            targets.add(new Target("middle", ALL_LAYERS, share, 0, HyperHypo.middle(spec, stats, both)));
            for (Criterion criterion : criteria) {
                targets.add(new Target("lowest " + criterion.label(), ALL_LAYERS, share, 0, HyperHypo.lowest(spec, evidence, criterion, share)));
            }
            random(targets, spec, stats, share, draws, seed, ALL_LAYERS, NeuronMask.hiddenDense(spec));
        }
        for (double share : layerShares) {
            Layers.hidden(spec).forEach(layer -> {
                NeuronMask only = NeuronMask.layers(spec, layer.name());
                tails(targets, spec, stats, share, layer.name(), only);
                random(targets, spec, stats, share, layerDraws, seed, layer.name(), only);
            });
        }
        return targets;
    }

    /// Hypo, hyper, and half the share from each tail.
    private static void tails(List<Target> targets, NetworkSpec spec, ActivationStats stats, double share, String layer, NeuronMask only) {
        HyperHypo whole = HyperHypo.byActivity(spec, stats, share);
        targets.add(new Target("hypo", layer, share, 0, whole.hypo().intersect(only)));
        targets.add(new Target("hyper", layer, share, 0, whole.hyper().intersect(only)));
        targets.add(new Target("both", layer, share, 0, HyperHypo.byActivity(spec, stats, share / 2).both().intersect(only)));
    }

    private static void random(List<Target> targets, NetworkSpec spec, ActivationStats stats, double share, int draws, long seed, String layer,
                               NeuronMask only) {
        NeuronMask both = HyperHypo.byActivity(spec, stats, share / 2).both().intersect(only);
        for (int draw = 0; draw < draws; draw++) {
            targets.add(new Target("random", layer, share, draw, HyperHypo.random(spec, stats, both, seed * 7919 + draw)));
        }
    }
}
