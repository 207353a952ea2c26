package org.hyperhypo.asr.decode;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import org.hyperhypo.asr.hmm.AlignmentException;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.asr.hmm.SilenceRule;
import org.hyperhypo.asr.hmm.StateInventory;

/// Everything that may be said, as a graph: **nodes** take one frame each and stand for an HMM state; **hubs** take none and stand for
/// what lies between words. Every pronunciation of a word is a chain of nodes from hub to hub.
///
/// ```
///            ┌─ one: W AH N ──┐            a hub leads into words (score: word penalty),
///  start → hub ─ two: T UW ───┴→ hub …     the end of a word leads into a hub, or into a silence that leads into that hub
/// ```
///
/// Staying in a node costs its self loop, leaving it its forward probability (both of [StateInventory]); nothing is paid before the
/// first and after the last frame. Immutable; one graph serves any number of decoders.
public final class DecodingGraph implements Grammar {
    static final int STARTS_WORD = 1;
    static final int STARTS_PHONE = 2;

    private final String name;
    private final StateInventory inventory;
    final List<String> words;
    // Per node: HMM state, word number (-1: silence), STARTS_ flags, log probabilities of staying and leaving.
    final int[] state;
    final int[] word;
    final int[] starts;
    final double[] stay;
    final double[] leave;
    // Score for ending in a hub.
    final double[] hubFinal;
    // Places where a path may begin; arcs of node n are arcRow[n] … arcRow[n+1]−1, those of hub h start at arcRow[nodes + h].
    final int[] start;
    final int[] arcRow;
    final int[] arcTarget;
    final double[] arcScore;
    private final int minimumFrames;

    DecodingGraph(String name, StateInventory inventory, List<String> words, int[] state, int[] word, int[] starts,
            double[] hubFinal, int[] start, int[] arcRow, int[] arcTarget, double[] arcScore) {
        this.name = name;
        this.inventory = inventory;
        this.words = words;
        this.state = state;
        this.word = word;
        this.starts = starts;
        this.hubFinal = hubFinal;
        this.start = start;
        this.arcRow = arcRow;
        this.arcTarget = arcTarget;
        this.arcScore = arcScore;
        this.stay = new double[state.length];
        this.leave = new double[state.length];
        for (int n = 0; n < state.length; n++) {
            stay[n] = inventory.logSelfLoop(state[n]);
            leave[n] = inventory.logForward(state[n]);
        }
        this.minimumFrames = ShortestPath.frames(this);
    }

    /// Any number of words of the lexicon in any order, with optional silence before, between and after them. All words are equally
    /// likely and cost nothing but the word penalty (a uniform 1/V would be the same as a penalty smaller by ln V).
    public static DecodingGraph wordLoop(StateInventory states, Lexicon lexicon) {
        return wordLoop(states, lexicon, lexicon.words(), true);
    }

    /// The same for some words of the lexicon. With silence, the empty hypothesis is possible.
    public static DecodingGraph wordLoop(StateInventory states, Lexicon lexicon, Collection<String> words, boolean optionalSilence) {
        var vocabulary = vocabulary(lexicon, words);
        var b = new GraphBuilder(states);
        int hub = b.hub();
        b.begin(hub);
        b.end(hub, 0);
        int silence = optionalSilence ? silenceInto(b, hub) : -1;
        if (optionalSilence) {
            b.begin(silence);
        }
        for (String w : vocabulary) {
            wordBetween(b, lexicon, w, hub, hub, silence, 0);
        }
        return b.build("loop of " + vocabulary.size() + " words");
    }

    /// Exactly one word, with optional silence before and after it: isolated commands.
    public static DecodingGraph singleWord(StateInventory states, Lexicon lexicon) {
        return singleWord(states, lexicon, lexicon.words());
    }

    public static DecodingGraph singleWord(StateInventory states, Lexicon lexicon, Collection<String> words) {
        var vocabulary = vocabulary(lexicon, words);
        var b = new GraphBuilder(states);
        int before = b.hub();
        int after = b.hub();
        b.begin(before);
        b.begin(silenceInto(b, before));
        b.end(after, 0);
        int silence = silenceInto(b, after);
        for (String w : vocabulary) {
            wordBetween(b, lexicon, w, before, after, silence, 0);
        }
        return b.build("one of " + vocabulary.size() + " words");
    }

    /// These words in this order, in any of their pronunciations: the graph of a forced alignment. No words: silence only.
    public static DecodingGraph sequence(StateInventory states, Lexicon lexicon, List<String> words, SilenceRule silence) {
        lexicon.require(words);
        if (words.isEmpty() && !silence.atEnds()) {
            throw new AlignmentException("alignment of no words without silence is impossible; allow silence at the ends");
        }
        var b = new GraphBuilder(states);
        int hub = b.hub();
        b.begin(hub);
        if (silence.atEnds()) {
            b.begin(silenceInto(b, hub));
        }
        for (int i = 0; i < words.size(); i++) {
            boolean last = i == words.size() - 1;
            int next = b.hub();
            int pause = (last ? silence.atEnds() : silence.betweenWords()) ? silenceInto(b, next) : -1;
            wordBetween(b, lexicon, words.get(i), hub, next, pause, 0);
            hub = next;
        }
        b.end(hub, 0);
        return b.build("\"" + String.join(" ", words) + "\"");
    }

    /// A chain of silence that leads into `hub`; returns its first node.
    static int silenceInto(GraphBuilder b, int hub) {
        int[] chain = b.silence();
        b.arc(chain[1], hub, 0);
        return chain[0];
    }

    /// A word from hub to hub. Its end may also go through the silence whose first node is `silence` (−1: none).
    static void wordBetween(GraphBuilder b, Lexicon lexicon, String word, int from, int to, int silence, double score) {
        for (int[] chain : b.word(word, lexicon)) {
            b.arc(from, chain[0], score);
            wordEnd(b, chain, to, silence);
        }
    }

    static void wordEnd(GraphBuilder b, int[] chain, int to, int silence) {
        b.arc(chain[1], to, 0);
        if (silence >= 0) {
            b.arc(chain[1], silence, 0);
        }
    }

    private static LinkedHashSet<String> vocabulary(Lexicon lexicon, Collection<String> words) {
        if (words.isEmpty()) {
            throw new IllegalArgumentException("decoding graph: no words; give at least one");
        }
        lexicon.require(words);
        return new LinkedHashSet<>(words);
    }

    @Override
    public StateInventory states() {
        return inventory;
    }

    @Override
    public ViterbiDecoder decoder(DecoderOptions options) {
        return new ViterbiDecoder(this, options);
    }

    public List<String> vocabulary() {
        return words;
    }

    public int nodes() {
        return state.length;
    }

    public int hubs() {
        return hubFinal.length;
    }

    public int arcs() {
        return arcTarget.length;
    }

    /// The fewest frames a path from start to end can take.
    public int minimumFrames() {
        return minimumFrames;
    }

    @Override
    public String toString() {
        return name + " (" + nodes() + " nodes, " + hubs() + " hubs, " + arcs() + " arcs)";
    }
}
