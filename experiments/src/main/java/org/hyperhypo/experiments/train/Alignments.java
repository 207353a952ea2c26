package org.hyperhypo.experiments.train;

import java.util.ArrayList;
import java.util.List;
import org.hyperhypo.asr.align.ForcedAligner;
import org.hyperhypo.asr.hmm.Alignment;
import org.hyperhypo.asr.hmm.AlignmentException;
import org.hyperhypo.asr.hmm.FlatStart;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.asr.hmm.SilenceRule;
import org.hyperhypo.asr.hmm.StateInventory;
import org.hyperhypo.experiments.Failure;
import org.hyperhypo.experiments.model.FeatureSet;
import org.hyperhypo.experiments.model.LogLikelihoods;

/// State alignments of a whole set, parallel to its utterances. An utterance that cannot be aligned has label −1 on all frames, and a reason.
public record Alignments(List<Alignment> utterances, List<Failure> failures) {

    /// Equal division of every utterance; no model.
    public static Alignments flat(FeatureSet set, Lexicon lexicon, StateInventory states) {
        return each(set, (entry, u) -> FlatStart.align(entry.frames(), entry.words(), lexicon, states, FlatStart.Options.standard()));
    }

    /// Viterbi alignment of the transcripts to the network's scores.
    public static Alignments forced(FeatureSet set, LogLikelihoods scores, Lexicon lexicon, StateInventory states, double acousticScale) {
        ForcedAligner aligner = new ForcedAligner(states, lexicon, SilenceRule.everywhere(), acousticScale);
        return each(set, (entry, u) -> aligner.align(scores.utterances().get(u), entry.words()));
    }

    /// One label a frame of the set, in frame order.
    public int[] labels() {
        return utterances.stream().flatMapToInt(alignment -> java.util.Arrays.stream(alignment.states())).toArray();
    }

    public List<int[]> states() {
        return utterances.stream().map(Alignment::states).toList();
    }

    /// Share of frames on which both have the same label.
    public double agreement(Alignments other) {
        int[] mine = labels();
        int[] theirs = other.labels();
        long equal = java.util.stream.IntStream.range(0, mine.length).filter(t -> mine[t] == theirs[t]).count();
        return (double) equal / mine.length;
    }

    private interface Aligner {
        Alignment align(FeatureSet.Entry entry, int index);
    }

    private static Alignments each(FeatureSet set, Aligner aligner) {
        List<Alignment> alignments = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        for (int u = 0; u < set.size(); u++) {
            FeatureSet.Entry entry = set.entries().get(u);
            try {
                alignments.add(aligner.align(entry, u));
            } catch (AlignmentException e) {
                int[] unknown = new int[entry.frames()];
                java.util.Arrays.fill(unknown, -1);
                alignments.add(new Alignment(unknown, List.of(), List.of(), List.of(), Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY));
                failures.add(new Failure("alignment", entry.id(), e.getMessage()));
            }
        }
        return new Alignments(List.copyOf(alignments), List.copyOf(failures));
    }
}
