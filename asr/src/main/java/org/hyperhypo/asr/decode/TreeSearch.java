package org.hyperhypo.asr.decode;

import java.util.Arrays;

/// The search of [TreeDecoder]: token passing over copies of the lexicon tree, one copy for each living language model state.
///
/// `δ_h(t, n) = α·b(t, n) + max(δ_h(t−1, n) + stay(n), δ_h(t−1, m) + leave(m) + look(n) − look(m))`, m the parent of n,
///
/// where the parent of a first state is the junction J(t, h') of the words that end before frame t and lead to h':
///
/// `J(t, h') = max over h, w with next(h, w) = h' of δ_h(t−1, end(w)) + leave − look(end(w)) + scale·ln p(w | h) + penalty`.
///
/// Since every token of a copy has the same history, the start of its word is all there is to remember; words are kept in a [WordTrace].
/// Pruning: the beam below the best token of the frame, at most maxActive tokens, and words that end worse than the best token of the
/// frame before by more than the beam.
final class TreeSearch {
    private static final double NONE = Double.NEGATIVE_INFINITY;

    private final LexiconTree tree;
    private final double scale;
    private final double penalty;
    final WordTrace words = new WordTrace();
    final ScoreRow row;
    private final TreeTokens living = new TreeTokens();
    private final TreeTokens next = new TreeTokens();
    // Candidates within one copy, by node.
    private final double[] candidate;
    private final int[] candidateFrom;
    private final int[] touched;
    private int touchedCount;
    private double limit;
    private double[] kept = new double[4096];
    // Junctions of this frame, by language model state and as a list.
    private final int[] junctionOf;
    private int[] junction = new int[256];
    private int junctions;

    int finalJunction;
    double finalScore;
    int lastFrame;
    /// Tokens of all frames, for those who tune the beam.
    long tokensInAll;

    TreeSearch(LexiconTree tree, double acousticScale, double wordPenalty) {
        this.tree = tree;
        scale = acousticScale;
        penalty = wordPenalty;
        row = new ScoreRow(tree.states());
        int nodes = tree.state.length;
        candidate = new double[nodes];
        Arrays.fill(candidate, NONE);
        candidateFrom = new int[nodes];
        touched = new int[nodes];
        junctionOf = new int[tree.model.word.length];
        Arrays.fill(junctionOf, -1);
    }

    /// Runs over all frames; true if a path reached the end. Otherwise `lastFrame` is the frame at which the search stopped.
    boolean run(FrameScores scores, double beam, int maxActive) {
        int frames = scores.frames();
        row.start(frames);
        words.clear();
        living.clear();
        tokensInAll = 0;
        clearJunctions();
        junctionAt(0, tree.model.start());
        words.byWord[0] = 0;
        for (int t = 0; t < frames; t++) {
            lastFrame = t;
            row.read(scores, t);
            if (t > 0) {
                words.collect(living.from, living.size);
                endWords(t, living.score[living.best] - beam, false);
            }
            expand(beam);
            settle(maxActive);
            tokensInAll += living.size;
            if (living.size == 0) {
                return false;
            }
        }
        endWords(frames, living.score[living.best] - beam, true);
        return finish();
    }

    private void clearJunctions() {
        for (int i = 0; i < junctions; i++) {
            junctionOf[words.lmState[junction[i]]] = -1;
        }
        junctions = 0;
    }

    private int junctionAt(int frame, int lmState) {
        int j = junctionOf[lmState];
        if (j < 0) {
            j = words.junction(frame, lmState);
            junctionOf[lmState] = j;
            if (junctions == junction.length) {
                junction = Arrays.copyOf(junction, 2 * junctions);
            }
            junction[junctions++] = j;
        }
        return j;
    }

    /// Words and silences that end before frame t, as arcs into junctions. Nothing is paid for leaving the last frame.
    private void endWords(int t, double least, boolean last) {
        junctions = 0;
        int silenceEnd = tree.optionalSilence() ? tree.state.length - 1 : -1;
        for (int k = 0; k < living.copies; k++) {
            int h = living.copyState[k];
            for (int i = living.copyRow[k]; i < living.copyRow[k + 1]; i++) {
                int n = living.node[i];
                double leaving = living.score[i] + (last ? 0 : tree.leave[n]) - tree.lookahead[n];
                if (n == silenceEnd && leaving >= least) {
                    words.arc(living.from[i], junctionAt(t, h), WordTrace.SILENCE, leaving, 0);
                }
                for (int e = tree.endRow[n]; e < tree.endRow[n + 1]; e++) {
                    int word = tree.pronunciationWord[tree.end[e]];
                    double lm = tree.lmScale * LexiconTree.LN10 * tree.model.log10(h, word) + penalty;
                    if (leaving + lm >= least && lm > NONE) {
                        words.arc(living.from[i], junctionAt(t, tree.model.next(h, word)), tree.end[e], leaving + lm, lm);
                    }
                }
            }
        }
    }

