package org.hyperhypo.experiments.recipe;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.hyperhypo.asr.corrupt.Condition;
import org.hyperhypo.asr.corrupt.Seeds;
import org.hyperhypo.experiments.model.FeatureExtraction;

/// Another acoustic domain: every utterance gets one of a few corruptions, chosen from the seed and its id.
///
/// @param kind what it is about: noise, reverberation, channel
public record Domain(String name, String kind, List<Condition> variants, long seed) {
    public Domain {
        variants = List.copyOf(variants);
        if (variants.isEmpty()) {
            throw new IllegalArgumentException("domain \"" + name + "\" has no corruption to choose from");
        }
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
