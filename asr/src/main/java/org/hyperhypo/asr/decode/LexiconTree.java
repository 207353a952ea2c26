package org.hyperhypo.asr.decode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.asr.hmm.StateInventory;

/// The lexicon as a prefix tree of HMM states, with the language model beside it: pronunciations share the states they begin with. The
/// search ([TreeDecoder]) walks one copy of the tree for each living language model state, so memory does not grow with the model.
///
/// ```
///            ┌ TH.1–TH.2–TH.3–R.1 …–IY.3 ⟨three⟩          ⟨word⟩: a pronunciation ends here
///  root ─────┤            └ ER.1 … ⟨third⟩
///            └ S.1 …
/// ```
///
/// **Look-ahead.** `lookahead(n)` = the largest unigram log probability of the words that can still be reached from node n. A token
/// carries it instead of the language model's score until its word is known, so that improbable words are pruned from
/// their first state on (unigram smearing).
///
/// Words that are only in the lexicon or only in the model cannot be said.
public final class LexiconTree implements Grammar {
    static final double LN10 = Math.log(10);

    private final StateInventory states;
    private final boolean silence;
    final NgramModel model;
    final double lmScale;
    /// Word and states of each pronunciation; word is the number in the model.
    final int[] pronunciationWord;
    final int[][] pronunciationStates;
    // Per node: HMM state, its log probabilities, children, pronunciations that end here, scaled look-ahead. The silence
    // chain, if there is one, has the last nodes; node 0 is the root and takes no frame.
    final int[] state;
    final double[] stay;
    final double[] leave;
    final int[] childRow;
    final int[] child;
    final int[] endRow;
    final int[] end;
    final double[] lookahead;
    final int firstSilence;
    /// The largest look-ahead of all nodes.
    private double best = Double.NEGATIVE_INFINITY;

    private LexiconTree(StateInventory states, boolean silence, NgramModel model, double lmScale, List<Integer> words, List<int[]> chains) {
        this.states = states;
        this.silence = silence;
        this.model = model;
        this.lmScale = lmScale;
        this.pronunciationWord = words.stream().mapToInt(Integer::intValue).toArray();
        this.pronunciationStates = chains.toArray(int[][]::new);
        var builder = new Builder(chains);
        int[] silenceChain = silence ? states.silence() : new int[0];
        int tree = builder.size;
        int nodes = tree + silenceChain.length;
        firstSilence = tree;
        state = Arrays.copyOf(builder.state.array(), nodes);
        System.arraycopy(silenceChain, 0, state, tree, silenceChain.length);
        childRow = new int[nodes + 1];
        child = new int[Math.max(0, tree - 1) + Math.max(0, silenceChain.length - 1)];
        endRow = new int[nodes + 1];
        end = new int[chains.size()];
        builder.rows(childRow, child, endRow, end);
        for (int i = 0; i < silenceChain.length; i++) {
            childRow[tree + i + 1] = childRow[tree + i];
            if (i + 1 < silenceChain.length) {
                child[childRow[tree + i + 1]++] = tree + i + 1;
            }
            endRow[tree + i + 1] = endRow[tree];
        }
        stay = new double[nodes];
        leave = new double[nodes];
        lookahead = new double[nodes];
        for (int n = 1; n < nodes; n++) {
            stay[n] = states.logSelfLoop(state[n]);
            leave[n] = states.logForward(state[n]);
        }
        smear(tree);
    }

