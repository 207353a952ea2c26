package org.hyperhypo.experiments.recipe.map;

import java.util.LinkedHashMap;
import java.util.Map;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.adapt.Arm;
import org.hyperhypo.experiments.recipe.RecipeOptions;

/// What all networks of a map share.
///
/// @param recipe features, alignment, convolutions, batches, decoder and rates of adaptation; its hidden layers align the speech
/// @param seeds  training seeds of each network, each with a fold of the test speakers
/// @param draws  random neurons, removed or adapted in place of hyper and hypo neurons
public record MapOptions(RecipeOptions recipe, int seeds, int draws) {
    /// Activity rates up to this (hypo), and from one less this on (hyper), are called saturated.
    static final double SATURATED = 0.05;

    public MapOptions {
        if (seeds < 1) {
            throw new UserError("seeds " + seeds + ": at least 1 is needed");
        }
        if (draws < 1) {
            throw new UserError("draws " + draws + ": at least 1 draw of random neurons is needed");
        }
    }

    /// Rates, epochs and draws of the arms.
    Arm.Budget budget() {
        Arm.Budget budget = recipe.arms().budget();
        return new Arm.Budget(budget.rates(), budget.firstEpochs(), budget.secondEpochs(), draws);
    }

    /// What a network's numbers depend on beside the network; not the number of seeds, so that more can be added to a map.
    public Map<String, String> describe() {
        Map<String, String> all = new LinkedHashMap<>(recipe.describe());
        all.put("draws", String.valueOf(draws));
        return all;
    }
}
