package org.hyperhypo.experiments.adapt;

import java.util.HashMap;
import java.util.Map;
import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.NeuronMask;
import org.hyperhypo.engine.Peers;
import org.hyperhypo.engine.Schedule;
import org.hyperhypo.engine.Sgd;
import org.hyperhypo.engine.Trainer;
import org.hyperhypo.experiments.Jobs;
import org.hyperhypo.experiments.model.CachedFrames;
import org.hyperhypo.experiments.model.FrameSource;
import org.hyperhypo.experiments.model.LabelledFrames;
import org.hyperhypo.experiments.model.Layers;
import org.hyperhypo.experiments.neurons.ActivationStats;
import org.hyperhypo.experiments.neurons.HyperHypo;

/// Runs the arms of one source model on one set of adaptation frames: identical data, labels, frame order and seed in every arm.
///
/// Arms that begin with the same stages share them (A7 begins as A6, A9 as A1), so a table costs each distinct stage once. Stages that
/// train no convolution run on the kept outputs of the frozen convolutions.
public final class Adaptation {
    private final Network source;
    private final FrameSource frames;
    private final int[] labels;
    private final Options options;
    private final Peers peers;
    private final ActivationStats stats;
    private final HyperHypo hyperHypo;
    private final Map<String, Outcome> done = new HashMap<>();
    private final FrameSource aboveConvolutions;

    /// @param share     share of each tail that counts as hypo and as hyper
    /// @param momentum  of SGD
    /// @param frameShare share of the frames visited in each epoch
    /// @param shards    parts of a batch whose gradients are added up, see [Trainer.Options#shards]
    public record Options(double share, double momentum, int batch, double frameShare, long seed, int shards) {
    }

    /// The adapted network, what the arm's first stage trained, and the training time of all its stages.
    public record Outcome(Network network, NeuronMask mask, double seconds) {
    }

    /// @param labels first-pass state labels per frame, negative where the utterance is not trusted
    public Adaptation(Network source, FrameSource frames, int[] labels, Options options) {
        this(source, frames, labels, options, Peers.NONE);
    }

    /// @param peers processes that train together; all make the same adaptation
    public Adaptation(Network source, FrameSource frames, int[] labels, Options options, Peers peers) {
        this.source = source;
        this.frames = frames;
        this.labels = labels;
        this.options = options;
        this.peers = peers;
        this.aboveConvolutions = CachedFrames.of(source.below(firstDense(source)), frames);
        this.stats = ActivationStats.over(source.from(firstDense(source)), aboveConvolutions);
        this.hyperHypo = HyperHypo.byActivity(source.spec(), stats, options.share);
    }

    public ActivationStats stats() {
        return stats;
    }

    /// The network after all stages of `arm`; the source network stays as it is.
    public Outcome run(Arm arm, int draw) {
        String key = "";
        Outcome outcome = new Outcome(source, NeuronMask.none(source.spec()), 0);
        for (int i = 0; i < arm.stages().size(); i++) {
            Arm.Stage stage = arm.stages().get(i);
            key += "/" + stage + (stage.trained() == Arm.Trained.RANDOM ? "#" + draw : "");
            Outcome before = outcome;
            int number = i;
            Outcome known = done.get(key);
            outcome = known != null ? known : train(before, stage, number, draw);
            done.put(key, outcome);
        }
        return outcome;
    }

    /// The neurons a stage trains.
    public NeuronMask mask(Arm.Trained trained, int draw) {
        return switch (trained) {
            case EVERYTHING -> NeuronMask.all(source.spec());
            case HIDDEN_DENSE -> NeuronMask.hiddenDense(source.spec());
            case HYPO -> hyperHypo.hypo();
            case HYPER -> hyperHypo.hyper();
            case BOTH -> hyperHypo.both();
            case MIDDLE -> HyperHypo.middle(source.spec(), stats, hyperHypo.both());
            case RANDOM -> HyperHypo.random(source.spec(), stats, hyperHypo.both(), options.seed * 1_000_003 + draw);
        };
    }

    private Outcome train(Outcome before, Arm.Stage stage, int number, int draw) {
        NeuronMask mask = mask(stage.trained(), draw);
        Network network = before.network.copy();
        long start = System.nanoTime();
        boolean convolutions = stage.trained() == Arm.Trained.EVERYTHING;
        // A frozen prefix: its outputs are known already, unless an earlier stage moved the convolutions.
        boolean cached = !convolutions && number == 0;
        Network trained = cached ? network.from(firstDense(network)) : network;
        Trainer.Options trainerOptions = new Trainer.Options(Sgd.momentum(options.momentum), stage.rate(),
                Schedule.constant(), stage.epochs(), options.batch, options.seed + number, options.frameShare).withShards(options.shards);
        Trainer.train(trained, mask.within(trained.spec()), new LabelledFrames(cached ? aboveConvolutions : frames, labels), null, trainerOptions,
                Trainer.Execution.standard().withThreads(Jobs.threads()).withPeers(peers), progress -> { });
        double seconds = (System.nanoTime() - start) * 1e-9;
        return new Outcome(network, number == 0 ? mask : before.mask, before.seconds + seconds);
    }

    private static String firstDense(Network network) {
        return Layers.firstDense(network.spec());
    }
}
