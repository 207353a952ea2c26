package org.hyperhypo.experiments.neurons;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.hyperhypo.engine.NetworkSpec;
import org.hyperhypo.engine.NeuronMask;
import org.hyperhypo.experiments.Tiny;
import org.hyperhypo.kernels.Activation;
import org.junit.jupiter.api.Test;

class HyperHypoTest {
    /// Ten neurons over 100 frames; neurons 2 and 7 have equal rates, 4 and 5 equal rates and means.
    private static final long[] ACTIVE = {50, 100, 3, 97, 20, 20, 60, 3, 0, 80};
    private static final double[] MEAN = {0.5, 0.99, 0.2, 0.9, 0.3, 0.3, 0.6, 0.1, 0.01, 0.7};
    private static final NetworkSpec SPEC = spec(10);
    private static final ActivationStats STATS = new ActivationStats(List.of(layer("fc1", ACTIVE, MEAN)));

    @Test
    void tailsOfAHandMadeLayer() {
        HyperHypo thirty = HyperHypo.byActivity(SPEC, STATS, 0.3);
        // From the lowest: 8 (0 %), 7 (3 %, mean 0.1), 2 (3 %, mean 0.2), 4, 5, 0, 6, 9, 3, 1.
        assertArrayEquals(new int[] {2, 7, 8}, thirty.hypo().rows("fc1"));
        assertArrayEquals(new int[] {1, 3, 9}, thirty.hyper().rows("fc1"));
        assertEquals(0, thirty.both().count("output"));
    }

    @Test
    void tiesGoByMeanThenByNumber() {
        assertArrayEquals(new int[] {7, 8}, HyperHypo.byActivity(SPEC, STATS, 0.2).hypo().rows("fc1"));
        assertArrayEquals(new int[] {2, 4, 7, 8}, HyperHypo.byActivity(SPEC, STATS, 0.4).hypo().rows("fc1"));
    }

    @Test
    void absoluteThresholdsIncludeTheirEnds() {
        HyperHypo saturated = HyperHypo.byThreshold(SPEC, STATS, 0.03, 0.97);
        assertArrayEquals(new int[] {2, 7, 8}, saturated.hypo().rows("fc1"));
        assertArrayEquals(new int[] {1, 3}, saturated.hyper().rows("fc1"));
    }

    @Test
    void deviationsAreCountedFromTheLayersMeanRate() {
        // Rates .5 1 .03 .97 .2 .2 .6 .03 0 .8: mean 0.433, deviation 0.374.
        HyperHypo one = HyperHypo.byDeviation(SPEC, STATS, 1);
        assertArrayEquals(new int[] {2, 7, 8}, one.hypo().rows("fc1"));
        assertArrayEquals(new int[] {1, 3}, one.hyper().rows("fc1"));
        assertEquals(0, HyperHypo.byDeviation(SPEC, STATS, 1.6).both().count());
        assertThrows(IllegalArgumentException.class, () -> HyperHypo.byDeviation(SPEC, STATS, 0));
    }

    @Test
    void middleIsNearestToTheMedian() {
        NeuronMask two = HyperHypo.byActivity(SPEC, STATS, 0.1).both();
        assertArrayEquals(new int[] {0, 5}, HyperHypo.middle(SPEC, STATS, two).rows("fc1"));
    }

    @Test
    void smallerSharesAreSubsetsOfLargerOnes() {
        long seed = Tiny.seed("HyperHypo nested");
        ActivationStats stats = random(seed, 37, 12);
        HyperHypo last = HyperHypo.byActivity(spec(37, 12), stats, 0);
        assertEquals(0, last.both().count());
        for (double share : new double[] {0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5}) {
            HyperHypo next = HyperHypo.byActivity(spec(37, 12), stats, share);
            assertEquals(0, last.hypo().minus(next.hypo()).count(), "hypo at " + share);
            assertEquals(0, last.hyper().minus(next.hyper()).count(), "hyper at " + share);
            assertTrue(next.both().count() >= last.both().count());
            last = next;
        }
    }

    @Test
    void noNeuronIsBothHyperAndHypo() {
        long seed = Tiny.seed("HyperHypo disjoint");
        for (int neurons = 1; neurons <= 9; neurons++) {
            HyperHypo halves = HyperHypo.byActivity(spec(neurons), random(seed, neurons), 0.5);
            assertEquals(0, halves.hypo().intersect(halves.hyper()).count(), neurons + " neurons");
            assertEquals(neurons / 2, halves.hypo().count("fc1"));
            assertEquals(neurons / 2, halves.hyper().count("fc1"));
        }
        assertThrows(IllegalArgumentException.class, () -> HyperHypo.byActivity(SPEC, STATS, 0.51));
        assertThrows(IllegalArgumentException.class, () -> HyperHypo.byActivity(SPEC, STATS, Double.NaN));
    }

