package org.hyperhypo.asr.decode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/// The best distinct word sequences of a lattice, by A* search from its start: the queue is ordered by the score so far plus the best
/// score to the end, which the lattice knows exactly. A second path to the same node with the same words can only be worse and is dropped.
public final class NBest {
    /// @param score of the best path with these words
    public record Sentence(List<String> words, double score) {
    }

    /// A partial path: where it stands, the words behind it (a number of `History`), its score and estimate. `node` −1: complete.
    private record Path(int node, int history, double score, double estimate, long number) {
    }

    private record History(int before, String word) {
    }

    private NBest() {
    }

    /// At most `n` sentences, best first.
    public static List<Sentence> of(Lattice lattice, int n) {
        var outgoing = new ArrayList<List<Lattice.Arc>>();
        for (int i = 0; i < lattice.nodes(); i++) {
            outgoing.add(new ArrayList<>());
        }
        lattice.arcs().forEach(a -> outgoing.get(a.from()).add(a));
        var histories = new ArrayList<History>();
        Map<History, Integer> numbers = new HashMap<>();
        var seen = new HashSet<Long>();
        var queue = new PriorityQueue<Path>((a, b) -> a.estimate != b.estimate ? Double.compare(b.estimate, a.estimate)
                : Long.compare(a.number, b.number));
        long pushed = 0;
        queue.add(new Path(0, -1, 0, lattice.score(), pushed++));
        var result = new ArrayList<Sentence>();
        while (!queue.isEmpty() && result.size() < n) {
            Path p = queue.remove();
            if (!seen.add((long) p.node << 32 | p.history & 0xFFFFFFFFL)) {
                continue;
            }
            if (p.node < 0) {
                result.add(new Sentence(words(histories, p.history), p.score));
                continue;
            }
            if (lattice.end(p.node) > Double.NEGATIVE_INFINITY) {
                double total = p.score + lattice.end(p.node);
                queue.add(new Path(-1, p.history, total, total, pushed++));
            }
            for (Lattice.Arc a : outgoing.get(p.node)) {
                int history = a.word() == null ? p.history : numbers.computeIfAbsent(new History(p.history, a.word()), h -> {
                    histories.add(h);
                    return histories.size() - 1;
                });
                double score = p.score + a.score();
                queue.add(new Path(a.to(), history, score, score + lattice.backward(a.to()), pushed++));
            }
        }
        return result;
    }

    private static List<String> words(List<History> histories, int last) {
        var words = new ArrayList<String>();
        for (int h = last; h >= 0; h = histories.get(h).before) {
            words.addFirst(histories.get(h).word);
        }
        return List.copyOf(words);
    }
}