    /// Every copy moves one frame; junctions lead into their copy's root, and into silence if a word ended there.
    private void expand(double beam) {
        limit = living.size == 0 ? NONE : outlook() - beam;
        next.clear();
        for (int k = 0; k < living.copies; k++) {
            for (int i = living.copyRow[k]; i < living.copyRow[k + 1]; i++) {
                int n = living.node[i];
                offer(n, living.score[i] + tree.stay[n], living.from[i], beam);
                double leaving = living.score[i] + tree.leave[n] - tree.lookahead[n];
                for (int c = tree.childRow[n]; c < tree.childRow[n + 1]; c++) {
                    int child = tree.child[c];
                    offer(child, leaving + tree.lookahead[child], living.from[i], beam);
                }
            }
            int j = junctionOf[living.copyState[k]];
            if (j >= 0) {
                enter(j, beam);
                junctionOf[living.copyState[k]] = -1;
            }
            close(living.copyState[k]);
        }
        for (int i = 0; i < junctions; i++) {
            int h = words.lmState[junction[i]];
            if (junctionOf[h] >= 0) {
                enter(junction[i], beam);
                close(h);
                junctionOf[h] = -1;
            }
        }
        junctions = 0;
    }

    /// A first limit: where the best token of the frame before gets without ending a word.
    private double outlook() {
        int n = living.node[living.best];
        double score = living.score[living.best];
        double best = score + tree.stay[n] + scale * row.at[tree.state[n]];
        double leaving = score + tree.leave[n] - tree.lookahead[n];
        for (int c = tree.childRow[n]; c < tree.childRow[n + 1]; c++) {
            int child = tree.child[c];
            best = Math.max(best, leaving + tree.lookahead[child] + scale * row.at[tree.state[child]]);
        }
        return best;
    }

    private void enter(int j, double beam) {
        double best = words.best(j);
        if (best + tree.bestLookahead() + scale * row.best[lastFrame] >= limit) {
            for (int c = tree.childRow[0]; c < tree.childRow[1]; c++) {
                offer(tree.child[c], best + tree.lookahead[tree.child[c]], j, beam);
            }
        }
        if (tree.optionalSilence() && words.byWord[j] > NONE) {
            offer(tree.firstSilence, words.byWord[j], j, beam);
        }
    }

    /// `before` is the score without that of the frame.
    private void offer(int n, double before, int junctionFrom, double beam) {
        double s = before + scale * row.at[tree.state[n]];
        if (s >= limit && s > candidate[n]) {
            if (candidate[n] == NONE) {
                touched[touchedCount++] = n;
            }
            candidate[n] = s;
            candidateFrom[n] = junctionFrom;
            limit = Math.max(limit, s - beam);
        }
    }

    /// The candidates of a copy become tokens.
    private void close(int h) {
        for (int i = 0; i < touchedCount; i++) {
            int n = touched[i];
            if (candidate[n] >= limit) {
                next.add(n, candidate[n], candidateFrom[n]);
            }
            candidate[n] = NONE;
        }
        touchedCount = 0;
        next.endCopy(h);
    }

    /// Prunes, and keeps the survivors as the tokens of this frame.
    private void settle(int maxActive) {
        double least = limit;
        if (next.size > maxActive) {
            if (kept.length < next.size) {
                kept = new double[next.score.length];
            }
            System.arraycopy(next.score, 0, kept, 0, next.size);
            least = Math.max(limit, Pruning.kthLargest(kept, next.size, maxActive));
        }
        living.keep(next, least);
    }

    /// After the last frame: the best junction, with the end of the sentence.
    private boolean finish() {
        finalScore = NONE;
        for (int i = 0; i < junctions; i++) {
            double total = words.best(junction[i]) + sentenceEnd(words.lmState[junction[i]]);
            if (total > finalScore) {
                finalScore = total;
                finalJunction = junction[i];
            }
        }
        clearJunctions();
        return finalScore > NONE;
    }

    double sentenceEnd(int lmState) {
        return tree.lmScale * LexiconTree.LN10 * tree.model.log10(lmState, tree.model.id(NgramModel.SENTENCE_END));
    }
}
