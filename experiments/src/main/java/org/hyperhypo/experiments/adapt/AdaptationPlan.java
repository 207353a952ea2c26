package org.hyperhypo.experiments.adapt;

import java.util.List;
import org.hyperhypo.experiments.UserError;

/// What is adapted, how often, and how its rates are found.
///
/// @param every  every arm of the method, or those of the default table
/// @param kld    ρ of the arms that are held near the source network
/// @param rounds of decoding and adapting: from the second on, each arm learns what its own network of the round before hears
/// @param grid   rates to choose from on the tuning domains, one choice for every kind of stage; none: the rates of the budget
public record AdaptationPlan(Arm.Budget budget, boolean every, Regime regime, double kld, int rounds, List<Double> grid) {
    public AdaptationPlan {
        grid = List.copyOf(grid);
        if (rounds < 1) {
            throw new UserError("rounds " + rounds + ": at least 1 round of decoding and adapting is needed");
        }
    }

    /// A budget without epochs leaves nothing but A0.
    public List<Arm> arms() {
        return budget.firstEpochs() == 0 ? List.of(Arm.nothing()) : every ? Arm.all(budget) : Arm.standard(budget);
    }

    /// Every arm with five random draws, and rates from the grid.
    public AdaptationPlan full() {
        return new AdaptationPlan(new Arm.Budget(budget.rates(), budget.firstEpochs(), budget.secondEpochs(), 5), true, regime, kld, rounds,
                List.of(0.01, 0.03, 0.1, 0.3, 1.0));
    }

    /// Nothing is adapted: the first pass is scored, and that is all.
    public AdaptationPlan none() {
        return new AdaptationPlan(new Arm.Budget(budget.rates(), 0, 0, 1), false, regime, kld, rounds, List.of());
    }

    public AdaptationPlan with(Rates rates) {
        return new AdaptationPlan(new Arm.Budget(rates, budget.firstEpochs(), budget.secondEpochs(), budget.draws()), every, regime, kld, rounds, grid);
    }

    public AdaptationPlan with(Regime other, int count) {
        return new AdaptationPlan(budget, every, other, kld, count, grid);
    }
}
