package org.hyperhypo.experiments.neurons;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.hyperhypo.engine.NetworkSpec;
import org.hyperhypo.engine.NeuronMask;

/// Hyper neurons (active on nearly all frames) and hypo neurons (on nearly none) of the fully connected layers, and the controls of equal size.
public record HyperHypo(NeuronMask hypo, NeuronMask hyper) {

    /// The lowest and the highest `share` of every layer by activity rate; ties by mean output, then by number.
    /// A smaller share selects a subset of a larger one, and no neuron is in both tails. Source: the method, section Selection.
    public static HyperHypo byActivity(NetworkSpec spec, ActivationStats stats, double share) {
        if (!(share >= 0 && share <= 0.5)) {
            throw new IllegalArgumentException("share of each tail is " + share + "; it must lie between 0 and 0.5");
        }
        Map<String, int[]> hypo = new LinkedHashMap<>();
        Map<String, int[]> hyper = new LinkedHashMap<>();
        for (ActivationStats.Layer layer : stats.layers()) {
            List<Integer> order = ranking(layer);
            int count = (int) Math.min(Math.round(share * layer.neurons()), layer.neurons() / 2);
            hypo.put(layer.name(), sorted(order.subList(0, count)));
            hyper.put(layer.name(), sorted(order.subList(order.size() - count, order.size())));
        }
        return new HyperHypo(NeuronMask.of(spec, hypo), NeuronMask.of(spec, hyper));
    }

    /// Neurons with `r ≤ low` (hypo) and `r ≥ high` (hyper): how saturated a network is, in absolute terms.
    public static HyperHypo byThreshold(NetworkSpec spec, ActivationStats stats, double low, double high) {
        Map<String, int[]> hypo = new LinkedHashMap<>();
        Map<String, int[]> hyper = new LinkedHashMap<>();
        for (ActivationStats.Layer layer : stats.layers()) {
            hypo.put(layer.name(), where(layer, n -> layer.rate(n) <= low));
            hyper.put(layer.name(), where(layer, n -> layer.rate(n) >= high));
        }
        return new HyperHypo(NeuronMask.of(spec, hypo), NeuronMask.of(spec, hyper));
    }

    /// Neurons whose rate lies at least `k` standard deviations of their layer's rates below (hypo) or above (hyper) the layer's mean rate.
    public static HyperHypo byDeviation(NetworkSpec spec, ActivationStats stats, double k) {
        if (!(k > 0)) {
            throw new IllegalArgumentException("distance from the mean rate is " + k + " deviations; it must lie above 0");
        }
        Map<String, int[]> hypo = new LinkedHashMap<>();
        Map<String, int[]> hyper = new LinkedHashMap<>();
        for (ActivationStats.Layer layer : stats.layers()) {
            double mean = IntStream.range(0, layer.neurons()).mapToDouble(layer::rate).average().orElse(0);
            double variance = IntStream.range(0, layer.neurons()).mapToDouble(n -> (layer.rate(n) - mean) * (layer.rate(n) - mean)).average().orElse(0);
            double distance = k * Math.sqrt(variance);
            hypo.put(layer.name(), where(layer, n -> variance > 0 && layer.rate(n) <= mean - distance));
            hyper.put(layer.name(), where(layer, n -> variance > 0 && layer.rate(n) >= mean + distance));
        }
        return new HyperHypo(NeuronMask.of(spec, hypo), NeuronMask.of(spec, hyper));
    }

    /// The lowest `share` of every layer by a criterion; ties by number, and neurons without a value last. Removing these is pruning by it.
    public static NeuronMask lowest(NetworkSpec spec, Evidence evidence, Criterion criterion, double share) {
        Map<String, int[]> rows = new LinkedHashMap<>();
        for (ActivationStats.Layer layer : evidence.stats().layers()) {
            double[] values = criterion.values(evidence, layer.name());
            List<Integer> order = new ArrayList<>(IntStream.range(0, values.length).boxed().toList());
            // NaN sorts behind every number.
            order.sort(Comparator.<Integer>comparingDouble(n -> values[n]).thenComparingInt(n -> n));
            rows.put(layer.name(), sorted(order.subList(0, (int) Math.round(share * values.length))));
        }
        return NeuronMask.of(spec, rows);
    }

    public NeuronMask both() {
        return hypo.union(hyper);
    }

    /// Control: as many neurons in every layer as `like` has, nearest to the median of the activity ranking. They meet neither tail while
    /// the middle and the two tails together are no more than the layer: tails of up to a quarter each for `like` = [#both()].
    public static NeuronMask middle(NetworkSpec spec, ActivationStats stats, NeuronMask like) {
        Map<String, int[]> rows = new LinkedHashMap<>();
        for (ActivationStats.Layer layer : stats.layers()) {
            List<Integer> order = ranking(layer);
            int count = like.count(layer.name());
            int start = (order.size() - count) / 2;
            rows.put(layer.name(), sorted(order.subList(start, start + count)));
        }
        return NeuronMask.of(spec, rows);
    }

    /// Control: as many neurons in every layer as `like` has, drawn without replacement from the seed.
    public static NeuronMask random(NetworkSpec spec, ActivationStats stats, NeuronMask like, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, int[]> rows = new LinkedHashMap<>();
        for (ActivationStats.Layer layer : stats.layers()) {
            int[] all = IntStream.range(0, layer.neurons()).toArray();
            int count = like.count(layer.name());
            for (int i = 0; i < count; i++) {
                int j = i + random.nextInt(all.length - i);
                int kept = all[j];
                all[j] = all[i];
                all[i] = kept;
            }
            rows.put(layer.name(), IntStream.of(all).limit(count).sorted().toArray());
        }
        return NeuronMask.of(spec, rows);
    }

    static List<Integer> ranking(ActivationStats.Layer layer) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, layer.neurons()).boxed().toList());
        order.sort(Comparator.<Integer>comparingDouble(layer::rate).thenComparingDouble(layer::mean).thenComparingInt(n -> n));
        return order;
    }

    private static int[] where(ActivationStats.Layer layer, IntPredicate chosen) {
        return IntStream.range(0, layer.neurons()).filter(chosen).toArray();
    }

    private static int[] sorted(List<Integer> neurons) {
        return neurons.stream().mapToInt(Integer::intValue).sorted().toArray();
    }
}
