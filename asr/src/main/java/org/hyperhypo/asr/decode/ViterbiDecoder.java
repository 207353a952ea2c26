package org.hyperhypo.asr.decode;

import java.util.ArrayList;
import java.util.List;
import org.hyperhypo.asr.hmm.Segment;

/// Finds the best path of an utterance through a graph.
///
/// If pruning loses every token that could end, the utterance is searched again with a beam and maxActive 4 and then 16 times as
/// wide; only then it fails.
public final class ViterbiDecoder implements Decoder {
    private static final int[] WIDER = {1, 4, 16};

    private final DecodingGraph graph;
    private final DecoderOptions options;
    private final TokenPassing search;

    public ViterbiDecoder(DecodingGraph graph, DecoderOptions options) {
        this.graph = graph;
        this.options = options;
        this.search = new TokenPassing(graph, options.acousticScale(), options.wordPenalty());
    }

    public DecodingGraph graph() {
        return graph;
    }

    public DecoderOptions options() {
        return options;
    }

    @Override
    public Hypothesis decode(FrameScores scores) {
        if (scores.states() != graph.states().size()) {
            throw new IllegalArgumentException("scores have " + scores.states() + " states, the graph was built for "
                    + graph.states().size() + "; use the lexicon and topology the model was trained with");
        }
        int frames = scores.frames();
        if (frames < graph.minimumFrames()) {
            throw new DecodingException(DecodingException.Reason.TOO_FEW_FRAMES, frames + " frames are too few for " + graph
                    + ", whose shortest path takes " + graph.minimumFrames() + "; leave the utterance out or use fewer states per phone");
        }
        for (int wider : WIDER) {
            double beam = options.beam() * wider;
            int maxActive = (int) Math.min(Integer.MAX_VALUE, (long) options.maxActive() * wider);
            if (search.run(scores, beam, maxActive)) {
                return hypothesis(scores, beam);
            }
            if (Double.isInfinite(beam) && maxActive >= graph.nodes()) {
                break;
            }
        }
        throw new DecodingException(DecodingException.Reason.NO_PATH, "no path through " + graph + ": the search ended at frame "
                + search.lastFrame + " of " + frames + " (beam " + options.beam() + ", retried up to " + WIDER[WIDER.length - 1]
                + " times wider); scores of -Infinity, or a beam far too narrow for the acoustic scale");
    }

    /// Follows the trace back and cuts it into words and phones.
    private Hypothesis hypothesis(FrameScores scores, double beam) {
        int frames = scores.frames();
        var node = new int[frames];
        var entered = new boolean[frames];
        int entry = search.finalEntry;
        for (int t = frames - 1; t >= 0; t--) {
            node[t] = search.trace.node(entry);
            entered[t] = search.trace.entered(entry);
            entry = search.trace.previous(entry);
        }
        var states = new int[frames];
        var margin = new double[frames];
        var words = new ArrayList<Hypothesis.Word>();
        var phones = new ArrayList<Segment>();
        double acoustic = 0;
        double sum = 0;
        for (int t = 0; t < frames; t++) {
            states[t] = graph.state[node[t]];
            float score = scores.score(t, states[t]);
            margin[t] = (double) score - search.row.best[t];
            acoustic += score;
            sum += margin[t];
        }
        for (int t = 0; t < frames;) {
            int end = unitEnd(t, node, entered, DecodingGraph.STARTS_PHONE);
            phones.add(new Segment(graph.states().phones().name(graph.states().phoneOf(states[t])), t, end));
            t = end;
        }
        for (int t = 0; t < frames;) {
            int word = graph.word[node[t]];
            int end = word < 0 ? unitEnd(t, node, entered, DecodingGraph.STARTS_PHONE) : wordEnd(t, node, entered);
            if (word >= 0) {
                double total = 0;
                for (int f = t; f < end; f++) {
                    total += margin[f];
                }
                words.add(new Hypothesis.Word(graph.words.get(word), t, end, Math.exp(total / (end - t))));
            }
            t = end;
        }
        return new Hypothesis(List.copyOf(words), List.copyOf(phones), states, search.finalScore, acoustic, sum / frames, beam);
    }

    /// First frame after `t` at which a node with this flag is entered.
    private int unitEnd(int t, int[] node, boolean[] entered, int flag) {
        int end = t + 1;
        while (end < node.length && !(entered[end] && (graph.starts[node[end]] & flag) != 0)) {
            end++;
        }
        return end;
    }

    /// First frame after `t` at which another word or silence is entered.
    private int wordEnd(int t, int[] node, boolean[] entered) {
        int end = t + 1;
        while (end < node.length && graph.word[node[end]] >= 0
                && !(entered[end] && (graph.starts[node[end]] & DecodingGraph.STARTS_WORD) != 0)) {
            end++;
        }
        return end;
    }
}
