package org.hyperhypo.experiments.model;

import java.util.HashMap;
import java.util.Map;
import org.hyperhypo.asr.features.Cmvn;
import org.hyperhypo.asr.features.Deltas;
import org.hyperhypo.asr.features.Features;
import org.hyperhypo.asr.features.SlidingCmvn;

/// What happens to features behind the filterbank: means and variances, then derivatives. Statistics over more than an utterance are
/// gathered first ([#add]).
final class Normalisation {
    private static final int DELTA_WINDOW = 2;
    private static final int SLIDING_MINIMUM = 100;

    private final FeatureSettings settings;
    private final Map<String, Cmvn> statistics = new HashMap<>();

    Normalisation(FeatureSettings settings) {
        this.settings = settings;
    }

    /// Whether [#apply] needs all utterances to have been added.
    boolean overMoreThanAnUtterance() {
        return settings.cmvn() == FeatureSettings.Cmvn.SPEAKER || settings.cmvn() == FeatureSettings.Cmvn.GLOBAL;
    }

    void add(String speaker, Features features) {
        if (overMoreThanAnUtterance()) {
            statistics.computeIfAbsent(group(speaker), group -> new Cmvn(features.bands())).add(features);
        }
    }

    /// Changes the features or makes new ones.
    Features apply(String speaker, Features features) {
        Features normalised = switch (settings.cmvn()) {
            case NONE -> features;
            case UTTERANCE -> by(Cmvn.of(features), features);
            case SPEAKER, GLOBAL -> by(statistics.get(group(speaker)), features);
            case SLIDING -> new SlidingCmvn(settings.slidingFrames(), Math.min(SLIDING_MINIMUM, settings.slidingFrames()), settings.centred(),
                    settings.variance()).apply(features);
        };
        return settings.deltas() == 0 ? normalised : Deltas.append(normalised, settings.deltas(), DELTA_WINDOW);
    }

    private Features by(Cmvn cmvn, Features features) {
        cmvn.apply(features, settings.variance());
        return features;
    }

    private String group(String speaker) {
        return settings.cmvn() == FeatureSettings.Cmvn.GLOBAL ? "" : speaker;
    }
}
