package org.hyperhypo.experiments.recipe;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.hyperhypo.asr.features.FrameContext;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.asr.hmm.StateInventory;
import org.hyperhypo.engine.EpochReport;
import org.hyperhypo.engine.Initialisation;
import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.NetworkSpec;
import org.hyperhypo.engine.NeuronMask;
import org.hyperhypo.engine.Schedule;
import org.hyperhypo.engine.Sgd;
import org.hyperhypo.engine.Shape;
import org.hyperhypo.engine.Trainer;
import org.hyperhypo.experiments.Failure;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.model.AcousticModel;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.model.FeatureSettings;
import org.hyperhypo.experiments.model.LabelledFrames;
import org.hyperhypo.experiments.train.AlignmentQuality;
import org.hyperhypo.experiments.train.Alignments;
import org.hyperhypo.experiments.train.FlatStartTraining;
import org.hyperhypo.kernels.Activation;

/// From transcripts and features to a source model: flat start, realignment with a small-saturation network, then the model proper.
public final class SourceTraining {
    private final RecipeOptions options;
    private final FeatureSettings features;
    private final StateInventory states;
    private final Lexicon lexicon;

    /// What one replicate's training leaves.
    ///
    /// @param rounds of realignment, each with its alignment of the training set
    public record Result(AcousticModel model, Alignments alignments, List<FlatStartTraining.Round> rounds, List<EpochReport> epochs) {
        public List<Failure> failures() {
            return alignments.failures();
        }

        public List<AlignmentQuality> quality(FeatureSet train, Map<String, List<AlignmentQuality.Timed>> reference) {
            var frames = model.features().options();
            return rounds.stream().map(round -> AlignmentQuality.of(train, round.alignments(), reference, frames.windowMillis(),
                    frames.shiftMillis())).toList();
        }
    }

    public SourceTraining(RecipeOptions options, FeatureSettings features, StateInventory states, Lexicon lexicon) {
        this.options = options;
        this.features = features;
        this.states = states;
        this.lexicon = lexicon;
    }

    /// The shape of the network.
    public NetworkSpec spec() {
        RecipeOptions.Net net = options.net();
        FrameContext context = context();
        return NetworkSpec.tfcnn(new Shape(1, options.features().bands(), context.frames()), net.frequencyFilters(), net.frequencyHeight(),
                net.frequencyPool(), net.timeFilters(), net.timeWidth(), net.timePool(), net.hidden(), net.width(),
                activation(net.activation()), states.size());
    }

    /// The network before training: the same for the same seed, so that it need not be kept.
    public Network initial(long seed) {
        return Network.initialised(spec(), initialisation(options.fcScale()), seed);
    }

    public Result run(long seed, FeatureSet train, FeatureSet heldOut, Consumer<String> progress) {
        AcousticModel start = new AcousticModel(Network.initialised(spec(), initialisation(1), seed + 500_000), features, context(), states,
                new float[states.size()]);
        RecipeOptions.Training a = options.alignment();
        FlatStartTraining.Result aligned = FlatStartTraining.run(start, train, lexicon, new FlatStartTraining.Options(a.rounds(), a.epochs(),
                a.share(), a.rate(), a.momentum(), a.batch(), options.search().alignmentScale(), seed), round -> progress.accept("alignment"));
        Alignments heldOutLabels = Alignments.forced(heldOut, aligned.model().score(heldOut), lexicon, states, options.search().alignmentScale());

        Network network = initial(seed);
        AcousticModel model = new AcousticModel(network, features, context(), states,
                AcousticModel.logPriors(aligned.alignments().states(), states.size()));
        RecipeOptions.Training t = options.training();
        Trainer.Options training = new Trainer.Options(Sgd.momentum(t.momentum()), t.rate(), Schedule.halvingFrom(t.epochs() / 2 + 1), t.epochs(),
                t.batch(), seed, t.share());
        List<EpochReport> epochs = Trainer.train(network, NeuronMask.all(network.spec()),
                new LabelledFrames(model.splice(train), aligned.alignments().labels()),
                new LabelledFrames(model.splice(heldOut), heldOutLabels.labels()), training, step -> {
                    if (step.step() == step.steps()) {
                        progress.accept("epoch");
                    }
                });
        return new Result(model, aligned.alignments(), aligned.rounds(), epochs);
    }

    /// Steps that [#run] reports.
    public int steps() {
        return options.alignment().rounds() + options.training().epochs();
    }

    private FrameContext context() {
        return new FrameContext(options.features().context(), options.features().context());
    }

    private Initialisation initialisation(double factor) {
        return options.net().activation().equals("sigmoid") ? Initialisation.sigmoid(factor)
                : new Initialisation(Initialisation.glorot().conv(), Initialisation.glorot().hidden() * factor, Initialisation.glorot().output());
    }

    /// "sigmoid", "tanh", "relu" or "ada".
    static Activation activation(String name) {
        return switch (name) {
            case "sigmoid" -> new Activation.Sigmoid();
            case "tanh" -> new Activation.Tanh();
            case "relu" -> new Activation.Relu(0);
            case "ada" -> new Activation.Ada(1, 1, 0);
            default -> throw new UserError("activation \"" + name + "\" is not known; use sigmoid, tanh, relu or ada");
        };
    }
}
