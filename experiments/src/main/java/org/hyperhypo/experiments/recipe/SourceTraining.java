package org.hyperhypo.experiments.recipe;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.asr.hmm.StateInventory;
import org.hyperhypo.engine.EpochReport;
import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.Sgd;
import org.hyperhypo.engine.Trainer;
import org.hyperhypo.experiments.Failure;
import org.hyperhypo.experiments.model.AcousticModel;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.model.FeatureSettings;
import org.hyperhypo.experiments.train.AlignmentQuality;
import org.hyperhypo.experiments.train.Alignments;
import org.hyperhypo.experiments.train.Architecture;
import org.hyperhypo.experiments.train.FlatStartTraining;
import org.hyperhypo.experiments.train.ModelTraining;

/// From transcripts and features to a source model: flat start, realignment with a small-saturation network, then the model proper.
public final class SourceTraining {
    private final RecipeOptions options;
    private final FeatureSettings features;
    private final StateInventory states;
    private final Lexicon lexicon;
    private final int[] given;

    /// What one replicate's training leaves.
    ///
    /// @param heldOut alignments of the held-out set, which training only watches
    /// @param rounds of realignment, each with its alignment of the training set; none, and no alignments, where labels were given
    public record Result(AcousticModel model, Alignments alignments, Alignments heldOut, List<FlatStartTraining.Round> rounds, List<EpochReport> epochs) {
        /// Utterances of both sets that could not be aligned.
        public List<Failure> failures() {
            return Stream.concat(alignments.failures().stream(), heldOut.failures().stream()).toList();
        }

        public List<AlignmentQuality> quality(FeatureSet train, Map<String, List<AlignmentQuality.Timed>> reference) {
            var frames = model.features().options();
            return rounds.stream().map(round -> AlignmentQuality.of(train, round.alignments(), reference, frames.windowMillis(),
                    frames.shiftMillis())).toList();
        }
    }

    public SourceTraining(RecipeOptions options, FeatureSettings features, StateInventory states, Lexicon lexicon) {
        this(options, features, states, lexicon, null);
    }

    /// @param given states of the training speech, frame by frame (negative: not trained on), or null for a flat start
    SourceTraining(RecipeOptions options, FeatureSettings features, StateInventory states, Lexicon lexicon, int[] given) {
        this.given = given;
        this.options = options;
        this.features = features;
        this.states = states;
        this.lexicon = lexicon;
    }

    /// The network before training: the same for the same seed, so that it need not be kept.
    public Network initial(long seed) {
        return proper(seed).network();
    }

    /// States of the training and of the held-out set, found by a network of its own.
    public record Aligned(FlatStartTraining.Result train, Alignments heldOut) {
    }

    /// Flat start and realignment.
    public Aligned align(long seed, FeatureSet train, FeatureSet heldOut, Runnable progress) {
        RecipeOptions.Training a = options.alignment();
        double scale = options.search().alignmentScale();
        AcousticModel start = FlatStartTraining.start(architecture(options.features(), options.net()), features, states, seed);
        FlatStartTraining.Result aligned = FlatStartTraining.run(start, train, lexicon, new FlatStartTraining.Options(a.rounds(), a.epochs(),
                a.share(), a.rate(), a.momentum(), a.batch(), scale, seed), round -> progress.run());
        return new Aligned(aligned, Alignments.forced(heldOut, aligned.model().score(heldOut), lexicon, states, scale));
    }

    public Result run(long seed, FeatureSet train, FeatureSet heldOut, Consumer<String> progress) {
        if (given != null) {
            return onGivenLabels(seed, train, heldOut, progress);
        }
        Aligned aligned = align(seed, train, heldOut, () -> progress.accept("alignment"));
        ModelTraining.Result trained = proper(seed, new ModelTraining.Labelled(train, aligned.train().alignments().labels()),
                new ModelTraining.Labelled(heldOut, aligned.heldOut().labels()), progress);
        return new Result(trained.model(), aligned.train().alignments(), aligned.heldOut(), aligned.train().rounds(), trained.epochs());
    }

    /// Held-out speech is aligned by the finished network, so training cannot watch it.
    private Result onGivenLabels(long seed, FeatureSet train, FeatureSet heldOut, Consumer<String> progress) {
        ModelTraining.Result trained = proper(seed, new ModelTraining.Labelled(train, given), null, progress);
        Alignments heldOutLabels = Alignments.forced(heldOut, trained.model().score(heldOut), lexicon, states, options.search().alignmentScale());
        return new Result(trained.model(), new Alignments(List.of(), List.of()), heldOutLabels, List.of(), trained.epochs());
    }

    private ModelTraining.Result proper(long seed, ModelTraining.Labelled train, ModelTraining.Labelled heldOut, Consumer<String> progress) {
        RecipeOptions.Training t = options.training();
        return ModelTraining.run(proper(seed), train, heldOut, new ModelTraining.Options(Sgd.momentum(t.momentum()), t.epochs(), t.rate(), t.batch(), t.share(), seed, 1),
                Trainer.Execution.standard(), step -> {
                    if (step.step() == step.steps()) {
                        progress.accept("epoch");
                    }
                });
    }

    /// Steps that [#run] reports.
    public int steps() {
        return (given == null ? options.alignment().rounds() : 0) + options.training().epochs();
    }

    private AcousticModel proper(long seed) {
        return architecture(options.features(), options.net()).untrained(features, states, options.fcScale(), seed);
    }

    /// The network's sizes as the options of a recipe give them.
    public static Architecture architecture(RecipeOptions.Features features, RecipeOptions.Net net) {
        return new Architecture(features.context(), net.frequencyFilters(), net.frequencyHeight(), net.frequencyPool(), net.timeFilters(),
                net.timeWidth(), net.timePool(), net.hidden(), net.width(), net.activation());
    }
}
