package org.hyperhypo.experiments.recipe.map;

import static org.hyperhypo.experiments.train.UpdateRule.ADAM;
import static org.hyperhypo.experiments.train.UpdateRule.MOMENTUM;
import static org.hyperhypo.experiments.train.UpdateRule.SGD;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hyperhypo.experiments.report.Csv;

/// The networks of a map, one row each, with distinct names.
public record NetworkGrid(List<GridNetwork> networks) {
    /// The network that those of the standard grid differ from: SGD with momentum, initial weights of the usual size.
    static final GridNetwork BASE = GridNetwork.of(MOMENTUM, 0.1, 1, 4, 256, "sigmoid", 5);

    public NetworkGrid {
        networks = List.copyOf(networks);
    }

    /// One thing at a time from [#BASE], and the pairs that make saturation in other ways: inherited from large initial weights, learned at
    /// large rates, in long training, or by rectifiers.
    public static NetworkGrid standard() {
        Set<GridNetwork> all = new LinkedHashSet<>(List.of(BASE));
        for (double rate : new double[] {0.03, 0.3}) {
            all.add(BASE.withDescent(MOMENTUM, rate));
        }
        for (double rate : new double[] {0.5, 1, 2}) {
            all.add(BASE.withDescent(SGD, rate));
        }
        for (double rate : new double[] {0.001, 0.003}) {
            all.add(BASE.withDescent(ADAM, rate));
        }
        for (double scale : new double[] {0.5, 2, 3, 4}) {
            all.add(BASE.withScale(scale));
        }
        all.add(BASE.withDescent(ADAM, 0.001).withScale(2));
        all.add(BASE.withDescent(SGD, 2).withScale(2));
        all.add(BASE.withSize(2, 256));
        all.add(BASE.withSize(6, 256));
        all.add(BASE.withSize(4, 128));
        all.add(BASE.withSize(4, 512));
        all.add(BASE.withEpochs(2));
        all.add(BASE.withEpochs(12));
        all.add(BASE.withDescent(SGD, 2).withEpochs(12));
        all.add(BASE.withActivation("tanh").withDescent(MOMENTUM, 0.03));
        all.add(BASE.withActivation("relu").withDescent(MOMENTUM, 0.03));
        all.add(BASE.withActivation("relu").withDescent(ADAM, 0.001));
        return new NetworkGrid(new ArrayList<>(all));
    }

    /// Seven ways of descending × four initial scales × three activations, and width × depth × training length of the usual one.
    public static NetworkGrid full() {
        Set<GridNetwork> all = new LinkedHashSet<>(standard().networks);
        for (String activation : new String[] {"sigmoid", "tanh", "relu"}) {
            GridNetwork one = BASE.withActivation(activation);
            // Rectifiers and tanh pass on gradients that the sigmoid shrinks by four or more, and diverge at its rates.
            double less = activation.equals("sigmoid") ? 1 : 5;
            for (double scale : new double[] {0.5, 1, 2, 4}) {
                for (double rate : new double[] {0.5, 2}) {
                    all.add(one.withScale(scale).withDescent(SGD, rate / less));
                }
                for (double rate : new double[] {0.03, 0.1, 0.3}) {
                    all.add(one.withScale(scale).withDescent(MOMENTUM, rate / less));
                }
                for (double rate : new double[] {0.001, 0.003}) {
                    all.add(one.withScale(scale).withDescent(ADAM, rate));
                }
            }
        }
        for (int width : new int[] {128, 256, 512}) {
            for (int layers : new int[] {2, 4, 6}) {
                for (int epochs : new int[] {5, 20}) {
                    all.add(BASE.withSize(layers, width).withEpochs(epochs));
                }
            }
        }
        return new NetworkGrid(new ArrayList<>(all));
    }

    /// The grid as [GridFile] reads it.
    public Csv table() {
        Csv table = new Csv(GridFile.COLUMNS);
        networks.forEach(network -> table.add(network.describe().values().toArray()));
        return table;
    }
}
