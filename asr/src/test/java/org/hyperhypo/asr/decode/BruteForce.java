package org.hyperhypo.asr.decode;

import java.util.ArrayList;
import java.util.List;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.asr.hmm.PhoneSet;
import org.hyperhypo.asr.hmm.StateInventory;

/// The definition of the best path, by trying everything: all word sequences up to a length, all variants, all choices of silence, and all
/// ways to put the states on the frames. Only for tiny cases.
final class BruteForce {
    final StateInventory states;
    final Lexicon lexicon;
    final FrameScores scores;
    final double scale;
    final double penalty;
    double best = Double.NEGATIVE_INFINITY;
    List<String> bestWords;
    int[] bestPath;

    BruteForce(StateInventory states, Lexicon lexicon, FrameScores scores, double scale, double penalty) {
        this.states = states;
        this.lexicon = lexicon;
        this.scores = scores;
        this.scale = scale;
        this.penalty = penalty;
    }

    /// All sequences of at least `least` and at most `most` of the words.
    void loop(List<String> vocabulary, int least, int most, boolean silence) {
        sequences(vocabulary, least, most, silence, new ArrayList<>());
    }

    private void sequences(List<String> vocabulary, int least, int most, boolean silence, List<String> words) {
        if (words.size() >= least) {
            sequence(words, silence, silence, 0);
        }
        if (words.size() < most) {
            for (String w : vocabulary) {
                words.add(w);
                sequences(vocabulary, least, most, silence, words);
                words.removeLast();
            }
        }
    }

    /// One word sequence; `extra` is added to its score (a language model).
    void sequence(List<String> words, boolean atEnds, boolean between, double extra) {
        phones(words, 0, atEnds, between, extra, new ArrayList<>());
    }

    private void phones(List<String> words, int next, boolean atEnds, boolean between, double extra, List<Integer> chain) {
        boolean end = next == 0 || next == words.size();
        for (int silence = 0; silence <= ((end ? atEnds : between) ? 1 : 0); silence++) {
            var here = new ArrayList<>(chain);
            if (silence == 1) {
                add(here, PhoneSet.SILENCE);
            }
            if (next == words.size()) {
                if (!here.isEmpty()) {
                    align(words, here, extra + penalty * words.size());
                }
                continue;
            }
            for (List<String> variant : lexicon.pronunciations(words.get(next))) {
                var with = new ArrayList<>(here);
                variant.forEach(p -> add(with, p));
                phones(words, next + 1, atEnds, between, extra, with);
            }
        }
    }

    private void add(List<Integer> chain, String phone) {
        int p = states.phones().index(phone);
        for (int i = 0; i < states.statesOf(p); i++) {
            chain.add(states.state(p, i));
        }
    }

    private void align(List<String> words, List<Integer> chain, double extra) {
        if (chain.size() <= scores.frames()) {
            var path = new int[scores.frames()];
            place(words, chain, 0, 0, extra, path);
        }
    }

    /// Position `i` of the chain stands on frame `t`.
    private void place(List<String> words, List<Integer> chain, int i, int t, double sum, int[] path) {
        int state = chain.get(i);
        path[t] = state;
        double here = sum + scale * scores.score(t, state);
        if (t == scores.frames() - 1) {
            if (i == chain.size() - 1 && here > best) {
                best = here;
                bestWords = List.copyOf(words);
                bestPath = path.clone();
            }
            return;
        }
        place(words, chain, i, t + 1, here + states.logSelfLoop(state), path);
        if (i + 1 < chain.size()) {
            place(words, chain, i + 1, t + 1, here + states.logForward(state), path);
        }
    }
}
