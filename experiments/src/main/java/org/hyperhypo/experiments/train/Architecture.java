package org.hyperhypo.experiments.train;

import org.hyperhypo.asr.features.FrameContext;
import org.hyperhypo.asr.hmm.StateInventory;
import org.hyperhypo.engine.Initialisation;
import org.hyperhypo.engine.Network;
import org.hyperhypo.engine.NetworkSpec;
import org.hyperhypo.engine.Shape;
import org.hyperhypo.experiments.UserError;
import org.hyperhypo.experiments.model.AcousticModel;
import org.hyperhypo.experiments.model.FeatureSettings;
import org.hyperhypo.kernels.Activation;

/// The sizes of a TFCNN, before features and task say how many bands go in and how many states come out.
///
/// @param context    frames of context on either side
/// @param hidden     fully connected layers of `width` neurons each
/// @param activation "sigmoid", "tanh", "relu" or "ada"
public record Architecture(int context, int frequencyFilters, int frequencyHeight, int frequencyPool, int timeFilters, int timeWidth,
                           int timePool, int hidden, int width, String activation) {

    /// The shape of the network for features of so many bands and so many HMM states.
    public NetworkSpec spec(int bands, int states) {
        return NetworkSpec.tfcnn(new Shape(1, bands, frames().frames()), frequencyFilters, frequencyHeight, frequencyPool, timeFilters,
                timeWidth, timePool, hidden, width, function(), states);
    }

    /// The network before training: the same for the same seed, so that it need not be kept.
    ///
    /// @param fcScale factor on the initial weights of the hidden layers, over the usual gain for the activation
    public Network initial(int bands, int states, double fcScale, long seed) {
        return Network.initialised(spec(bands, states), initialisation(fcScale), seed);
    }

    /// An untrained model in which all states are equally likely.
    public AcousticModel untrained(FeatureSettings features, StateInventory states, double fcScale, long seed) {
        return new AcousticModel(initial(features.columns(), states.size(), fcScale, seed), features, frames(), states,
                new float[states.size()]);
    }

    private FrameContext frames() {
        return new FrameContext(context, context);
    }

    private Initialisation initialisation(double fcScale) {
        return activation.equals("sigmoid") ? Initialisation.sigmoid(fcScale)
                : new Initialisation(Initialisation.glorot().conv(), Initialisation.glorot().hidden() * fcScale, Initialisation.glorot().output());
    }

    private Activation function() {
        return function(activation);
    }

    /// The function of that name; another name is refused.
    public static Activation function(String activation) {
        return switch (activation) {
            case "sigmoid" -> new Activation.Sigmoid();
            case "tanh" -> new Activation.Tanh();
            case "relu" -> new Activation.Relu(0);
            case "ada" -> new Activation.Ada(1, 1, 0);
            default -> throw new UserError("activation \"" + activation + "\" is not known; use sigmoid, tanh, relu or ada");
        };
    }
}
