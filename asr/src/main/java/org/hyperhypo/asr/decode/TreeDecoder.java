package org.hyperhypo.asr.decode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hyperhypo.asr.hmm.Segment;

/// Decodes with a [LexiconTree]: the best path, and the lattice of those near it. If pruning loses every path that could end, the
/// utterance is searched again with a beam and maxActive 4 and then 16 times as wide; only then it fails.
///
/// Word confidences are lattice posteriors ([Lattice#confidences]).
public final class TreeDecoder implements Decoder {
    /// Factor on path scores when they become word confidences; tried on the digits recipe, see asr/README.md.
    public static final double CONFIDENCE_SCALE = 0.2;
    /// Lattices keep paths within this of the best: those beyond would add less than 1 % to a confidence.
    public static final double LATTICE_BEAM = 25;
    private static final int[] WIDER = {1, 4, 16};

    private final LexiconTree tree;
    private final DecoderOptions options;
    final TreeSearch search;

    /// @param lattice pruned with the beam asked for
    public record Result(Hypothesis best, Lattice lattice) {
    }

    TreeDecoder(LexiconTree tree, DecoderOptions options) {
        this.tree = tree;
        this.options = options;
        this.search = new TreeSearch(tree, options.acousticScale(), options.wordPenalty());
    }

    @Override
    public Hypothesis decode(FrameScores scores) {
        return decode(scores, LATTICE_BEAM).best();
    }

    /// Throws a [DecodingException] with its reason where there is no path.
    public Result decode(FrameScores scores, double latticeBeam) {
        if (scores.states() != tree.states().size()) {
            throw new IllegalArgumentException("scores have " + scores.states() + " states, the lexicon tree was built for "
                    + tree.states().size() + "; use the lexicon and topology the model was trained with");
        }
        int frames = scores.frames();
        if (frames == 0) {
            throw new DecodingException(DecodingException.Reason.TOO_FEW_FRAMES, "no frames; leave the utterance out");
        }
        for (int wider : WIDER) {
            double beam = options.beam() * wider;
            int maxActive = (int) Math.min(Integer.MAX_VALUE, (long) options.maxActive() * wider);
            if (search.run(scores, beam, maxActive)) {
                Lattice lattice = lattice(frames).pruned(latticeBeam);
                return new Result(hypothesis(scores, lattice, beam), lattice);
            }
            if (Double.isInfinite(beam) && maxActive == Integer.MAX_VALUE) {
                break;
            }
        }
        throw new DecodingException(DecodingException.Reason.NO_PATH, "no path through " + tree + ": the search ended at frame "
                + search.lastFrame + " of " + frames + " (beam " + options.beam() + ", retried up to " + WIDER[WIDER.length - 1]
                + " times wider); too few frames for any word, scores of -Infinity, or a beam far too narrow for the acoustic scale");
    }

    /// Mean number of living tokens per frame in the last search.
    public double meanActive() {
        return (double) search.tokensInAll / (search.lastFrame + 1);
    }

