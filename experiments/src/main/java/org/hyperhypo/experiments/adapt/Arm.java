package org.hyperhypo.experiments.adapt;

import java.util.List;

/// One way of adapting: a list of stages, each training some neurons for some epochs at some rate. Names as in the method, section 5.
///
/// @param draws how many times the arm is run with other random neurons (1 where nothing is random)
public record Arm(String id, String description, List<Stage> stages, int draws) {

    /// Which neurons a stage trains: their incoming weights and biases.
    public enum Trained {
        EVERYTHING, HIDDEN_DENSE, HYPO, HYPER, BOTH, RANDOM, MIDDLE
    }

    /// One stage. A new optimizer starts with every stage.
    public record Stage(Trained trained, int epochs, double rate) {
    }

    public Arm {
        stages = List.copyOf(stages);
    }

    public boolean random() {
        return stages.stream().anyMatch(stage -> stage.trained() == Trained.RANDOM);
    }

    public int epochs() {
        return stages.stream().mapToInt(Stage::epochs).sum();
    }

    /// Learning rates and epochs of all arms; every arm of a table shares them.
    ///
    /// @param fullRate     rate when every parameter trains
    /// @param selectedRate rate when only chosen neurons train (fewer parameters move, each may move further)
    /// @param firstEpochs  E₁, of the first stage; `secondEpochs` E₂, of the second
    /// @param draws        random draws for A3 and A8
    public record Budget(double fullRate, double selectedRate, double denseRate, int firstEpochs, int secondEpochs, int draws) {
    }

    /// The arms of the default table, with the same labels, frame order and seed for each.
    public static List<Arm> standard(Budget b) {
        Stage everything = new Stage(Trained.EVERYTHING, b.firstEpochs, b.fullRate);
        Stage after = new Stage(Trained.EVERYTHING, b.secondEpochs, b.fullRate);
        Stage both = new Stage(Trained.BOTH, b.firstEpochs, b.selectedRate);
        Stage random = new Stage(Trained.RANDOM, b.firstEpochs, b.selectedRate);
        Stage middle = new Stage(Trained.MIDDLE, b.firstEpochs, b.selectedRate);
        return List.of(
                new Arm("A0", "no adaptation", List.of(), 1),
                new Arm("A1", "everything (blind)", List.of(everything), 1),
                new Arm("A2", "all hidden FC neurons, small rate", List.of(new Stage(Trained.HIDDEN_DENSE, b.firstEpochs, b.denseRate)), 1),
                new Arm("A3", "random neurons, as many as A6", List.of(random), b.draws),
                new Arm("A6", "hyper and hypo neurons", List.of(both), 1),
                new Arm("A6m", "middle neurons, as many as A6", List.of(middle), 1),
                new Arm("A7", "hyper and hypo neurons, then everything", List.of(both, after), 1),
                new Arm("A8", "random neurons, then everything", List.of(random, after), b.draws),
                new Arm("A9", "everything, as many epochs as A7", List.of(everything, after), 1));
    }
}
