package org.hyperhypo.experiments.recipe;

import org.hyperhypo.engine.Network;
import org.hyperhypo.experiments.model.AcousticModel;
import org.hyperhypo.experiments.model.CachedFrames;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.model.Layers;
import org.hyperhypo.experiments.model.LogLikelihoods;
import org.hyperhypo.experiments.model.Recognizer;
import org.hyperhypo.experiments.model.SplicedFrames;

/// One test set, ready to score many variants of a model: the outputs of the unchanged convolutions are computed once.
public final class Scorer {
    private final AcousticModel model;
    private final FeatureSet set;
    private final SplicedFrames frames;
    private final CachedFrames aboveConvolutions;

    public Scorer(AcousticModel model, FeatureSet set) {
        this.model = model;
        this.set = set;
        this.frames = model.splice(set);
        Network network = model.network();
        this.aboveConvolutions = CachedFrames.of(network.below(Layers.firstDense(network.spec())), frames);
    }

    public FeatureSet set() {
        return set;
    }

    /// @param sameConvolutions whether the convolutions of `network` are those of the model
    LogLikelihoods score(Network network, boolean sameConvolutions) {
        return sameConvolutions
                ? LogLikelihoods.of(network.from(Layers.firstDense(network.spec())), aboveConvolutions, set.starts(), model.logPriors())
                : LogLikelihoods.of(network, frames, set.starts(), model.logPriors());
    }

    public Recognizer.Output evaluate(Network network, boolean sameConvolutions, Recognizer recognizer) {
        return recognizer.evaluate(set, score(network, sameConvolutions));
    }
}