    @Test
    void controlsHaveAsManyNeuronsInEveryLayer() {
        long seed = Tiny.seed("HyperHypo controls");
        NetworkSpec spec = spec(40, 17, 9);
        ActivationStats stats = random(seed, 40, 17, 9);
        for (double share : new double[] {0.05, 0.1, 0.3}) {
            NeuronMask both = HyperHypo.byActivity(spec, stats, share).both();
            NeuronMask uneven = HyperHypo.byThreshold(spec, stats, 0.2, 0.95).both();
            for (NeuronMask like : List.of(both, uneven)) {
                for (String layer : List.of("fc1", "fc2", "fc3", "output")) {
                    assertEquals(like.count(layer), HyperHypo.middle(spec, stats, like).count(layer));
                    assertEquals(like.count(layer), HyperHypo.random(spec, stats, like, seed).count(layer));
                }
            }
        }
    }

    @Test
    void middleNeverMeetsATailOfUpToAThirdNorBothTailsOfUpToAQuarter() {
        long seed = Tiny.seed("HyperHypo middle");
        for (int neurons = 4; neurons < 60; neurons++) {
            ActivationStats stats = random(seed + neurons, neurons);
            for (int k = 0; k <= neurons / 3; k++) {
                HyperHypo tails = HyperHypo.byActivity(spec(neurons), stats, (double) k / neurons);
                assertEquals(k, tails.hypo().count());
                assertEquals(0, HyperHypo.middle(spec(neurons), stats, tails.hypo()).intersect(tails.both()).count(), k + " of " + neurons);
                if (4 * k <= neurons) {
                    assertEquals(0, HyperHypo.middle(spec(neurons), stats, tails.both()).intersect(tails.both()).count(), "2 × " + k + " of " + neurons);
                }
            }
        }
    }

    @Test
    void randomNeuronsFollowFromTheSeedAndReachEveryNeuron() {
        long seed = Tiny.seed("HyperHypo random");
        ActivationStats stats = random(seed, 20);
        NeuronMask like = HyperHypo.byActivity(spec(20), stats, 0.1).both();
        assertEquals(HyperHypo.random(spec(20), stats, like, seed), HyperHypo.random(spec(20), stats, like, seed));
        Set<Integer> reached = new HashSet<>();
        Set<NeuronMask> different = new HashSet<>();
        for (int draw = 0; draw < 100; draw++) {
            NeuronMask mask = HyperHypo.random(spec(20), stats, like, seed + draw);
            different.add(mask);
            for (int row : mask.rows("fc1")) {
                reached.add(row);
            }
        }
        assertEquals(20, reached.size());
        assertTrue(different.size() > 90, different.size() + " different draws of 100");
        assertNotEquals(like, HyperHypo.random(spec(20), stats, like, seed));
        assertFalse(different.contains(NeuronMask.none(spec(20))));
    }

    private static ActivationStats random(long seed, int... sizes) {
        SplittableRandom random = new SplittableRandom(seed);
        List<ActivationStats.Layer> layers = new ArrayList<>();
        for (int l = 0; l < sizes.length; l++) {
            long[] active = random.longs(sizes[l], 0, 8).map(x -> x * 14).toArray();
            double[] mean = random.doubles(sizes[l]).toArray();
            layers.add(layer("fc" + (l + 1), active, mean));
        }
        return new ActivationStats(layers);
    }

    private static ActivationStats.Layer layer(String name, long[] active, double[] mean) {
        double[] sums = java.util.Arrays.stream(mean).map(m -> 100 * m).toArray();
        return new ActivationStats.Layer(name, 100, OutputRange.of(new Activation.Sigmoid()), sums, sums, new float[sums.length], new float[sums.length],
                active, new long[sums.length * ActivationStats.BINS]);
    }

    private static NetworkSpec spec(int... sizes) {
        NetworkSpec spec = NetworkSpec.input(1, 1, 2);
        for (int size : sizes) {
            spec = spec.dense(size).sigmoid();
        }
        return spec.dense(2).softmax();
    }
}
