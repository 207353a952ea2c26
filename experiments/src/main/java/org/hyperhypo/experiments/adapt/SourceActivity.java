package org.hyperhypo.experiments.adapt;

import java.util.Arrays;
import org.hyperhypo.engine.Network;
import org.hyperhypo.experiments.model.AcousticModel;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.model.Layers;
import org.hyperhypo.experiments.neurons.Activity;

/// How much the last hidden layer varies within an utterance of source speech: mean and standard deviation over utterances of the windowed
/// entropy (arXiv:1708.09516).
public record SourceActivity(double mean, double deviation) {

    public static SourceActivity of(AcousticModel model, FeatureSet source) {
        double[] entropies = entropies(model, source);
        double mean = Arrays.stream(entropies).average().orElse(Double.NaN);
        double variance = Arrays.stream(entropies).map(e -> (e - mean) * (e - mean)).average().orElse(Double.NaN);
        return new SourceActivity(mean, Math.sqrt(variance));
    }

    /// Minus the distance from what is typical of source speech, in its standard deviations, for every utterance.
    double[] confidence(AcousticModel model, FeatureSet set) {
        return Arrays.stream(entropies(model, set)).map(e -> -Math.abs(e - mean) / Math.max(deviation, Double.MIN_NORMAL)).toArray();
    }

    private static double[] entropies(AcousticModel model, FeatureSet set) {
        Network network = model.network();
        return Activity.over(network, model.splice(set), set.starts(), null).utteranceEntropy(Layers.hidden(network.spec()).getLast().name());
    }
}
