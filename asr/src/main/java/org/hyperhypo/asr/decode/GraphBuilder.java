package org.hyperhypo.asr.decode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.hyperhypo.asr.hmm.Lexicon;
import org.hyperhypo.asr.hmm.StateInventory;

/// Collects nodes and arcs, then sorts the arcs by their source into flat arrays. Nodes (one HMM state each) are numbered from 0;
/// hubs, which take no frame, are written as `~hub`, that is as negative numbers.
final class GraphBuilder {
    final StateInventory states;
    private final Ints state = new Ints();
    private final Ints word = new Ints();
    private final Ints starts = new Ints();
    private int hubs;
    private final Ints source = new Ints();
    private final Ints target = new Ints();
    private final Ints start = new Ints();
    private double[] weight = new double[64];
    private double[] hubFinal = new double[16];
    private final List<String> words = new ArrayList<>();
    private final Map<String, Integer> wordIds = new HashMap<>();

    GraphBuilder(StateInventory states) {
        this.states = states;
    }

    /// A junction between words. Its arcs lead to nodes.
    int hub() {
        if (hubs == hubFinal.length) {
            hubFinal = Arrays.copyOf(hubFinal, 2 * hubFinal.length);
        }
        hubFinal[hubs] = Double.NEGATIVE_INFINITY;
        return ~hubs++;
    }

    /// The path may end here.
    void end(int hub, double score) {
        hubFinal[~hub] = score;
    }

    /// The path may begin here.
    void begin(int place) {
        start.add(place);
    }

    void arc(int from, int to, double score) {
        if (from < 0 && to < 0) {
            throw new IllegalStateException("an arc from hub to hub takes no frame and could close a circle");
        }
        if (source.size == weight.length) {
            weight = Arrays.copyOf(weight, 2 * weight.length);
        }
        weight[source.size] = score;
        source.add(from);
        target.add(to);
    }

    /// Silence: a chain of states; returns {first, last}.
    int[] silence() {
        return chain(-1, states.silence());
    }

    /// All pronunciations of a word as chains: {first, last} of each.
    List<int[]> word(String text, Lexicon lexicon) {
        int id = wordIds.computeIfAbsent(text, w -> {
            words.add(w);
            return words.size() - 1;
        });
        return lexicon.pronunciations(text).stream().map(phones -> chain(id, states.pronunciation(phones))).toList();
    }

    private int[] chain(int wordId, int[] chain) {
        int first = state.size;
        for (int s : chain) {
            int node = state.size;
            state.add(s);
            word.add(wordId);
            starts.add((node == first && wordId >= 0 ? DecodingGraph.STARTS_WORD : 0)
                    | (states.positionOf(s) == 0 ? DecodingGraph.STARTS_PHONE : 0));
            if (node > first) {
                arc(node - 1, node, 0);
            }
        }
        return new int[] {first, state.size - 1};
    }

    DecodingGraph build(String name) {
        int nodes = state.size;
        int arcs = source.size;
        // Row of a source: its node number, or nodes + its hub number. Arcs keep the order in which they were added.
        var row = new int[nodes + hubs + 1];
        for (int a = 0; a < arcs; a++) {
            row[row(source.at[a], nodes) + 1]++;
        }
        for (int r = 0; r < nodes + hubs; r++) {
            row[r + 1] += row[r];
        }
        var next = Arrays.copyOf(row, row.length);
        var to = new int[arcs];
        var scores = new double[arcs];
        for (int a = 0; a < arcs; a++) {
            int at = next[row(source.at[a], nodes)]++;
            to[at] = target.at[a];
            scores[at] = weight[a];
        }
        for (int h = 0; h < hubs; h++) {
            sortByScore(to, scores, row[nodes + h], row[nodes + h + 1]);
        }
        return new DecodingGraph(name, states, List.copyOf(words), state.array(), word.array(), starts.array(),
                Arrays.copyOf(hubFinal, hubs), start.array(), row, to, scores);
    }

    /// Best first, so that the search can stop at the first arc that is too bad; equal scores keep their order.
    private static void sortByScore(int[] to, double[] scores, int from, int end) {
        int[] oldTo = Arrays.copyOfRange(to, from, end);
        double[] oldScores = Arrays.copyOfRange(scores, from, end);
        int[] order = IntStream.range(0, end - from).boxed().sorted(Comparator.comparingDouble(i -> -oldScores[i]))
                .mapToInt(Integer::intValue).toArray();
        for (int i = 0; i < order.length; i++) {
            to[from + i] = oldTo[order[i]];
            scores[from + i] = oldScores[order[i]];
        }
    }

    private static int row(int place, int nodes) {
        return place >= 0 ? place : nodes + ~place;
    }

    /// A growing int array.
    static final class Ints {
        int[] at = new int[64];
        int size;

        void add(int value) {
            if (size == at.length) {
                at = Arrays.copyOf(at, 2 * size);
            }
            at[size++] = value;
        }

        int[] array() {
            return Arrays.copyOf(at, size);
        }
    }
}