    /// @param lmScale factor on the natural logs of the model's probabilities
    /// @param optionalSilence whether silence may stand before, between and after the words
    public static LexiconTree of(StateInventory states, Lexicon lexicon, NgramModel model, double lmScale, boolean optionalSilence) {
        var words = new ArrayList<Integer>();
        var chains = new ArrayList<int[]>();
        for (String word : lexicon.words()) {
            if (model.knows(word) && !word.equals(NgramModel.SENTENCE_START) && !word.equals(NgramModel.SENTENCE_END)) {
                for (List<String> phones : lexicon.pronunciations(word)) {
                    words.add(model.id(word));
                    chains.add(states.pronunciation(phones));
                }
            }
        }
        if (!model.knows(NgramModel.SENTENCE_END)) {
            throw new IllegalArgumentException("language model (" + model + ") has no " + NgramModel.SENTENCE_END
                    + ", so that no sentence could end; train it with sentence ends");
        }
        if (chains.isEmpty()) {
            throw new IllegalArgumentException("decoding graph: language model (" + model + ") and " + lexicon
                    + " have no word in common; check case and spelling");
        }
        return new LexiconTree(states, optionalSilence, model, lmScale, words, chains);
    }

    /// Children have larger numbers than their parent, so one pass from the end finds the best word below every node.
    private void smear(int tree) {
        Arrays.fill(lookahead, 0, tree, Double.NEGATIVE_INFINITY);
        for (int n = tree - 1; n >= 0; n--) {
            for (int e = endRow[n]; e < endRow[n + 1]; e++) {
                lookahead[n] = Math.max(lookahead[n], lmScale * LN10 * model.log10(0, pronunciationWord[end[e]]));
            }
            for (int c = childRow[n]; c < childRow[n + 1]; c++) {
                lookahead[n] = Math.max(lookahead[n], lookahead[child[c]]);
            }
        }
        lookahead[0] = 0;
        for (int n = 0; n < tree; n++) {
            // Only words of probability 0 below: no help, and no −∞ that could not be taken back.
            lookahead[n] = lookahead[n] == Double.NEGATIVE_INFINITY ? 0 : lookahead[n];
            best = Math.max(best, n == 0 ? best : lookahead[n]);
        }
    }

    @Override
    public StateInventory states() {
        return states;
    }

    @Override
    public TreeDecoder decoder(DecoderOptions options) {
        return new TreeDecoder(this, options);
    }

    /// Number of HMM states in the tree, silence included.
    public int nodes() {
        return state.length - 1;
    }

    boolean optionalSilence() {
        return silence;
    }

    double bestLookahead() {
        return best;
    }

    String word(int pronunciation) {
        return model.words().get(pronunciationWord[pronunciation]);
    }

    @Override
    public String toString() {
        return model.order() + "-gram over " + pronunciationWord.length + " pronunciations in a tree of " + nodes() + " nodes";
    }

    /// Grows the tree pronunciation by pronunciation.
    private static final class Builder {
        final GraphBuilder.Ints state = new GraphBuilder.Ints();
        private final GraphBuilder.Ints parent = new GraphBuilder.Ints();
        private final Map<Long, Integer> nodes = new LinkedHashMap<>();
        private final int[] endNode;
        int size;

        Builder(List<int[]> chains) {
            state.add(-1);
            parent.add(-1);
            size = 1;
            endNode = new int[chains.size()];
            for (int p = 0; p < chains.size(); p++) {
                int at = 0;
                for (int s : chains.get(p)) {
                    int from = at;
                    at = nodes.computeIfAbsent((long) from << 32 | s, key -> {
                        state.add(s);
                        parent.add(from);
                        return size++;
                    });
                }
                endNode[p] = at;
            }
        }

        /// Children and ends by node, as rows.
        void rows(int[] childRow, int[] child, int[] endRow, int[] end) {
            for (int n = 1; n < size; n++) {
                childRow[parent.at[n] + 1]++;
            }
            for (int node : endNode) {
                endRow[node + 1]++;
            }
            for (int n = 0; n < size; n++) {
                childRow[n + 1] += childRow[n];
                endRow[n + 1] += endRow[n];
            }
            int[] nextChild = childRow.clone();
            int[] nextEnd = endRow.clone();
            for (int n = 1; n < size; n++) {
                child[nextChild[parent.at[n]]++] = n;
            }
            for (int p = 0; p < endNode.length; p++) {
                end[nextEnd[endNode[p]]++] = p;
            }
        }
    }
}
