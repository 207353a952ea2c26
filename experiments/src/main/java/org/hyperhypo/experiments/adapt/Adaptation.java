package org.hyperhypo.experiments.adapt;

import java.util.HashMap;
import java.util.Map;
import org.hyperhypo.engine.KldRegularised;
import org.hyperhypo.engine.Learning;
import org.hyperhypo.engine.Loss;
import org.hyperhypo.engine.ModelException;
import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.NeuronLayer;
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
import org.hyperhypo.experiments.prune.Removal;

/// Runs the arms of one source model on one set of adaptation frames: identical data, labels, frame order and seed in every arm.
///
/// Arms that begin with the same stages share them (A7 begins as A6, A9 as A1), so a table costs each distinct stage once. Stages that
/// train no convolution run on the kept outputs of the frozen convolutions.
public final class Adaptation {
    private final Network source;
    private final FrameSource frames;
    private final Labels labels;
    private final Options options;
    private final Peers peers;
    private final FrameSource aboveConvolutions;
    private final ActivationStats stats;
    private final HyperHypo hyperHypo;
    private final Map<String, Outcome> done = new HashMap<>();

    /// @param share     share of each tail that counts as hypo and as hyper
    /// @param momentum  of SGD
    /// @param frameShare share of the frames visited in each epoch
    /// @param kld       ρ where targets are drawn towards the source network
    /// @param shards    parts of a batch whose gradients are added up, see [Trainer.Options#shards]
    public record Options(double share, double momentum, int batch, double frameShare, double kld, long seed, int shards) {
        public Options(double share, double momentum, int batch, double frameShare, double kld, long seed) {
            this(share, momentum, batch, frameShare, kld, seed, 1);
        }
    }

    /// State labels per frame, negative where the utterance is not trusted.
    ///
    /// @param heard     of the first pass
    /// @param reference of the reference transcripts; null where there are none, then no arm may ask for them
    public record Labels(int[] heard, int[] reference) {
        private int[] of(Arm.Change change) {
            if (change == Arm.Change.WEIGHTS_BY_REFERENCE && reference == null) {
                throw new ModelException("the arm learns from reference transcripts, and there are none");
            }
            return change == Arm.Change.WEIGHTS_BY_REFERENCE ? reference : heard;
        }
    }

    /// An adapted network and what it took.
    ///
    /// @param mask         the neurons of the arm's first stage
    /// @param touched      what any stage trained
    /// @param momentBytes  most memory that the optimizer of a stage needed beside the network
    /// @param seconds      training time of all stages
    public record Outcome(Network network, NeuronMask mask, Touched touched, long momentBytes, double seconds) {
        /// The same with the time of what went before.
        Outcome after(double earlier) {
            return new Outcome(network, mask, touched, momentBytes, earlier + seconds);
        }

        /// Whether the convolutions are those of the source network.
        public boolean sameConvolutions() {
            return !hasConvolutions(network, touched.weights) && !hasConvolutions(network, touched.scales) && !hasConvolutions(network, touched.biases);
        }

        /// Numbers that any stage trained: weights and biases, scales, biases alone.
        public long parameters() {
            return Layers.parameters(network.spec(), touched.weights) + touched.scales.count() + touched.biases.minus(touched.weights).count();
        }
    }

    /// Neurons whose weights and biases, whose scales, and whose biases without weights were trained.
    public record Touched(NeuronMask weights, NeuronMask scales, NeuronMask biases) {
        private Touched and(NeuronMask mask, Learning learning) {
            return switch (learning) {
                case WEIGHTS -> new Touched(weights.union(mask), scales, biases);
                case GATES -> new Touched(weights, scales.union(mask), biases);
                case GATES_AND_BIASES -> new Touched(weights, scales.union(mask), biases.union(mask));
            };
        }
    }

    public Adaptation(Network source, FrameSource frames, Labels labels, Options options) {
        this(source, frames, labels, options, Peers.NONE);
    }

    /// @param peers processes that train together; all make the same adaptation
    public Adaptation(Network source, FrameSource frames, Labels labels, Options options, Peers peers) {
        this.source = source;
        this.frames = frames;
        this.labels = labels;
        this.options = options;
        this.peers = peers;
        this.aboveConvolutions = CachedFrames.of(source.below(firstDense(source)), frames);
        this.stats = ActivationStats.over(source.from(firstDense(source)), aboveConvolutions);
        this.hyperHypo = HyperHypo.byActivity(source.spec(), stats, options.share);
    }

    private Adaptation(Adaptation other, Labels labels) {
        this.source = other.source;
        this.frames = other.frames;
        this.labels = labels;
        this.options = other.options;
        this.peers = other.peers;
        this.aboveConvolutions = other.aboveConvolutions;
        this.stats = other.stats;
        this.hyperHypo = other.hyperHypo;
    }

    /// The same source network, frames and neurons with other labels.
    public Adaptation with(Labels others) {
        return new Adaptation(this, others);
    }

    public ActivationStats stats() {
        return stats;
    }

