package org.hyperhypo.asr.hmm;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/// Finds tied context-dependent states from aligned speech, by the decision trees of S. Young, J. Odell and P. Woodland (ARPA workshop on
/// human language technology, 1994): every phone and position begins with one state; again and again the split is made, anywhere, that
/// raises the likelihood of the frames most, each state being one Gaussian with diagonal covariance.
///
/// Questions come from the data: phones are merged bottom-up, the pair first whose merging loses the least likelihood, and every cluster
/// met on the way is a question for left and right neighbours, beside the single phones and the border of the word.
///
/// Mutable: add utterance after utterance, then [#build].
public final class StateTying {
    private record Key(int phone, int position, int left, int right) {
    }

    private static final Comparator<Key> ORDER = Comparator.comparingInt(Key::phone).thenComparingInt(Key::position)
            .thenComparingInt(Key::left).thenComparingInt(Key::right);

    /// A leaf that may still be split, with its best split; `gain` 0 if there is none.
    private static final class Candidate {
        final int order;
        final Map<Key, Gaussian> contexts;
        double gain;
        boolean askLeft;
        BitSet question;
        Candidate yes;
        Candidate no;

        Candidate(int order, Map<Key, Gaussian> contexts) {
            this.order = order;
            this.contexts = contexts;
        }

        ContextTree tree() {
            return yes == null ? new ContextTree.Leaf() : new ContextTree.Split(askLeft, question, yes.tree(), no.tree());
        }
    }

    private final PhoneSet phones;
    private final Topology topology;
    private final int size;
    private final Map<Key, Gaussian> statistics = new TreeMap<>(ORDER);
    private int made;

    /// @param size values of a feature vector
    public StateTying(PhoneSet phones, Topology topology, int size) {
        this.phones = phones;
        this.topology = topology;
        this.size = size;
    }

    /// One aligned utterance.
    ///
    /// @param features (frames, size), row after row, from `offset` on
    public void add(Contexts contexts, float[] features, int offset) {
        for (int t = 0; t < contexts.phone().length; t++) {
            var key = new Key(contexts.phone()[t], contexts.position()[t], contexts.left()[t], contexts.right()[t]);
            statistics.computeIfAbsent(key, k -> new Gaussian(size)).add(features, offset + t * size);
        }
    }

    /// The states of the trees grown so far.
    ///
    /// @param states    at most so many states; never fewer than there are without context
    /// @param minFrames frames a state must have
    /// @param minGain   log likelihood a split must gain (per split, not per frame)
    public StateInventory build(int states, int minFrames, double minGain) {
        List<BitSet> questions = questions();
        var roots = new ArrayList<List<Candidate>>();
        var queue = new PriorityQueue<Candidate>((a, b) -> a.gain != b.gain ? Double.compare(b.gain, a.gain) : Integer.compare(a.order, b.order));
        made = 0;
        int leaves = 0;
        for (int p = 0; p < phones.size(); p++) {
            roots.add(new ArrayList<>());
            for (int i = 0; i < topology.states(p == 0); i++) {
                int phone = p;
                int position = i;
                Map<Key, Gaussian> contexts = new TreeMap<>(ORDER);
                statistics.forEach((key, g) -> {
                    if (key.phone == phone && key.position == position) {
                        contexts.put(key, g);
                    }
                });
                var root = new Candidate(made++, contexts);
                roots.getLast().add(root);
                leaves++;
                if (p > 0) {
                    offer(queue, root, questions, minFrames);
                }
            }
        }
        while (leaves < states && !queue.isEmpty() && queue.peek().gain >= minGain) {
            Candidate c = queue.remove();
            c.yes = part(c, true);
            c.no = part(c, false);
            leaves++;
            offer(queue, c.yes, questions, minFrames);
            offer(queue, c.no, questions, minFrames);
        }
        return new StateInventory(phones, topology, roots.stream().map(list -> list.stream().map(Candidate::tree).toList()).toList());
    }

    private Candidate part(Candidate c, boolean yes) {
        Map<Key, Gaussian> contexts = new TreeMap<>(ORDER);
        c.contexts.forEach((key, g) -> {
            if (c.question.get(c.askLeft ? key.left : key.right) == yes) {
                contexts.put(key, g);
            }
        });
        return new Candidate(made++, contexts);
    }

    private void offer(PriorityQueue<Candidate> queue, Candidate c, List<BitSet> questions, int minFrames) {
        for (boolean left : new boolean[] {true, false}) {
            Map<Integer, Gaussian> byPhone = new TreeMap<>();
            c.contexts.forEach((key, g) -> byPhone.computeIfAbsent(left ? key.left : key.right, k -> new Gaussian(size)).add(g));
            var all = new Gaussian(size);
            byPhone.values().forEach(all::add);
            for (BitSet question : questions) {
                var yes = new Gaussian(size);
                var no = new Gaussian(size);
                byPhone.forEach((phone, g) -> (question.get(phone) ? yes : no).add(g));
                if (yes.count >= minFrames && no.count >= minFrames) {
                    double gain = yes.logLikelihood() + no.logLikelihood() - all.logLikelihood();
                    if (gain > c.gain) {
                        c.gain = gain;
                        c.askLeft = left;
                        c.question = question;
                    }
                }
            }
        }
        if (c.gain > 0) {
            queue.add(c);
        }
    }

    /// The clusters of phones, smallest first; the border of the word (0) is a question of its own.
    private List<BitSet> questions() {
        var clusters = new ArrayList<BitSet>();
        var pooled = new ArrayList<Gaussian>();
        var questions = new ArrayList<BitSet>();
        for (int p = 0; p < phones.size(); p++) {
            var set = new BitSet();
            set.set(p);
            questions.add(set);
            int phone = p;
            var g = new Gaussian(size);
            int middle = topology.states(p == 0) / 2;
            statistics.forEach((key, s) -> {
                if (key.phone == phone && key.position == middle) {
                    g.add(s);
                }
            });
            if (p > 0 && g.count > 0) {
                clusters.add(set);
                pooled.add(g);
            }
        }
        while (clusters.size() > 2) {
            int first = 0;
            int second = 1;
            double least = Double.POSITIVE_INFINITY;
            for (int i = 0; i < clusters.size(); i++) {
                for (int j = i + 1; j < clusters.size(); j++) {
                    double loss = pooled.get(i).logLikelihood() + pooled.get(j).logLikelihood() - pooled.get(i).logLikelihood(pooled.get(j));
                    if (loss < least) {
                        least = loss;
                        first = i;
                        second = j;
                    }
                }
            }
            var union = (BitSet) clusters.get(first).clone();
            union.or(clusters.remove(second));
            pooled.get(first).add(pooled.remove(second));
            clusters.set(first, union);
            questions.add(union);
        }
        return questions;
    }
}
