package org.hyperhypo.experiments.recipe;

import java.nio.file.Path;
import java.util.Map;
import org.hyperhypo.asr.decode.DecodingGraph;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.asr.hmm.StateInventory;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.model.FeatureSettings;

/// A corpus ready for any number of experiments: features of `train`, `dev` and `test`, of `dev.<tuning domain>` and `test.<target domain>`.
record Prepared(Path corpus, FeatureSettings settings, Lexicon lexicon, StateInventory states, DecodingGraph graph, Map<String, FeatureSet> sets) {
}
