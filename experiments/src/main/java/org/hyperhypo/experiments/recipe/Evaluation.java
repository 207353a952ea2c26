package org.hyperhypo.experiments.recipe;

import java.util.List;
import org.hyperhypo.asr.score.WordErrors;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.model.Recognizer;
import org.hyperhypo.experiments.report.Csv;

/// Keeps the errors of every utterance, so that two systems can be compared utterance by utterance later.
final class Evaluation {
    static final String[] UTTERANCE_COLUMNS = {"replicate", "condition", "arm", "draw", "utterance", "speaker", "words", "sub", "del", "ins"};

    private Evaluation() {
    }

    static void addUtterances(Csv table, Replicate replicate, String condition, String arm, int draw, FeatureSet set, Recognizer.Output output) {
        List<WordErrors> errors = output.errors();
        for (int u = 0; u < set.size(); u++) {
            FeatureSet.Entry entry = set.entries().get(u);
            WordErrors e = errors.get(u);
            table.add(replicate.number(), condition, arm, draw, entry.id(), entry.speaker(), e.words(), e.substitutions(), e.deletions(),
                    e.insertions());
        }
    }
}
