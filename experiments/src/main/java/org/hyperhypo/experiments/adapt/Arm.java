package org.hyperhypo.experiments.adapt;

import java.util.ArrayList;
import java.util.List;
import org.hyperhypo.engine.Learning;

/// One way of adapting: a list of stages, each training some neurons for some epochs at some rate. Names as in the method, section 5; a name
/// behind the dot is a part of the network ("A2.conv") or the arm that this one varies ("A13.A7").
///
/// @param draws how many times the arm is run with other random neurons (1 where nothing is random)
public record Arm(String id, String description, List<Stage> stages, int draws) {

    /// Which neurons a stage is about.
    public enum Trained {
        EVERYTHING, CONVOLUTIONS, FIRST_DENSE, LAST_DENSE, HIDDEN_DENSE, OUTPUT, HYPO, HYPER, BOTH, RANDOM, MIDDLE
    }

    /// What a stage does to its neurons.
    public enum Change {
        /// Incoming weights and biases learn the states that the first pass heard.
        WEIGHTS,
        /// The same, each target drawn towards the posteriors of the source network: (1 − ρ)·label + ρ·p_source.
        WEIGHTS_NEAR_SOURCE,
        /// Incoming weights and biases learn the states of the reference transcripts: what labels without errors would give.
        WEIGHTS_BY_REFERENCE,
        /// One scale a neuron learns the states that the first pass heard (LHUC), all weights stay.
        SCALES,
        /// One scale a neuron and its bias learn to make the posteriors sure, without labels (entropy minimisation).
        SCALES_AND_BIASES_BY_ENTROPY,
        /// Nothing learns: the neurons are taken out, their mean folded into the next layer's biases.
        REMOVED;

        /// Which numbers of its neurons a stage changes.
        public Learning learning() {
            return switch (this) {
                case SCALES -> Learning.GATES;
                case SCALES_AND_BIASES_BY_ENTROPY -> Learning.GATES_AND_BIASES;
                case WEIGHTS, WEIGHTS_NEAR_SOURCE, WEIGHTS_BY_REFERENCE -> Learning.WEIGHTS;
                case REMOVED -> throw new IllegalStateException("nothing learns where neurons are removed");
            };
        }
    }

    /// One stage. A new optimizer starts with every stage.
    public record Stage(Trained trained, Change change, int epochs, double rate) {
        public Stage(Trained trained, int epochs, double rate) {
            this(trained, Change.WEIGHTS, epochs, rate);
        }

        boolean random() {
            return trained == Trained.RANDOM;
        }
    }

    public Arm {
        stages = List.copyOf(stages);
    }

    public boolean random() {
        return stages.stream().anyMatch(Stage::random);
    }

    /// Whether the reference transcripts of the adaptation speech are needed.
    public boolean needsReference() {
        return stages.stream().anyMatch(stage -> stage.change == Change.WEIGHTS_BY_REFERENCE);
    }

    /// The same arm with other learning rates, one for every stage in which something learns.
    public Arm withRates(double... rates) {
        List<Stage> changed = new ArrayList<>();
        int next = 0;
        for (Stage stage : stages) {
            changed.add(stage.change == Change.REMOVED ? stage : new Stage(stage.trained, stage.change, stage.epochs, rates[next++]));
        }
        return new Arm(id, description, changed, draws);
    }

    /// Learning rates of the stages in which something learns.
    public double[] rates() {
        return stages.stream().filter(stage -> stage.change != Change.REMOVED).mapToDouble(Stage::rate).toArray();
    }

    public int epochs() {
        return stages.stream().mapToInt(Stage::epochs).sum();
    }

    /// Rates, epochs and draws of all arms; every arm of a table shares them.
    ///
    /// @param firstEpochs E₁, of the first stage; `secondEpochs` E₂, of the second
    /// @param draws       random draws for A3 and A8
    public record Budget(Rates rates, int firstEpochs, int secondEpochs, int draws) {
        private Stage first(Trained trained, Change change) {
            return stage(trained, change, firstEpochs);
        }

        private Stage second(Change change) {
            return stage(Trained.EVERYTHING, change, secondEpochs);
        }