    /// The network after all stages of `arm`; the source network stays as it is.
    public Outcome run(Arm arm, int draw) {
        NeuronMask none = NeuronMask.none(source.spec());
        String key = "";
        Outcome outcome = new Outcome(source, none, new Touched(none, none, none), 0, 0);
        int trained = 0;
        for (int i = 0; i < arm.stages().size(); i++) {
            Arm.Stage stage = arm.stages().get(i);
            key += "/" + stage + (stage.random() ? "#" + draw : "");
            NeuronMask mask = mask(stage.trained(), draw);
            if (mask.count() == 0) {
                throw new ModelException("stage " + (i + 1) + " of " + arm.id() + " has no neuron: a tail share of " + options.share
                        + " of these layers is none");
            }
            Outcome known = done.get(key);
            outcome = known != null ? known : next(outcome, i == 0 ? mask : outcome.mask, stage, mask, trained);
            done.put(key, outcome);
            trained += stage.change() == Arm.Change.REMOVED ? 0 : 1;
        }
        return outcome;
    }

    /// The neurons a stage is about.
    public NeuronMask mask(Arm.Trained trained, int draw) {
        return switch (trained) {
            case EVERYTHING -> NeuronMask.all(source.spec());
            case CONVOLUTIONS -> NeuronMask.layers(source.spec(), names(NeuronLayer.Kind.CONV));
            case FIRST_DENSE -> NeuronMask.layers(source.spec(), names(NeuronLayer.Kind.HIDDEN)[0]);
            case LAST_DENSE -> NeuronMask.layers(source.spec(), Layers.hidden(source.spec()).getLast().name());
            case HIDDEN_DENSE -> NeuronMask.hiddenDense(source.spec());
            case OUTPUT -> NeuronMask.layers(source.spec(), names(NeuronLayer.Kind.OUTPUT));
            case HYPO -> hyperHypo.hypo();
            case HYPER -> hyperHypo.hyper();
            case BOTH -> hyperHypo.both();
            case MIDDLE -> HyperHypo.middle(source.spec(), stats, hyperHypo.both());
            case RANDOM -> HyperHypo.random(source.spec(), stats, hyperHypo.both(), options.seed * 1_000_003 + draw);
        };
    }

    private String[] names(NeuronLayer.Kind kind) {
        return source.spec().neuronLayers().stream().filter(layer -> layer.kind() == kind).map(NeuronLayer::name).toArray(String[]::new);
    }

    private Outcome next(Outcome before, NeuronMask first, Arm.Stage stage, NeuronMask mask, int number) {
        if (stage.change() == Arm.Change.REMOVED) {
            Network removed = Removal.MEAN_FOLD.apply(before.network, mask, stats);
            return new Outcome(removed, first, before.touched, before.momentBytes, before.seconds);
        }
        Network network = before.network.copy();
        long start = System.nanoTime();
        train(network, mask, stage, number, before.sameConvolutions() && !hasConvolutions(source, mask));
        double seconds = (System.nanoTime() - start) * 1e-9;
        return new Outcome(network, first, before.touched.and(mask, stage.change().learning()), Math.max(before.momentBytes, momentBytes(mask, stage.change().learning())),
                before.seconds + seconds);
    }

    /// @param cached whether the convolutions are and stay those of the source network, so that their kept outputs serve
    private void train(Network network, NeuronMask mask, Arm.Stage stage, int number, boolean cached) {
        Network trained = cached ? network.from(firstDense(network)) : network;
        Loss loss = switch (stage.change()) {
            case WEIGHTS_NEAR_SOURCE -> new KldRegularised(cached ? source.from(firstDense(source)) : source, options.kld);
            case SCALES_AND_BIASES_BY_ENTROPY -> new org.hyperhypo.engine.Entropy();
            default -> Loss.crossEntropy();
        };
        Trainer.Options trainerOptions = new Trainer.Options(Sgd.momentum(options.momentum), stage.rate(), Schedule.constant(), stage.epochs(),
                options.batch, options.seed + number, options.frameShare, loss, stage.change().learning(), options.shards);
        Trainer.train(trained, mask.within(trained.spec()), new LabelledFrames(cached ? aboveConvolutions : frames, labels.of(stage.change())), null,
                trainerOptions, Trainer.Execution.standard().withThreads(Jobs.threads()).withPeers(peers), progress -> { });
    }

    /// Bytes of momentum: where any neuron of a layer learns, that of all its weights and biases, or of its scales, or of scales and biases.
    private long momentBytes(NeuronMask mask, Learning learning) {
        return source.spec().neuronLayers().stream().filter(layer -> mask.count(layer.name()) > 0).mapToLong(layer -> 4L * layer.neurons() * switch (learning) {
            case WEIGHTS -> layer.inputs() + 1;
            case GATES -> layer.gated() ? 1 : 0;
            case GATES_AND_BIASES -> layer.gated() ? 2 : 1;
        }).sum();
    }

    private static boolean hasConvolutions(Network network, NeuronMask mask) {
        return network.spec().neuronLayers().stream().anyMatch(layer -> layer.kind() == NeuronLayer.Kind.CONV && mask.count(layer.name()) > 0);
    }

    private static String firstDense(Network network) {
        return Layers.firstDense(network.spec());
    }
}
