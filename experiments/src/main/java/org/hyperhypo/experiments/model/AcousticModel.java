package org.hyperhypo.experiments.model;

import java.util.List;
import org.hyperhypo.asr.features.FrameContext;
import org.hyperhypo.asr.hmm.PhoneSet;
import org.hyperhypo.asr.hmm.StateInventory;
import org.hyperhypo.asr.hmm.Topology;
import org.hyperhypo.engine.Network;

/// A network together with what its inputs and outputs mean: the features it was trained on, the HMM states and their priors.
///
/// @param features  options of the features, compared with those of the data before anything is computed
/// @param context   frames of context on either side
/// @param states    network output s is HMM state s
/// @param logPriors log p(s), from the training alignment
/// @param weights   what the decoder was tuned to with this model; null if it was not
public record AcousticModel(Network network, FeatureSettings features, FrameContext context, StateInventory states, float[] logPriors,
        Weights weights) {

    /// How the decoder weighs acoustic scores, and what it adds per word.
    public record Weights(double acousticScale, double wordPenalty) {
    }

    public AcousticModel {
        if (network.spec().output().size() != states.size() || logPriors.length != states.size()) {
            throw new IllegalArgumentException("the network has " + network.spec().output().size() + " outputs, there are " + states.size()
                    + " states and " + logPriors.length + " priors; all three must agree");
        }
    }

    /// A model that no decoder was tuned with.
    public AcousticModel(Network network, FeatureSettings features, FrameContext context, StateInventory states, float[] logPriors) {
        this(network, features, context, states, logPriors, null);
    }

    /// The same description around another network of the same outputs.
    public AcousticModel with(Network other) {
        return new AcousticModel(other, features, context, states, logPriors, weights);
    }

    public AcousticModel with(Weights tuned) {
        return new AcousticModel(network, features, context, states, logPriors, tuned);
    }

    public SplicedFrames splice(FeatureSet set) {
        return new SplicedFrames(set, context, features.columns());
    }

    public LogLikelihoods score(FeatureSet set) {
        return LogLikelihoods.of(network, splice(set), set.starts(), logPriors);
    }

    /// log p(s) = log((count_s + 1) / Σ (count + 1)) over all labels ≥ 0; the added 1 keeps unseen states finite.
    public static float[] logPriors(List<int[]> alignments, int states) {
        long[] counts = new long[states];
        java.util.Arrays.fill(counts, 1);
        long total = states;
        for (int[] alignment : alignments) {
            for (int state : alignment) {
                if (state >= 0) {
                    counts[state]++;
                    total++;
                }
            }
        }
        float[] priors = new float[states];
        for (int s = 0; s < states; s++) {
            priors[s] = (float) Math.log((double) counts[s] / total);
        }
        return priors;
    }

    /// States of `phones` with `statesPerPhone` states each, silence included.
    public static StateInventory inventory(List<String> phones, int statesPerPhone) {
        return new StateInventory(PhoneSet.of(phones), Topology.of(statesPerPhone, statesPerPhone, 0.5));
    }
}