        private Stage stage(Trained trained, Change change, int epochs) {
            return new Stage(trained, change, epochs, change == Change.REMOVED ? 0 : rates.of(trained, change));
        }

        private Arm arm(String id, String description, Stage... stages) {
            Arm arm = new Arm(id, description, List.of(stages), 1);
            return arm.random() ? new Arm(id, description, arm.stages, draws) : arm;
        }

        private Arm one(String id, String description, Trained trained, Change change) {
            return arm(id, description, first(trained, change));
        }

        private Arm staged(String id, String description, Trained trained, Change change) {
            return arm(id, description, first(trained, change), second(change));
        }
    }

    /// The network as it was trained.
    static Arm nothing() {
        return new Arm("A0", "nothing", List.of(), 1);
    }

    /// The arms of the default table: nothing, blind adaptation, the paper's procedure, and the controls that its claims need.
    public static List<Arm> standard(Budget b) {
        return List.of(
                nothing(),
                b.one("A1", "everything (blind)", Trained.EVERYTHING, Change.WEIGHTS),
                b.one("A2", "all hidden FC neurons", Trained.HIDDEN_DENSE, Change.WEIGHTS),
                b.one("A3", "random neurons, as many as A6", Trained.RANDOM, Change.WEIGHTS),
                b.one("A6", "hyper and hypo neurons", Trained.BOTH, Change.WEIGHTS),
                b.one("A6m", "middle neurons, as many as A6", Trained.MIDDLE, Change.WEIGHTS),
                b.staged("A7", "hyper and hypo neurons, then everything", Trained.BOTH, Change.WEIGHTS),
                b.staged("A8", "random neurons, then everything", Trained.RANDOM, Change.WEIGHTS),
                b.staged("A9", "everything, as many epochs as A7", Trained.EVERYTHING, Change.WEIGHTS));
    }

    /// The arms of the method that the default table leaves out.
    private static List<Arm> others(Budget b) {
        return List.of(
                b.one("A2.conv", "the convolutions", Trained.CONVOLUTIONS, Change.WEIGHTS),
                b.one("A2.first", "the first hidden FC layer", Trained.FIRST_DENSE, Change.WEIGHTS),
                b.one("A2.last", "the last hidden FC layer", Trained.LAST_DENSE, Change.WEIGHTS),
                b.one("A2.out", "the output layer", Trained.OUTPUT, Change.WEIGHTS),
                b.one("A4", "hypo neurons", Trained.HYPO, Change.WEIGHTS),
                b.one("A5", "hyper neurons", Trained.HYPER, Change.WEIGHTS),
                b.staged("A10", "middle neurons, then everything", Trained.MIDDLE, Change.WEIGHTS),
                b.arm("A11", "hyper and hypo neurons removed, then everything", b.stage(Trained.BOTH, Change.REMOVED, 0),
                        b.first(Trained.EVERYTHING, Change.WEIGHTS)),
                b.one("A12", "a scale for every hidden FC neuron (LHUC)", Trained.HIDDEN_DENSE, Change.SCALES),
                b.one("A12.A6", "a scale for every hyper and hypo neuron (LHUC)", Trained.BOTH, Change.SCALES),
                b.one("A13.A1", "A1 held near the source network (KLD)", Trained.EVERYTHING, Change.WEIGHTS_NEAR_SOURCE),
                b.staged("A13.A7", "A7 held near the source network (KLD)", Trained.BOTH, Change.WEIGHTS_NEAR_SOURCE),
                b.one("A14", "scale and bias of every hidden FC neuron, by entropy", Trained.HIDDEN_DENSE, Change.SCALES_AND_BIASES_BY_ENTROPY),
                b.one("A15.A1", "A1 with reference transcripts", Trained.EVERYTHING, Change.WEIGHTS_BY_REFERENCE),
                b.one("A15.A6", "A6 with reference transcripts", Trained.BOTH, Change.WEIGHTS_BY_REFERENCE),
                b.staged("A15.A7", "A7 with reference transcripts", Trained.BOTH, Change.WEIGHTS_BY_REFERENCE));
    }

    /// Every arm of the method.
    public static List<Arm> all(Budget b) {
        List<Arm> all = new ArrayList<>(standard(b));
        all.addAll(others(b));
        return List.copyOf(all);
    }
}
