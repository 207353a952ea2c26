package org.hyperhypo.experiments.neurons;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.hyperhypo.experiments.report.Csv;

/// Do pruning criteria find hyper and hypo neurons? Each criterion's ranking against the tails of the activity rate (the method, section 3).
///
/// The tails should come from other speech than the criterion's values: a criterion computed from the same rates would find them by definition.
public final class Detection {
    public static final String[] COLUMNS = {"replicate", "criterion", "formula", "layer", "kind", "neurons", "tail", "auc", "auc_p", "null_low", "null_high",
        "overlap", "expected", "precision", "overlap_p", "spearman_rate", "spearman_extreme"};
    private static final int PERMUTATIONS = 999;

    /// One layer seen by one criterion: scores (the higher, the more this criterion says "tail"), the truth, and the rates the truth came from.
    private record Ranking(double[] scores, boolean[] tail, double[] values, double[] rates) {
        int neurons() {
            return scores.length;
        }

        int marked() {
            return (int) IntStream.range(0, tail.length).filter(n -> tail[n]).count();
        }

        /// Of the `marked` neurons with the highest scores (ties by number), those in the tail.
        int overlap() {
            return (int) IntStream.range(0, neurons()).boxed().sorted(Comparator.<Integer>comparingDouble(n -> -scores[n]).thenComparingInt(n -> n))
                    .limit(marked()).filter(n -> tail[n]).count();
        }
    }

    private Detection() {
    }

    /// Adds a row for every criterion that was measured, every layer (and "all", ranks within layers), hypo and hyper.
    ///
    /// @param truth rates on other frames, and `tails` chosen by them
    public static void add(Csv table, int replicate, Evidence evidence, ActivationStats truth, HyperHypo tails, long seed) {
        for (Criterion criterion : Criterion.values()) {
            for (boolean hyper : new boolean[] {false, true}) {
                List<Ranking> layers = new ArrayList<>();
                for (ActivationStats.Layer layer : evidence.stats().layers()) {
                    if (criterion.measured(evidence, layer.name())) {
                        Ranking ranking = ranking(criterion, hyper, evidence, truth.layer(layer.name()), tails);
                        layers.add(ranking);
                        add(table, replicate, criterion, layer.name(), hyper, List.of(ranking), seed);
                    }
                }
                if (layers.size() > 1) {
                    add(table, replicate, criterion, "all", hyper, layers, seed);
                }
            }
        }
    }

    /// Neurons whose value is not defined are left out.
    private static Ranking ranking(Criterion criterion, boolean hyper, Evidence evidence, ActivationStats.Layer truth, HyperHypo tails) {
        double[] values = criterion.values(evidence, truth.name());
        int[] known = IntStream.range(0, values.length).filter(n -> !Double.isNaN(values[n])).toArray();
        boolean high = hyper && criterion.hyper() == Criterion.Hyper.HIGHEST;
        boolean[] tail = new boolean[known.length];
        for (int i = 0; i < known.length; i++) {
            tail[i] = (hyper ? tails.hyper() : tails.hypo()).contains(truth.name(), known[i]);
        }
        return new Ranking(Arrays.stream(known).mapToDouble(n -> high ? values[n] : -values[n]).toArray(), tail,
                Arrays.stream(known).mapToDouble(n -> values[n]).toArray(), Arrays.stream(known).mapToDouble(truth::rate).toArray());
    }

