package org.hyperhypo.experiments.train;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.asr.hmm.StateInventory;
import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.NeuronMask;
import org.hyperhypo.engine.Schedule;
import org.hyperhypo.engine.Sgd;
import org.hyperhypo.engine.Trainer;
import org.hyperhypo.experiments.Jobs;
import org.hyperhypo.experiments.model.AcousticModel;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.model.FeatureSettings;
import org.hyperhypo.experiments.model.LabelledFrames;
import org.hyperhypo.experiments.model.SplicedFrames;

/// Alignments from transcripts alone: divide every utterance equally, train the network a little, realign with it, and again.
///
/// The network itself does what a GMM does elsewhere. It ends as a by-product; the model proper is trained afterwards on the last alignment.
public final class FlatStartTraining {
    private FlatStartTraining() {
    }

    /// @param rounds        train-and-realign rounds
    /// @param epochs        passes over the (share of) frames in each round
    /// @param share         share of the frames used in each pass
    /// @param acousticScale of the aligner
    public record Options(int rounds, int epochs, double share, double rate, double momentum, int batch, double acousticScale, long seed) {
    }

    /// The labels after a round, and their agreement with those before it.
    public record Round(int number, double agreement, Alignments alignments) {
    }

    public record Result(Alignments alignments, AcousticModel model, List<Round> rounds) {
    }

    /// The untrained model to begin with: few saturated neurons, and other initial weights than the model proper of the same seed.
    public static AcousticModel start(Architecture architecture, FeatureSettings features, StateInventory states, long seed) {
        return architecture.untrained(features, states, 1, seed + 500_000);
    }

    /// @param start an untrained model; its network is trained in place and its priors are replaced
    public static Result run(AcousticModel start, FeatureSet set, Lexicon lexicon, Options options, Consumer<Round> progress) {
        return run(start, set, lexicon, Alignments.flat(set, lexicon, start.states()), options, progress);
    }

    /// The same from given alignments in the start model's states.
    public static Result run(AcousticModel start, FeatureSet set, Lexicon lexicon, Alignments first, Options options, Consumer<Round> progress) {
        SplicedFrames frames = start.splice(set);
        Alignments alignments = first;
        AcousticModel model = start;
        List<Round> rounds = new ArrayList<>();
        Network network = start.network();
        for (int r = 1; r <= options.rounds; r++) {
            Trainer.Options training = new Trainer.Options(Sgd.momentum(options.momentum), options.rate,
                    Schedule.constant(), options.epochs, options.batch, options.seed * 31 + r, options.share);
            Trainer.train(network, NeuronMask.all(network.spec()), new LabelledFrames(frames, alignments.labels()), null, training,
                    Trainer.Execution.standard().withThreads(Jobs.threads()), step -> { });
            float[] priors = AcousticModel.logPriors(alignments.states(), start.states().size());
            model = new AcousticModel(network, start.features(), start.context(), start.states(), priors);
            Alignments next = Alignments.forced(set, model.score(set), lexicon, start.states(), options.acousticScale);
            rounds.add(new Round(r, next.agreement(alignments), next));
            progress.accept(rounds.getLast());
            alignments = next;
        }
        return new Result(alignments, model, List.copyOf(rounds));
    }
}