    /// The trace as a lattice. A junction becomes two nodes, 2j where a word arrived and 2j + 1 where silence did: a word may follow
    /// both, silence only a word. Only what reaches the end is kept.
    private Lattice lattice(int frames) {
        WordTrace w = search.words;
        var number = new int[2 * w.junctions];
        var end = new double[2 * w.junctions];
        Arrays.fill(end, WordTrace.NONE);
        for (int j = 0; j < w.junctions; j++) {
            if (w.frame[j] == frames) {
                double stop = search.sentenceEnd(w.lmState[j]);
                end[2 * j] = w.byWord[j] > WordTrace.NONE ? stop : WordTrace.NONE;
                end[2 * j + 1] = w.bySilence[j] > WordTrace.NONE ? stop : WordTrace.NONE;
            }
        }
        for (int n = 0; n < number.length; n++) {
            number[n] = end[n] > WordTrace.NONE ? 1 : 0;
        }
        number[0] = 1;
        for (int a = w.arcs - 1; a >= 0; a--) {
            boolean silence = w.pronunciation[a] == WordTrace.SILENCE;
            if (number[2 * w.to[a] + (silence ? 1 : 0)] != 0) {
                number[2 * w.from[a]] = 1;
                number[2 * w.from[a] + 1] |= silence ? 0 : 1;
            }
        }
        int nodes = 0;
        for (int n = 0; n < number.length; n++) {
            boolean arrived = (n % 2 == 0 ? w.byWord : w.bySilence)[n / 2] > WordTrace.NONE;
            number[n] = number[n] != 0 && arrived ? nodes++ : -1;
        }
        var frame = new int[nodes];
        var ends = new double[nodes];
        for (int n = 0; n < number.length; n++) {
            if (number[n] >= 0) {
                frame[number[n]] = w.frame[n / 2];
                ends[number[n]] = end[n];
            }
        }
        var arcs = new ArrayList<Lattice.Arc>();
        for (int a = 0; a < w.arcs; a++) {
            boolean silence = w.pronunciation[a] == WordTrace.SILENCE;
            int to = number[2 * w.to[a] + (silence ? 1 : 0)];
            for (int kind = 0; to >= 0 && kind <= (silence ? 0 : 1); kind++) {
                int from = number[2 * w.from[a] + kind];
                if (from >= 0) {
                    arcs.add(new Lattice.Arc(from, to, silence ? null : tree.word(w.pronunciation[a]), w.pronunciation[a],
                            w.score[a] - w.lm[a], w.lm[a]));
                }
            }
        }
        return new Lattice(frame, ends, arcs);
    }

    /// The best path of the lattice, its states found anew within each word: between two known frames the chain of states is aligned.
    private Hypothesis hypothesis(FrameScores scores, Lattice lattice, double beam) {
        int frames = scores.frames();
        var states = new int[frames];
        List<Lattice.Arc> path = lattice.best();
        var phones = new ArrayList<Segment>();
        for (Lattice.Arc a : path) {
            int[] chain = a.word() == null ? tree.states().silence() : tree.pronunciationStates[a.pronunciation()];
            align(scores, lattice.frame(a.from()), lattice.frame(a.to()), chain, states, phones);
        }
        double acoustic = 0;
        double margin = 0;
        for (int t = 0; t < frames; t++) {
            float s = scores.score(t, states[t]);
            acoustic += s;
            margin += (double) s - search.row.best[t];
        }
        List<Lattice.Arc> spoken = path.stream().filter(a -> a.word() != null).toList();
        double[] confidence = lattice.confidences(spoken, CONFIDENCE_SCALE);
        var words = new ArrayList<Hypothesis.Word>();
        for (int i = 0; i < confidence.length; i++) {
            Lattice.Arc a = spoken.get(i);
            words.add(new Hypothesis.Word(a.word(), lattice.frame(a.from()), lattice.frame(a.to()), confidence[i]));
        }
        return new Hypothesis(List.copyOf(words), List.copyOf(phones), states, lattice.score(), acoustic, margin / frames, beam);
    }

    private void align(FrameScores scores, int from, int to, int[] chain, int[] path, List<Segment> phones) {
        var stay = new double[chain.length];
        var leave = new double[chain.length];
        for (int i = 0; i < chain.length; i++) {
            stay[i] = tree.states().logSelfLoop(chain[i]);
            leave[i] = tree.states().logForward(chain[i]);
        }
        int[] places = ChainAligner.align(new Part(scores, from, to, options.acousticScale()), chain, stay, leave).path();
        int start = from;
        for (int t = from; t < to; t++) {
            int place = places[t - from];
            path[t] = chain[place];
            boolean last = t + 1 == to;
            if (last || places[t + 1 - from] != place && tree.states().positionOf(chain[places[t + 1 - from]]) == 0) {
                phones.add(new Segment(tree.states().phones().name(tree.states().phoneOf(chain[place])), start, t + 1));
                start = t + 1;
            }
        }
    }

    /// Some frames of an utterance, scaled.
    private record Part(FrameScores all, int from, int to, double scale) implements FrameScores {
        @Override
        public int frames() {
            return to - from;
        }

        @Override
        public int states() {
            return all.states();
        }

        @Override
        public float score(int frame, int state) {
            return (float) (scale * all.score(from + frame, state));
        }
    }
}
