package org.hyperhypo.experiments.recipe;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.hyperhypo.asr.corrupt.Condition;
import org.hyperhypo.asr.corrupt.Seeds;
import org.hyperhypo.experiments.model.FeatureExtraction;

/// Another acoustic domain: every utterance gets one of a few corruptions, chosen from the seed and its id.
///
/// @param kind what it is about: noise, reverberation, channel, speaker, or several of them; "recorded" where it is not made here
public record Domain(String name, String kind, List<Condition> variants, long seed) {
    private static final double CLIPPED = 0.3;

    public Domain {
        variants = List.copyOf(variants);
        if (variants.isEmpty()) {
            throw new IllegalArgumentException("domain \"" + name + "\" has no corruption to choose from");
        }
    }

    /// A telephone line behind mild noise; at 8 kHz, where the line's own band is all there is, a narrower band stands for it.
    static Domain telephone(int rate) {
        return new Domain("telephone", "channel", List.of(new Condition.Chain(List.of(new Condition.ColouredNoise(-4, 20),
                rate == 8000 ? new Condition.Band(300, 2600) : new Condition.TelephoneLine()))), 103);
    }

    /// A narrow band whose peaks are cut off: a cheap radio, driven too hard.
    static Domain clippedChannel() {
        return new Domain("channel", "channel", List.of(new Condition.Chain(List.of(new Condition.Band(300, 2000), new Condition.Clipping(CLIPPED)))), 105);
    }

    /// Another channel than the test's, for tuning.
    static Domain tuningChannel() {
        return new Domain("tune-channel", "channel", List.of(new Condition.Chain(List.of(new Condition.ColouredNoise(-2, 20),
                new Condition.Band(200, 2800)))), 203);
    }

    public String description() {
        return variants.stream().map(Condition::description).distinct().collect(Collectors.joining("; or "));
    }

    public FeatureExtraction.Corruption corruption() {
        return (samples, rate, utterance) -> {
            SplittableRandom random = Seeds.of(seed, utterance);
            return variants.get(random.nextInt(variants.size())).apply(samples, rate, random);
        };
    }
}
