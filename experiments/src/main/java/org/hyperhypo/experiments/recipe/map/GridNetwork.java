package org.hyperhypo.experiments.recipe.map;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hyperhypo.experiments.recipe.RecipeOptions;
import org.hyperhypo.experiments.report.Csv;
import org.hyperhypo.experiments.train.UpdateRule;

/// How one network of the grid is made.
///
/// @param name       of its files and in tables
/// @param scale      factor on the initial weights of the hidden FC layers, over the usual gain for the activation
/// @param layers     hidden FC layers of `width` neurons each
/// @param activation "sigmoid", "tanh", "relu" or "ada"
public record GridNetwork(String name, UpdateRule optimizer, double rate, double scale, int layers, int width, String activation, int epochs) {
    static final List<String> ACTIVATIONS = List.of("sigmoid", "tanh", "relu", "ada");

    /// The network with a name made of what it is: `sigmoid-4x256-scale1-momentum0.1-epochs5`.
    static GridNetwork of(UpdateRule optimizer, double rate, double scale, int layers, int width, String activation, int epochs) {
        String name = activation + "-" + layers + "x" + width + "-scale" + Csv.number(scale) + "-" + optimizer.label() + Csv.number(rate) + "-epochs" + epochs;
        return new GridNetwork(name, optimizer, rate, scale, layers, width, activation, epochs);
    }

    GridNetwork withDescent(UpdateRule rule, double otherRate) {
        return of(rule, otherRate, scale, layers, width, activation, epochs);
    }

    GridNetwork withScale(double other) {
        return of(optimizer, rate, other, layers, width, activation, epochs);
    }

    GridNetwork withSize(int otherLayers, int otherWidth) {
        return of(optimizer, rate, scale, otherLayers, otherWidth, activation, epochs);
    }

    GridNetwork withActivation(String other) {
        return of(optimizer, rate, scale, layers, width, other, epochs);
    }

    GridNetwork withEpochs(int other) {
        return of(optimizer, rate, scale, layers, width, activation, other);
    }

    /// Sizes: the convolutions of `base` under hidden layers of this network.
    RecipeOptions.Net net(RecipeOptions.Net base) {
        return new RecipeOptions.Net(base.frequencyFilters(), base.frequencyHeight(), base.frequencyPool(), base.timeFilters(), base.timeWidth(),
                base.timePool(), layers, width, activation);
    }

    /// The cells of its row in a grid.
    Map<String, String> describe() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("network", name);
        all.put("optimizer", optimizer.label());
        all.put("rate", Csv.number(rate));
        all.put("scale", Csv.number(scale));
        all.put("layers", String.valueOf(layers));
        all.put("width", String.valueOf(width));
        all.put("activation", activation);
        all.put("epochs", String.valueOf(epochs));
        return all;
    }
}