    private static void add(Csv table, int replicate, Criterion criterion, String layer, boolean hyper, List<Ranking> rankings, long seed) {
        int neurons = rankings.stream().mapToInt(Ranking::neurons).sum();
        int marked = rankings.stream().mapToInt(Ranking::marked).sum();
        int overlap = rankings.stream().mapToInt(Ranking::overlap).sum();
        double[] chance = {1};
        double expected = 0;
        for (Ranking r : rankings) {
            chance = Hypergeometric.sum(chance, Hypergeometric.probabilities(r.neurons(), r.marked(), r.marked()));
            expected += r.neurons() == 0 ? 0 : (double) r.marked() * r.marked() / r.neurons();
        }
        double[][] ranks = new double[rankings.size()][];
        boolean[][] tails = new boolean[rankings.size()][];
        for (int i = 0; i < ranks.length; i++) {
            int size = rankings.get(i).neurons();
            ranks[i] = Arrays.stream(Spearman.ranks(rankings.get(i).scores)).map(r -> (r + 0.5) / size).toArray();
            tails[i] = rankings.get(i).tail;
        }
        double auc = auc(ranks, tails);
        double[] blind = permuted(ranks, tails, new SplittableRandom(seed));
        long asFar = Arrays.stream(blind).filter(a -> Math.abs(a - 0.5) >= Math.abs(auc - 0.5) - 1e-12).count();
        table.add(replicate, criterion.column(), criterion.formula(), layer, hyper ? "hyper" : "hypo", neurons, marked, auc,
                Double.isNaN(auc) ? Double.NaN : (1.0 + asFar) / (1 + PERMUTATIONS), blind[PERMUTATIONS / 40], blind[PERMUTATIONS - 1 - PERMUTATIONS / 40],
                overlap, expected, marked == 0 ? Double.NaN : (double) overlap / marked, marked == 0 ? Double.NaN : Hypergeometric.atLeast(chance, overlap),
                spearman(rankings, false), spearman(rankings, true));
    }

    /// Area under the ROC curve: the chance that a tail neuron scores above another one (ties count half), over all pairs of all layers' neurons.
    /// Scores of different layers are compared by their rank within the layer. NaN where all or none are in the tail.
    static double auc(double[][] ranks, boolean[][] tails) {
        double[] all = Arrays.stream(ranks).flatMapToDouble(Arrays::stream).toArray();
        double[] order = Spearman.ranks(all);
        double sum = 0;
        long marked = 0;
        int at = 0;
        for (boolean[] tail : tails) {
            for (boolean inside : tail) {
                if (inside) {
                    sum += order[at];
                    marked++;
                }
                at++;
            }
        }
        long others = all.length - marked;
        return marked == 0 || others == 0 ? Double.NaN : (sum - marked * (marked - 1) / 2.0) / ((double) marked * others);
    }

    /// AUCs, sorted, with the tails dealt anew among the neurons of each layer: what a criterion that knows nothing would reach.
    private static double[] permuted(double[][] ranks, boolean[][] tails, SplittableRandom random) {
        double[] order = Spearman.ranks(Arrays.stream(ranks).flatMapToDouble(Arrays::stream).toArray());
        int[] marked = Arrays.stream(tails).mapToInt(tail -> (int) IntStream.range(0, tail.length).filter(n -> tail[n]).count()).toArray();
        long inside = Arrays.stream(marked).sum();
        double[] areas = new double[PERMUTATIONS];
        for (int p = 0; p < PERMUTATIONS; p++) {
            double sum = 0;
            int from = 0;
            for (int l = 0; l < ranks.length; l++) {
                int size = ranks[l].length;
                // Partial Fisher-Yates over the layer's places in `order`; the order within a layer does not matter to later draws.
                for (int i = 0; i < marked[l]; i++) {
                    int j = from + i + random.nextInt(size - i);
                    double kept = order[j];
                    order[j] = order[from + i];
                    order[from + i] = kept;
                    sum += kept;
                }
                from += size;
            }
            areas[p] = (sum - inside * (inside - 1) / 2.0) / ((double) inside * (order.length - inside));
        }
        Arrays.sort(areas);
        return areas;
    }

    /// Spearman of the criterion with r, or with |r − ½|; over several layers the mean of theirs.
    private static double spearman(List<Ranking> rankings, boolean extreme) {
        return rankings.stream().mapToDouble(r -> Spearman.correlation(r.values,
                extreme ? Arrays.stream(r.rates).map(rate -> Math.abs(rate - 0.5)).toArray() : r.rates)).average().orElse(Double.NaN);
    }
}
