package org.hyperhypo.experiments.recipe;

import java.util.List;
import java.util.stream.Collectors;
import org.hyperhypo.asr.score.EditDistance;
import org.hyperhypo.asr.score.WordErrors;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.model.Recognizer;
import org.hyperhypo.experiments.report.Csv;

/// Keeps the errors of every utterance, so that two systems can be compared utterance by utterance later.
public final class Evaluation {
    public static final String[] UTTERANCE_COLUMNS = {"replicate", "condition", "arm", "draw", "utterance", "speaker", "words", "sub", "del", "ins",
        "edits"};

    private Evaluation() {
    }

    public static void addUtterances(Csv table, Replicate replicate, String condition, String arm, int draw, FeatureSet set, Recognizer.Output output) {
        List<WordErrors> errors = output.errors();
        for (int u = 0; u < set.size(); u++) {
            FeatureSet.Entry entry = set.entries().get(u);
            WordErrors e = errors.get(u);
            table.add(replicate.number(), condition, arm, draw, entry.id(), entry.speaker(), e.words(), e.substitutions(), e.deletions(),
                    e.insertions(), edits(entry.words(), output.hypotheses().get(u).text()));
        }
    }

    /// The alignment with the reference, one letter a step: C right, S substituted, D deleted, I inserted.
    static String edits(List<String> reference, List<String> hypothesis) {
        return EditDistance.align(reference, hypothesis).stream().map(step -> step.edit().name().substring(0, 1)).collect(Collectors.joining());
    }

    /// The steps that [#edits] wrote, without their words: what the matched-pairs test asks for.
    static List<EditDistance.Step> steps(String edits) {
        return edits.chars().mapToObj(letter -> new EditDistance.Step(switch (letter) {
            case 'C' -> EditDistance.Edit.CORRECT;
            case 'S' -> EditDistance.Edit.SUBSTITUTION;
            case 'D' -> EditDistance.Edit.DELETION;
            case 'I' -> EditDistance.Edit.INSERTION;
            default -> throw new IllegalArgumentException("edit \"" + (char) letter + "\" is none of C, S, D, I");
        }, "", "")).toList();
    }
}
