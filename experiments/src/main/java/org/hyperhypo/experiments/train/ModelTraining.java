package org.hyperhypo.experiments.train;

import java.util.List;
import java.util.function.Consumer;
import org.hyperhypo.engine.EpochReport;
import org.hyperhypo.engine.NeuronMask;
import org.hyperhypo.engine.Optimizer;
import org.hyperhypo.engine.Progress;
import org.hyperhypo.engine.Schedule;
import org.hyperhypo.engine.Trainer;
import org.hyperhypo.experiments.Jobs;
import org.hyperhypo.experiments.model.AcousticModel;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.model.LabelledFrames;

/// The model proper: every parameter trained on aligned speech, the rate halved each epoch from the middle on.
public final class ModelTraining {
    private ModelTraining() {
    }

    /// @param share  of the frames visited in each epoch
    /// @param shards parts of a batch whose gradients are added up, see [Trainer.Options#shards]
    public record Options(Optimizer optimizer, int epochs, double rate, int batch, double share, long seed, int shards) {
    }

    public record Result(AcousticModel model, List<EpochReport> epochs) {
    }

    /// Speech with one state label a frame; frames with a negative label are left out.
    public record Labelled(FeatureSet set, int[] labels) {
    }

    /// @param start   an untrained model; its network is trained in place, its priors are replaced by those of the labels
    /// @param heldOut speech to report on, not to learn from; may be null
    public static Result run(AcousticModel start, Labelled train, Labelled heldOut, Options options, Trainer.Execution execution,
                             Consumer<Progress> progress) {
        AcousticModel model = new AcousticModel(start.network(), start.features(), start.context(), start.states(),
                AcousticModel.logPriors(List.of(train.labels), start.states().size()));
        Trainer.Options training = new Trainer.Options(options.optimizer, options.rate,
                Schedule.halvingFrom(options.epochs / 2 + 1), options.epochs, options.batch, options.seed, options.share)
                .withShards(options.shards);
        return new Result(model, Trainer.train(model.network(), NeuronMask.all(model.network().spec()), frames(model, train),
                heldOut == null ? null : frames(model, heldOut), training, execution.withThreads(Jobs.threads()), progress));
    }

    private static LabelledFrames frames(AcousticModel model, Labelled speech) {
        return new LabelledFrames(model.splice(speech.set), speech.labels);
    }
}
