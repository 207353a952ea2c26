package org.hyperhypo.asr.align;

import java.util.List;
import org.hyperhypo.asr.decode.DecoderOptions;
import org.hyperhypo.asr.decode.DecodingException;
import org.hyperhypo.asr.decode.DecodingGraph;
import org.hyperhypo.asr.decode.FrameScores;
import org.hyperhypo.asr.decode.ViterbiDecoder;
import org.hyperhypo.asr.hmm.Alignment;
import org.hyperhypo.asr.hmm.AlignmentException;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.asr.hmm.SilenceRule;
import org.hyperhypo.asr.hmm.StateInventory;

/// Aligns frames to the states of known words: the best path through the graph of these words in this order, over all their
/// pronunciations and with silence where the rule allows it. The search is exact (no pruning). Safe to share between threads.
public final class ForcedAligner {
    private final StateInventory states;
    private final Lexicon lexicon;
    private final SilenceRule silence;
    private final DecoderOptions options;

    /// @param acousticScale factor on the frame scores beside the transition probabilities; 1 if in doubt
    public ForcedAligner(StateInventory states, Lexicon lexicon, SilenceRule silence, double acousticScale) {
        this.states = states;
        this.lexicon = lexicon;
        this.silence = silence;
        this.options = DecoderOptions.exact(acousticScale, 0);
    }

    public ForcedAligner(StateInventory states, Lexicon lexicon) {
        this(states, lexicon, SilenceRule.everywhere(), 1);
    }

    /// Throws an [AlignmentException] that says why where the words do not fit on the frames.
    public Alignment align(FrameScores scores, List<String> words) {
        DecodingGraph graph = DecodingGraph.sequence(states, lexicon, words, silence);
        if (scores.frames() < graph.minimumFrames()) {
            throw new AlignmentException("alignment: " + scores.frames() + " frames are fewer than the " + graph.minimumFrames()
                    + " states of the shortest pronunciation of \"" + String.join(" ", words)
                    + "\"; check transcript and segment, or leave the utterance out");
        }
        try {
            return new ViterbiDecoder(graph, options).decode(scores).alignment();
        } catch (DecodingException e) {
            throw new AlignmentException("alignment: " + e.getMessage());
        }
    }
}
