package org.hyperhypo.asr.score;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Alignment of two word sequences as NIST's sclite makes it: least total weight with 4 per substitution, 3 per insertion and 3 per
/// deletion; among equals, the traceback from the end prefers match or substitution, then insertion, then deletion. Two substitutions
/// (8) are dearer here than an insertion, a match and a deletion (6), where 1/1/1 sees no difference or the opposite: counts can differ.
public final class EditDistance {
    private static final int SUBSTITUTION = 4;
    private static final int INSERTION = 3;
    private static final int DELETION = 3;

    /// What happened to a word.
    public enum Edit { CORRECT, SUBSTITUTION, INSERTION, DELETION }

    /// One column of an alignment; `reference` is null for an insertion, `hypothesis` for a deletion.
    public record Step(Edit edit, String reference, String hypothesis) {
    }

    private EditDistance() {
    }

    /// The alignment, left to right. Words are compared as they are.
    public static List<Step> align(List<String> reference, List<String> hypothesis) {
        int n = reference.size();
        int m = hypothesis.size();
        int[] cost = costs(reference, hypothesis);
        int width = m + 1;
        var steps = new ArrayList<Step>(n + m);
        int i = n;
        int j = m;
        while (i > 0 || j > 0) {
            int here = cost[i * width + j];
            if (i > 0 && j > 0) {
                boolean same = reference.get(i - 1).equals(hypothesis.get(j - 1));
                if (here == cost[(i - 1) * width + j - 1] + (same ? 0 : SUBSTITUTION)) {
                    steps.add(new Step(same ? Edit.CORRECT : Edit.SUBSTITUTION, reference.get(--i), hypothesis.get(--j)));
                    continue;
                }
            }
            if (j > 0 && here == cost[i * width + j - 1] + INSERTION) {
                steps.add(new Step(Edit.INSERTION, null, hypothesis.get(--j)));
            } else {
                steps.add(new Step(Edit.DELETION, reference.get(--i), null));
            }
        }
        Collections.reverse(steps);
        return steps;
    }

    /// The counts of this alignment.
    public static WordErrors count(List<String> reference, List<String> hypothesis) {
        return WordErrors.of(align(reference, hypothesis));
    }

    private static int[] costs(List<String> reference, List<String> hypothesis) {
        int n = reference.size();
        int m = hypothesis.size();
        if ((n + 1L) * (m + 1L) > 1 << 28) {
            throw new IllegalArgumentException("alignment of " + n + " with " + m + " words needs more than 1 GB; split the utterance");
        }
        String[] ref = reference.toArray(String[]::new);
        String[] hyp = hypothesis.toArray(String[]::new);
        int width = m + 1;
        var cost = new int[(n + 1) * width];
        for (int j = 1; j <= m; j++) {
            cost[j] = j * INSERTION;
        }
        for (int i = 1; i <= n; i++) {
            int row = i * width;
            cost[row] = i * DELETION;
            for (int j = 1; j <= m; j++) {
                int diagonal = cost[row - width + j - 1] + (ref[i - 1].equals(hyp[j - 1]) ? 0 : SUBSTITUTION);
                cost[row + j] = Math.min(diagonal, Math.min(cost[row + j - 1] + INSERTION, cost[row - width + j] + DELETION));
            }
        }
        return cost;
    }
}
