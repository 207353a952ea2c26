package org.hyperhypo.asr.decode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The word sequences that the search found worth keeping, as an acyclic graph: nodes are frames (with what the language model remembers),
/// arcs are words or silences. A path's score is the sum over its arcs plus the end score of its last node.
///
/// When a word began is decided by the best path into it alone (one start for each end and language model history), so scores of paths
/// other than the best are lower bounds.
public final class Lattice {
    /// A word on the frames from one node to another.
    ///
    /// @param word null for silence
    /// @param pronunciation number in the tree, −1 for silence
    /// @param acoustic scaled frame scores and transitions
    /// @param lm language model and word penalty, scaled
    public record Arc(int from, int to, String word, int pronunciation, double acoustic, double lm) {
        public double score() {
            return acoustic + lm;
        }
    }

    private final int[] frame;
    private final double[] end;
    private final List<Arc> arcs;
    private final double[] forward;
    private final double[] backward;

    /// Nodes and arcs in topological order: an arc's end has a larger number than its start, arcs stand in the order of their ends.
    ///
    /// @param frame of each node: the first one that its outgoing words cover; node 0 is the start
    /// @param end score for stopping at a node, −∞ where impossible
    Lattice(int[] frame, double[] end, List<Arc> arcs) {
        this.frame = frame;
        this.end = end;
        this.arcs = List.copyOf(arcs);
        forward = new double[frame.length];
        Arrays.fill(forward, Double.NEGATIVE_INFINITY);
        forward[0] = 0;
        for (Arc a : arcs) {
            forward[a.to] = Math.max(forward[a.to], forward[a.from] + a.score());
        }
        backward = end.clone();
        for (Arc a : arcs.reversed()) {
            backward[a.from] = Math.max(backward[a.from], backward[a.to] + a.score());
        }
    }

    public int nodes() {
        return frame.length;
    }

    public int frame(int node) {
        return frame[node];
    }

    /// Score for stopping at a node; −∞ where no path may end.
    public double end(int node) {
        return end[node];
    }

    public List<Arc> arcs() {
        return arcs;
    }

    /// Score of the best path.
    public double score() {
        return backward[0];
    }

    /// Largest score of a path from node to end.
    double backward(int node) {
        return backward[node];
    }

    /// The arcs of the best path, silences included.
    public List<Arc> best() {
        int node = 0;
        for (int n = 0; n < frame.length; n++) {
            node = forward[n] + end[n] > forward[node] + end[node] ? n : node;
        }
        var path = new ArrayList<Arc>();
        for (int i = arcs.size() - 1; i >= 0; i--) {
            Arc a = arcs.get(i);
            if (a.to == node && forward[a.from] + a.score() == forward[node]) {
                path.add(a);
                node = a.from;
            }
        }
        Collections.reverse(path);
        return path;
    }

    /// The lattice of those arcs that lie on a path within `beam` of the best.
    public Lattice pruned(double beam) {
        var number = new int[frame.length];
        var used = new boolean[frame.length];
        used[0] = true;
        var kept = new ArrayList<Arc>();
        for (Arc a : arcs) {
            if (forward[a.from] + a.score() + backward[a.to] >= score() - beam - 1e-9) {
                kept.add(a);
                used[a.from] = true;
                used[a.to] = true;
            }
        }
        int n = 0;
        for (int i = 0; i < frame.length; i++) {
            number[i] = used[i] ? n++ : -1;
        }
        var frames = new int[n];
        var ends = new double[n];
        for (int i = 0; i < frame.length; i++) {
            if (used[i]) {
                frames[number[i]] = frame[i];
                ends[number[i]] = forward[i] + end[i] >= score() - beam - 1e-9 ? end[i] : Double.NEGATIVE_INFINITY;
            }
        }
        return new Lattice(frames, ends,
                kept.stream().map(a -> new Arc(number[a.from], number[a.to], a.word, a.pronunciation, a.acoustic, a.lm)).toList());
    }

    /// Probability of each arc among all paths of the lattice: `Σ over paths through it of e^(scale·score) / Σ over all`.
    ///
    /// @param scale below 1 flattens: frames are not independent, so that sums of their scores make the best path look too certain
    public double[] posteriors(double scale) {
        var alpha = new double[frame.length];
        Arrays.fill(alpha, Double.NEGATIVE_INFINITY);
        alpha[0] = 0;
        for (Arc a : arcs) {
            alpha[a.to] = logAdd(alpha[a.to], alpha[a.from] + scale * a.score());
        }
        double[] beta = Arrays.stream(end).map(e -> scale * e).toArray();
        for (Arc a : arcs.reversed()) {
            beta[a.from] = logAdd(beta[a.from], beta[a.to] + scale * a.score());
        }
        var posterior = new double[arcs.size()];
        for (int i = 0; i < posterior.length; i++) {
            Arc a = arcs.get(i);
            posterior[i] = Math.min(1, Math.exp(alpha[a.from] + scale * a.score() + beta[a.to] - beta[0]));
        }
        return posterior;
    }

    /// Confidence of each of some words: the largest sum, over the word's frames, of the posteriors of all arcs with the same word that
    /// cover the frame (C_max of F. Wessel et al., IEEE Trans. Speech and Audio Processing 9, 2001). Between 0 and 1. `scale` as for [#posteriors].
    public double[] confidences(List<Arc> words, double scale) {
        double[] p = posteriors(scale);
        Map<String, List<Integer>> byWord = new HashMap<>();
        for (int i = 0; i < p.length; i++) {
            if (arcs.get(i).word != null) {
                byWord.computeIfAbsent(arcs.get(i).word, w -> new ArrayList<>()).add(i);
            }
        }
        return words.stream().mapToDouble(word -> {
            int first = frame[word.from];
            var cover = new double[frame[word.to] - first + 1];
            for (int i : byWord.getOrDefault(word.word, List.of())) {
                int from = Math.max(0, frame[arcs.get(i).from] - first);
                int to = Math.min(cover.length - 1, frame[arcs.get(i).to] - first);
                if (from < to) {
                    cover[from] += p[i];
                    cover[to] -= p[i];
                }
            }
            double sum = 0;
            double most = 0;
            for (double change : cover) {
                sum += change;
                most = Math.max(most, sum);
            }
            return Math.min(1, most);
        }).toArray();
    }

    private static double logAdd(double a, double b) {
        double most = Math.max(a, b);
        return most == Double.NEGATIVE_INFINITY ? most : most + Math.log1p(Math.exp(Math.min(a, b) - most));
    }

    @Override
    public String toString() {
        return frame.length + " nodes, " + arcs.size() + " arcs";
    }
}
