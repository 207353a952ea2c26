package org.hyperhypo.asr.score;

import java.util.List;

/// The alignment of an utterance for reading, in the form of Kaldi's per-utterance details: reference and hypothesis with `***` in the
/// gaps, the edits (C, S, I, D) below, all in columns, and the counts.
///
/// ```
/// s03-12 ref  SIX  ONE  NINE
/// s03-12 hyp  SIX  ***  FIVE
/// s03-12 op    C    D    S
/// s03-12 #csid 1 1 0 1
/// ```
public final class AlignmentReport {
    private static final String GAP = "***";

    private AlignmentReport() {
    }

    public static String of(String id, List<EditDistance.Step> steps) {
        var reference = new StringBuilder(id + " ref ");
        var hypothesis = new StringBuilder(id + " hyp ");
        var edits = new StringBuilder(id + " op  ");
        for (EditDistance.Step step : steps) {
            String r = step.reference() == null ? GAP : step.reference();
            String h = step.hypothesis() == null ? GAP : step.hypothesis();
            int width = Math.max(r.codePointCount(0, r.length()), h.codePointCount(0, h.length()));
            column(reference, r, width);
            column(hypothesis, h, width);
            column(edits, " ".repeat((width - 1) / 2) + step.edit().name().charAt(0), width);
        }
        WordErrors e = WordErrors.of(steps);
        return reference + "\n" + hypothesis + "\n" + edits.toString().stripTrailing() + "\n"
                + id + " #csid " + e.correct() + " " + e.substitutions() + " " + e.insertions() + " " + e.deletions() + "\n";
    }

    private static void column(StringBuilder line, String text, int width) {
        line.append(' ').append(text).append(" ".repeat(width - text.codePointCount(0, text.length())));
    }
}
