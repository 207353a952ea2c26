package org.hyperhypo.experiments.prune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.NeuronMask;
import org.hyperhypo.experiments.Tiny;
import org.hyperhypo.experiments.neurons.Criterion;
import org.hyperhypo.experiments.neurons.Evidence;
import org.hyperhypo.experiments.neurons.HyperHypo;
import org.hyperhypo.experiments.recipe.RecipeOptions;
import org.junit.jupiter.api.Test;

class SweepPlanTest {
    private static final SweepPlan PLAN = new SweepPlan(new double[] {0.25, 0.5}, 3, new double[] {0.5}, 2, List.of(Criterion.OUT_NORM), 1);
    private final Network network = Tiny.network(Tiny.seed("SweepPlan"));
    private final Evidence evidence = Evidence.measure(network, Tiny.frames(1, 90, Tiny.BANDS * Tiny.CONTEXT.frames()), new int[] {0, 90}, null,
            new Evidence.Effort(0, 0));
    private final List<SweepPlan.Target> targets = PLAN.targets(network.spec(), evidence, 5);

    @Test
    void theCountSaysBeforehandHowManySetsThereAre() {
        assertEquals(2 * (4 + 3 + 1) + 2 * (3 + 2), targets.size());
        assertEquals(targets.size(), PLAN.count(2));
        assertEquals(List.of(14, 64, 590), List.of(RecipeOptions.standard().quick(), RecipeOptions.standard(), RecipeOptions.standard().full()).stream()
                .map(o -> o.removal().count(4) * Removal.values().length).toList(), "as README.md says");
    }

    @Test
    void everySetOfAShareHasAsManyNeuronsInEveryLayer() {
        for (SweepPlan.Target target : targets) {
            int expected = (int) Math.round(target.share() * Tiny.WIDTH);
            for (String layer : List.of("fc1", "fc2")) {
                boolean inside = target.layer().equals(SweepPlan.ALL_LAYERS) || target.layer().equals(layer);
                assertEquals(inside ? expected : 0, target.mask().count(layer), target.toString());
            }
            assertEquals(target.layer().equals(SweepPlan.ALL_LAYERS) && Set.of("hypo", "hyper", "both").contains(target.set()), target.claimed());
        }
    }

    @Test
    void setsAreWhatTheirNamesSay() {
        for (SweepPlan.Target target : targets) {
            NeuronMask within = target.layer().equals(SweepPlan.ALL_LAYERS) ? NeuronMask.hiddenDense(network.spec()) : NeuronMask.layers(network.spec(), target.layer());
            HyperHypo whole = HyperHypo.byActivity(network.spec(), evidence.stats(), target.share());
            HyperHypo half = HyperHypo.byActivity(network.spec(), evidence.stats(), target.share() / 2);
            switch (target.set()) {
                case "hypo" -> assertEquals(whole.hypo().intersect(within), target.mask());
                case "hyper" -> assertEquals(whole.hyper().intersect(within), target.mask());
                case "both" -> assertEquals(half.both().intersect(within), target.mask());
                case "lowest out-norm 2" -> assertEquals(HyperHypo.lowest(network.spec(), evidence, Criterion.OUT_NORM, target.share()), target.mask());
                case "middle" -> assertEquals(HyperHypo.middle(network.spec(), evidence.stats(), half.both()), target.mask());
                default -> assertEquals("random", target.set());
            }
        }
    }

    @Test
    void randomSetsDifferFromDrawToDraw() {
        Set<NeuronMask> different = new HashSet<>();
        List<SweepPlan.Target> random = targets.stream().filter(t -> t.set().equals("random") && t.share() == 0.5 && t.layer().equals("all")).toList();
        random.forEach(t -> different.add(t.mask()));
        assertEquals(3, random.size());
        assertTrue(different.size() > 1, different.toString());
        assertEquals(targets.stream().map(SweepPlan.Target::mask).toList(), PLAN.targets(network.spec(), evidence, 5).stream().map(SweepPlan.Target::mask).toList());
    }
}
