package org.hyperhypo.experiments.recipe;

import java.nio.file.Path;
import java.util.Map;
import org.hyperhypo.asr.decode.Grammar;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.asr.hmm.StateInventory;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.model.FeatureSettings;

/// A corpus ready for any number of experiments: features of `train`, `dev` and `test`, of `dev.<tuning domain>` and `test.<target domain>`.
///
/// @param labels states of `train`, frame by frame, where they were given; otherwise null
public record Prepared(Path corpus, FeatureSettings settings, Lexicon lexicon, StateInventory states, Grammar graph, Map<String, FeatureSet> sets,
                       int[] labels) {
}
