package org.hyperhypo.experiments.recipe;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.adapt.Adaptation;
import org.hyperhypo.experiments.adapt.AdaptationPlan;
import org.hyperhypo.experiments.adapt.Arm;
import org.hyperhypo.experiments.adapt.Rates;
import org.hyperhypo.experiments.adapt.Regime;
import org.hyperhypo.experiments.adapt.UtteranceSelection;
import org.hyperhypo.experiments.neurons.Criterion;
import org.hyperhypo.experiments.neurons.Evidence;
import org.hyperhypo.experiments.prune.SweepPlan;

/// Every number that a recipe's outcome depends on. The defaults are those of the printed tables.
///
/// @param fcScale    factor on the initial weights of the hidden FC layers, over the usual gain for the activation: 2 leaves a quarter of the
///                   neurons saturated, 1 next to none (the prototype's table)
/// @param tailShare  share of each FC layer that counts as hypo, and as hyper, when adapting
/// @param trustShare share of each speaker's adaptation utterances that is trusted
/// @param arms       which arms, in which regime, at which rates
/// @param removal    what the removal sweep takes out
/// @param evidence   frames for the dearer statistics of neurons
public record RecipeOptions(long seed, int replicates, int folds, Features features, Net net, Training alignment, Training training,
                            double fcScale, Search search, double tailShare, double trustShare, UtteranceSelection.Measure trust,
                            AdaptationPlan arms, Training adaptation, SweepPlan removal, Evidence.Effort evidence, int sourceStep) {

    /// Rates of the prototype (0.03 and 0.3).
    private static final AdaptationPlan ARMS = new AdaptationPlan(new Arm.Budget(new Rates(new Rates.Family(0.03, 0.3, 0.03, 0.3, 0.3)), 3, 3, 2), false,
            Regime.SPEAKER_DISJOINT, 0.5, 1, List.of());

    public RecipeOptions {
        if (!(tailShare > 0 && tailShare <= 0.25)) {
            throw new UserError("tail share " + tailShare + ": must lie above 0 and be at most 0.25, or the middle neurons of the control would reach into the tails");
        }
        if (replicates < 1) {
            throw new UserError("replicates " + replicates + ": at least 1 is needed");
        }
    }

    /// @param kind "mel" or "gammatone"
    public record Features(String kind, int bands, int context) {
    }

    /// Sizes of the TFCNN: filters and pools of the two branches, hidden FC layers and their width.
    public record Net(int frequencyFilters, int frequencyHeight, int frequencyPool, int timeFilters, int timeWidth, int timePool, int hidden,
                      int width, String activation) {
    }

    /// @param rounds of realignment (1 elsewhere); `share` of the frames visited in each epoch
    public record Training(int rounds, int epochs, double rate, double momentum, int batch, double share) {
    }

    /// Grid of the decoder's sweep and its pruning.
    public record Search(double[] scales, double[] penalties, double beam, int maxActive, double alignmentScale) {
    }

    /// Sizes at which `recipe digits` takes a few minutes on two cores.
    public static RecipeOptions standard() {
        return new RecipeOptions(1, 2, 2, new Features("mel", 40, 8), new Net(32, 8, 3, 16, 8, 5, 4, 256, "sigmoid"),
                new Training(5, 1, 0.1, 0.9, 256, 0.5), new Training(1, 5, 0.1, 0.9, 256, 1), 2,
                new Search(new double[] {0.2, 0.3, 0.5, 0.7, 1}, new double[] {0, -5, -10, -15, -20, -30, -40}, 200, 4000, 1),
                0.10, 0.5, UtteranceSelection.Measure.PATH_SCORE, ARMS,
                new Training(1, 3, 0, 0.9, 128, 1),
                new SweepPlan(new double[] {0.1, 0.3}, 10, new double[] {}, 0, List.of(Criterion.OUT_NORM, Criterion.TAYLOR_MEAN), 4),
                Evidence.Effort.STANDARD, 2);
    }

    /// The same for recorded speech, which takes longer to learn.
    public static RecipeOptions recorded() {
        RecipeOptions o = standard();
        return new RecipeOptions(o.seed, o.replicates, o.folds, o.features, o.net, new Training(6, 1, 0.1, 0.9, 256, 0.5),
                new Training(1, 8, 0.1, 0.9, 256, 1), o.fcScale, o.search, o.tailShare, o.trustShare, o.trust, o.arms, o.adaptation, o.removal,
                o.evidence, o.sourceStep);
    }

    /// The paper's network: 200 and 75 filters, four layers of 1024, gammatone bands. The tails are 5 % each.
    public static RecipeOptions paper() {
        RecipeOptions o = recorded();
        return new RecipeOptions(o.seed, o.replicates, o.folds, new Features("gammatone", 40, 8), new Net(200, 8, 3, 75, 8, 5, 4, 1024, "sigmoid"), o.alignment,
                o.training, o.fcScale, o.search, 0.05, o.trustShare, o.trust, o.arms, o.adaptation, o.removal, o.evidence, o.sourceStep);
    }

    /// The same with so many replicates, which take turns in so many folds.
    public RecipeOptions with(int count, int parts) {
        return new RecipeOptions(seed, count, parts, features, net, alignment, training, fcScale, search, tailShare, trustShare, trust, arms, adaptation,
                removal, evidence, sourceStep);
    }

    /// Everything the method lists: removal of all shares and by all criteria, 20 draws, single layers too; every arm, each kind of stage with the best
    /// of five rates.
    public RecipeOptions full() {
        return with(new SweepPlan(new double[] {0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3}, 20, new double[] {0.1, 0.3}, 5,
                List.of(Criterion.SPREAD, Criterion.FIRING_ENTROPY, Criterion.IN_NORM, Criterion.OUT_NORM, Criterion.VARIANCE_PASSED, Criterion.TAYLOR_MEAN,
                        Criterion.TAYLOR_SUM, Criterion.ABLATION, Criterion.REDUNDANCY), removal.step()), new Evidence.Effort(65_536, 2_048)).with(arms.full());
    }

    /// The same with every `step`-th test utterance scored in the removal sweep: many replicates need fewer utterances each.
    public RecipeOptions sweeping(int step) {
        return with(new SweepPlan(removal.shares(), removal.draws(), removal.layerShares(), removal.layerDraws(), removal.criteria(), step), evidence);
    }

    /// As little removal as still fills the report.
    public RecipeOptions quick() {
        return with(new SweepPlan(new double[] {0.3}, 3, new double[] {}, 0, List.of(), 8), new Evidence.Effort(4_096, 128));
    }

    /// The same with other arms.
    public RecipeOptions with(AdaptationPlan plan) {
        return new RecipeOptions(seed, replicates, folds, features, net, alignment, training, fcScale, search, tailShare, trustShare, trust, plan,
                adaptation, removal, evidence, sourceStep);
    }

    /// The same with another seed.
    public RecipeOptions withSeed(long other) {
        return new RecipeOptions(other, replicates, folds, features, net, alignment, training, fcScale, search, tailShare, trustShare, trust, arms,
                adaptation, removal, evidence, sourceStep);
    }

    private RecipeOptions with(SweepPlan sweep, Evidence.Effort effort) {
        return new RecipeOptions(seed, replicates, folds, features, net, alignment, training, fcScale, search, tailShare, trustShare, trust, arms,
                adaptation, sweep, effort, sourceStep);
    }

    /// How the arms train.
    Adaptation.Options adapting(long trainingSeed) {
        return new Adaptation.Options(tailShare, adaptation.momentum, adaptation.batch, adaptation.share, arms.kld(), trainingSeed);
    }

    /// One entry an option, for the run record and the stage markers.
    public Map<String, String> describe() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("regime", arms.regime().label() + ": " + arms.regime().description());
        for (var component : RecipeOptions.class.getRecordComponents()) {
            try {
                Object value = component.getAccessor().invoke(this);
                all.put(component.getName(), value instanceof double[] numbers ? java.util.Arrays.toString(numbers) : text(value));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return all;
    }

    private static String text(Object value) {
        return org.hyperhypo.experiments.report.Json.text(value).replaceAll("\\s+", " ").strip();
    }
}
