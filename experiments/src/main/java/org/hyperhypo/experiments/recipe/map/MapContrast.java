package org.hyperhypo.experiments.recipe.map;

import static org.hyperhypo.experiments.recipe.map.CellSystems.RANDOM;
import static org.hyperhypo.experiments.recipe.map.CellSystems.SATURATED;

import java.util.Arrays;
import java.util.List;
import org.hyperhypo.experiments.prune.Removal;

/// A declared difference a − b of two systems in word error rate, negative where the claim is right.
///
/// @param random the system with random neurons in place of a's; its draws less b are what any neurons of that number would give
record MapContrast(String name, String a, String b, String random) {
    private static final String FOLDED = Removal.MEAN_FOLD.label();
    private static final String ZEROED = Removal.ZERO.label();

    static final List<MapContrast> ALL = List.of(
            new MapContrast("A7-A1", "A7", "A1", "A8"),
            new MapContrast("A7-A9", "A7", "A9", "A8"),
            new MapContrast("A7-A8", "A7", "A8", "A8"),
            new MapContrast("A6-A3", "A6", "A3", "A3"),
            new MapContrast("removal-A0", SATURATED + FOLDED, "A0", RANDOM + FOLDED),
            new MapContrast("removal-random", SATURATED + FOLDED, RANDOM + FOLDED, RANDOM + FOLDED),
            new MapContrast("zeroing-A0", SATURATED + ZEROED, "A0", RANDOM + ZEROED),
            new MapContrast("zeroing-random", SATURATED + ZEROED, RANDOM + ZEROED, RANDOM + ZEROED));

    /// Least and greatest difference of a random draw; NaN where there is none.
    double[] band(WordRates rates) {
        double against = rates.of(b);
        double[] draws = Arrays.stream(rates.draws(random)).map(wer -> wer - against).sorted().toArray();
        return draws.length == 0 ? new double[] {Double.NaN, Double.NaN} : new double[] {draws[0], draws[draws.length - 1]};
    }
}
